/** The line at the end of a copy. */

export const copyWords = {
  named: "The sender of this mail can see whether you opened it and which links you followed. {object}",
  unnamed: "Opens and clicks of this mail are counted, without telling who you are. {object}",
  object: "What is recorded, and how to object",
} as const;

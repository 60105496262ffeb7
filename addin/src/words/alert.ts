/** What the Smart Alert says, apart from the rest: it must stay small. At most 500 characters, the button 20. */

export const alertWords = {
  button: "Count recipients",
  nameless: "a list without a name",
  lists: "This mail goes to {names}. Check how many people that is first.",
  changed: "The recipients are not the ones that were counted. Count them again before you send.",
  copies: "Each recipient gets their own copy of this mail. If you send it as well, they get it twice.",
  unarmed: "Tracking is in this mail, but nothing counts yet. Open Rollcall, and send it from there.",
} as const;

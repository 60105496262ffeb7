/** What the Smart Alert says, apart from the rest: it must stay small. At most 500 characters, the button 20. */

export const alertWords = {
  button: "Count recipients",
  nameless: "a list without a name",
  lists: "This mail goes to {names}. See first how many people that is.",
  changed: "The recipients are not the ones that were counted. Count them again before you send.",
  copies: "Each recipient gets a copy of this mail of their own. If you send it too, they get it twice.",
  unarmed: "Tracking is in this mail, but nothing counts yet. Open Rollcall, and send it from there.",
} as const;

/** The page of everybody about themselves. */

export const me = {
  heading: "What is measured of me",
  signIn: "Sign in to see what is measured of you",
  signInText: "Use your work account. You see what is about you, and nobody else does by it.",
  intro:
    "Senders in your organisation can have Rollcall count whether their mails are opened and their links followed. Here you see what that means for you, and decide it.",
  yes: "You are measured by name",
  no: "You are not measured by name",
  why: {
    off: "Your organisation measures nobody by name.",
    yes: "You said yes. Senders of such mails see whether you opened them and followed their links.",
    no_answer:
      "It takes your yes, and you gave none. You get the same mails, and are counted without a name.",
    objected: "You objected. Nothing that you do with such mails is recorded.",
    not_objected:
      "You did not object. Senders of such mails see whether you opened them and followed their links.",
  } as Record<string, string>,
  addresses: "This is about mails to {addresses}.",
  question: "Your decision",
  sayYes: "Yes, I may be measured by name",
  sayNo: "No",
  saying: "Keeping your answer …",
  said: "Your answer is kept. It holds from now on, for mails that you have already too.",
  answered: "Your last answer",
  answeredYes: "You said yes on {when}.",
  answeredNo: "You said no on {when}.",
  shown: "What you were shown (version {version}, language {language})",
  kept: "What is kept of you",
  keptText: "All that Rollcall keeps of you, as a file that programs and people can read.",
  keptDownload: "Download everything (JSON)",
  erase: "Erase what is kept of me",
  eraseText:
    "Your address and what you did is taken out of everything that was recorded, and your answers with it. A no stays, so that nobody measures you again. This cannot be undone.",
  eraseAsk: "Erase everything that is kept of you?",
  eraseYes: "Erase it",
  erasing: "Looking through everything …",
  erased: "Erased. Nothing that led to you is left in mails that you received.",
  eraseUnfinished:
    "Mails that are just being prepared may still hold your address. Erase once more in ten minutes.",
  contact: "Questions: {contact}",
  open: "What is measured of me",
} as const;

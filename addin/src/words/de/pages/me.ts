/** Die Seite aller über sich selbst. */

import type { In } from "../../languages";
import type { me as english } from "../../pages/me";

export const me: In<typeof english> = {
  heading: "Was von mir gemessen wird",
  signIn: "Melden Sie sich an, um zu sehen, was von Ihnen gemessen wird",
  signInText: "Verwenden Sie Ihr Arbeitskonto. Sie sehen, was Sie betrifft, und sonst niemand dadurch.",
  intro:
    "Absender in Ihrer Organisation können mit Rollcall zählen lassen, ob ihre E-Mails geöffnet und ihre Links aufgerufen werden. Hier sehen Sie, was das für Sie heißt, und entscheiden darüber.",
  yes: "Sie werden mit Namen gemessen",
  no: "Sie werden nicht mit Namen gemessen",
  why: {
    off: "Ihre Organisation misst niemanden mit Namen.",
    yes: "Sie haben zugestimmt. Wer solche E-Mails sendet, sieht, ob Sie sie geöffnet haben und ihren Links gefolgt sind.",
    no_answer:
      "Dafür braucht es Ihre Zustimmung, und Sie haben keine gegeben. Sie erhalten dieselben E-Mails und werden ohne Namen gezählt.",
    objected: "Sie haben widersprochen. Nichts, was Sie mit solchen E-Mails tun, wird erfasst.",
    not_objected:
      "Sie haben nicht widersprochen. Wer solche E-Mails sendet, sieht, ob Sie sie geöffnet haben und ihren Links gefolgt sind.",
  },
  addresses: "Es geht um E-Mails an {addresses}.",
  question: "Ihre Entscheidung",
  sayYes: "Ja, ich darf mit Namen gemessen werden",
  sayNo: "Nein",
  saying: "Ihre Antwort wird gespeichert …",
  said: "Ihre Antwort ist gespeichert. Sie gilt ab jetzt, auch für E-Mails, die Sie schon haben.",
  answered: "Ihre letzte Antwort",
  answeredYes: "Sie haben am {when} zugestimmt.",
  answeredNo: "Sie haben am {when} nein gesagt.",
  shown: "Was Ihnen gezeigt wurde (Fassung {version}, Sprache {language})",
  kept: "Was über Sie gespeichert ist",
  keptText: "Alles, was Rollcall über Sie speichert, als Datei, die Menschen und Programme lesen können.",
  keptDownload: "Alles herunterladen (JSON)",
  erase: "Löschen, was über mich gespeichert ist",
  eraseText:
    "Ihre Adresse und was Sie getan haben wird aus allem Erfassten entfernt, Ihre Antworten ebenso. Ein Nein bleibt, damit Sie niemand wieder misst. Das lässt sich nicht rückgängig machen.",
  eraseAsk: "Alles löschen, was über Sie gespeichert ist?",
  eraseYes: "Löschen",
  erasing: "Alles wird durchgesehen …",
  erased: "Gelöscht. In E-Mails, die Sie erhalten haben, führt nichts mehr zu Ihnen.",
  eraseUnfinished:
    "E-Mails, die gerade vorbereitet werden, können Ihre Adresse noch enthalten. Löschen Sie in zehn Minuten noch einmal.",
  contact: "Fragen: {contact}",
  open: "Was von mir gemessen wird",
};

/** The notice, in each language that mails are written in. */

import type { Language } from "./languages";

export interface NoticeWords {
  /** What is measured, by mode. */
  readonly counting: string;
  readonly pseudonymous: string;
  readonly individual: string;
  /** The words that lead to the page: without and with a way to object. */
  readonly explains: string;
  readonly objects: string;
}

export const noticeWords: Record<Language, NoticeWords> = {
  en: {
    counting: "This mail is measured: opens and clicks are counted, without telling whose they are.",
    pseudonymous: "This mail is measured: opens and clicks are counted, without telling whose they are.",
    individual: "This mail is measured: its sender sees whether you opened it and which links you followed.",
    explains: "What is recorded",
    objects: "What is recorded, and how to object",
  },
  de: {
    counting:
      "Diese E-Mail wird gemessen: Öffnungen und Klicks werden gezählt, aber nicht, von wem sie sind.",
    pseudonymous:
      "Diese E-Mail wird gemessen: Öffnungen und Klicks werden gezählt, aber nicht, von wem sie sind.",
    individual:
      "Diese E-Mail wird gemessen: Wer sie gesendet hat, sieht, ob Sie sie geöffnet haben und welchen Links Sie gefolgt sind.",
    explains: "Was erfasst wird",
    objects: "Was erfasst wird und wie Sie widersprechen",
  },
  fr: {
    counting:
      "Ce message est mesuré : les ouvertures et les clics sont comptés, sans dire de qui ils viennent.",
    pseudonymous:
      "Ce message est mesuré : les ouvertures et les clics sont comptés, sans dire de qui ils viennent.",
    individual:
      "Ce message est mesuré : son expéditeur voit si vous l’avez ouvert et quels liens vous avez suivis.",
    explains: "Ce qui est enregistré",
    objects: "Ce qui est enregistré, et comment vous opposer",
  },
  es: {
    counting: "Este mensaje se mide: se cuentan las aperturas y los clics, sin decir de quién son.",
    pseudonymous: "Este mensaje se mide: se cuentan las aperturas y los clics, sin decir de quién son.",
    individual: "Este mensaje se mide: quien lo envía ve si lo abrió y qué enlaces siguió.",
    explains: "Qué se registra",
    objects: "Qué se registra y cómo oponerse",
  },
};

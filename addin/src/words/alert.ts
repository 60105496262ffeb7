/** What the Smart Alert says, apart from the rest: it must stay small. At most 500 characters, the button 20. */

import type { Language } from "./languages";

export interface AlertWords {
  readonly button: string;
  readonly nameless: string;
  readonly lists: string;
  readonly changed: string;
  readonly copies: string;
  readonly unarmed: string;
}

export const alertWords: Record<Language, AlertWords> = {
  en: {
    button: "Count recipients",
    nameless: "a list without a name",
    lists: "This mail goes to {names}. Check how many people that is first.",
    changed: "The recipients are not the ones that were counted. Count them again before you send.",
    copies: "Each recipient gets their own copy of this mail. If you send it as well, they get it twice.",
    unarmed: "Tracking is in this mail, but nothing counts yet. Open Rollcall, and send it from there.",
  },
  de: {
    button: "Empfänger zählen",
    nameless: "eine Liste ohne Namen",
    lists: "Diese E-Mail geht an {names}. Sehen Sie zuerst nach, wie viele Personen das sind.",
    changed: "Die Empfänger sind nicht die, die gezählt wurden. Zählen Sie erneut, bevor Sie senden.",
    copies:
      "Jede Person erhält eine eigene Kopie dieser E-Mail. Senden Sie auch diese, bekommen alle sie doppelt.",
    unarmed:
      "Tracking ist in dieser E-Mail, aber noch zählt nichts. Öffnen Sie Rollcall, und senden Sie sie von dort.",
  },
  fr: {
    button: "Compter d’abord",
    nameless: "une liste sans nom",
    lists: "Ce message va à {names}. Vérifiez d’abord combien de personnes cela représente.",
    changed: "Les destinataires ne sont pas ceux qui ont été comptés. Recomptez avant d’envoyer.",
    copies:
      "Chaque destinataire reçoit sa propre copie de ce message. Si vous l’envoyez aussi, tous le recevront deux fois.",
    unarmed:
      "Le suivi est dans ce message, mais rien ne compte encore. Ouvrez Rollcall, et envoyez-le depuis là.",
  },
  es: {
    button: "Contar destinatarios",
    nameless: "una lista sin nombre",
    lists: "Este mensaje va a {names}. Compruebe primero cuántas personas son.",
    changed: "Los destinatarios no son los que se contaron. Cuéntelos de nuevo antes de enviar.",
    copies:
      "Cada destinatario recibe su propia copia de este mensaje. Si lo envía también, lo recibirán dos veces.",
    unarmed:
      "El seguimiento está en este mensaje, pero todavía no cuenta nada. Abra Rollcall y envíelo desde allí.",
  },
};

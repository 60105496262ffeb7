/** What the manifests say: of the add-in, and of each button by its name for strings, the label and the tip. */

export const ENGLISH = {
  short: "Counts how many people a mail reaches before it is sent.",
  description: "Counts how many people a mail reaches before it is sent, and how many open it.",
  beforeSending: "Before sending",
  Count: {
    label: "Count recipients",
    tip: "Shows how many people this mail reaches, counts who opens it, if you like, and helps you send it.",
  },
  Report: {
    label: "Show the report",
    tip: "Shows how many people opened this mail and clicked, if it was sent with tracking and you may see it.",
  },
};

/** The same in other languages, by Outlook's name of the language. */
export const TRANSLATIONS = {
  "de-DE": {
    short: "Zählt, wie viele Menschen eine E-Mail erreicht, bevor sie gesendet wird.",
    description:
      "Zählt, wie viele Menschen eine E-Mail erreicht, bevor sie gesendet wird, und wie viele sie öffnen.",
    beforeSending: "Vor dem Senden",
    Count: {
      label: "Empfänger zählen",
      tip: "Zeigt, wie viele Menschen diese E-Mail erreicht, zählt auf Wunsch, wer sie öffnet, und hilft beim Senden.",
    },
    Report: {
      label: "Bericht zeigen",
      tip: "Zeigt, wie viele Menschen diese E-Mail geöffnet und geklickt haben, wenn sie mit Tracking gesendet wurde und Sie es sehen dürfen.",
    },
  },
  "es-ES": {
    short: "Cuenta a cuántas personas llega un mensaje antes de enviarlo.",
    description: "Cuenta a cuántas personas llega un mensaje antes de enviarlo, y cuántas lo abren.",
    beforeSending: "Antes de enviar",
    Count: {
      label: "Contar destinatarios",
      tip: "Muestra a cuántas personas llega este mensaje, cuenta si quiere quién lo abre y le ayuda a enviarlo.",
    },
    Report: {
      label: "Mostrar el informe",
      tip: "Muestra cuántas personas abrieron este mensaje e hicieron clic, si se envió con seguimiento y usted puede verlo.",
    },
  },
  "fr-FR": {
    short: "Compte combien de personnes un message atteint avant son envoi.",
    description: "Compte combien de personnes un message atteint avant son envoi, et combien l’ouvrent.",
    beforeSending: "Avant l’envoi",
    Count: {
      label: "Compter les destinataires",
      tip: "Montre combien de personnes ce message atteint, compte si vous le voulez qui l’ouvre, et vous aide à l’envoyer.",
    },
    Report: {
      label: "Afficher le rapport",
      tip: "Montre combien de personnes ont ouvert ce message et cliqué, s’il a été envoyé avec suivi et si vous pouvez le voir.",
    },
  },
};

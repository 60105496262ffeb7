/** What the manifests say in other languages than English: by Outlook's name of the language. */

/** Of each button what it is called and what its tip says, by the button's name for its strings; and the add-in itself. */
export const TRANSLATIONS = {
  "de-DE": {
    description:
      "Zählt, wie viele Menschen eine E-Mail erreicht, bevor sie gesendet wird, und wie viele sie öffnen.",
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
    description: "Cuenta a cuántas personas llega un mensaje antes de enviarlo, y cuántas lo abren.",
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
    description: "Compte combien de personnes un message atteint avant son envoi, et combien l’ouvrent.",
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

import type { In } from "../../languages";
import type * as english from "../../pages/following";

export const following: In<typeof english.following> = {
  heading: "Relancer",
  text: "Vous pouvez écrire aux personnes qui ne l’ont pas ouvert, ou peut-être pas. Toute consultation de personnes est consignée dans le journal d’audit.",
  show: "Trouver ces personnes",
  found: "{n} personnes ne l’ont pas ouvert, ou peut-être pas.",
  foundOne: "{n} personne ne l’a pas ouvert, ou peut-être pas.",
  nobody: "Il ne reste personne à qui écrire.",
  write: "Leur écrire",
  writePart: "Écrire aux personnes {from} à {to}",
  hidden: "Elles sont en Cci : personne ne voit les autres.",
  failed: "Outlook n’a pas ouvert de nouveau message. Copiez plutôt les adresses.",
  file: "Enregistrer les adresses",
  copy: "Copier les adresses",
  copied: "{n} adresses copiées.",
  copiedOne: "{n} adresse copiée.",
  notCopied: "Le navigateur n’a pas autorisé la copie.",
  tooMany:
    "Elles sont trop nombreuses pour un nouveau message depuis cette page. Copiez les adresses, ou ouvrez votre message envoyé dans Outlook : Rollcall y ouvre de nouveaux messages à leur adresse.",
  without: "Les personnes qui se sont opposées à la mesure n’en font pas partie.",
};

export const telling: In<typeof english.telling> = {
  share: "Partager le rapport",
  why: "Rollcall n’envoie pas de message. Vous pouvez les prévenir vous-même :",
  tell: "Les prévenir par e-mail",
  subject: "Rapport d’un message",
  subjectNamed: "Rapport : {name}",
  text: "J’ai partagé avec vous le rapport d’un message. Connectez-vous avec votre compte professionnel pour le voir :",
};

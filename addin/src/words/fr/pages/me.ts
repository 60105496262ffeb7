/** La page de chacun sur soi-même. */

import type { In } from "../../languages";
import type { me as english } from "../../pages/me";

export const me: In<typeof english> = {
  heading: "Ce qui est mesuré de moi",
  signIn: "Connectez-vous pour voir ce qui est mesuré de vous",
  signInText:
    "Utilisez votre compte professionnel. Vous voyez ce qui vous concerne, et personne d’autre ne le voit ainsi.",
  intro:
    "Dans votre organisation, les expéditeurs peuvent faire compter par Rollcall les ouvertures de leurs messages et les clics sur leurs liens. Vous voyez ici ce que cela signifie pour vous, et vous en décidez.",
  yes: "Vous êtes mesuré nominativement",
  no: "Vous n’êtes pas mesuré nominativement",
  why: {
    off: "Votre organisation ne mesure personne nominativement.",
    yes: "Vous avez dit oui. Les expéditeurs de ces messages voient si vous les avez ouverts et avez suivi leurs liens.",
    no_answer:
      "Il faut votre accord, et vous ne l’avez pas donné. Vous recevez les mêmes messages, et vous êtes compté sans votre nom.",
    objected: "Vous vous y êtes opposé. Rien de ce que vous faites avec ces messages n’est enregistré.",
    not_objected:
      "Vous ne vous y êtes pas opposé. Les expéditeurs de ces messages voient si vous les avez ouverts et avez suivi leurs liens.",
  },
  addresses: "Il s’agit des messages envoyés à {addresses}.",
  question: "Votre décision",
  sayYes: "Oui, je peux être mesuré nominativement",
  sayNo: "Non",
  saying: "Enregistrement de votre réponse …",
  said: "Votre réponse est enregistrée. Elle vaut dès maintenant, aussi pour les messages que vous avez déjà.",
  answered: "Votre dernière réponse",
  answeredYes: "Vous avez dit oui le {when}.",
  answeredNo: "Vous avez dit non le {when}.",
  shown: "Ce qui vous a été montré (version {version}, langue {language})",
  kept: "Ce qui est conservé de vous",
  keptText:
    "Tout ce que Rollcall conserve de vous, dans un fichier lisible par des personnes et des programmes.",
  keptDownload: "Tout télécharger (JSON)",
  erase: "Effacer ce qui est conservé de moi",
  eraseText:
    "Votre adresse et ce que vous avez fait sont retirés de tout ce qui a été enregistré, avec vos réponses. Un non reste, pour que personne ne vous mesure de nouveau. C’est irréversible.",
  eraseAsk: "Effacer tout ce qui est conservé de vous ?",
  eraseYes: "Effacer",
  erasing: "Recherche en cours …",
  erased: "Effacé. Dans les messages que vous avez reçus, plus rien ne mène à vous.",
  eraseUnfinished:
    "Des messages en préparation peuvent encore contenir votre adresse. Effacez de nouveau dans dix minutes.",
  contact: "Questions : {contact}",
  open: "Ce qui est mesuré de moi",
};

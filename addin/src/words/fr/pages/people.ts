/** Ce qui est conservé d’une personne : montré, effacé, opposé. */

import type { In } from "../../languages";
import type * as english from "../../pages/people";

export const people: In<typeof english.people> = {
  heading: "Personnes",
  intro:
    "Ce que Rollcall conserve sur une personne, pour le montrer, le remettre ou l’effacer quand elle le demande. Chaque consultation et chaque effacement est consigné dans le journal d’audit, par qui et quand ; l’adresse elle-même ne l’est pas.",
  address: "Adresse de la personne",
  invalid: "Saisissez une adresse complète, comme nom@company.com.",
  look: "Rechercher",
  looking: "Recherche dans tout ce que Rollcall conserve. Trouvé jusqu’ici : {n} …",
  stop: "Arrêter",
  stopped: "Arrêté. Rien n’est affiché, car tout n’a pas été parcouru.",
  goOn: "Ce qui a été trouvé n’est pas perdu : un nouvel essai reprend à cet endroit.",
  result: "Ce que Rollcall conserve sur {address}",
  summary: "Trouvé : {found}.",
  received: "{n} messages reçus",
  receivedOne: "{n} message reçu",
  sent: "{n} messages envoyés",
  sentOne: "{n} message envoyé",
  claimed: "{n} messages non vérifiés à ce nom",
  claimedOne: "{n} message non vérifié à ce nom",
  shown: "{n} rapports partagés avec cette personne",
  shownOne: "{n} rapport partagé avec cette personne",
  reviews: "{n} listes en cours de vérification",
  reviewsOne: "{n} liste en cours de vérification",
  empty: "Rollcall ne conserve rien sur cette adresse",
  emptyButObjection: "Rollcall ne conserve sur cette adresse que l’opposition",
  emptyText:
    "Est-elle bien écrite, et cette personne a-t-elle d’autres adresses ? Un message en cours de préparation peut encore l’apporter : pour être sûr, recherchez de nouveau dans dix minutes.",
  reference: "Dans le journal d’audit, cette personne s’appelle",
  openTrail: "Ouvrir le journal d’audit",
  download: "Télécharger en JSON",
  downloadNote: "Le fichier contient tout ce qui a été trouvé, pour être remis.",
  more: "Afficher {n} de plus",

  receivedTitle: "Messages reçus",
  receivedText:
    "Ce que disait un message n’a jamais été ici. « Ouvert » et « cliqué » sont ce que le rapport dit de cette personne ; les requêtes sont affichées telles qu’elles sont arrivées, sans jugement.",
  mail: "Message",
  mode: "Mode",
  kept: "Ce qui est conservé",
  from: "de {name}",
  addressOnly: "L’adresse seule, liée à aucune ouverture et à aucun clic",
  notYet: "Rien d’autre que l’adresse pour l’instant",
  opened: {
    yes: "Ouvert",
    maybe: "Peut-être ouvert",
    no: "Non ouvert",
    not_measured: "Non mesuré",
  },
  clicked: {
    yes: "un lien cliqué",
    maybe: "peut-être un lien cliqué",
    no: "aucun lien cliqué",
    not_measured: "clics non mesurés",
  },
  both: "{opened}, {clicked}",
  deeds: "{n} requêtes",
  inLists: "Il est conservé que cette personne fait partie de : {lists}",
  deedsOne: "{n} requête",
  deedsShown: "Les {n} premières sur {all} sont affichées.",
  deed: {
    opened: "L’image a été chargée.",
    clicked: "Le lien {link} a été suivi.",
    noticed: "La ligne qui dit que le message est mesuré a été suivie.",
  },
  deedOther: "Enregistré comme {did}.",
  noLink: "(inconnu désormais)",
  agent: "Programme : {agent}.",
  noAgent: "Le programme n’a pas dit ce qu’il est.",
  networks: {
    microsoft: "Depuis le réseau de Microsoft.",
    scanner: "Depuis un réseau de sécurité de messagerie.",
  },
  marks: {
    head: "Seuls les en-têtes ont été demandés.",
    prefetch: "La requête disait être faite à l’avance.",
  },

  sentTitle: "Messages envoyés",
  sentText:
    "Le nom et l’adresse d’un expéditeur restent aussi longtemps que le message est dans Rollcall. Pour les effacer, supprimez le message sur la page Messages.",
  claimedTitle: "Messages qui nomment cette personne comme expéditeur",
  claimedText:
    "La personne qui les a préparés l’a indiqué, et personne ne l’a vérifié : un message envoyé pour quelqu’un d’autre, ou un nom qui n’est pas vrai.",
  sentName: "Nom de l’expéditeur",
  registeredBy: "Préparé par",
  registeredByLink: "Ce qu’a fait {actor}, dans le journal d’audit",

  shownTitle: "Rapports partagés avec cette personne",
  shownReport: "Rapport {id}",

  reviewsTitle: "Listes en cours de vérification",
  reviewsText:
    "L’adresse est parmi les destinataires que quelqu’un compte en ce moment pour un message. Rollcall les oublie de lui-même.",
  review: "Oublié le {when} au plus tard",

  objectionTitle: "Opposition",
  objectionText:
    "Une opposition vaut pour tout suivi de cette adresse : dans les messages remis depuis longtemps comme dans ceux à venir, de tous les expéditeurs. Les messages arrivent toujours et les liens fonctionnent. Les expéditeurs voient la personne comme non mesurée.",
  objects: "Cette personne s’oppose au suivi depuis le {when}.",
  objectsNot: "Aucune opposition n’est notée.",
  object: "Noter une opposition",
  withdraw: "Retirer l’opposition",
  changing: "Enregistrement …",
  objected: "L’opposition est notée. Elle s’applique partout dans les dix secondes.",
  withdrawn: "L’opposition est retirée. Les messages à venir seront de nouveau suivis dans les dix secondes.",

  eraseNothing:
    "Le fichier contient tout ce qui a été trouvé, pour être remis. Il n’y a rien à effacer ici : ce qui reste appartient à des messages que cette personne a envoyés.",
  erase: "Effacer …",
  erasure: {
    title: "Effacer cette personne ?",
    which: "Tout ce que Rollcall conserve sur {address} :",
    goes: [
      "L’adresse, parmi les destinataires de messages. Les ouvertures et les clics restent dans les totaux et n’appartiennent plus à personne.",
      "Les listes en cours de vérification qui contiennent l’adresse. Leurs expéditeurs recomptent.",
      "Le partage de rapports avec cette personne. Ils ne lui sont plus ouverts.",
    ],
    stays: "Ce qui reste :",
    staying: [
      "Le nom et l’adresse d’un expéditeur, dans les messages que cette personne a envoyés. Supprimez pour cela les messages.",
      "Une opposition, sous forme d’empreinte, pour qu’aucun message ultérieur ne suive de nouveau cette personne.",
      "Le journal d’audit, qui nomme cette personne par une empreinte. Un journal modifiable n’en est pas un.",
    ],
    warning: "C’est irréversible. Téléchargez d’abord le fichier si cette personne le souhaite.",
    confirm: "Effacer définitivement",
  },
  erasing: "Effacement de {address}",
  erasingText: "Recherche dans tout ce que Rollcall conserve. Effacé jusqu’ici : {found} …",
  erasingStay: "Restez sur cette page jusqu’à la fin.",
  erasingTrouble: "Effacé jusqu’ici : {found}. Un nouvel essai reprend à cet endroit.",
  erased: "{address} est effacée",
  erasedUnfinished: "{address} est effacée, sauf peut-être de messages en cours de préparation",
  erasedNothing: "Il n’y avait rien à effacer.",
  erasedWhat: "Effacé : {found}.",
  erasedFrom: "l’adresse de {n} messages",
  erasedFromOne: "l’adresse de {n} message",
  erasedReviews: "{n} listes en cours de vérification",
  erasedReviewsOne: "{n} liste en cours de vérification",
  erasedShown: "{n} rapports partagés",
  erasedShownOne: "{n} rapport partagé",
  nothing: "rien encore",
  unfinished:
    "{n} messages étaient en cours de préparation et ont pu apporter l’adresse. Effacez de nouveau dans dix minutes.",
  unfinishedOne:
    "{n} message était en cours de préparation et a pu apporter l’adresse. Effacez de nouveau dans dix minutes.",
  unfinishedNote: "Un message abandonné pendant sa préparation est supprimé dans la journée.",
  eraseAgain: "Effacer de nouveau",
  staysSent: "Ce qui reste : le nom et l’adresse dans {n} messages que cette personne a envoyés.",
  staysSentOne: "Ce qui reste : le nom et l’adresse dans {n} message que cette personne a envoyé.",
  erasedLater:
    "Un message préparé à partir de maintenant est un nouveau message. Retirez d’abord la personne des listes si elle ne doit pas y figurer.",
  lookAgain: "Rechercher de nouveau",
};

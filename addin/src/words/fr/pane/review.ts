/** Ce que dit un décompte. */

import type { In } from "../../languages";
import type * as english from "../../pane/review";

export const review: In<typeof english.review> = {
  atLeast: "Au moins",
  people: "personnes recevront ce message",
  person: "personne recevra ce message",
  recipients: "destinataires recevront ce message",
  recipient: "destinataire recevra ce message",
  counted: "Compté à {time}",
  countedOn: "Compté le {time}",
  again: "Recompter",
  complete: "Tous ceux qu’Outlook nous a indiqués sont comptés",
  unknown: "Inconnu",
  unknownText: "combien de personnes recevront ce message",
  nobody: "Personne",
  nobodyText: "à cette adresse : le message reviendra",
  nobodyTextSeveral: "à ces adresses : le message reviendra",
  instead: "Vouliez-vous dire {address} ?",
  short: "Tout le monde n’est pas compté",
  shortText: "Rollcall n’a pas pu voir tous les membres. Les raisons sont indiquées ci-dessous.",
  changed: "Le nombre a changé depuis votre vérification : {from} → {to}",
  changedRecipients: "Vous avez changé les destinataires du message.",
  changedMembers: "Les listes ont maintenant d’autres membres.",
  stale: "Les destinataires ont changé",
  staleText: "Le décompte ci-dessous concerne les destinataires d’avant.",
  external: "hors de votre organisation",
  externalUnknown: "Hors de votre organisation : inconnu",
  shared: "boîtes aux lettres partagées",
  sharedOne: "boîte aux lettres partagée",
  rooms: "salles et équipements",
  roomsOne: "salle ou équipement",
  onlyPeople: "Il n’y a pas de liste parmi les destinataires.",
  nothingLeft:
    "Les détails de ce décompte ne sont plus sur le serveur. Ils sont supprimés dès qu’un message est préparé ou envoyé sans suivi.",
};

export const recipientNotes: In<typeof english.recipientNotes> = {
  cut: "Outlook n’a peut-être pas indiqué tout le monde",
  cutText:
    "Outlook donne au plus {cap} destinataires de {fields}, et il y en a exactement autant. Les suivants manquent au décompte. Regroupez-les dans une liste, ou répartissez-les entre À, Cc et Cci.",
  fields: { to: "À", cc: "Cc", bcc: "Cci" },
  unresolved: "Les noms sans adresse ne sont pas comptés",
  unresolvedText:
    "{names}. Demandez à Outlook de vérifier les noms, ou développez un groupe de contacts avec le signe plus qui le précède, puis recomptez.",
  names: "{names} et {n} autres",
  nameless: "quelqu’un dont Outlook n’indique ni le nom ni l’adresse",
};

export const problems: In<typeof english.problems> = {
  title: "Ce qui manque",
  remedy: "Que faire",
  concerns: "Listes concernées",
  more: "et {n} autres",
};

export const actions: In<typeof english.actions> = {
  go: "Continuer avec le suivi",
  untracked: "Envoyer sans suivi",
  mobile:
    "Sur cet appareil, Rollcall compte seulement. Pour suivre un message, ouvrez le brouillon dans Outlook sur un ordinateur.",
  noModes: "Le suivi est désactivé dans votre organisation.",
  ready: "C’est prêt. Cliquez sur Envoyer dans Outlook quand vous voulez.",
  readyText: "Rollcall a oublié les destinataires. Rien ne sera enregistré sur ce message.",
};

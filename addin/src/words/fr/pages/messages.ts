/** La liste des messages, et le partage d’un rapport. */

import type { In } from "../../languages";
import type * as english from "../../pages/messages";

export const messages: In<typeof english.messages> = {
  heading: "Messages",
  intro:
    "Messages envoyés avec suivi. L’objet reste dans votre boîte aux lettres : un message porte le nom que son expéditeur lui a donné, ou sinon l’heure de son envoi.",
  introAdmin:
    "Les messages envoyés avec suivi par tout le monde, parce que vous êtes administrateur. Un message porte le nom que son expéditeur lui a donné, ou sinon l’heure de son envoi.",
  introTeams:
    "Messages envoyés avec suivi par vous et vos équipes. Un message porte le nom que son expéditeur lui a donné, sinon l’heure de son envoi.",
  caption: "Messages suivis, les plus récents d’abord",
  choose: "Choix",
  chooseOne: "Choisir le message du {when} pour le comparer",
  mail: "Message",
  recipients: "Destinataires",
  actions: "Actions",
  from: "de {name}",
  unchecked: "{name} (non vérifié)",
  atLeast: "au moins {n}",
  unknown: "un nombre inconnu de destinataires",
  incomplete: "toutes les listes n’ont pas pu être comptées entièrement",
  shared: "partagé avec vous",
  team: "équipe {name}",
  created: "préparé le {when}",
  createdAt: "préparé à {when}",
  deliverOn: "à remettre le {when}",
  stages: {
    registering: "en préparation",
    registered: "non envoyé",
    sent: "envoyé",
    deleting: "en cours de suppression",
  },
  compare: "Comparer les deux",
  compareHint: "Choisissez deux messages pour comparer leurs rapports, ou plusieurs pour les supprimer.",
  compareMore: "Choisissez encore un message.",
  compareReady: "Deux messages choisis.",
  delete: "Supprimer",
  deleteOne: "Supprimer le message du {when}",
  emptyTitle: "Pas encore de message suivi",
  emptyText:
    "Dans Outlook, écrivez un message, ouvrez Rollcall depuis le ruban et choisissez « Compter les destinataires ». Après avoir vérifié le décompte, continuez avec le suivi et envoyez. Le message apparaît alors ici.",
  older: "Afficher des messages plus anciens",
  shown: "{n} affichés sur {total}.",
  deleted: "Le message du {when} a été supprimé de Rollcall.",
  chosen: "{n} messages choisis.",
  deleteChosen: "Supprimer les messages choisis",
  opened: "Ouvert",
  clicked: "Lien suivi",
  fate: "Ouvert : {opened}. Lien suivi : {clicked}.",
  noHeadline: "Le rapport en dit plus.",
  numbersAt: "Les chiffres arrivent le {when}.",
  tooFew: "Trop peu de destinataires pour donner des chiffres.",
  noLinks: "aucun lien",
  deletedOne: "Un message a été supprimé de Rollcall.",
  deletedSeveral: "{n} messages ont été supprimés de Rollcall.",
  search: {
    label: "Rechercher dans les messages",
    q: "Chercher dans les noms, étiquettes, expéditeurs, listes",
    campaign: "Campagne",
    tag: "Étiquette",
    sender: "Adresse de l’expéditeur",
    since: "Préparé du",
    until: "au",
    sent: "Envoyé",
    sentAny: "Envoyé ou non",
    sentYes: "Envoyé",
    sentNo: "Non envoyé",
    team: "Équipe",
    teamAny: "Toutes",
    apply: "Rechercher",
    clear: "Tout afficher",
    underWay: "Recherche en cours …",
    nothing: "Aucun message ne correspond",
    nothingText: "Essayez avec moins de mots, ou une autre période.",
  },
  deletion: {
    titleSeveral: "Supprimer ces messages de Rollcall ?",
    whatSeveral:
      "Leurs destinataires, leurs ouvertures et leurs clics, et leurs rapports sont supprimés. C’est irréversible.",
    gone: "supprimé",
    title: "Supprimer ce message de Rollcall ?",
    which: "Le message du {when} de {sender}, {recipients}.",
    what: "Ses destinataires, ses ouvertures et ses clics, ainsi que son rapport sont supprimés. C’est irréversible.",
    stays:
      "Le message lui-même reste dans la boîte de chacun. Ses liens continuent de mener là où ils mènent ; plus rien n’est enregistré.",
    confirm: "Supprimer définitivement",
  },
};

export const naming: In<typeof english.naming> = {
  open: "Nommer",
  title: "Comment s’appelle ce message ?",
  keep: "Conserver",
  campaignAll: "Tous les messages de la campagne {campaign}",
  tagAll: "Tous les messages avec l’étiquette {tag}",
};

export const sharing: In<typeof english.sharing> = {
  title: "Partager ce rapport",
  text: "Les personnes nommées ici voient ce rapport, et rien d’autre de vous. Elles se connectent avec leur compte professionnel.",
  address: "Adresse professionnelle",
  add: "Ajouter",
  remove: "Retirer",
  removeOne: "Retirer {address}",
  nobody: "Partagé avec personne.",
  listLabel: "Partagé avec",
  invalid: "Saisissez une adresse complète, comme nom@company.com.",
  already: "Cette adresse est déjà dans la liste.",
  saved: "Enregistré.",
  saving: "Enregistrement …",
};

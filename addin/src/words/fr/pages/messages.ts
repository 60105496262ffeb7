/** La liste des messages, et le partage d’un rapport. */

import type { In } from "../../languages";
import type * as english from "../../pages/messages";

export const messages: In<typeof english.messages> = {
  heading: "Messages",
  intro:
    "Les messages envoyés avec suivi. L’objet reste dans votre boîte aux lettres ; chaque message est donc désigné par sa date d’envoi, son expéditeur et le nombre de ses destinataires.",
  introAdmin:
    "Les messages de tous envoyés avec suivi, car vous êtes administrateur. L’objet n’arrive jamais à Rollcall ; chaque message est donc désigné par sa date d’envoi, son expéditeur et le nombre de ses destinataires.",
  caption: "Messages suivis, les plus récents d’abord",
  choose: "Choix",
  chooseOne: "Choisir le message du {when} pour le comparer",
  mail: "Message",
  recipients: "Destinataires",
  mode: "Mode",
  state: "État",
  actions: "Actions",
  from: "de {name}",
  unchecked: "{name} (non vérifié)",
  atLeast: "au moins {n}",
  unknown: "un nombre inconnu de destinataires",
  incomplete: "toutes les listes n’ont pas pu être comptées entièrement",
  shared: "partagé avec vous",
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
  compareHint: "Choisissez deux messages pour comparer leurs rapports.",
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
  deletion: {
    title: "Supprimer ce message de Rollcall ?",
    which: "Le message du {when} de {sender}, {recipients}.",
    what: "Ses destinataires, ses ouvertures et ses clics, ainsi que son rapport sont supprimés. C’est irréversible.",
    stays:
      "Le message lui-même reste dans la boîte de chacun. Ses liens continuent de mener là où ils mènent ; plus rien n’est enregistré.",
    confirm: "Supprimer définitivement",
  },
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

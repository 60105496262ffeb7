/** Où mènent les liens d'un message. */

import type { In } from "../../languages";
import type { allLinks as allEnglish, links as english } from "../../pages/links";

export const links: In<typeof english> = {
  open: "Liens…",
  title: "Où mènent les liens",
  text: "Les liens des messages déjà remis peuvent encore être retirés ou corrigés. Un changement prend effet en moins de dix secondes.",
  none: "Aucun lien de ce message n'est suivi.",
  listLabel: "Liens de ce message",
  withdrawn: "Retiré : il ne mène plus nulle part.",
  corrected: "Corrigé : il mène à {target}.",
  byAdmin: "Un administrateur en a décidé ainsi.",
  withdraw: "Retirer",
  withdrawOne: "Retirer {link}",
  restore: "Rétablir",
  restoreOne: "Rétablir {link}",
  withdrawAll: "Retirer tous les liens",
  restoreAll: "Rétablir tous les liens",
  which: "Lien à corriger",
  target: "Nouvelle adresse web",
  correct: "Corriger",
  saving: "Enregistrement…",
  saved: "Enregistré.",
};

export const allLinks: In<typeof allEnglish> = {
  heading: "Liens",
  intro:
    "Trouvez de quel lien de quel message il s’agit, retirez-le ou faites-le mener ailleurs : dans les messages déjà remis aussi, et dans ceux qui ont été supprimés ici. Un changement prend effet en moins de dix secondes. Les hôtes où aucun lien ne peut mener sont un paramètre, ROLLCALL_DENY_HOSTS.",
  url: "Adresse web d’un lien dans un message",
  look: "Chercher",
  found: "C’est le lien {number} d’un message.",
  mail: "Ouvrir son rapport",
  amendedTitle: "Liens retirés et corrigés",
  leads: "Mène à {target}",
  all: "Tous les liens",
  one: "Lien {number}",
  withdrawn: "Retiré",
  mailShort: "du message {id}…",
  byAdmin: "{moment}, par un administrateur",
  bySender: "{moment}, par l’expéditeur",
  restoreOne: "Rétablir : {link} du message {id}",
  emptyTitle: "Aucun lien n’a été retiré ni corrigé",
  emptyText: "Chaque lien mène là où son message le dit.",
  more: "Afficher plus",
  countOne: "{n} décision",
  count: "{n} décisions",
};

/** Où mènent les liens d'un message. */

import type { In } from "../../languages";
import type { links as english } from "../../pages/links";

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

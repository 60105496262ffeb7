/** Ce dont un nombre est fait, liste par liste et destinataire par destinataire. */

import type { In } from "../../languages";
import type * as english from "../../pane/details";

export const lists: In<typeof english.lists> = {
  title: "Listes",
  amount: "{n} listes",
  amountOne: "{n} liste",
  members: {
    one: "{n} membre",
    many: "{n} membres",
    oneOrMore: "au moins {n} membre",
    atLeast: "au moins {n} membres",
    unknown: "nombre de membres inconnu",
  },
  recipients: {
    one: "{n} destinataire",
    many: "{n} destinataires",
    oneOrMore: "au moins {n} destinataire",
    atLeast: "au moins {n} destinataires",
    unknown: "nombre de destinataires inconnu",
  },
  numbers: { one: "{n}", many: "{n}", oneOrMore: "≥ {n}", atLeast: "≥ {n}", unknown: "?" },
  open: "Afficher les listes de {name}",
  more: "Afficher {n} listes de plus",
  asOf: "état au {time}",
  notWhole: "lue partiellement",
  once: "Une liste présente plusieurs fois n’apparaît que la première fois.",
};

export const overlaps: In<typeof english.overlaps> = {
  title: "Recoupements",
  text: "Personne ne reçoit le message deux fois, même en figurant dans plusieurs listes.",
  pair: "dans les deux",
  amount: { all: "{n}", largest: "les {n} plus grands sur {all}", largestOfMany: "les {n} plus grands" },
  show: {
    all: "Afficher les {n} recoupements",
    largest: "Afficher les {n} plus grands recoupements sur {all}",
    largestOfMany: "Afficher les {n} plus grands recoupements",
  },
};

export const balance: In<typeof english.balance> = {
  title: "D’où vient ce nombre",
  read: "Adresses et membres lus",
  lists: "Les listes elles-mêmes",
  duplicates: "Doublons",
  without_address: "Personnes sans boîte aux lettres",
  unreadable: "Membres que Rollcall ne voit pas",
  not_mail: "Appareils et autres membres qui ne reçoivent pas de message",
  recipients: "Destinataires",
  item: "Élément",
  amount: "Nombre",
  minus: "moins {n}",
};

export const people: In<typeof english.people> = {
  title: "Tous les destinataires",
  search: "Rechercher des destinataires",
  found: "{n} sur {total}",
  all: "{n} destinataires",
  none: "Aucun destinataire ne correspond.",
  through: "par {list}",
  throughAndOne: "par {list} et {n} autre liste",
  throughAndMore: "par {list} et {n} autres listes",
  more: "Afficher plus",
  loading: "Chargement des destinataires …",
  copy: "Copier les adresses",
  copied: "{n} adresses copiées.",
  copiedOne: "{n} adresse copiée.",
  notCopied: "Le navigateur n’a pas autorisé la copie.",
};

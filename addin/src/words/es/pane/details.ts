/** De qué se compone una cifra, lista por lista y uno por uno. */

import type { In } from "../../languages";
import type * as english from "../../pane/details";

export const lists: In<typeof english.lists> = {
  title: "Listas",
  amount: "{n} listas",
  amountOne: "1 lista",
  members: {
    one: "1 miembro",
    many: "{n} miembros",
    oneOrMore: "al menos 1 miembro",
    atLeast: "al menos {n} miembros",
    unknown: "número de miembros desconocido",
  },
  recipients: {
    one: "1 destinatario",
    many: "{n} destinatarios",
    oneOrMore: "al menos 1 destinatario",
    atLeast: "al menos {n} destinatarios",
    unknown: "número de destinatarios desconocido",
  },
  numbers: { one: "{n}", many: "{n}", oneOrMore: "≥ {n}", atLeast: "≥ {n}", unknown: "?" },
  open: "Mostrar las listas de {name}",
  more: "Mostrar {n} listas más",
  asOf: "a fecha de {time}",
  notWhole: "leída solo en parte",
  once: "Una lista que aparece varias veces solo se muestra la primera vez.",
};

export const overlaps: In<typeof english.overlaps> = {
  title: "Coincidencias",
  text: "Nadie recibe el mensaje dos veces, aunque esté en varias listas.",
  pair: "en ambas",
  amount: { all: "{n}", largest: "las {n} mayores de {all}", largestOfMany: "las {n} mayores" },
  show: {
    all: "Mostrar las {n} coincidencias",
    largest: "Mostrar las {n} mayores de {all} coincidencias",
    largestOfMany: "Mostrar las {n} mayores coincidencias",
  },
};

export const balance: In<typeof english.balance> = {
  title: "Cómo se obtiene este número",
  read: "Direcciones y miembros leídos",
  lists: "Las propias listas",
  duplicates: "Duplicados",
  without_address: "Personas sin buzón",
  unreadable: "Miembros que Rollcall no ve",
  not_mail: "Dispositivos y otros miembros que no reciben correo",
  recipients: "Destinatarios",
  item: "Concepto",
  amount: "Cantidad",
  minus: "menos {n}",
};

export const people: In<typeof english.people> = {
  title: "Todos los destinatarios",
  search: "Buscar destinatarios",
  found: "{n} de {total}",
  all: "{n} destinatarios",
  none: "Ningún destinatario coincide.",
  through: "a través de {list}",
  throughAndOne: "a través de {list} y 1 lista más",
  throughAndMore: "a través de {list} y {n} listas más",
  more: "Mostrar más",
  loading: "Cargando los destinatarios …",
  copy: "Copiar las direcciones",
  copied: "{n} direcciones copiadas.",
  copiedOne: "1 dirección copiada.",
  notCopied: "El navegador no permitió copiar.",
};

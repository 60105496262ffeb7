/** Lo que dice un recuento. */

import type { In } from "../../languages";
import type * as english from "../../pane/review";

export const review: In<typeof english.review> = {
  atLeast: "Al menos",
  people: "personas recibirán este mensaje",
  person: "persona recibirá este mensaje",
  recipients: "destinatarios recibirán este mensaje",
  recipient: "destinatario recibirá este mensaje",
  counted: "Contado a las {time}",
  countedOn: "Contado el {time}",
  again: "Contar de nuevo",
  complete: "Contados todos los que Outlook nos indicó",
  unknown: "Se desconoce",
  unknownText: "cuántas personas recibirán este mensaje",
  nobody: "Nadie",
  nobodyText: "tiene esta dirección: el mensaje será devuelto",
  nobodyTextSeveral: "tiene estas direcciones: el mensaje será devuelto",
  instead: "¿Quiso decir {address}?",
  short: "No están contados todos",
  shortText: "Rollcall no pudo ver a todos los miembros. Los motivos están más abajo.",
  changed: "El número ha cambiado desde que lo revisó: {from} → {to}",
  changedRecipients: "Usted cambió los destinatarios del mensaje.",
  changedMembers: "Las listas tienen ahora otros miembros.",
  stale: "Los destinatarios han cambiado",
  staleText: "El recuento de abajo es de los destinatarios anteriores.",
  external: "fuera de su organización",
  externalUnknown: "Fuera de su organización: se desconoce",
  shared: "buzones compartidos",
  sharedOne: "buzón compartido",
  rooms: "salas y equipos",
  roomsOne: "sala o equipo",
  onlyPeople: "No hay ninguna lista entre los destinatarios.",
  nothingLeft:
    "Los detalles de este recuento ya no están en el servidor. Se eliminan en cuanto un mensaje se prepara o se envía sin seguimiento.",
};

export const recipientNotes: In<typeof english.recipientNotes> = {
  cut: "Es posible que Outlook no haya indicado a todos",
  cutText:
    "Outlook da como máximo {cap} destinatarios de {fields}, y hay justo ese número. Los demás faltan en el recuento. Reúnalos en una lista o repártalos entre Para, CC y CCO.",
  fields: { to: "Para", cc: "CC", bcc: "CCO" },
  unresolved: "Los nombres sin dirección no se cuentan",
  unresolvedText:
    "{names}. Pida a Outlook que compruebe los nombres, o expanda un grupo de contactos con el signo más que lo precede, y cuente de nuevo.",
  names: "{names} y {n} más",
  nameless: "alguien de quien Outlook no indica ni nombre ni dirección",
};

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

export const problems: In<typeof english.problems> = {
  title: "Lo que falta",
  remedy: "Qué hacer",
  concerns: "Listas afectadas",
  more: "y {n} más",
};

export const people: In<typeof english.people> = {
  title: "Todos los destinatarios",
  search: "Buscar destinatarios",
  found: "{n} de {total}",
  all: "{n} destinatarios",
  none: "Ningún destinatario coincide.",
  more: "Mostrar más",
  loading: "Cargando los destinatarios …",
  copy: "Copiar las direcciones",
  copied: "{n} direcciones copiadas.",
  copiedOne: "1 dirección copiada.",
  notCopied: "El navegador no permitió copiar.",
};

export const actions: In<typeof english.actions> = {
  go: "Continuar con seguimiento",
  untracked: "Enviar sin seguimiento",
  mobile:
    "En este dispositivo Rollcall solo cuenta. Para hacer un seguimiento, abra el borrador en Outlook en un ordenador.",
  noModes: "El seguimiento está desactivado en su organización.",
  ready: "Listo. Pulse Enviar en Outlook cuando quiera.",
  readyText: "Rollcall ha olvidado los destinatarios. No se registrará nada sobre este mensaje.",
};

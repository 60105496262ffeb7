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

export const problems: In<typeof english.problems> = {
  title: "Lo que falta",
  remedy: "Qué hacer",
  concerns: "Listas afectadas",
  more: "y {n} más",
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

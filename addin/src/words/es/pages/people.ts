/** Lo que se guarda de una persona: mostrado, borrado, con oposición. */

import type { In } from "../../languages";
import type * as english from "../../pages/people";

export const people: In<typeof english.people> = {
  heading: "Personas",
  intro:
    "Lo que Rollcall guarda de una persona, para mostrarlo, entregarlo o borrarlo cuando ella lo pida. Cada consulta y cada borrado queda en el registro de auditoría, con quién y cuándo; la dirección en sí, no.",
  address: "Dirección de la persona",
  invalid: "Escriba una dirección completa, como nombre@company.com.",
  look: "Buscar",
  looking: "Buscando en todo lo que Rollcall guarda. Encontrado hasta ahora: {n} …",
  stop: "Detener",
  stopped: "Detenido. No se muestra nada, porque no se revisó todo.",
  goOn: "Lo encontrado no se pierde: un nuevo intento continúa desde ahí.",
  result: "Lo que Rollcall guarda de {address}",
  summary: "Encontrado: {found}.",
  received: "{n} mensajes recibidos",
  receivedOne: "1 mensaje recibido",
  sent: "{n} mensajes enviados",
  sentOne: "1 mensaje enviado",
  claimed: "{n} mensajes sin comprobar a este nombre",
  claimedOne: "1 mensaje sin comprobar a este nombre",
  shown: "{n} informes compartidos con esta persona",
  shownOne: "1 informe compartido con esta persona",
  reviews: "{n} listas en revisión",
  reviewsOne: "1 lista en revisión",
  empty: "Rollcall no guarda nada de esta dirección",
  emptyButObjection: "Rollcall no guarda nada de esta dirección salvo la oposición",
  emptyText:
    "¿Está bien escrita? ¿Tiene esta persona otras direcciones? Un mensaje que se está preparando aún puede traerla: para estar seguro, busque de nuevo en diez minutos.",
  reference: "En el registro de auditoría, esta persona figura como",
  openTrail: "Abrir el registro de auditoría",
  download: "Descargar como JSON",
  downloadNote: "El archivo contiene todo lo encontrado, para entregarlo.",
  more: "Mostrar {n} más",

  receivedTitle: "Mensajes recibidos",
  receivedText:
    "Lo que decía un mensaje nunca estuvo aquí. «Abierto» y «clic» es lo que el informe dice de esta persona; las solicitudes se muestran tal como llegaron, sin juzgarlas.",
  mail: "Mensaje",
  mode: "Modo",
  kept: "Qué se guarda",
  from: "de {name}",
  addressOnly: "Solo la dirección, sin relación con ninguna apertura ni clic",
  notYet: "De momento, solo la dirección",
  opened: {
    yes: "Abierto",
    maybe: "Quizá abierto",
    no: "No abierto",
    not_measured: "No medido",
  },
  clicked: {
    yes: "clic en un enlace",
    maybe: "quizá clic en un enlace",
    no: "ningún clic",
    not_measured: "clics no medidos",
  },
  both: "{opened}, {clicked}",
  deeds: "{n} solicitudes",
  inLists: "Se conserva que esta persona está en: {lists}",
  deedsOne: "1 solicitud",
  deedsShown: "Se muestran las primeras {n} de {all}.",
  deed: {
    opened: "Se cargó la imagen.",
    clicked: "Se siguió el enlace {link}.",
    noticed: "Se siguió la línea que dice que el mensaje se mide.",
  },
  deedOther: "Registrado como {did}.",
  noLink: "(ya no se conoce)",
  agent: "Programa: {agent}.",
  noAgent: "El programa no dijo qué es.",
  networks: {
    microsoft: "Desde la red de Microsoft.",
    scanner: "Desde una red de seguridad del correo.",
  },
  marks: {
    head: "Solo se pidieron los encabezados.",
    prefetch: "La solicitud decía hacerse por adelantado.",
  },

  sentTitle: "Mensajes enviados",
  sentText:
    "El nombre y la dirección de un remitente permanecen mientras el mensaje esté en Rollcall. Para borrarlos, elimine el mensaje en la página Mensajes.",
  claimedTitle: "Mensajes que nombran a esta persona como remitente",
  claimedText:
    "Así lo indicó quien los preparó, y nadie lo comprobó: un mensaje enviado en nombre de otro, o un nombre que no es cierto.",
  sentName: "Nombre del remitente",
  registeredBy: "Preparado por",
  registeredByLink: "Lo que hizo {actor}, en el registro de auditoría",

  shownTitle: "Informes compartidos con esta persona",
  shownReport: "Informe {id}",

  reviewsTitle: "Listas en revisión",
  reviewsText:
    "La dirección está entre los destinatarios que alguien está contando para un mensaje. Rollcall los olvida por sí solo.",
  review: "Se olvida el {when} como muy tarde",

  objectionTitle: "Oposición",
  objectionText:
    "Una oposición vale para todo seguimiento de esta dirección: en los mensajes ya entregados y en los futuros, de todos los remitentes. Los mensajes siguen llegando y los enlaces funcionan. Los remitentes ven a la persona como no medida.",
  objects: "Esta persona se opone al seguimiento desde el {when}.",
  objectsNot: "No consta ninguna oposición.",
  object: "Anotar una oposición",
  withdraw: "Retirar la oposición",
  changing: "Anotando …",
  objected: "La oposición está anotada. Rige en todas partes en diez segundos.",
  withdrawn: "La oposición está retirada. Los mensajes futuros vuelven a seguirse en diez segundos.",

  eraseNothing:
    "El archivo contiene todo lo encontrado, para entregarlo. Aquí no hay nada que borrar: lo que queda pertenece a mensajes que envió esta persona.",
  erase: "Borrar …",
  erasure: {
    title: "¿Borrar a esta persona?",
    which: "Todo lo que Rollcall guarda de {address}:",
    goes: [
      "La dirección, entre los destinatarios de mensajes. Las aperturas y los clics quedan en los totales y desde entonces no son de nadie.",
      "Las listas en revisión que contienen la dirección. Sus remitentes cuentan de nuevo.",
      "Que haya informes compartidos con esta persona. Ya no podrá abrirlos.",
    ],
    stays: "Lo que queda:",
    staying: [
      "El nombre y la dirección de un remitente, en mensajes que envió esta persona. Elimine para ello los mensajes.",
      "Una oposición, como resumen cifrado, para que ningún mensaje posterior vuelva a seguir a esta persona.",
      "El registro de auditoría, que nombra a esta persona con un resumen cifrado. Un registro que se puede cambiar no es un registro.",
    ],
    warning: "No se puede deshacer. Descargue antes el archivo si esta persona lo quiere.",
    confirm: "Borrar definitivamente",
  },
  erasing: "Borrando {address}",
  erasingText: "Buscando en todo lo que Rollcall guarda. Borrado hasta ahora: {found} …",
  erasingStay: "Permanezca en esta página hasta que termine.",
  erasingTrouble: "Borrado hasta ahora: {found}. Un nuevo intento continúa desde ahí.",
  erased: "{address} está borrada",
  erasedUnfinished: "{address} está borrada, salvo quizá de mensajes que se están preparando",
  erasedNothing: "No había nada que borrar.",
  erasedWhat: "Borrado: {found}.",
  erasedFrom: "la dirección de {n} mensajes",
  erasedFromOne: "la dirección de 1 mensaje",
  erasedReviews: "{n} listas en revisión",
  erasedReviewsOne: "1 lista en revisión",
  erasedShown: "{n} informes compartidos",
  erasedShownOne: "1 informe compartido",
  nothing: "nada todavía",
  unfinished:
    "{n} mensajes se estaban preparando y pueden haber traído la dirección. Borre de nuevo en diez minutos.",
  unfinishedOne:
    "1 mensaje se estaba preparando y puede haber traído la dirección. Borre de nuevo en diez minutos.",
  unfinishedNote: "Un mensaje abandonado mientras se preparaba se elimina en un día.",
  eraseAgain: "Borrar de nuevo",
  staysSent: "Lo que queda: el nombre y la dirección en {n} mensajes que envió esta persona.",
  staysSentOne: "Lo que queda: el nombre y la dirección en 1 mensaje que envió esta persona.",
  erasedLater:
    "Un mensaje que se prepare desde ahora es uno nuevo. Quite antes a la persona de las listas si no debe figurar en él.",
  lookAgain: "Buscar de nuevo",
};

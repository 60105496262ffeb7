/** La lista de mensajes, y cómo se comparte un informe. */

import type { In } from "../../languages";
import type * as english from "../../pages/messages";

export const messages: In<typeof english.messages> = {
  heading: "Mensajes",
  intro:
    "Mensajes enviados con seguimiento. El asunto se queda en su buzón, así que cada mensaje se identifica por cuándo se envió, quién lo envió y a cuántos.",
  introAdmin:
    "Los mensajes de todos enviados con seguimiento, porque usted es administrador. El asunto nunca llega a Rollcall, así que cada mensaje se identifica por cuándo se envió, quién lo envió y a cuántos.",
  caption: "Mensajes con seguimiento, los más recientes primero",
  choose: "Elegir",
  chooseOne: "Elegir el mensaje del {when} para compararlo",
  mail: "Mensaje",
  recipients: "Destinatarios",
  mode: "Modo",
  state: "Estado",
  actions: "Acciones",
  from: "de {name}",
  unchecked: "{name} (sin comprobar)",
  atLeast: "al menos {n}",
  unknown: "un número desconocido de destinatarios",
  incomplete: "no todas las listas se pudieron contar por completo",
  shared: "compartido con usted",
  created: "preparado el {when}",
  createdAt: "preparado a las {when}",
  deliverOn: "se entregará el {when}",
  stages: {
    registering: "preparándose",
    registered: "no enviado",
    sent: "enviado",
    deleting: "eliminándose",
  },
  compare: "Comparar los dos",
  compareHint: "Elija dos mensajes para comparar sus informes.",
  compareMore: "Elija un mensaje más.",
  compareReady: "Dos mensajes elegidos.",
  delete: "Eliminar",
  deleteOne: "Eliminar el mensaje del {when}",
  emptyTitle: "Todavía no hay mensajes con seguimiento",
  emptyText:
    "En Outlook, escriba un mensaje, abra Rollcall en la cinta de opciones y elija «Contar destinatarios». Tras revisar el recuento, continúe con seguimiento y envíelo. El mensaje aparecerá aquí.",
  older: "Mostrar mensajes más antiguos",
  shown: "Se muestran {n} de {total}.",
  deleted: "El mensaje del {when} se eliminó de Rollcall.",
  deletion: {
    title: "¿Eliminar este mensaje de Rollcall?",
    which: "El mensaje del {when} de {sender}, {recipients}.",
    what: "Se eliminan sus destinatarios, sus aperturas y clics, y su informe. No se puede deshacer.",
    stays:
      "El mensaje en sí permanece en el buzón de todos. Sus enlaces siguen llevando adonde llevan; ya no se registra nada.",
    confirm: "Eliminar definitivamente",
  },
};

export const sharing: In<typeof english.sharing> = {
  title: "Compartir este informe",
  text: "Las personas aquí nombradas ven este informe, y nada más de usted. Inician sesión con su cuenta profesional.",
  address: "Dirección profesional",
  add: "Agregar",
  remove: "Quitar",
  removeOne: "Quitar {address}",
  nobody: "No compartido con nadie.",
  listLabel: "Compartido con",
  invalid: "Escriba una dirección completa, como nombre@company.com.",
  already: "Esa dirección ya está en la lista.",
  saved: "Guardado.",
  saving: "Guardando …",
};

/** Antes y durante el recuento, y cuando falla. */

import type { In } from "../../languages";
import type * as english from "../../pane/counting";

export const idle: In<typeof english.idle> = {
  title: "¿Quién recibirá este mensaje?",
  text: "Agregue personas o listas en Para, CC o CCO. Rollcall abre entonces cada lista y cuenta a cada persona una sola vez.",
  ready: "Por ahora, este mensaje va dirigido a {n} destinatarios.",
  readyOne: "Por ahora, este mensaje va dirigido a un destinatario.",
  cancelled: "El recuento se canceló. No se guardó nada.",
  count: "Contar destinatarios",
};

export const counting: In<typeof english.counting> = {
  title: "Contando destinatarios",
  begun: "Buscando las direcciones …",
  soFar: "hasta ahora",
  lists: "{done} de {known} listas leídas",
  before: "{n} recuentos van antes",
  beforeOne: "{n} recuento va antes",
  waits: "Microsoft nos pide esperar, {n} s",
  waitsOne: "Microsoft nos pide esperar, 1 s",
  provisional: "Se esperan al menos {n}",
  estimate: "Se esperan unos {n}",
  left: {
    seconds: "Faltan unos {n} segundos",
    minutes: "Faltan unos {n} minutos",
    minute: "Falta un minuto aproximadamente",
  },
  bar: "Progreso del recuento",
  away: "Puede seguir escribiendo. Si cierra este panel, el recuento continúa y lo encontrará aquí al volver.",
  cancel: "Cancelar",
};

export const stopped: In<typeof english.stopped> = {
  title: "Los destinatarios no se han contado",
  signIn: "Iniciar sesión",
  wait: "Podrá intentarlo de nuevo en {n} segundos.",
  waitOne: "Podrá intentarlo de nuevo en un segundo.",
  now: "Ya puede intentarlo de nuevo.",
  untilThen: "Su mensaje está intacto y puede enviarlo sin recuento.",
};

/** Lo que se dice de quién recibe al final un mensaje. */

import type { In } from "../../languages";
import type * as english from "../../pane/delivery";

export const delivery: In<typeof english.delivery> = {
  title: "Quién lo recibe al final",
  sentence:
    "Se cuenta a quién va dirigido el mensaje; quién lo recibe al final, nadie puede saberlo de antemano: {doubts}.",
  doubts: {
    followers:
      "de un grupo de Microsoft 365 solo reciben una copia en la bandeja de entrada quienes lo siguen",
    restricted: "una lista puede aceptar correo solo de algunos remitentes",
    outside: "una dirección fuera de su organización puede ser allí una lista",
    forwarding: "cualquiera puede reenviarlo",
  },
  asking: "Preguntando a Exchange qué sabe de estas direcciones …",
  consent:
    "Rollcall puede preguntar a Exchange, en su nombre, si algo impide que su mensaje llegue a estas direcciones. No se lee ningún mensaje.",
  ask: "Preguntar a Exchange",
  findings: {
    restricted: "Acepta correo solo de algunos remitentes, y no de usted.",
    full: "El buzón está lleno y por ahora no acepta correo.",
    tooLarge: "No acepta mensajes tan grandes: solo los datos adjuntos ya superan el límite.",
    moderated: "Un moderador lee primero su mensaje y lo deja pasar o no.",
    away: "Envía una respuesta automática, así que su mensaje quizá se lea más tarde.",
    outside: "Fuera de su organización, o con miembros que lo están, según Exchange.",
  },
  members:
    "Tenía {n} miembros cuando Exchange contó por última vez, más de los que se leyeron. Una lista entre ellos cuenta como uno.",
  clear:
    "De {n} direcciones, Exchange no sabe de nada que detenga su mensaje. No se preguntó por los miembros.",
  clearOne:
    "De una dirección, Exchange no sabe de nada que detenga su mensaje. No se preguntó por los miembros.",
  unknown: {
    consent: "No se preguntó a Exchange: usted no lo ha permitido, o su organización no lo permite.",
    refused: "Exchange se negó a responderle.",
    off: "Su organización ha desactivado lo que Exchange indica sobre los destinatarios.",
    busy: "Exchange estaba demasiado ocupado para responder a tiempo.",
    failed: "No se pudo preguntar a Exchange, o su respuesta no tenía sentido.",
    silent: "Exchange no dijo nada de esto.",
    "too many": "No se preguntó a Exchange por tantas direcciones.",
  },
};

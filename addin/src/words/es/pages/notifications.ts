/** Lo que anuncia el webhook. */

import type { In } from "../../languages";
import type { notifications as english } from "../../pages/notifications";

export const notifications: In<typeof english> = {
  heading: "Notificaciones",
  intro:
    "Lo que Rollcall anuncia a la dirección que eligió un administrador: informes al cabo de un día y de una semana, la pérdida y el regreso de la cuenta de servicio y los cambios de la lista de control. Lo terminado se muestra durante 30 días.",
  target: "Se avisa a: {host}",
  offTitle: "No se avisa a nadie",
  offText:
    "Para avisar a una dirección, indíquela en {setting}, en la configuración de la aplicación de funciones (solo https), y guarde en el almacén un secreto de firma con el nombre {secret}.",
  stalledTitle: "Hay un aviso pendiente que no se ha intentado",
  stalledText:
    "O falta en el almacén el secreto {secret} o no es un secreto válido, o el temporizador de los avisos no funciona. El registro de la plataforma dice cuál de los dos.",
  emptyTitle: "No hay notificaciones",
  emptyOff: "No se anuncia nada mientras no se indique una dirección.",
  emptyText: "Desde entonces no ha ocurrido nada que anunciar, o terminó hace más de 30 días.",
  caption: "Notificaciones: primero las que esperan y después las más recientes",
  since: "Surgió",
  what: "Qué",
  state: "Estado",
  fates: { waiting: "En espera", taken: "Entregada", given_up: "Abandonada" },
  failing: "Se volverá a intentar",
  at: {
    waiting: "Próximo intento: {moment}",
    taken: "Entregada: {moment}",
    given_up: "Abandonada: {moment}",
  },
  tried: "{n} intentos.",
  triedOne: "Un intento.",
  untried: "Aún sin intentos.",
  answered: "La última respuesta tuvo el estado {status}.",
  outcomes: {
    taken: "Se aceptó.",
    tls_failed: "El último intento falló: no hay un certificado válido.",
    timed_out: "El último intento no tuvo respuesta a tiempo.",
    private_address: "El último intento se detuvo: el nombre lleva a una dirección que no es pública.",
    unreachable: "El último intento no llegó a nadie.",
  },
  kinds: {
    report_ready: "Un informe está listo",
    connection_lost: "Cuenta de servicio perdida",
    connection_back: "Cuenta de servicio recuperada",
    canary_changed: "Lista de control cambiada",
  },
  more: "Mostrar más",
  count: "{n} notificaciones mostradas",
  countOne: "1 notificación mostrada",
};

/** Adónde llevan los enlaces de un correo. */

import type { In } from "../../languages";
import type { allLinks as allEnglish, links as english } from "../../pages/links";

export const links: In<typeof english> = {
  open: "Enlaces…",
  title: "Adónde llevan los enlaces",
  text: "Los enlaces de correos ya entregados aún se pueden retirar o corregir. Un cambio surte efecto en menos de diez segundos.",
  none: "No se mide ningún enlace de este correo.",
  listLabel: "Enlaces de este correo",
  withdrawn: "Retirado: ya no lleva a ninguna parte.",
  corrected: "Corregido: lleva a {target}.",
  byAdmin: "Así lo decidió un administrador.",
  withdraw: "Retirar",
  withdrawOne: "Retirar {link}",
  restore: "Restablecer",
  restoreOne: "Restablecer {link}",
  withdrawAll: "Retirar todos los enlaces",
  restoreAll: "Restablecer todos los enlaces",
  which: "Enlace que corregir",
  target: "Nueva dirección web",
  correct: "Corregir",
  saving: "Guardando…",
  saved: "Guardado.",
};

export const allLinks: In<typeof allEnglish> = {
  heading: "Enlaces",
  intro:
    "Averigüe qué enlace de qué correo es una dirección web, retírelo o haga que lleve a otra parte: también en correos ya entregados y en los que se eliminaron aquí. Un cambio surte efecto en menos de diez segundos. Los sitios a los que ningún enlace puede llevar son un ajuste, ROLLCALL_DENY_HOSTS.",
  url: "Dirección web de un enlace de un correo",
  look: "Buscar",
  found: "Es el enlace {number} de un correo.",
  mail: "Abrir su informe",
  amendedTitle: "Enlaces retirados y corregidos",
  leads: "Lleva a {target}",
  all: "Todos los enlaces",
  one: "Enlace {number}",
  withdrawn: "Retirado",
  mailShort: "del correo {id}…",
  byAdmin: "{moment}, por un administrador",
  bySender: "{moment}, por el remitente",
  restoreOne: "Restablecer: {link} del correo {id}",
  emptyTitle: "No se retiró ni corrigió ningún enlace",
  emptyText: "Cada enlace lleva adonde dice su correo.",
  more: "Mostrar más",
  countOne: "{n} decisión",
  count: "{n} decisiones",
};

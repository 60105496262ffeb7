/** Adónde llevan los enlaces de un correo. */

import type { In } from "../../languages";
import type { links as english } from "../../pages/links";

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

/** Las palabras junto a un correo que se lee. */

import type { In } from "../../languages";
import type { readingWords } from "../../pane/reading";

export { words as common } from "../common";

export const own: In<typeof readingWords> = {
  heading: "Informe de este correo",
  looking: "Buscando el informe de este correo …",
  sent: "Enviado el {when}",
  notSent: "Se preparó, pero Rollcall no sabe si se envió: no se cuenta nada.",
  none: "En este correo no se mide nada",
  noneText: "Se envió sin seguimiento, o el seguimiento se quitó.",
  notYours: "No puede ver ningún informe de este correo",
  notYoursText:
    "Solo ven el informe quien envió el correo y las personas con quienes lo comparte. También puede estar ya eliminado.",
};

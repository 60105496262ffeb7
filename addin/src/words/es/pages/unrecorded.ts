/** Lo que un informe dice del tiempo en que no se registró todo. */

import type { In } from "../../languages";
import type { unrecorded as english } from "../../pages/unrecorded";

export const unrecorded: In<typeof english> = {
  title: "No se registró todo",
  both: "Aperturas y clics",
  opens: "Aperturas",
  clicks: "Clics",
  since: "{what}: sin registro desde el {since} a más tardar. Las cifras valen solo hasta entonces.",
  sinceUnknown:
    "{what}: sin registro, y no se sabe desde cuándo. Las cifras cuentan solo lo que se registró antes.",
  between: "{what}: sin registro entre el {since} y el {until}.",
  before: "{what}: sin registro hasta el {until}, y no se sabe desde cuándo.",
  why: "Se debe a la configuración de su organización o a su acuerdo. No se sabe qué ocurrió entretanto, lo que no significa que no ocurriera nada.",
};

/** Un mensaje en dos partes, porque solo algunas personas dijeron que sí a que se las mida con su nombre. */

import type { In } from "../../languages";
import type { halves as english } from "../../pages/halves";

export const halves: In<typeof english> = {
  title: "Un mensaje, dos informes",
  thisNamed: "Este informe trata de quienes aceptaron que se les mida con su nombre: {count}.",
  thisRest:
    "Este informe trata de quienes no aceptaron que se les mida con su nombre: {count}. Todos recibieron el mismo mensaje.",
  toNamed: "Informe sobre quienes aceptaron",
  toRest: "Informe sobre los demás",
  together: "Los dos juntos",
  sum: "Son las sumas de lo que dicen los dos informes, y nada más.",
  noSum: "Uno de los dos informes no muestra cifras, así que tampoco las hay de los dos juntos.",
  exported: "Los dos para Excel",
  named: "quienes aceptaron",
  rest: "los demás",
  counts: "{named} con nombre, {rest} sin él",
};

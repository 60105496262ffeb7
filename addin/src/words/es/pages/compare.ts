/** Dos mensajes, uno junto al otro. */

import type { In } from "../../languages";
import type * as english from "../../pages/compare";

export const compare: In<typeof english.compare> = {
  heading: "Comparación",
  first: "A",
  second: "B",
  which: "{letter}: enviado {when}",
  whichUnsent: "{letter}: no enviado",
  openReport: "Abrir este informe",
  swap: "Intercambiar A y B",
  unfairTitle: "Estos dos mensajes no se pueden comparar de forma justa",
  unfair: {
    not_sent: "Uno de ellos todavía no se ha enviado.",
    ages: "Uno es mucho más reciente que el otro: aún llegan aperturas y clics. Compare la evolución desde el envío en lugar de los totales.",
    modes:
      "Se enviaron en modos distintos, {first} y {second}, que cuentan a las personas de forma diferente.",
    withheld: "Uno de ellos no muestra cifras: su informe dice por qué.",
    incomplete: "No todas las listas se pudieron contar por completo; una cuota es, por tanto, un máximo.",
  },
  caption: "Uno junto al otro",
  measure: "Medida",
  rows: { opened: "Abierto", clicked: "Clic en un enlace" },
  answer: "Diferencia",
  standings: {
    first: "A tiene la cuota mayor.",
    second: "B tiene la cuota mayor.",
    unknown: "Los intervalos se solapan: no se puede decir cuál es mayor.",
    unfair: "No se pueden comparar de forma justa; véase arriba.",
  },
  course: "Desde el envío",
  courseText:
    "Aperturas de personas por cada 100 destinatarios, acumuladas desde la hora del envío. Una persona puede abrir varias veces.",
  courseUnknown:
    "No todas las listas se pudieron contar por completo, así que no se sabe cuántos lo hicieron por cada 100 destinatarios.",
  courseAt: "{hours}: A {first}, B {second}.",
  hoursOne: "Después de 1 hora",
  hoursMany: "Después de {n} horas",
  daysMany: "Después de {n} días",
  axisHours: "horas desde el envío",
  axisDays: "días desde el envío",
  hour: "Horas",
  opensOf: "{letter}, aperturas",
  clicksOf: "{letter}, clics",
  withheld: "no se muestra",
  links: "Enlaces",
  linksCaption: "Personas que hicieron clic, por enlace",
  notIn: "no está en este mensaje",
  noLinks: "Ninguno de los dos mensajes tiene enlaces con seguimiento.",
  mail: "Mensaje",
  people: "Personas",
  unsent: "no enviado",
  severalGone: "{n} de los mensajes ya no existen, o usted no puede verlos.",
  severalModes:
    "Estos mensajes se enviaron en modos distintos, que cuentan a las personas de formas distintas: compare con cuidado.",
  surelyAbove: "con seguridad más que {letters}",
  severalUnknown: "Muy pocos de estos mensajes dan números para compararlos.",
  severalBest: "{letter} tiene con seguridad la mayor parte.",
  severalSome:
    "Los intervalos de {letters} se solapan: no se puede decir cuál tiene la mayor parte. Cualquier otra parte es con seguridad menor que una de ellas.",
  severalAll: "Los intervalos de {letters} se solapan: no se puede decir cuál tiene la mayor parte.",
};

/** Qué fue de todos los mensajes de un período. */

import type { In } from "../../languages";
import type * as english from "../../pages/dashboard";

export const dashboard: In<typeof english.dashboard> = {
  heading: "Panorama",
  intro:
    "Qué fue de los mensajes de un período, sumado a partir de lo que dicen sus informes. Un mensaje pertenece al período en que se preparó.",
  filters: {
    label: "Qué mensajes",
    since: "Preparados desde",
    until: "hasta",
    campaign: "Campaña",
    tag: "Etiqueta",
    sender: "Dirección del remitente",
    apply: "Mostrar",
    clear: "Mostrar el último año",
  },
  emptyTitle: "En este período no se envió ningún mensaje",
  emptyText: "Elija otro período o envíe un mensaje con seguimiento: aparecerá aquí.",
  missing: "Aún no se pudo sumar todo",
  missingText:
    "{unread} mensajes no se pudieron leer a tiempo y de {pending} faltan los números. Mire de nuevo dentro de un momento.",
  again: "Mirar de nuevo",
  totals: "En conjunto",
  mails: "Mensajes enviados",
  copies: "Destinatarios",
  copiesNote: "Quien recibió varios de estos mensajes cuenta otras tantas veces.",
  notSentOne: "{n} más se preparó y no se envió.",
  notSent: "{n} más se prepararon y no se enviaron.",
  told: "Hay números de {n} de {all} mensajes.",
  untold: "De ninguno de estos mensajes hay números.",
  because: "No se dicen: {reasons}.",
  withheld: {
    not_yet: "números aún no publicados ({n})",
    too_few: "muy pocos destinatarios ({n})",
    too_few_known: "muy pocos destinatarios conocidos ({n})",
    not_recorded: "no registrados ({n})",
  },
  opened: "Abierto",
  clicked: "Enlace seguido",
  guarantee:
    "Cada número está en el informe de un mensaje o es una suma de tales números. Una suma de intervalos es un intervalo.",
  audience: {
    title: "Personas alcanzadas",
    reached: "Personas distintas alcanzadas: {people}.",
    overlap: "Cuántos de estos mensajes recibieron las personas",
    level: "{n} o más",
    mails: "Mensajes",
    people: "Personas",
    most: "{n} mensajes o más fueron a tantas personas: {people}.",
    noneSure: "No se puede decir con seguridad si alguien recibió varios.",
    inSteps:
      "Cada persona cuenta una vez. Se cuenta con los destinatarios que se guardan de cada mensaje y se dice en pasos de {step} personas, para que nadie se reconozca.",
    exact: "Cada persona cuenta una vez. Se cuenta con los destinatarios que se guardan de cada mensaje.",
    unnamedOne:
      "De un mensaje nadie sabe quién lo recibió: puede haber llegado a otras personas o a las mismas.",
    unnamed:
      "De {n} mensajes nadie sabe quién los recibió: pueden haber llegado a otras personas o a las mismas.",
    unreadOne: "Un mensaje no se pudo leer a tiempo y no está contado.",
    unread: "{n} mensajes no se pudieron leer a tiempo y no están contados.",
    untold: {
      too_many:
        "Para tantos mensajes a la vez no se puede decir a cuántas personas distintas llegaron. Elija un período más corto, una campaña o una etiqueta.",
      too_few: "Se alcanzó a muy pocas personas para dar cifras.",
      unknown:
        "No se puede decir a cuántas personas distintas se llegó: de ninguno de estos mensajes se sabe quién lo recibió.",
    },
  },
  course: "A lo largo del tiempo",
  courseOf: { week: "por semanas", month: "por meses" },
  period: { week: "Semana del", month: "Mes" },
  highest: "La mayor parte fue con seguridad la de {when}: {share}.",
  overlap: "Los intervalos se solapan: no se puede decir qué parte es la mayor.",
  oneOnly: "Aún no hay nada que comparar.",
  share: "Parte",
  people: "Personas",
  campaigns: "Por campaña",
  campaign: "Campaña",
  senders: "Por remitente",
  sender: "Remitente",
  usual: "Lo habitual: abierto",
  usualNote:
    "Lo habitual se dice a partir de cinco mensajes: entre el cuarto con las partes menores y el cuarto con las mayores.",
  noUsual: "muy pocos mensajes",
  weekdays: "Por día de la semana",
  weekday: "Día",
  hours: "Por hora",
  hour: "Hora",
  best: "Los mensajes de {when} los abrió con seguridad una parte mayor que los de cualquier otro momento comparable.",
  unsure: "Los intervalos se solapan: ningún momento puede llamarse el mejor.",
  tooFew: "Muy pocos mensajes para comparar: hacen falta dos momentos con cinco mensajes cada uno.",
  rhythmNote:
    "Un intervalo dice qué parte abre de media un mensaje de ese momento, hasta donde se sabe y los mensajes se parecen; se equivoca como mucho una vez de cada veinte. En otros momentos salieron otros mensajes a otras personas: es lo que fue, y no un consejo.",
  fewMails: "menos de cinco mensajes",
  each: "Mensaje por mensaje",
  eachNote:
    "Los últimos {n} de {all} mensajes, cada uno junto a lo habitual en su campaña, o entre todos si no tiene ninguna.",
  showAll: "Mostrar los {n} mensajes",
  name: "Mensaje",
  sent: "Enviado",
  stands: {
    more: "más de lo habitual",
    fewer: "menos de lo habitual",
    usual: "dentro de lo habitual",
    unknown: "no se puede decir",
  },
  noNumbers: "sin números",
};

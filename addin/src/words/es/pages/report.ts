/** El informe de un mensaje: sus cifras, por qué una solicitud se juzga así, quién hizo qué. */

import type { In } from "../../languages";
import type * as english from "../../pages/report";

export const ranges: In<typeof english.ranges> = {
  people: {
    nobody: "nadie",
    exactly: "{least}",
    all: "los {least}",
    atLeast: "al menos {least}",
    atMost: "como máximo {most}",
    between: "entre {least} y {most}",
    unknown: "un número desconocido",
  },
  share: "{least} a {most}",
  of: "de {of} destinatario",
  ofSeveral: "de {of} destinatarios",
  ofAtLeast: "de al menos {of} destinatarios",
  ofUnknown: "de un número desconocido de destinatarios",
  unknownShare: "cuota desconocida",
  bar: "De 0 a {of}",
  surely: "seguro",
  perhaps: "quizá",
};

export const sentence: In<typeof english.sentence> = {
  opened: {
    nobody: "No se vio a nadie {of} abrirlo",
    exactly: "Abierto por {least} {of}",
    all: "Abierto por {least} {of}",
    atLeast: "Abierto por al menos {least} {of}",
    atMost: "Abierto por como máximo {most} {of}",
    between: "Abierto por entre {least} y {most} {of}",
    unknown: "Abierto por un número desconocido {of}",
  },
  clicked: {
    nobody: "no se vio a nadie seguir un enlace",
    exactly: "enlaces seguidos por {least}",
    all: "enlaces seguidos por {least}",
    atLeast: "enlaces seguidos por al menos {least}",
    atMost: "enlaces seguidos por como máximo {most}",
    between: "enlaces seguidos por entre {least} y {most}",
    unknown: "enlaces seguidos por un número desconocido",
  },
  most: "el más seguido fue «{link}», por al menos {least}",
  mostExactly: "el más seguido fue «{link}», por {least}",
  some: "«{link}» seguido por al menos {least}",
  someExactly: "«{link}» seguido por {least}",
  both: "{first}; {second}.",
  alone: "{first}.",
  partly: "{sentence} No se registró todo.",
  label: "En una frase",
  copy: "Copiar la frase",
  copied: "Copiada.",
};

export const silence: In<typeof english.silence> = {
  none: "El mensaje no decía que se mide (ROLLCALL_NOTICE es none). La línea que lo dice sirve también para distinguir los analizadores de seguridad de las personas; sin ella, se cuentan menos personas con certeza.",
  gone: "La línea que dice que el mensaje se mide se quitó antes de enviarlo. Sirve también para distinguir los analizadores de seguridad de las personas; sin ella, se cuentan menos personas con certeza.",
};

export const report: In<typeof english.report> = {
  heading: "Informe",
  headingOf: "Informe del mensaje del {when}",
  sent: "Enviado",
  delivery: "Entrega",
  deliveryText: "según lo indicado en Outlook; las horas cuentan desde entonces",
  from: "De",
  team: "Equipo",
  teamText: "Quien forma parte de él ve y gestiona este informe.",
  recipients: "Destinatarios",
  mode: "Modo",
  prepared: "Preparado",
  asOf: "A fecha de {time}.",
  renewed: "Se actualiza cada 30 segundos mientras lo mira.",
  stale: "Las cifras no se pudieron actualizar desde {time}.",
  asPublished: "Tal como se publicaron para {time}.",
  withheldTitle: "Este informe no muestra cifras",
  withheld: {
    too_few:
      "El mensaje tiene menos de {n} destinatarios. Las cifras sobre tan pocos revelarían lo que hizo cada uno.",
    too_few_known:
      "Se conocen menos de {n} destinatarios de este mensaje. Las cifras sobre tan pocos revelarían lo que hizo cada uno.",
    not_yet:
      "Las cifras aparecen en momentos fijos después de la entrega, los mismos para todos. Las primeras: {when}.",
    not_recorded:
      "No se registró nada de este mensaje desde su envío, debido a la configuración de su organización o a su acuerdo. No se sabe qué hicieron sus destinatarios.",
  },
  noNumbers: "No hay cifras que se puedan mostrar.",
  publishedText:
    "Para que no se pueda reconocer a nadie en este informe, las personas se indican en escalones de {step} que empiezan en puntos secretos, y en momentos fijos. Menos de {n}, o todos menos menos de {n}, no se distinguen nunca.",
  publishedNext: "Las próximas cifras: {when}.",
  publishedLast: "Estas son las últimas cifras.",
  publishedCaption: "Personas, tal como se publicaron",
  publishedAt: "A fecha de",
  notSentTitle: "Este mensaje todavía no se ha enviado",
  notSentText:
    "Las aperturas y los clics cuentan desde el envío. Lo anterior es el editor mostrando su propio borrador.",
  incompleteTitle: "El número de destinatarios es un mínimo",
  incompleteText:
    "No todas las listas se pudieron contar por completo antes del envío. Por eso las cuotas son máximos: con más destinatarios, son menores.",
  unknownTitle: "No se sabe cuántos destinatarios hay",
  unknownText:
    "Ninguna lista de este correo mostró sus miembros antes del envío; por eso no se puede indicar ninguna cuota.",
  closedTitle: "Medido hasta el {when}",
  closedText:
    "Las cifras quedan como están. Las aperturas y los clics se convirtieron en sumas, y ya nada dice lo que hizo un destinatario.",
  missing: "Puede que se haya eliminado, o que no se haya compartido con usted.",
  opened: "Abierto",
  clicked: "Clic en un enlace",
  openedNote:
    "Quien hizo clic cuenta también como que abrió. Quien mira el mensaje sin cargar imágenes y no hace clic no deja rastro, así que pueden ser más.",
  noOpens:
    "En este mensaje no se miden las aperturas, solo los clics: no se sabe cuántas personas lo abrieron.",
  notMeasuredAtAll: "no se mide",
  notMeasured:
    "{n} destinatarios no se miden, porque se opusieron. Pueden estar entre quienes abrieron o hicieron clic, así que cada extremo superior los incluye.",
  notMeasuredOne:
    "Un destinatario no se mide, porque se opuso. Puede estar entre quienes abrieron o hicieron clic, así que cada extremo superior lo incluye.",
  countingNote:
    "Todas las copias comparten una imagen, así que las personas se estiman: al menos la mitad de los lugares desde los que llegaron solicitudes en una hora, como máximo tantas como solicitudes.",
  toldApartNote:
    "Cada copia tiene su propia imagen. El intervalo va de quienes lo hicieron con seguridad a quienes muestran señales dudosas.",
  time: "A lo largo del tiempo",
  opensOverTime: "Aperturas",
  clicksOverTime: "Clics",
  unit: { minute: "por minuto", hour: "por hora", day: "por día", week: "por semana" },
  unitOf: { minute: "Minuto", hour: "Hora", day: "Día", week: "Semana del" },
  overTimeText: "{all} en total, mostrado {unit}. Lo más por personas: {when}, con {most}.",
  overTimeNoPeople: "{all} en total, mostrado {unit}. Ninguno con seguridad de una persona.",
  showMachines: "Dibujar también las máquinas",
  notDrawn: "(sin dibujar)",
  nothingYet: "Todavía no ha llegado nada.",
  asTable: "Como tabla",
  chartFailed: "No se pudo cargar el gráfico; la tabla de abajo lo contiene todo.",
  allRequests: "Todas",
  links: "Enlaces",
  linksCaption: "Clics por enlace, primero los más usados por personas",
  link: "Enlace",
  clickedBy: "Personas",
  split: "{person} de personas, {unsure} dudosos, {machine} de máquinas",
  noLinks: "Ningún enlace de este mensaje tiene seguimiento.",
  linksNote: "Las barras muestran personas, en una escala que llega a {n}.",
  judged: "Qué se registró y cómo se juzga",
  judgedText:
    "El software de seguridad y los programas de correo también solicitan imágenes y enlaces. Cada solicitud se guarda tal como llegó; al lado figura qué se juzga que es, y por qué. Cuando las reglas mejoran, los mensajes antiguos se juzgan de nuevo.",
  judgedCaption: "Solicitudes tal como llegaron y tal como se juzgaron",
  raw: "Todas las solicitudes",
  opens: "Aperturas",
  clicks: "Clics",
  reasons: "Motivos",
  reasonsText:
    "Cuántas veces se aplicó cada regla. Una solicitud puede tener varios motivos; decide el primero en este orden.",
  reason: "Motivo",
  speaksFor: "Apunta a",
  times: "Veces",
  noReasons: "Todavía no se ha juzgado ninguna solicitud.",
  notCounted: "No contado",
  notCountedText: "Estas solicitudes no están en ninguna de las cifras de arriba.",
  otherReason: "Otra regla ({name}).",
  print: "Imprimir",
  workbook: "Descargar para Excel",
  share: "Compartir …",
  gone: "No existe este informe",
};

export const byList: In<typeof english.byList> = {
  heading: "Por lista",
  caption: "Qué fue del mensaje en cada lista escrita",
  list: "Lista",
  recipients: "Destinatarios",
  overlap: "Quien está en varias de estas listas cuenta en cada una de ellas.",
  groups:
    "Las listas con menos de {n} destinatarios se muestran juntas, y lo que trata de menos de {n} personas es un intervalo.",
  steps:
    "Las personas se cuentan en grupos de al menos {step}, en los mismos tramos y momentos que arriba. Las listas con menos de {n} destinatarios se muestran juntas.",
  together: "{n} listas pequeñas juntas",
  tooFew: "demasiado pocos para decirlo",
  notKept: "no se conservó",
};

export const rules: In<typeof english.rules> = {
  before_send: {
    verdict: "none",
    text: "Llegó antes de que se enviara el mensaje: el editor mostrando su propio borrador.",
  },
  before_delivery: {
    verdict: "unsure",
    text: "Llegó antes de la hora de entrega prevista: una mirada del remitente, o Outlook envió el mensaje de inmediato.",
  },
  head_request: { verdict: "none", text: "Solo se pidieron los encabezados, no la imagen ni el enlace." },
  prefetch_header: { verdict: "machine", text: "La propia solicitud dice que se hace por adelantado." },
  gmail_prefetch: {
    verdict: "machine",
    text: "Gmail carga las imágenes por adelantado mientras un buzón está abierto; era exactamente así.",
  },
  image_proxy: {
    verdict: "person",
    text: "El proxy del proveedor de correo carga la imagen cuando alguien abre el mensaje.",
  },
  notice_followed: {
    verdict: "machine",
    text: "El mismo programa siguió también la pequeña línea que dice que el mensaje se mide.",
  },
  burst: {
    verdict: "machine",
    text: "Se solicitaron varios enlaces, o todos, en cuestión de segundos, o la imagen justo al lado.",
  },
  scanner_network: {
    verdict: "machine",
    text: "Vino de una red de seguridad del correo, o un clic vino de la de Microsoft, que comprueba enlaces.",
  },
  scanner_agent: {
    verdict: "machine",
    text: "El programa se presenta como seguridad del correo, o está en la lista mantenida de rastreadores.",
  },
  no_agent_click: {
    verdict: "machine",
    text: "Siguió un enlace un programa que no dice qué es; los navegadores siempre lo dicen.",
  },
  no_browser_click: {
    verdict: "machine",
    text: "Siguió un enlace un programa que dice no ser un navegador.",
  },
  apple_prefetch: {
    verdict: "unsure",
    text: "La protección de la privacidad de Apple Mail carga todas las imágenes tras la entrega, mire alguien o no.",
  },
  no_agent_open: {
    verdict: "unsure",
    text: "Cargó la imagen un programa que no dice qué es.",
  },
  no_browser_open: {
    verdict: "unsure",
    text: "Cargó la imagen un programa que no es ni un navegador ni un programa de correo conocido.",
  },
  scan_time_click: {
    verdict: "unsure",
    text: "Un clic en el primer minuto tras la llegada, cuando ocurre la mayoría de los análisis de seguridad.",
  },
  scan_time_open: {
    verdict: "unsure",
    text: "Una apertura desde la red de Microsoft en el primer minuto tras la llegada: su proxy de imágenes o un análisis.",
  },
  microsoft_click: {
    verdict: "unsure",
    text: "Un clic desde la red de Microsoft: una comprobación del enlace al hacer clic, o un escritorio en la nube.",
  },
  hurry: {
    verdict: "unsure",
    text: "Demasiado rápido para leer: un clic justo después de la primera mirada, o varios enlaces a la vez.",
  },
  sweep: {
    verdict: "unsure",
    text: "Cinco enlaces de un destinatario en cinco minutos: un analizador lento, o alguien muy interesado.",
  },
  unopened_click: {
    verdict: "unsure",
    text: "Un clic en la primera media hora de un destinatario que no había abierto el mensaje.",
  },
  no_sign_of_a_machine: { verdict: "person", text: "Ninguna señal de una máquina." },
};

export const who: In<typeof english.who> = {
  heading: "Destinatarios",
  text: "Este mensaje se envió en copias, así que el informe sabe quién abrió e hizo clic. Consultar a personas concretas queda en el registro de auditoría.",
  show: "Mostrar destinatarios",
  filter: "Mostrar",
  filters: {
    all: "Todos",
    unopened: "No abierto",
    unsure: "No abierto, o quizá no",
    maybe: "Quizá abierto",
    opened: "Abierto",
    clicked: "Con clic",
    unmeasured: "No medido",
  },
  search: "Buscar direcciones",
  unopenedNote:
    "No abierto significa que no se cargó ninguna imagen ni se hizo clic en ningún enlace. Quien bloquea imágenes puede haber mirado el mensaje igualmente. Quien se opuso a la medición no figura aquí.",
  unmeasuredNote:
    "Se opusieron a la medición, así que no se sabe nada de lo que hicieron. No se lo recuerde.",
  caption: "Destinatarios y lo que hicieron",
  address: "Dirección",
  opened: "Abierto",
  clicked: "Con clic",
  answers: { yes: "sí", maybe: "quizá", no: "no", not_measured: "no medido" },
  nobody: "Nadie coincide.",
  found: "{n} destinatarios",
  foundOne: "1 destinatario",
  loading: "Cargando destinatarios: {n} de {total} …",
  previous: "Anterior",
  next: "Siguiente",
  capped: "Se muestran los primeros {n}. El CSV los contiene todos.",
};

/** La declaración: cómo está configurado Rollcall, qué se acordó y qué se guarda durante cuánto tiempo. */

import type { In } from "../../languages";
import type { statement as english } from "../../pages/statement";

export const statement: In<typeof english> = {
  heading: "Declaración",
  intro:
    "Cómo está configurado Rollcall en su organización, qué se acordó y qué guarda durante cuánto tiempo. En esta página no hay ningún resultado de nadie.",
  made: "A {when}.",
  print: "Imprimir",
  download: "Descargar (JSON)",

  agreement: "Acuerdo",
  states: {
    none: {
      title: "No hay ningún acuerdo",
      text: "Hasta dónde llega el seguimiento de los mensajes lo decide quien administra Rollcall, y puede cambiarlo en cualquier momento.",
    },
    in_force: {
      title: "El acuerdo está en vigor y la configuración lo respeta",
      text: "Lo que lo excede se rechaza. Cuando venza, el seguimiento se detiene por sí solo.",
    },
    not_yet: {
      title: "El acuerdo aún no está en vigor: no se hace ningún seguimiento",
      text: "Los destinatarios se cuentan y los enlaces de los mensajes llevan a su destino.",
    },
    expired: {
      title: "El acuerdo ha vencido: no se hace ningún seguimiento",
      text: "Los destinatarios se cuentan y los enlaces de los mensajes llevan a su destino. Lo acordado sigue limitando los informes y el tiempo que se guardan las cosas.",
    },
    exceeded: {
      title: "La configuración excede el acuerdo: no se hace ningún seguimiento",
      text: "Los valores están señalados más abajo. Hasta que se corrijan, los destinatarios se cuentan y los enlaces de los mensajes llevan a su destino.",
    },
    altered: {
      title: "El acuerdo no está tal como se firmó: no se hace ningún seguimiento",
      text: "Se modificó, o se firmó con otra clave. Los destinatarios se cuentan, los enlaces de los mensajes llevan a su destino y no se muestra ningún informe.",
    },
    unreadable: {
      title: "El acuerdo no se puede leer: no se hace ningún seguimiento",
      text: "Los destinatarios se cuentan, los enlaces de los mensajes llevan a su destino y no se muestra ningún informe.",
    },
    no_key: {
      title: "Falta la clave que dice si el acuerdo es auténtico: no se hace ningún seguimiento",
      text: "Los destinatarios se cuentan, los enlaces de los mensajes llevan a su destino y no se muestra ningún informe.",
    },
    no_file: {
      title: "Está la clave de un acuerdo, pero no el acuerdo: no se hace ningún seguimiento",
      text: "Los destinatarios se cuentan, los enlaces de los mensajes llevan a su destino y no se muestra ningún informe.",
    },
  },
  called: "Título",
  parties: "Entre",
  reference: "Texto completo",
  valid: "En vigor",
  validText: "del {from} al {until}",
  code: "Acuerdo",
  key: "Clave",
  compare: "Compare ambos con lo que se anotó al firmar el acuerdo.",

  measured: "Qué se mide",
  tracking: {
    off: "No se hace ningún seguimiento. Los destinatarios se cuentan antes del envío.",
    clicks: "Se cuentan los clics en los enlaces, no las aperturas, y no se distingue a nadie de los demás.",
    opens: "Se cuentan las aperturas, no los clics, y no se distingue a nadie de los demás.",
    counting: "Se cuentan aperturas y clics. Todos los destinatarios reciben el mismo mensaje.",
    pseudonymous:
      "Se cuentan aperturas y clics. Cada destinatario puede recibir un mensaje propio, que no lleva al nombre de nadie.",
    individual: "Puede decirse, por su nombre, quién abrió un mensaje y siguió sus enlaces.",
  },
  groups: "Donde no se distingue a nadie, los informes no dicen nada de menos de {n} personas.",
  groupsOne: "Los informes hablan de personas concretas aunque no se distinga a nadie por su nombre.",
  appear: "Las cifras aparecen este tiempo después de la entrega de un mensaje: {times}.",

  kept: "Qué se guarda, y durante cuánto tiempo",
  what: "Qué",
  howLong: "Cuánto tiempo",
  things: {
    events: "Aperturas y clics, cada uno por sí mismo",
    messages: "Mensajes: sus destinatarios y las sumas de aperturas y clics",
    lists: "Los miembros de una lista que se contó",
    objections: "Las oposiciones, como huellas",
    objectionsEnd: "hasta que se retiren",
    answers: "Quién aceptó que se le mida por su nombre, como huellas",
    answersEnd: "hasta que lo retire",
    trail: "El registro de auditoría: quién hizo qué, por identificadores de objeto",
  },
  places: "Cada lugar en el que se guarda algo",
  placesNote: "En inglés, como en la documentación.",
  place: "Lugar",
  holds: "Contiene",
  until: "Hasta",
  endedBy: "Lo borra",

  may: "Quién puede ver qué",
  mayNote:
    "Cada persona ve lo que se guarda de ella, puede oponerse y hacer que se borre, diga lo que diga esta lista.",
  allowed: "permitido",
  notAllowed: "no permitido",
  allowances: {
    admins_see_reports: "Los administradores ven informes de mensajes que enviaron otros",
    admins_see_individuals: "… también donde se distingue a los destinatarios por su nombre",
    admins_see_people: "Los administradores ven, a petición de una persona, lo que se guarda de ella",
    share_reports: "Los remitentes comparten informes con las personas que nombran",
    teams_see_reports: "Los miembros de un equipo ven y gestionan entre sí sus mensajes y sus informes",
    export_reports: "Los informes salen de Rollcall como archivos",
    programs_read_reports:
      "Hay programas que leen los informes y el registro de auditoría sin que nadie inicie sesión",
    programs_read_recipients: "… también lo que hicieron personas concretas",
    webhooks_tell: "Una dirección que eligió un administrador recibe aviso cuando hay cifras en los informes",
    tell_by_list:
      "Los informes muestran el resultado de cada lista escrita; para ello se guarda quién está en cuál",
    read_subjects: "El complemento lee el asunto de un mensaje para ofrecerlo como nombre",
    read_mail_tips: "El complemento pregunta a Exchange quién está ausente o tiene el buzón lleno",
  },

  settings: "Todos los valores de configuración",
  setting: "Configuración",
  value: "Valor",
  byDefault: "predeterminado",
  empty: "vacío",
  exceeds: "Excede el acuerdo: {agreed}",

  days: "{n} días",
  daysOne: "{n} día",
  hours: "{n} horas",
  hoursOne: "{n} hora",
  minutes: "{n} minutos",
  minutesOne: "{n} minuto",
  seconds: "{n} segundos",
  secondsOne: "{n} segundo",
  bound: "La medición de los mensajes está limitada por el acuerdo {agreement}, firmado con la clave {key}.",
  stopped: "No está en vigor, o no se cumple, así que por ahora no se mide nada.",
  untold:
    "El acuerdo sobre la medición de los mensajes no se puede determinar, así que por ahora no se mide nada.",
  underAgreement: "Bajo el acuerdo {agreement}",
};

/** Lo que dicen el panel y las páginas. */

import type { words as english } from "../common";
import type { In } from "../languages";

export const words: In<typeof english> = {
  name: "Rollcall",

  trouble: {
    offline: "No se puede acceder a Rollcall.",
    offlineRemedy: "Compruebe su conexión e inténtelo de nuevo.",
    unexpected: "Algo ha fallado en Rollcall.",
    unexpectedRemedy: "Inténtelo de nuevo en un minuto. Si persiste, avise a su administrador.",
    signIn: "No ha iniciado sesión.",
    signInRemedy: "Inicie sesión con su cuenta profesional e inténtelo de nuevo.",
    popupBlocked: "El navegador no abrió la ventana de inicio de sesión.",
    popupBlockedRemedy: "Permita las ventanas emergentes en esta página e inténtelo de nuevo.",
    again: "Reintentar",
  },

  session: {
    signIn: "Iniciar sesión",
    signingIn: "Iniciando sesión …",
    why: "Rollcall necesita saber quién es usted, para que solo usted vea sus recuentos e informes.",
    done: "Ha iniciado sesión. Esta ventana se cierra sola.",
  },

  kinds: {
    distribution_list: "lista de distribución",
    dynamic_distribution_list: "lista de distribución dinámica",
    mail_enabled_security_group: "grupo de seguridad habilitado para correo",
    microsoft_365_group: "grupo de Microsoft 365",
  },

  amounts: {
    one: "{n}",
    many: "{n}",
    oneOrMore: "al menos {n}",
    atLeast: "al menos {n}",
    unknown: "se desconoce",
  },

  modes: {
    counting: "Recuento",
    countingText: "Un píxel común para todos. Los informes dan intervalos, nunca nombres.",
    pseudonymous: "Seudónimo",
    pseudonymousText:
      "Una copia por destinatario, con enlaces propios. No se guarda ninguna dirección: nadie ve de quién son.",
    individual: "Individual",
    individualText: "Una copia por destinatario. El informe dice quién abrió y quién hizo clic.",
  },

  turnover: {
    since: "Desde el mensaje del {when}",
    both: "{joined}, {left}",
    joined: {
      exactly: "{least} nuevos",
      atMost: "como máximo {most} nuevos",
      between: "de {least} a {most} nuevos",
    },
    left: {
      exactly: "{least} ya no lo reciben",
      atMost: "como máximo {most} ya no lo reciben",
      between: "de {least} a {most} ya no lo reciben",
    },
    some: { exactly: "{least}", atMost: "como máximo {most}", between: "de {least} a {most}" },
    byList: "De los nuevos, por lista:",
  },

  labels: {
    name: "Nombre de este mensaje",
    nameText: "Para volver a encontrarlo. Los destinatarios no lo ven.",
    useSubject: "Usar el asunto: «{subject}»",
    more: "Campaña y etiquetas",
    morePurpose: "Campaña, etiquetas y finalidad",
    campaign: "Campaña",
    tags: "Etiquetas",
    tagsText: "Separadas por comas.",
    tooMany: "Como máximo {n} etiquetas.",
    tooLong: "Una etiqueta tiene como máximo {n} caracteres.",
    purpose: "Finalidad",
    noPurpose: "Ninguna",
    links: "Nombres de los enlaces",
    linksText: "Así se llama un enlace en el informe. Los destinatarios no lo ven.",
    linkName: "Nombre de {link}",
    useWords: "Usar sus palabras: «{words}»",
  },

  verdicts: {
    person: "Personas",
    unsure: "Dudoso",
    machine: "Máquinas",
  },
};

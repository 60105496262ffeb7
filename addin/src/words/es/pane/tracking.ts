/** Elegir el seguimiento, agregarlo y quitarlo. */

import type { In } from "../../languages";
import type * as english from "../../pane/tracking";

export const choose: In<typeof english.choose> = {
  title: "Seguimiento",
  back: "Volver al recuento",
  reading: "Buscando enlaces en su mensaje …",
  mode: "Cómo contar",
  locked: "Su organización no permite otra forma de contar.",
  half: {
    clicks: "Su organización solo cuenta clics: las aperturas no se registran.",
    opens: "Su organización solo cuenta aperturas: los enlaces quedan como están.",
  },
  consent: "Solo se distingue a quien dijo que sí",
  consentText:
    "Los demás reciben el mismo mensaje en el mismo envío y se cuentan sin nombre. Quién dijo que sí se consulta cuando usted continúa.",
  links: "Enlaces",
  linksText:
    "Se cuentan los clics en los enlaces seleccionados. Los lectores llegan igualmente adonde lleva el enlace.",
  none: "No hay enlaces en su parte de este mensaje. Solo se contarán las aperturas.",
  all: "Seleccionar todo",
  nothing: "Quitar selección",
  times: "{n} veces",
  others: "{n} enlaces quedan como están",
  othersOne: "1 enlace queda como está",
  saysUrl:
    "los lectores ven aquí una dirección, y algunos programas de correo avisan cuando un enlace lleva a otro sitio",
  doubt: "¿Es suya esta parte?",
  doubtMine:
    "Lo que empieza por «{words}» parece otro mensaje. Se trata como suyo: sus enlaces están en la lista.",
  doubtOther: "Lo que empieza por «{words}» parece otro mensaje. Se deja como está.",
  doubtNothing: "…",
  doubtCut: "No, no es mía",
  doubtKeep: "Sí, es mía",
  recorded: "Qué se registra",
  counting:
    "Que alguien abrió o hizo clic, cuándo y con qué tipo de programa. No quién, ni ninguna dirección IP.",
  pseudonymous:
    "Que alguien abrió o hizo clic, cuándo y con qué tipo de programa. Cada copia tiene sus propios enlaces, y nadie puede decir de quién son, ni siquiera Rollcall.",
  individual: "Quién abrió e hizo clic, cuándo y con qué tipo de programa.",
  said: "Una pequeña línea al final del mensaje lo dice y lleva a una página que lo explica.",
  saidAndObject:
    "Una pequeña línea al final de cada copia lo dice y lleva a una página donde su destinatario puede oponerse.",
  unsaid: "El mensaje en sí no lo dice: su organización informa de otro modo.",
  tooFew: "El informe no mostrará cifras",
  tooFewText: "Menos de {n} personas reciben este mensaje: las cifras revelarían lo que hizo cada una.",
  content: "El asunto, el texto y los datos adjuntos no salen nunca de Outlook.",
  teams: "Su equipo también ve y gestiona el informe: {names}.",
  contentOffered:
    "El texto y los archivos adjuntos nunca salen de Outlook; el asunto, solo si lo toma como nombre del mensaje.",
  prepare: "Agregar seguimiento",
  copies: "Continuar",
  text: "Un mensaje de texto sin formato no admite seguimiento",
  textText:
    "Cambie el formato a HTML en Outlook y abra este panel de nuevo, o envíe el mensaje sin seguimiento.",
  unreadable: "Outlook no permite que Rollcall lea este mensaje",
  unreadableText: "Los mensajes protegidos no admiten seguimiento. Puede enviarlo sin él.",
  signature: "en su firma",
  reasons: {
    mail: "abre un mensaje nuevo",
    phone: "llama o escribe a un número",
    anchor: "lleva a un lugar de este mensaje",
    inline: "forma parte de este mensaje",
    script: "no es un enlace web",
    file: "lleva a un archivo de un equipo",
    relative: "no es una dirección completa",
    scheme: "no es un enlace web",
    invalid: "ningún navegador podría abrirlo",
    user: "contiene un nombre o una contraseña",
    unclear: "no se puede leer con certeza",
    cloud: "da a los destinatarios acceso a un archivo compartido",
    meeting: "lleva a una reunión",
    card: "es una tarjeta que dibuja Outlook",
    wrapped: "parece ya reescrito por una pasarela de correo",
    unsubscribe: "parece servir para darse de baja",
    own: "lleva al propio Rollcall",
    host: "su administrador no permite enlaces con seguimiento a ese sitio",
    long: "es demasiado largo",
    many: "hay más enlaces de los que se pueden seguir",
  },
};

export const preparing: In<typeof english.preparing> = {
  registering: "Obteniendo los enlaces …",
  writing: "Agregando el seguimiento a su mensaje …",
  checking: "Comprobando que no ha cambiado nada más …",
  sending: "Enviando …",
};

export const restored: In<typeof english.restored> = {
  title: "No se agregó el seguimiento",
  back: "Outlook cambió algo más que los enlaces al agregarlo, así que su mensaje se dejó como estaba.",
  notBack:
    "Outlook cambió algo más que los enlaces al agregarlo, y no se pudo restaurar todo. Revise su mensaje antes de enviarlo; «Deshacer» en Outlook puede ayudar.",
  after: "Puede enviarlo sin seguimiento. Para intentarlo de nuevo, cuente otra vez los destinatarios.",
};

export const prepared: In<typeof english.prepared> = {
  title: "El seguimiento está en su mensaje",
  text: "Cuenta las aperturas y los clics en {n} enlaces desde que envíe el mensaje.",
  textOne: "Cuenta las aperturas y los clics en un enlace desde que envíe el mensaje.",
  textNone: "Cuenta las aperturas desde que envíe el mensaje.",
  send: "Enviar ahora",
  press: "Pulse ahora Enviar",
  pressText: "El seguimiento está en su mensaje. Las aperturas y los clics cuentan desde ahora.",
  notSent: "No lo he enviado",
  disarmed: "Nada cuenta hasta que lo envíe.",
  arm: "Pulsaré Enviar yo mismo",
  remove: "Quitar seguimiento",
  changes: {
    yes: {
      title: "Ha cambiado el mensaje desde entonces",
      text: "Los enlaces agregados después del seguimiento no se cuentan.",
    },
    lost: {
      title: "Falta parte del seguimiento en el mensaje",
      text: "Lo que se quitó no se puede contar. Quite el resto y empiece de nuevo, o envíe el mensaje tal como está.",
    },
    silent: {
      title: "El mensaje ya no dice que se mide",
      text: "Falta su última línea. Deshaga ese cambio, o quite el seguimiento y agréguelo de nuevo. Sin esa línea, el informe es menos seguro.",
    },
  },
  later: {
    title: "Outlook lo entregará el {time}",
    text: "Las horas de aperturas y clics cuentan desde entonces.",
    lostTitle: "La hora de entrega ha desaparecido",
    lost: "Este mensaje debía entregarse el {time}, y Outlook ya no lo sabe: se enviaría de inmediato.",
    again: "Volver a poner esa hora",
    atOnce: "Dejarlo así: entregar de inmediato",
    failed: "Outlook no aceptó la hora de entrega.",
    remedy: "Indíquela en el propio Outlook, o envíe el mensaje cuando llegue el momento.",
  },
  staleTitle: "Los destinatarios han cambiado desde que los revisó",
  stale: "Quite el seguimiento y cuente de nuevo, para que el informe trate de las personas correctas.",
  recount: "Quitar seguimiento y contar de nuevo",
  removeFailed: "Outlook no permitió quitar el seguimiento.",
  removeRemedy: "Use «Deshacer» en Outlook, o escriba los enlaces de nuevo.",
  sendFailed: "Outlook no envió el mensaje.",
  sendUntrackedRemedy: "Lea lo que indica Outlook y pulse después Enviar en Outlook.",
  sendRemedy: "Nada cuenta hasta que se envíe. Lea lo que indica Outlook e inténtelo de nuevo.",
  sent: "Enviado",
  sentText: "El informe se va completando a medida que se abre el mensaje.",
  sentUntracked: "No se registra nada sobre este mensaje.",
};

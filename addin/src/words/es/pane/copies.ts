/** Una copia para cada destinatario. */

import type { In } from "../../languages";
import type * as english from "../../pane/copies";

export const copies: In<typeof english.copies> = {
  title: "Su Outlook envía una copia a cada destinatario",
  pace: "{n} copias tardan unos {minutes} minutos.",
  paceOne: "{n} copias tardan alrededor de un minuto.",
  alone: "Cada destinatario solo ve su propia dirección, y las respuestas le llegan solo a usted.",
  incomplete: "No se conocen todos los destinatarios. Quien falta no recibe copia.",
  open: "Este panel debe permanecer abierto mientras tanto. Si se cierra, puede continuar más tarde.",
  impossible: "Este mensaje no se puede enviar en copias",
  obstacles: {
    reply: "Es una respuesta o un reenvío: las copias no pertenecerían a la conversación.",
    attachments: "Tiene datos adjuntos. Póngalos donde todos puedan abrirlos y agregue un enlace a ellos.",
    delayed:
      "Está previsto entregarlo más tarde, y las copias salen de inmediato. Quite esa hora en Outlook.",
    pictures: "Contiene imágenes dentro del texto, que las copias perderían.",
    limit: "Tiene más destinatarios que los {limit} que su administrador permite para copias.",
  },
  tooMany: "Cuente de nuevo, o elija el modo «Recuento».",
  send: "Enviar {n} copias ahora",
  sendOne: "Enviar una copia ahora",
  loading: "Comprobando por dónde van las copias …",
  sending: "Copias",
  summary: "Resumen",
  of: "de {total} copias enviadas",
  bar: "Copias enviadas",
  states: {
    ready: "Listo para continuar",
    running: "Enviando",
    pausing: "Pausando …",
    paused: "En pausa",
    stopped: "Detenido",
    finished: "Terminado",
  },
  failed: "{n} sin enviar",
  failedOne: "1 sin enviar",
  doubt: "{n} dudosas",
  doubtOne: "1 dudosa",
  waiting: "Microsoft pide esperar hasta las {time}. El envío seguirá solo.",
  stay: "Deje este panel abierto",
  doNotSend: "No pulse Enviar en Outlook: todos recibirían el mensaje dos veces.",
  pause: "Pausar",
  goOn: "Continuar",
  attention: "Copias que conviene revisar",
  own: "Su propia copia, para Elementos enviados",
  inDoubt: "Outlook no recibió respuesta, así que esta copia quizá se haya enviado.",
  left: "Se dejó como está.",
  notSent: "No enviada.",
  erased: "No enviada: su administrador borró entretanto a esta persona del mensaje.",
  code: "Microsoft indica: {code}",
  again: "Enviar de nuevo",
  leave: "Dejarla así",
  failedAgain: "Reintentar las copias no enviadas",
  over: "Todos tienen su copia",
  overBut: "Todos menos {n} destinatarios tienen su copia",
  overButOne: "Todos menos un destinatario tienen su copia",
  close:
    "Cierre este mensaje sin enviarlo: sus destinatarios lo recibirían dos veces. Su copia está en Elementos enviados.",
  blocked: "Las copias no pueden continuar aquí",
  blockedBy: {
    changed:
      "El asunto o el texto cambió desde que empezaron las copias. Deshaga los cambios y abra este panel de nuevo.",
    elsewhere: "Otro panel las está enviando.",
    device: "Se empezaron en otro dispositivo o en otro navegador. Continúe allí.",
  },
  stops: {
    sign_in: "Ya no tiene la sesión iniciada",
    refused: "Microsoft no le permite enviar más copias",
    too_large: "El mensaje es demasiado grande para copias",
    offline: "Se perdió la conexión",
    failing: "Se rechazaron varias copias seguidas",
    storage: "Este dispositivo ya no puede anotar qué copias se enviaron",
  },
  stopRemedies: {
    sign_in: "Continúe e inicie sesión cuando se le pida.",
    refused:
      "Su buzón quizá haya alcanzado el límite de hoy, o un administrador tiene que permitir Mail.Send.",
    too_large: "Redúzcalo y empiece de nuevo, o elija el modo «Recuento».",
    offline:
      "Continúe cuando vuelva a tener conexión. Las copias que estaban en camino en ese momento figuran abajo.",
    failing: "Mire el motivo abajo. Al continuar se intentan las siguientes.",
    storage: "Libere espacio, para que nadie reciba el mensaje dos veces, y continúe.",
  },
};

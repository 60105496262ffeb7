/** Las copias de un mensaje. */

import type { In } from "../../languages";
import type * as english from "../../pages/copies";

export const copies: In<typeof english.copies> = {
  title: "Copias",
  sent: "Se han enviado {n} de {total} copias.",
  failed: "{n} no se enviaron",
  failedOne: "1 no se envió",
  doubt: "De {n} nadie sabe si se enviaron",
  doubtOne: "De 1 nadie sabe si se envió",
  doubtText: "Abra el borrador en Outlook para enviarlas de nuevo o dejarlo así.",
  begins: "La primera sale en {n} segundos",
  running: "Se están enviando",
  runningText:
    "Las envía Outlook, en el dispositivo donde se empezaron. Esta página vuelve a mirar cada diez segundos.",
  paused: "Nadie las está enviando",
  pausedText:
    "Abra el borrador en Outlook, en cualquier dispositivo, y continúe allí. Las copias seudónimas solo continúan en el dispositivo donde se empezaron.",
  undo: "Retirarlas todas",
  undoText: "Nadie tiene aún el mensaje. Rollcall lo olvida y usted puede empezar de nuevo.",
};

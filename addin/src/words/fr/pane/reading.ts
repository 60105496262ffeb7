/** Les mots à côté d’un message qu’on lit. */

import type { In } from "../../languages";
import type { readingWords } from "../../pane/reading";

export { words as common } from "../common";

export const own: In<typeof readingWords> = {
  heading: "Rapport de cet e-mail",
  looking: "Recherche du rapport de cet e-mail …",
  sent: "Envoyé le {when}",
  notSent: "Il a été préparé, mais Rollcall ne sait pas s’il a été envoyé : rien n’est compté.",
  none: "Rien n’est mesuré dans cet e-mail",
  noneText: "Il a été envoyé sans suivi, ou le suivi en a été retiré.",
  notYours: "Vous ne pouvez voir aucun rapport de cet e-mail",
  notYoursText:
    "Seuls son expéditeur et les personnes avec qui il le partage voient le rapport. Il peut aussi être déjà supprimé.",
};

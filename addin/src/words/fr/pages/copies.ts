/** Les copies d’un message. */

import type { In } from "../../languages";
import type * as english from "../../pages/copies";

export const copies: In<typeof english.copies> = {
  title: "Copies",
  sent: "{n} copies sur {total} sont envoyées.",
  failed: "{n} n’ont pas été envoyées",
  failedOne: "{n} n’a pas été envoyée",
  doubt: "Pour {n}, nul ne sait si elles ont été envoyées",
  doubtOne: "Pour {n}, nul ne sait si elle a été envoyée",
  doubtText: "Ouvrez le brouillon dans Outlook pour les renvoyer ou les laisser ainsi.",
  begins: "La première part dans {n} secondes",
  running: "L’envoi est en cours",
  runningText:
    "Outlook les envoie, sur l’appareil où elles ont été commencées. Cette page vérifie toutes les dix secondes.",
  paused: "Personne ne les envoie en ce moment",
  pausedText:
    "Ouvrez le brouillon dans Outlook, sur n’importe quel appareil, et continuez-y. Les copies pseudonymes ne continuent que sur l’appareil où elles ont été commencées.",
  undo: "Tout annuler",
  undoText: "Personne n’a encore le message. Rollcall l’oublie, et vous pouvez recommencer.",
};

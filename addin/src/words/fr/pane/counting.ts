/** Avant et pendant le décompte, et quand il échoue. */

import type { In } from "../../languages";
import type * as english from "../../pane/counting";

export const idle: In<typeof english.idle> = {
  title: "Qui recevra ce message ?",
  text: "Ajoutez des personnes ou des listes dans À, Cc ou Cci. Rollcall ouvre alors chaque liste et compte chaque personne une seule fois.",
  ready: "Pour l’instant, ce message est adressé à {n} destinataires.",
  readyOne: "Pour l’instant, ce message est adressé à un destinataire.",
  cancelled: "Le décompte a été annulé. Rien n’a été conservé.",
  count: "Compter les destinataires",
};

export const counting: In<typeof english.counting> = {
  title: "Décompte des destinataires",
  begun: "Recherche des adresses …",
  soFar: "jusqu’ici",
  lists: "{done} listes lues sur {known}",
  before: "{n} décomptes passent d’abord",
  beforeOne: "{n} décompte passe d’abord",
  waits: "Microsoft nous demande d’attendre, {n} s",
  waitsOne: "Microsoft nous demande d’attendre, 1 s",
  provisional: "Au moins {n} attendus",
  estimate: "Environ {n} attendus",
  left: {
    seconds: "Encore {n} secondes environ",
    minutes: "Encore {n} minutes environ",
    minute: "Encore une minute environ",
  },
  bar: "Progression du décompte",
  away: "Vous pouvez continuer à écrire. Si vous fermez ce volet, le décompte se poursuit et vous le retrouverez ici.",
  cancel: "Annuler",
};

export const stopped: In<typeof english.stopped> = {
  title: "Les destinataires ne sont pas comptés",
  signIn: "Se connecter",
  wait: "Vous pourrez réessayer dans {n} secondes.",
  waitOne: "Vous pourrez réessayer dans une seconde.",
  now: "Vous pouvez réessayer maintenant.",
  untilThen: "Votre message est intact, et vous pouvez l’envoyer sans décompte.",
};

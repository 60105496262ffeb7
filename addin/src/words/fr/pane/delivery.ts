/** Ce qui est dit de qui reçoit un message en fin de compte. */

import type { In } from "../../languages";
import type * as english from "../../pane/delivery";

export const delivery: In<typeof english.delivery> = {
  title: "Qui le reçoit en fin de compte",
  sentence:
    "Sont comptés les destinataires du message ; qui le reçoit en fin de compte, personne ne peut le savoir à l’avance : {doubts}.",
  doubts: {
    followers:
      "d’un groupe Microsoft 365, seuls ceux qui le suivent reçoivent une copie dans leur boîte de réception",
    restricted: "une liste peut n’accepter que les messages de certains expéditeurs",
    outside: "une adresse hors de votre organisation peut y être une liste",
    forwarding: "chacun peut le transférer",
  },
  asking: "Exchange est interrogé sur ces adresses …",
  consent:
    "Rollcall peut demander à Exchange, en votre nom, si quelque chose empêche votre message d’arriver à ces adresses. Aucun message n’est lu.",
  ask: "Interroger Exchange",
  findings: {
    restricted: "N’accepte que les messages de certains expéditeurs, et pas les vôtres.",
    full: "La boîte aux lettres est pleine et n’accepte aucun message pour le moment.",
    tooLarge: "N’accepte pas de message aussi volumineux : les pièces jointes seules dépassent la limite.",
    moderated: "Un modérateur lit d’abord votre message, et le laisse passer ou non.",
    away: "Envoie une réponse automatique ; votre message sera peut-être lu plus tard.",
    outside: "Hors de votre organisation, ou avec des membres qui le sont, selon Exchange.",
  },
  members:
    "Comptait {n} membres au dernier décompte d’Exchange, plus qu’il n’en a été lu. Une liste parmi eux compte pour un.",
  clear:
    "Pour {n} adresses, Exchange ne connaît rien qui retienne votre message. Les membres n’ont pas fait l’objet de la question.",
  clearOne:
    "Pour une adresse, Exchange ne connaît rien qui retienne votre message. Les membres n’ont pas fait l’objet de la question.",
  unknown: {
    consent:
      "Exchange n’a pas été interrogé : vous ne l’avez pas permis, ou votre organisation ne le permet pas.",
    refused: "Exchange a refusé de vous répondre.",
    off: "Votre organisation a désactivé ce qu’Exchange indique sur les destinataires.",
    busy: "Exchange était trop occupé pour répondre à temps.",
    failed: "Exchange n’a pas pu être interrogé, ou sa réponse n’avait pas de sens.",
    silent: "Exchange n’en a rien dit.",
    "too many": "Exchange n’a pas été interrogé sur autant d’adresses.",
  },
};

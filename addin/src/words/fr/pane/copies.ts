/** Une copie à chaque destinataire. */

import type { In } from "../../languages";
import type * as english from "../../pane/copies";

export const copies: In<typeof english.copies> = {
  title: "Votre Outlook envoie une copie à chaque destinataire",
  pace: "{n} copies prennent environ {minutes} minutes.",
  paceOne: "{n} copies prennent environ une minute.",
  alone: "Chaque destinataire ne voit que sa propre adresse, et les réponses n’arrivent qu’à vous.",
  incomplete: "Tous les destinataires ne sont pas connus. Ceux qui manquent ne reçoivent pas de copie.",
  open: "Ce volet doit rester ouvert pendant ce temps. S’il est fermé, vous pourrez continuer plus tard.",
  impossible: "Ce message ne peut pas être envoyé sous forme de copies",
  obstacles: {
    reply: "C’est une réponse ou un transfert : les copies ne feraient pas partie de la conversation.",
    attachments:
      "Il a des pièces jointes. Placez-les là où tout le monde peut les ouvrir, et mettez un lien vers elles.",
    delayed:
      "Sa remise est prévue pour plus tard, et les copies partent aussitôt. Retirez l’heure prévue dans Outlook.",
    pictures: "Il contient des images dans le texte, que les copies perdraient.",
    limit: "Il a plus de destinataires que les {limit} que votre administrateur autorise pour les copies.",
  },
  tooMany: "Recomptez, ou choisissez le mode « Décompte ».",
  send: "Envoyer {n} copies maintenant",
  sendOne: "Envoyer une copie maintenant",
  loading: "Vérification de l’avancement des copies …",
  sending: "Copies",
  summary: "Résumé",
  of: "sur {total} copies envoyées",
  bar: "Copies envoyées",
  states: {
    ready: "Prêt à continuer",
    running: "Envoi en cours",
    pausing: "Mise en pause …",
    paused: "En pause",
    stopped: "Arrêté",
    finished: "Terminé",
  },
  failed: "{n} non envoyées",
  failedOne: "{n} non envoyée",
  doubt: "{n} incertaines",
  doubtOne: "{n} incertaine",
  waiting: "Microsoft demande d’attendre jusqu’à {time}. L’envoi reprendra de lui-même.",
  stay: "Laissez ce volet ouvert",
  doNotSend: "Ne cliquez pas sur Envoyer dans Outlook : tout le monde recevrait le message deux fois.",
  pause: "Pause",
  goOn: "Continuer",
  attention: "Copies à vérifier",
  own: "Votre propre copie, pour les Éléments envoyés",
  inDoubt: "Outlook n’a pas reçu de réponse ; cette copie a donc peut-être été envoyée.",
  left: "Laissée telle quelle.",
  notSent: "Non envoyée.",
  erased: "Non envoyée : votre administrateur a entre-temps effacé cette personne du message.",
  code: "Microsoft indique : {code}",
  again: "Renvoyer",
  leave: "Laisser",
  failedAgain: "Réessayer les copies non envoyées",
  over: "Chacun a sa copie",
  overBut: "Tous sauf {n} destinataires ont leur copie",
  overButOne: "Tous sauf un destinataire ont leur copie",
  close:
    "Fermez ce message sans l’envoyer : ses destinataires le recevraient deux fois. Votre copie est dans les Éléments envoyés.",
  blocked: "Les copies ne peuvent pas continuer ici",
  blockedBy: {
    changed:
      "L’objet ou le texte a changé depuis le début des copies. Annulez vos modifications et rouvrez ce volet.",
    elsewhere: "Un autre volet est en train de les envoyer.",
    device: "Elles ont été commencées sur un autre appareil ou dans un autre navigateur. Continuez là-bas.",
  },
  stops: {
    sign_in: "Vous n’êtes plus connecté",
    refused: "Microsoft ne vous laisse pas envoyer d’autres copies",
    too_large: "Le message est trop volumineux pour des copies",
    offline: "La connexion a été perdue",
    failing: "Plusieurs copies de suite ont été refusées",
    storage: "Cet appareil ne peut plus noter quelles copies sont envoyées",
  },
  stopRemedies: {
    sign_in: "Continuez, et connectez-vous quand on vous le demande.",
    refused:
      "Votre boîte aux lettres a peut-être atteint sa limite du jour, ou un administrateur doit autoriser Mail.Send.",
    too_large: "Allégez-le et recommencez, ou choisissez le mode « Décompte ».",
    offline:
      "Continuez une fois la connexion rétablie. Les copies en cours d’envoi à ce moment sont indiquées ci-dessous.",
    failing: "Lisez la raison ci-dessous. En continuant, vous essayez les suivantes.",
    storage: "Libérez de l’espace, pour que personne ne reçoive le message deux fois, et continuez.",
  },
};

/** Une copie à chaque destinataire. */

import type { In } from "../../languages";
import type * as english from "../../pane/copies";

export const copies: In<typeof english.copies> = {
  title: "Votre Outlook envoie une copie à chaque destinataire",
  alone: "Chaque destinataire ne voit que sa propre adresse, et les réponses n’arrivent qu’à vous.",
  incomplete: "Tous les destinataires ne sont pas connus. Ceux qui manquent ne reçoivent pas de copie.",
  open: "Laissez ce volet ouvert pendant ce temps. S’il est fermé, rouvrez le brouillon et continuez, sur n’importe quel appareil.",
  check: "Vérifier et envoyer {n} copies",
  checkOne: "Vérifier et envoyer une copie",
  back: "Retour au choix",
  confirm: "{n} copies vont partir",
  confirmOne: "Une copie va partir",
  to: "À toutes les personnes derrière",
  more: "et {n} autres adresses",
  moreOne: "et une autre adresse",
  when: "Quand",
  undoFor: "La première part {n} secondes après votre clic. D’ici là, vous pouvez tout annuler.",
  lastAt: "La dernière part vers {time} : Microsoft laisse une boîte aux lettres en envoyer {n} par minute.",
  soon: "Il faut moins d’une minute pour que toutes soient parties.",
  daily:
    "Une boîte aux lettres peut écrire à 10 000 destinataires en 24 heures, autres messages compris. Si la vôtre y arrive, les copies s’arrêtent et vous continuez le lendemain.",
  sample: "Copie de test",
  sampleText:
    "Voyez le message comme vos destinataires le verront. Ses ouvertures et ses clics ne sont pas mesurés.",
  sampleSend: "M’envoyer une copie de test",
  sampleSending: "Envoi de la copie de test …",
  sampleSent: "La copie de test est en route vers votre boîte de réception",
  sampleSubject: "Test : {subject}",
  sampleFailed: "La copie de test n’a pas pu être envoyée.",
  sampleRemedy: "Réessayez dans une minute.",
  undo: "Tout annuler",
  undoText: "Personne n’a encore le message, et vous pouvez annuler toutes les copies.",
  leavesIn: "La première copie part dans {n} secondes",
  leavesInOne: "La première copie part dans {n} seconde",
  doneAt: "Terminé vers {time}",
  emptied:
    "Le brouillon n’a plus de destinataires, pour que personne ne reçoive le message deux fois. Vous pouvez le supprimer : votre copie est dans les Éléments envoyés.",
  elsewhere: "Un autre appareil est en train de les envoyer",
  elsewhereText:
    "Arrêtez-le là-bas pour continuer ici. S’il ne donne plus signe de vie, vous pourrez continuer ici à {time} ; ce volet vérifie de lui-même.",
  erasedPerson: "Une personne effacée",
  shown: "Voici les {n} premières.",
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
    pane: "Une autre fenêtre d’Outlook sur cet appareil est en train de les envoyer.",
    device:
      "Seul l’appareil ou le navigateur où elles ont été commencées sait qui reçoit quelle copie. Continuez là-bas.",
    former:
      "Elles ont été commencées avec une version antérieure de Rollcall, seule à savoir où elles en étaient. Qui n’en avait pas n’en recevra pas.",
  },
  stops: {
    sign_in: "Vous n’êtes plus connecté",
    refused: "Microsoft ne vous laisse pas envoyer d’autres copies",
    too_large: "Le message est trop volumineux pour des copies",
    offline: "La connexion a été perdue",
    failing: "Plusieurs copies de suite ont été refusées",
    storage: "Rollcall ne peut pas noter quelles copies sont envoyées",
    elsewhere: "Un autre appareil continue l’envoi des copies",
    gone: "Les copies ont été annulées",
  },
  stopRemedies: {
    sign_in: "Continuez, et connectez-vous quand on vous le demande.",
    refused:
      "Votre boîte aux lettres a peut-être atteint sa limite du jour, ou un administrateur doit autoriser Mail.Send.",
    too_large: "Allégez-le et recommencez, ou choisissez le mode « Décompte ».",
    offline:
      "Continuez une fois la connexion rétablie. Les copies en cours d’envoi à ce moment sont indiquées ci-dessous.",
    failing: "Lisez la raison ci-dessous. En continuant, vous essayez les suivantes.",
    storage:
      "Rien n’est envoyé sans être noté, pour que personne ne reçoive le message deux fois. Continuez dès que Rollcall est joignable.",
    elsewhere: "Plus rien n’est envoyé ici. Rouvrez ce volet pour voir où elles en sont.",
    gone: "Le message a été supprimé dans Rollcall : plus aucune copie ne part. Fermez ce volet et rouvrez-le pour recommencer.",
  },
};

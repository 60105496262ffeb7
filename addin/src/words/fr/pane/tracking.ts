/** Choisir ce qui est suivi, l’ajouter, le retirer. */

import type { In } from "../../languages";
import type * as english from "../../pane/tracking";

export const choose: In<typeof english.choose> = {
  title: "Suivi",
  back: "Retour au décompte",
  reading: "Recherche des liens dans votre message …",
  mode: "Mode de comptage",
  locked: "Votre organisation n’autorise pas d’autre façon de compter.",
  half: {
    clicks: "Votre organisation ne compte que les clics : les ouvertures ne sont pas enregistrées.",
    opens: "Votre organisation ne compte que les ouvertures : les liens restent tels quels.",
  },
  consent: "Seules les personnes qui ont dit oui sont distinguées",
  consentText:
    "Toutes les autres reçoivent le même message dans le même envoi, et sont comptées sans leur nom. Qui a dit oui est vérifié quand vous continuez.",
  links: "Liens",
  linksText:
    "Les clics sur les liens sélectionnés sont comptés. Les lecteurs arrivent toujours là où mène le lien.",
  none: "Il n’y a pas de lien dans votre partie de ce message. Seules les ouvertures seront comptées.",
  all: "Tout sélectionner",
  nothing: "Tout désélectionner",
  times: "{n} fois",
  others: "{n} liens restent inchangés",
  othersOne: "{n} lien reste inchangé",
  saysUrl:
    "les lecteurs voient ici une adresse, et certaines messageries avertissent quand un lien mène ailleurs",
  doubt: "Cette partie est-elle de vous ?",
  doubtMine:
    "Ce qui commence par « {words} » ressemble à un autre message. Il est traité comme le vôtre : ses liens sont dans la liste.",
  doubtOther: "Ce qui commence par « {words} » ressemble à un autre message. Il reste inchangé.",
  doubtNothing: "…",
  doubtCut: "Non, pas de moi",
  doubtKeep: "Oui, de moi",
  recorded: "Ce qui est enregistré",
  counting:
    "Que quelqu’un a ouvert ou cliqué, quand, et avec quel type de programme. Pas qui, et aucune adresse IP.",
  pseudonymous:
    "Que quelqu’un a ouvert ou cliqué, quand, et avec quel type de programme. Chaque copie a ses propres liens, et personne ne peut dire à qui ils sont, pas même Rollcall.",
  individual: "Qui a ouvert et cliqué, quand, et avec quel type de programme.",
  said: "Une petite ligne à la fin du message le dit, et mène à une page d’explication.",
  saidAndObject:
    "Une petite ligne à la fin de chaque copie le dit, et mène à une page où son destinataire peut s’opposer.",
  unsaid: "Le message lui-même ne le dit pas : votre organisation informe autrement.",
  tooFew: "Le rapport n’affichera aucun chiffre",
  tooFewText:
    "Moins de {n} personnes reçoivent ce message : des chiffres révéleraient ce que chacune a fait.",
  content: "L’objet, le texte et les pièces jointes ne quittent jamais Outlook.",
  teams: "Votre équipe voit et gère aussi le rapport : {names}.",
  contentOffered:
    "Le texte et les pièces jointes ne quittent jamais Outlook ; l’objet, seulement si vous le reprenez comme nom du message.",
  prepare: "Ajouter le suivi",
  copies: "Continuer",
  text: "Un message en texte brut ne peut pas être suivi",
  textText: "Passez au format HTML dans Outlook et rouvrez ce volet, ou envoyez le message sans suivi.",
  unreadable: "Outlook ne laisse pas Rollcall lire ce message",
  unreadableText: "Les messages protégés ne peuvent pas être suivis. Vous pouvez l’envoyer sans suivi.",
  signature: "dans votre signature",
  reasons: {
    mail: "ouvre un nouveau message",
    phone: "appelle un numéro ou lui écrit",
    anchor: "mène à un endroit de ce message",
    inline: "fait partie de ce message",
    script: "n’est pas un lien web",
    file: "mène à un fichier sur un ordinateur",
    relative: "n’est pas une adresse complète",
    scheme: "n’est pas un lien web",
    invalid: "aucun navigateur ne pourrait l’ouvrir",
    user: "contient un nom ou un mot de passe",
    unclear: "ne se lit pas avec certitude",
    cloud: "donne aux destinataires l’accès à un fichier partagé",
    meeting: "rejoint une réunion",
    card: "est une carte dessinée par Outlook",
    wrapped: "semble déjà réécrit par une passerelle de messagerie",
    unsubscribe: "semble servir à se désabonner",
    own: "mène à Rollcall lui-même",
    host: "votre administrateur n’autorise aucun lien suivi vers ce site",
    long: "est trop long",
    many: "il y a plus de liens qu’on ne peut en suivre",
  },
};

export const preparing: In<typeof english.preparing> = {
  registering: "Obtention des liens …",
  writing: "Ajout du suivi à votre message …",
  checking: "Vérification que rien d’autre n’a changé …",
  sending: "Envoi …",
};

export const restored: In<typeof english.restored> = {
  title: "Le suivi n’a pas été ajouté",
  back: "Outlook a modifié plus que les liens pendant l’ajout ; votre message a donc été remis comme il était.",
  notBack:
    "Outlook a modifié plus que les liens pendant l’ajout, et tout n’a pas pu être remis en place. Relisez votre message avant de l’envoyer ; « Annuler » dans Outlook peut aider.",
  after: "Vous pouvez l’envoyer sans suivi. Pour réessayer, comptez de nouveau les destinataires.",
};

export const prepared: In<typeof english.prepared> = {
  title: "Le suivi est dans votre message",
  text: "Il compte les ouvertures et les clics sur {n} liens dès que vous envoyez le message.",
  textOne: "Il compte les ouvertures et les clics sur un lien dès que vous envoyez le message.",
  textNone: "Il compte les ouvertures dès que vous envoyez le message.",
  send: "Envoyer maintenant",
  press: "Cliquez maintenant sur Envoyer",
  pressText: "Le suivi est dans votre message. Les ouvertures et les clics comptent dès à présent.",
  notSent: "Je ne l’ai pas envoyé",
  disarmed: "Rien ne compte avant l’envoi.",
  arm: "Je clique moi-même sur Envoyer",
  remove: "Retirer le suivi",
  changes: {
    yes: {
      title: "Vous avez modifié le message depuis",
      text: "Les liens ajoutés après le suivi ne sont pas comptés.",
    },
    lost: {
      title: "Une partie du suivi manque dans le message",
      text: "Ce qui a été retiré ne peut pas être compté. Retirez le reste et recommencez, ou envoyez le message tel quel.",
    },
    silent: {
      title: "Le message ne dit plus qu’il est mesuré",
      text: "Sa dernière ligne a disparu. Annulez cela, ou retirez le suivi et ajoutez-le de nouveau. Sans cette ligne, le rapport est moins sûr.",
    },
  },
  later: {
    title: "Outlook le remettra le {time}",
    text: "Les heures des ouvertures et des clics comptent à partir de là.",
    lostTitle: "L’heure de remise a disparu",
    lost: "Ce message devait être remis le {time}, et Outlook n’en sait plus rien : il serait envoyé aussitôt.",
    again: "Remettre l’heure prévue",
    atOnce: "Laisser ainsi : remettre aussitôt",
    failed: "Outlook n’a pas accepté l’heure de remise.",
    remedy: "Indiquez-la vous-même dans Outlook, ou envoyez le message le moment venu.",
  },
  staleTitle: "Les destinataires ont changé depuis votre vérification",
  stale: "Retirez le suivi et recomptez, pour que le rapport porte sur les bonnes personnes.",
  recount: "Retirer le suivi et recompter",
  removeFailed: "Outlook n’a pas permis de retirer le suivi.",
  removeRemedy: "Utilisez « Annuler » dans Outlook, ou réécrivez les liens.",
  sendFailed: "Outlook n’a pas envoyé le message.",
  sendUntrackedRemedy: "Lisez ce qu’indique Outlook, puis cliquez sur Envoyer dans Outlook.",
  sendRemedy: "Rien ne compte avant l’envoi. Lisez ce qu’indique Outlook, puis réessayez.",
  sent: "Envoyé",
  sentText: "Le rapport se remplit à mesure que le message est ouvert.",
  sentUntracked: "Rien n’est enregistré sur ce message.",
};

/** Ce que disent le volet et les pages. */

import type { words as english } from "../common";
import type { In } from "../languages";

export const words: In<typeof english> = {
  name: "Rollcall",

  trouble: {
    offline: "Rollcall est injoignable.",
    offlineRemedy: "Vérifiez votre connexion et réessayez.",
    unexpected: "Un problème est survenu dans Rollcall.",
    unexpectedRemedy: "Réessayez dans une minute. Si le problème persiste, prévenez votre administrateur.",
    signIn: "Vous n’êtes pas connecté.",
    signInRemedy: "Connectez-vous avec votre compte professionnel et réessayez.",
    popupBlocked: "Le navigateur n’a pas ouvert la fenêtre de connexion.",
    popupBlockedRemedy: "Autorisez les fenêtres contextuelles pour cette page et réessayez.",
    again: "Réessayer",
  },

  session: {
    signIn: "Se connecter",
    signingIn: "Connexion en cours …",
    why: "Rollcall doit savoir qui vous êtes, pour que vous soyez seul à voir vos décomptes et vos rapports.",
    done: "Vous êtes connecté. Cette fenêtre se ferme d’elle-même.",
  },

  kinds: {
    distribution_list: "liste de distribution",
    dynamic_distribution_list: "liste de distribution dynamique",
    mail_enabled_security_group: "groupe de sécurité à extension messagerie",
    microsoft_365_group: "groupe Microsoft 365",
  },

  amounts: {
    one: "{n}",
    many: "{n}",
    oneOrMore: "au moins {n}",
    atLeast: "au moins {n}",
    unknown: "inconnu",
  },

  modes: {
    counting: "Décompte",
    countingText: "Un pixel commun à tous. Les rapports donnent des fourchettes, jamais de noms.",
    pseudonymous: "Pseudonyme",
    pseudonymousText:
      "Une copie par destinataire, avec ses propres liens. Aucune adresse n’est conservée : personne ne voit à qui ils appartiennent.",
    individual: "Individuel",
    individualText: "Une copie par destinataire. Le rapport dit qui a ouvert et qui a cliqué.",
  },

  turnover: {
    since: "Depuis le message du {when}",
    both: "{joined}, {left}",
    joined: {
      exactly: "{least} nouveaux",
      atMost: "au plus {most} nouveaux",
      between: "{least} à {most} nouveaux",
    },
    left: {
      exactly: "{least} ne le reçoivent plus",
      atMost: "au plus {most} ne le reçoivent plus",
      between: "{least} à {most} ne le reçoivent plus",
    },
    some: { exactly: "{least}", atMost: "au plus {most}", between: "{least} à {most}" },
    byList: "Parmi les nouveaux, par liste :",
  },

  labels: {
    name: "Nom de ce message",
    nameText: "Pour le retrouver. Les destinataires ne le voient pas.",
    useSubject: "Reprendre l’objet : « {subject} »",
    more: "Campagne et étiquettes",
    morePurpose: "Campagne, étiquettes et finalité",
    campaign: "Campagne",
    tags: "Étiquettes",
    tagsText: "Séparées par des virgules.",
    tooMany: "{n} étiquettes au plus.",
    tooLong: "Une étiquette compte {n} caractères au plus.",
    purpose: "Finalité",
    noPurpose: "Aucune",
    links: "Noms des liens",
    linksText: "Le rapport nomme ainsi un lien. Les destinataires ne le voient pas.",
    linkName: "Nom de {link}",
    useWords: "Reprendre ses mots : « {words} »",
  },

  verdicts: {
    person: "Personnes",
    unsure: "Incertain",
    machine: "Machines",
  },
};

/** Le compte de service et le test de liste. */

import type { In } from "../../languages";
import type * as english from "../../pages/connection";

export const connection: In<typeof english.connection> = {
  heading: "Connexion",
  intro:
    "Rollcall lit les listes avec un compte de service de votre organisation. Configurez-le ici, en trois étapes.",
  states: {
    connected: "Connecté",
    limited: "Connecté, mais un annuaire refuse",
    stopped: "Arrêté",
    disconnected: "Non connecté",
  },
  account: "Compte de service",
  since: "Connecté depuis",
  lastSuccess: "Dernier succès",
  daysLeft: "Expiration de la connexion",
  daysLeftText: "dans {n} jours",
  daysLeftNote: "si elle ne sert jamais ; Rollcall l’utilise chaque jour",
  never: "jamais",
  directories: "Annuaires",
  directoriesCaption: "Annuaires lus, avec leurs autorisations déléguées",
  directory: "Annuaire",
  permissions: "Autorisations",
  state: "État",
  works: "fonctionne",
  fails: "ne fonctionne pas",
  noPermissions: "aucune dans Entra : se connecte par lui-même",
  directoryNames: {
    graph: "Microsoft Graph",
    exchange: "Exchange Online Admin API",
    ews: "Exchange Web Services",
  },
  grants: {
    title: "Accordé au-delà du nécessaire",
    apis: { graph: "Microsoft Graph", exchange: "Exchange Online" },
    notAsked:
      "Entra est interrogé en tant que compte de service ; rien n’est connu tant qu’aucun n’est connecté.",
    more: "Entra accorde plus que ce dont les annuaires ont besoin",
    moreText:
      "Rollcall ne s’en sert pas. Une autorisation reste accordée quand son annuaire est retiré ou qu’une autre, plus étroite, la remplace. Une personne qui gère les inscriptions d’applications peut la retirer :",
    withdraw: "python3 infra/entra/register.py reconcile --withdraw",
    unknown: "Ce qu’accorde {api} n’est pas connu",
    nothing: "Rien au-delà du nécessaire n’est accordé au compte de service pour {apis}.",
    and: " et ",
    unseen:
      "Cette page ne voit pas à qui les rôles de Rollcall sont attribués, ce qui est accordé à d’autres comptes ou au complément, ni qui d’autre pourrait se connecter en tant que Rollcall : Entra ne le montre qu’aux comptes ayant un rôle dans Entra, ce que le compte de service ne doit pas avoir. Une personne qui gère les inscriptions d’applications le voit ainsi, sans rien modifier :",
    look: "python3 infra/entra/register.py reconcile",
  },
  done: "Fait",
  next: "Ensuite",
  waiting: "Après l’étape 2",
  perhaps: "Si ce n’est pas encore fait",
  consentTitle: "Accorder les autorisations",
  consentText:
    "Un administrateur du locataire ouvre ce lien et accorde exactement les autorisations indiquées ici, toutes déléguées : Rollcall ne voit jamais plus que le compte de service.",
  consentAssign:
    "Attribuez ensuite le compte de service à l’application d’entreprise Rollcall dans Entra, pour que personne d’autre ne puisse être connecté.",
  consent: "Ouvrir la page de consentement",
  copyConsent: "Copier le lien pour un administrateur",
  copied: "Le lien est dans le Presse-papiers.",
  copyFailed: "Le navigateur n’a pas permis la copie. Voici le lien :",
  signInTitle: "Se connecter avec le compte de service",
  signInText:
    "La page de Microsoft s’ouvre dans cette fenêtre. Connectez-vous avec le compte de service, et non avec le vôtre, dans les dix minutes. Revenez ensuite à cette page.",
  signInAgain: "Se reconnecter, ou utiliser un autre compte",
  signIn: "Se connecter avec le compte de service",
  starting: "Passage chez Microsoft …",
  testTitle: "Tester une liste",
  testText:
    "Indiquez une liste dont vous connaissez les membres. Chaque annuaire la lit, et les différences sont indiquées.",
  testField: "Adresse d’une liste",
  test: "Tester",
  testing: "Chaque annuaire lit la liste …",
  agree: "Tous les annuaires ont trouvé les mêmes {n} destinataires.",
  agreeAlone: "{directory} a trouvé {n} destinataires.",
  nobodyFound: "Aucun annuaire n’a trouvé de destinataire.",
  differ: "Les annuaires diffèrent.",
  differAdvice:
    "Lors d’un décompte, chaque liste est lue par l’annuaire qui en voit le plus : les listes de distribution par Exchange s’il est connecté, les autres par Microsoft Graph. Ici, chaque annuaire lit la liste seul, pour que vous voyiez qui l’un d’eux omet.",
  testCaption: "Ce que chaque annuaire a trouvé dans {address}",
  found: "Destinataires",
  complete: "Complet",
  completeYes: "oui",
  completeNo: "non",
  seconds: "Secondes",
  missing: "Manquent ici",
  missingNobody: "personne",
  missingIn: "Manquent dans {directory} : {n}",
  missingShown: "Les {n} premiers sont affichés.",
  health: "Santé",
  healthText: "Ce dont dépend Rollcall, vérifié à l’instant.",
  healthCaption: "Vérifications",
  check: "Vérification",
  checkNames: {
    key_vault: "Key Vault",
    storage: "Stockage",
    service_account: "Compte de service",
    events: "Journal des événements",
    canary: "Liste témoin",
    individual_basis: "Fondement de la mesure nominative",
    agreement: "Accord",
  },
  allWell: "Tout fonctionne.",
  degraded: "Quelque chose demande votre attention.",
  disconnectTitle: "Déconnecter",
  disconnectText:
    "Rollcall oublie la connexion. Personne ne peut compter de listes tant qu’un administrateur n’a pas reconnecté un compte. Le suivi, les liens et les rapports continuent.",
  disconnect: "Déconnecter …",
  disconnection: {
    title: "Déconnecter le compte de service ?",
    text: "Rollcall oublie la connexion de {account}. Le décompte des listes s’arrête ici aussitôt, ailleurs dans les cinq minutes.",
    stays:
      "Les messages envoyés restent suivis, les liens fonctionnent et les rapports restent ouverts. N’importe quel administrateur peut reconnecter un compte.",
    confirm: "Déconnecter",
  },
};

/** Ce qu’il faut à une installation, ligne par ligne. */

import type { In } from "../../languages";
import type * as english from "../../pages/setup";

export const setup: In<typeof english.setup> = {
  title: "Ce qu’il faut à une installation",
  text: "Les lignes de register.py check, dans la mesure où la connexion du compte de service les montre.",
  caption: "Ce qu’il faut à une installation, et si c’est en place",
  need: "Nécessaire",
  state: "État",
  states: { well: "en place", missing: "absent", look: "invisible d’ici" },
  somethingMissing: "Absents : {missing}. Invisibles d’ici : {look}.",
  nothingMissing: "Rien ne manque de ce qui est visible d’ici. Invisibles d’ici : {look}.",
  names: {
    account: "Compte de service",
    account_enabled: "Le compte de service est activé",
    account_member: "Le compte de service est membre, pas invité",
    account_roles: "Le compte de service n’a aucun rôle dans Entra",
    backend: "Inscription du serveur",
    proof: "Ce par quoi le serveur prouve son identité",
    callback: "L’adresse de connexion dans l’inscription",
    backend_principal: "Application d’entreprise Rollcall",
    role: "Quelqu’un avec le rôle {of}",
    consent: "Consentement à {of}",
    addin: "Inscription du complément",
    addin_addresses: "Les adresses du complément dans l’inscription",
    addin_principal: "Application d’entreprise Rollcall for Outlook",
    addin_consent: "Consentement à {of} pour le complément",
    beyond: "Rien d’accordé au-delà du nécessaire",
    policies: "L’accès conditionnel et les paramètres de sécurité par défaut laissent entrer le compte",
    exchange_role: "Le rôle du compte de service dans Exchange",
    ews_mailbox: "Boîte aux lettres, et liste d’autorisation d’Exchange Web Services",
    outlook: "Le complément dans Outlook",
  },
  helps: {
    account_member:
      "Un invité ne peut pas chercher de groupes : connectez un compte de votre propre organisation.",
    account_roles: "Retirez-lui ses rôles dans Entra : il n’en a besoin d’aucun.",
    consent: "Accordez-le comme l’indique l’étape 1 ci-dessus.",
    beyond: "Le détail figure plus haut.",
    ews_mailbox:
      "Le compte n’a pas de boîte aux lettres : donnez-lui-en une, ou retirez ews de ROLLCALL_DIRECTORIES.",
  },
  elsewhere: {
    policies: "docs/setup.md, Conditional Access and security defaults",
    exchange_role: "docs/setup.md, étape 1",
    ews_mailbox: "docs/setup.md, EWS in Exchange Online",
    outlook: "docs/setup.md, étape 6",
  },
  unseen:
    "Ce qui est invisible d’ici peut être en place ou absent. Une personne qui gère les inscriptions d’applications en voit l’essentiel ainsi, sans rien modifier :",
  command: "python3 infra/entra/register.py check",
};

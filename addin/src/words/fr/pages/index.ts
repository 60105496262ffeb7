/** Les mots des pages. */

import type { In } from "../../languages";
import type { pageWords } from "../../pages";
import { audit } from "./audit";
import { compare } from "./compare";
import { connection } from "./connection";
import { copies } from "./copies";
import { dashboard } from "./dashboard";
import { following, telling } from "./following";
import { halves } from "./halves";
import { allLinks, links } from "./links";
import { me } from "./me";
import { messages, naming, sharing } from "./messages";
import { notifications } from "./notifications";
import { people } from "./people";
import { byList, ranges, report, rules, sentence, silence, who } from "./report";
import { setup } from "./setup";
import { statement } from "./statement";
import { unrecorded } from "./unrecorded";

export { words as common } from "../common";

export const own: In<typeof pageWords> = {
  title: "{page} · Rollcall",
  skip: "Aller au contenu",
  loading: "Chargement …",
  zone: "Les heures sont celles de votre fuseau horaire, {zone}.",
  signedInAs: "Connecté en tant que {name}",
  close: "Fermer",
  cancel: "Annuler",
  refresh: "Actualiser",
  refreshed: "Les chiffres sont à jour.",
  download: "Télécharger en CSV",
  preparing: "Préparation du fichier …",
  rows: "{from} à {to} sur {total}",
  allMessages: "Tous les messages",

  nav: {
    label: "Pages",
    messages: "Messages",
    dashboard: "Vue d’ensemble",
    connection: "Connexion",
    people: "Personnes",
    links: "Liens",
    notifications: "Notifications",
    audit: "Journal d’audit",
    statement: "Déclaration",
  },

  signIn: {
    title: "Connectez-vous pour voir vos messages",
    text: "Utilisez le compte avec lequel vous écrivez vos messages. Rollcall ne vous montre que ce que vous pouvez voir.",
    failed: "Rollcall ne peut pas s’afficher maintenant",
  },

  signOut: {
    button: "Se déconnecter",
    done: "Vous êtes déconnecté de Rollcall",
    doneText:
      "Il ne reste rien de votre connexion dans les onglets de Rollcall. Dans ce navigateur, Microsoft 365 sait peut-être encore qui vous êtes.",
    ofAll: "Se déconnecter aussi de Microsoft 365",
  },

  refused: {
    title: "Cette page est réservée aux administrateurs de Rollcall",
    text: "Vous êtes connecté, mais sans le rôle Rollcall.Admin. Vos propres messages et rapports vous sont ouverts.",
    remedy:
      "Si vous avez besoin de cette page, demandez ce rôle dans Entra à la personne qui gère Rollcall dans votre organisation.",
    noRole: "Vous n’avez pas encore de rôle dans Rollcall",
    noRoleText: "Vous êtes connecté, mais personne ne vous a donné le rôle Rollcall.Sender.",
    noRoleRemedy:
      "Demandez à la personne qui gère Rollcall dans votre organisation de vous ajouter, puis reconnectez-vous.",
  },

  unknown: {
    heading: "Page introuvable",
    title: "Il n’y a pas de page à cette adresse",
    text: "L’adresse est peut-être tronquée ou périmée. Ces pages existent :",
  },

  copies,
  messages,
  halves,
  dashboard,
  naming,
  sharing,
  links,
  allLinks,
  ranges,
  sentence,
  silence,
  byList,
  report,
  rules,
  who,
  following,
  telling,
  compare,
  connection,
  notifications,
  people,
  audit,
  me,
  setup,
  statement,
  unrecorded,
};

/** Deux messages côte à côte. */

import type { In } from "../../languages";
import type * as english from "../../pages/compare";

export const compare: In<typeof english.compare> = {
  heading: "Comparaison",
  first: "A",
  second: "B",
  which: "{letter} : envoyé {when}",
  whichUnsent: "{letter} : non envoyé",
  openReport: "Ouvrir ce rapport",
  swap: "Permuter A et B",
  unfairTitle: "Ces deux messages ne peuvent pas être comparés équitablement",
  unfair: {
    not_sent: "L’un d’eux n’a pas encore été envoyé.",
    ages: "L’un est bien plus récent que l’autre : des ouvertures et des clics arrivent encore. Comparez l’évolution depuis l’envoi plutôt que les totaux.",
    modes:
      "Ils ont été envoyés dans des modes différents, {first} et {second}, qui comptent les personnes différemment.",
    withheld: "L’un d’eux n’affiche aucun chiffre : son rapport dit pourquoi.",
    incomplete: "Toutes les listes n’ont pas pu être comptées entièrement ; une part est donc un maximum.",
  },
  caption: "Côte à côte",
  measure: "Mesure",
  rows: { opened: "Ouvert", clicked: "Lien cliqué" },
  answer: "Différence",
  standings: {
    first: "A a la plus grande part.",
    second: "B a la plus grande part.",
    unknown: "Les fourchettes se recoupent : impossible de dire laquelle est la plus grande.",
    unfair: "Pas de comparaison équitable, voir ci-dessus.",
  },
  course: "Depuis l’envoi",
  courseText:
    "Ouvertures par des personnes pour 100 destinataires, cumulées depuis l’heure de l’envoi. Une personne peut ouvrir plusieurs fois.",
  courseUnknown:
    "Toutes les listes n’ont pas pu être comptées entièrement ; on ne sait donc pas combien l’ont fait pour 100 destinataires.",
  courseAt: "{hours} : A {first}, B {second}.",
  hoursOne: "Après 1 heure",
  hoursMany: "Après {n} heures",
  daysMany: "Après {n} jours",
  axisHours: "heures depuis l’envoi",
  axisDays: "jours depuis l’envoi",
  hour: "Heures",
  opensOf: "{letter}, ouvertures",
  clicksOf: "{letter}, clics",
  withheld: "non affiché",
  links: "Liens",
  linksCaption: "Personnes qui ont cliqué, par lien",
  notIn: "pas dans ce message",
  noLinks: "Aucun des deux messages n’a de lien suivi.",
  mail: "Message",
  people: "Personnes",
  unsent: "non envoyé",
  severalGone: "{n} des messages n’existent plus, ou vous ne pouvez pas les voir.",
  severalModes:
    "Ces messages ont été envoyés dans des modes différents, qui comptent les personnes différemment : comparez avec prudence.",
  surelyAbove: "sûrement plus que {letters}",
  severalUnknown: "Trop peu de ces messages donnent des chiffres pour être comparés.",
  severalBest: "{letter} a sûrement la plus grande part.",
  severalSome:
    "Les fourchettes de {letters} se recoupent : impossible de dire lequel a la plus grande part. Toute autre part est sûrement plus petite que l’une des leurs.",
  severalAll: "Les fourchettes de {letters} se recoupent : impossible de dire lequel a la plus grande part.",
};

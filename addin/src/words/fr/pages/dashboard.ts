/** Ce que sont devenus tous les messages d’une période. */

import type { In } from "../../languages";
import type * as english from "../../pages/dashboard";

export const dashboard: In<typeof english.dashboard> = {
  heading: "Vue d’ensemble",
  intro:
    "Ce que sont devenus les messages d’une période, additionné à partir de leurs rapports. Un message appartient à la période où il a été préparé.",
  filters: {
    label: "Quels messages",
    since: "Préparés du",
    until: "au",
    campaign: "Campagne",
    tag: "Étiquette",
    sender: "Adresse de l’expéditeur",
    apply: "Afficher",
    clear: "Afficher l’année écoulée",
  },
  emptyTitle: "Aucun message n’a été envoyé pendant cette période",
  emptyText: "Choisissez une autre période, ou envoyez un message avec suivi : il apparaîtra ici.",
  missing: "Tout n’a pas encore pu être additionné",
  missingText:
    "{unread} messages n’ont pas pu être lus à temps, et les chiffres de {pending} manquent encore. Regardez à nouveau dans un instant.",
  again: "Regarder à nouveau",
  totals: "Au total",
  mails: "Messages envoyés",
  copies: "Destinataires",
  copiesNote: "Qui a reçu plusieurs de ces messages compte autant de fois.",
  notSentOne: "{n} autre a été préparé et non envoyé.",
  notSent: "{n} autres ont été préparés et non envoyés.",
  told: "Des chiffres sont donnés pour {n} messages sur {all}.",
  untold: "Aucun de ces messages n’a de chiffres.",
  because: "Non donnés : {reasons}.",
  withheld: {
    not_yet: "chiffres pas encore publiés ({n})",
    too_few: "trop peu de destinataires ({n})",
    too_few_known: "trop peu de destinataires connus ({n})",
    not_recorded: "non enregistrés ({n})",
  },
  opened: "Ouvert",
  clicked: "Lien cliqué",
  guarantee:
    "Chaque chiffre figure dans le rapport d’un message, ou en est une somme. Une somme de fourchettes est une fourchette.",
  audience: {
    title: "Personnes atteintes",
    reached: "Personnes différentes atteintes : {people}.",
    overlap: "Combien de ces messages les personnes ont reçus",
    level: "{n} ou plus",
    mails: "Messages",
    people: "Personnes",
    most: "{n} messages ou plus sont allés à tant de personnes : {people}.",
    noneSure: "On ne peut pas dire avec certitude si quelqu’un en a reçu plusieurs.",
    inSteps:
      "Chaque personne compte une fois. Compté d’après les destinataires conservés avec chaque message, et indiqué par pas de {step} personnes, pour que personne ne s’y retrouve.",
    exact: "Chaque personne compte une fois. Compté d’après les destinataires conservés avec chaque message.",
    unnamedOne:
      "D’un message, personne ne sait qui l’a reçu : il peut avoir atteint d’autres personnes ou les mêmes.",
    unnamed:
      "De {n} messages, personne ne sait qui les a reçus : ils peuvent avoir atteint d’autres personnes ou les mêmes.",
    unreadOne: "Un message n’a pas pu être lu à temps et n’est pas compté.",
    unread: "{n} messages n’ont pas pu être lus à temps et ne sont pas comptés.",
    untold: {
      too_many:
        "Pour autant de messages à la fois, on ne peut pas dire combien de personnes différentes ils ont atteintes. Choisissez une période plus courte, une campagne ou une étiquette.",
      too_few: "Trop peu de personnes ont été atteintes pour donner des chiffres.",
      unknown:
        "On ne peut pas dire combien de personnes différentes ont été atteintes : pour aucun de ces messages on ne sait qui l’a reçu.",
    },
  },
  course: "Au fil du temps",
  courseOf: { week: "par semaine", month: "par mois" },
  period: { week: "Semaine du", month: "Mois" },
  highest: "La plus grande part est sûrement celle de {when} : {share}.",
  overlap: "Les fourchettes se recoupent : on ne peut pas dire quelle part est la plus grande.",
  oneOnly: "Il n’y a encore rien à comparer.",
  share: "Part",
  people: "Personnes",
  campaigns: "Par campagne",
  campaign: "Campagne",
  senders: "Par expéditeur",
  sender: "Expéditeur",
  usual: "Habituel : ouvert",
  usualNote:
    "L’habituel est donné à partir de cinq messages : entre le quart aux plus petites parts et le quart aux plus grandes.",
  noUsual: "trop peu de messages",
  weekdays: "Par jour de la semaine",
  weekday: "Jour",
  hours: "Par heure",
  hour: "Heure",
  best: "Les messages de {when} ont sûrement été ouverts par une plus grande part que ceux de tout autre moment comparable.",
  unsure: "Les fourchettes se recoupent : aucun moment ne peut être dit le meilleur.",
  tooFew: "Trop peu de messages pour comparer : il faut deux moments avec cinq messages chacun.",
  rhythmNote:
    "Une fourchette dit quelle part ouvre en moyenne un message de ce moment, autant qu’on le sache et que les messages se ressemblent ; elle se trompe au plus une fois sur vingt. À d’autres moments partaient d’autres messages vers d’autres personnes : c’est ce qui a été, et non un conseil.",
  fewMails: "moins de cinq messages",
  each: "Message par message",
  eachNote:
    "Les {n} derniers messages sur {all}, chacun à côté de l’habituel de sa campagne, ou de tous s’il n’en a pas.",
  showAll: "Afficher les {n} messages",
  name: "Message",
  sent: "Envoyé",
  stands: {
    more: "plus que d’habitude",
    fewer: "moins que d’habitude",
    usual: "comme d’habitude",
    unknown: "on ne peut le dire",
  },
  noNumbers: "pas de chiffres",
};

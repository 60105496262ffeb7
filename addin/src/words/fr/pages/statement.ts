/** La déclaration : comment Rollcall est configuré, ce qui a été convenu, et ce qui est conservé combien de temps. */

import type { In } from "../../languages";
import type { statement as english } from "../../pages/statement";

export const statement: In<typeof english> = {
  heading: "Déclaration",
  intro:
    "Comment Rollcall est configuré dans votre organisation, ce qui a été convenu, et ce qu’il conserve combien de temps. Aucun résultat de personne ne figure sur cette page.",
  made: "Au {when}.",
  print: "Imprimer",
  download: "Télécharger (JSON)",

  agreement: "Accord",
  states: {
    none: {
      title: "Il n’y a pas d’accord",
      text: "L’étendue du suivi des messages relève de l’administration de Rollcall, qui peut la modifier à tout moment.",
    },
    in_force: {
      title: "L’accord est en vigueur, et les paramètres le respectent",
      text: "Ce qui le dépasse est refusé. À son expiration, le suivi s’arrête de lui-même.",
    },
    not_yet: {
      title: "L’accord n’est pas encore en vigueur : aucun suivi n’a lieu",
      text: "Les destinataires sont comptés, et les liens des messages mènent à destination.",
    },
    expired: {
      title: "L’accord a expiré : aucun suivi n’a lieu",
      text: "Les destinataires sont comptés, et les liens des messages mènent à destination. Ce qui avait été convenu continue de limiter les rapports et les durées de conservation.",
    },
    exceeded: {
      title: "Des paramètres dépassent l’accord : aucun suivi n’a lieu",
      text: "Ils sont signalés plus bas. D’ici à leur correction, les destinataires sont comptés, et les liens des messages mènent à destination.",
    },
    altered: {
      title: "L’accord n’est pas tel qu’il a été signé : aucun suivi n’a lieu",
      text: "Il a été modifié, ou signé avec une autre clé. Les destinataires sont comptés, les liens des messages mènent à destination, et aucun rapport n’est affiché.",
    },
    unreadable: {
      title: "L’accord est illisible : aucun suivi n’a lieu",
      text: "Les destinataires sont comptés, les liens des messages mènent à destination, et aucun rapport n’est affiché.",
    },
    no_key: {
      title: "Il manque la clé qui dit si l’accord est authentique : aucun suivi n’a lieu",
      text: "Les destinataires sont comptés, les liens des messages mènent à destination, et aucun rapport n’est affiché.",
    },
    no_file: {
      title: "Il y a la clé d’un accord, mais pas d’accord : aucun suivi n’a lieu",
      text: "Les destinataires sont comptés, les liens des messages mènent à destination, et aucun rapport n’est affiché.",
    },
  },
  called: "Titre",
  parties: "Entre",
  reference: "Texte intégral",
  valid: "En vigueur",
  validText: "du {from} au {until}",
  code: "Accord",
  key: "Clé",
  compare: "Comparez les deux avec ce qui a été noté lors de la signature.",

  measured: "Ce qui est mesuré",
  tracking: {
    off: "Aucun suivi n’a lieu. Les destinataires sont comptés avant l’envoi.",
    clicks:
      "Les clics sur les liens sont comptés, pas les ouvertures, et personne n’est distingué des autres.",
    opens: "Les ouvertures sont comptées, pas les clics, et personne n’est distingué des autres.",
    counting: "Ouvertures et clics sont comptés. Tous les destinataires reçoivent le même message.",
    pseudonymous:
      "Ouvertures et clics sont comptés. Chaque destinataire peut recevoir son propre message, qui ne mène au nom de personne.",
    individual: "Il peut être dit, par nom, qui a ouvert un message et suivi ses liens.",
  },
  groups: "Là où personne n’est distingué, les rapports ne disent rien de moins de {n} personnes.",
  groupsOne: "Les rapports parlent de personnes seules même là où personne n’est distingué par son nom.",
  appear: "Les chiffres paraissent ce temps après la remise d’un message : {times}.",

  kept: "Ce qui est conservé, et combien de temps",
  what: "Quoi",
  howLong: "Combien de temps",
  things: {
    events: "Ouvertures et clics, chacun pour soi",
    messages: "Messages : leurs destinataires, et les totaux d’ouvertures et de clics",
    lists: "Les membres d’une liste qui a été comptée",
    objections: "Les oppositions, sous forme d’empreintes",
    objectionsEnd: "jusqu’à leur retrait",
    answers: "Qui a accepté d’être mesuré par nom, sous forme d’empreintes",
    answersEnd: "jusqu’au retrait de l’accord donné",
    trail: "Le journal d’audit : qui a fait quoi, par identifiants d’objet",
  },
  places: "Chaque endroit où quelque chose est conservé",
  placesNote: "En anglais, comme dans la documentation.",
  place: "Endroit",
  holds: "Contient",
  until: "Jusqu’à",
  endedBy: "Effacé par",

  may: "Qui peut voir quoi",
  mayNote:
    "Chacun voit ce qui est conservé sur lui-même, peut s’y opposer et le faire effacer, quoi qu’il soit écrit ici.",
  allowed: "permis",
  notAllowed: "non permis",
  allowances: {
    admins_see_reports: "Les administrateurs voient les rapports de messages envoyés par d’autres",
    admins_see_individuals: "… même là où les destinataires sont distingués par leur nom",
    admins_see_people:
      "Les administrateurs voient, à la demande d’une personne, ce qui est conservé sur elle",
    share_reports: "Les expéditeurs partagent des rapports avec des personnes qu’ils nomment",
    teams_see_reports:
      "Les membres d’une équipe voient et gèrent mutuellement leurs messages et leurs rapports",
    export_reports: "Les rapports sortent de Rollcall sous forme de fichiers",
    programs_read_reports:
      "Des programmes lisent les rapports et le journal d’audit, sans personne de connecté",
    programs_read_recipients: "… y compris ce que des personnes ont fait",
    webhooks_tell:
      "Une adresse choisie par un administrateur est prévenue quand des rapports ont des chiffres",
    tell_by_list:
      "Les rapports indiquent le résultat de chaque liste saisie ; pour cela, il est conservé qui figure dans laquelle",
    read_subjects: "Le complément lit l’objet d’un message, pour le proposer comme nom",
    read_mail_tips: "Le complément demande à Exchange qui est absent ou a une boîte pleine",
  },

  settings: "Tous les paramètres",
  setting: "Paramètre",
  value: "Valeur",
  byDefault: "par défaut",
  empty: "vide",
  exceeds: "Dépasse l’accord : {agreed}",

  days: "{n} jours",
  daysOne: "{n} jour",
  hours: "{n} heures",
  hoursOne: "{n} heure",
  minutes: "{n} minutes",
  minutesOne: "{n} minute",
  seconds: "{n} secondes",
  secondsOne: "{n} seconde",
  bound: "La mesure des messages est limitée par l’accord {agreement}, signé avec la clé {key}.",
  stopped: "Il n’est pas en vigueur, ou n’est pas respecté ; rien n’est donc mesuré pour le moment.",
  untold: "L’accord sur la mesure des messages ne peut être établi ; rien n’est donc mesuré pour le moment.",
  underAgreement: "Sous l’accord {agreement}",
};

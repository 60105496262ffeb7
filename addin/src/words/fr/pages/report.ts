/** Le rapport d’un message : ses chiffres, pourquoi une requête est jugée ainsi, qui a fait quoi. */

import type { In } from "../../languages";
import type * as english from "../../pages/report";

export const ranges: In<typeof english.ranges> = {
  people: {
    nobody: "personne",
    exactly: "{least}",
    all: "tous les {least}",
    atLeast: "au moins {least}",
    atMost: "au plus {most}",
    between: "entre {least} et {most}",
    unknown: "un nombre inconnu",
  },
  share: "{least} à {most}",
  of: "sur {of} destinataire",
  ofSeveral: "sur {of} destinataires",
  ofAtLeast: "sur au moins {of} destinataires",
  ofUnknown: "sur un nombre inconnu de destinataires",
  unknownShare: "part inconnue",
  bar: "De 0 à {of}",
  surely: "sûrement",
  perhaps: "peut-être",
};

export const sentence: In<typeof english.sentence> = {
  opened: {
    nobody: "On n’a vu personne {of} l’ouvrir",
    exactly: "Ouvert par {least} {of}",
    all: "Ouvert par {least} {of}",
    atLeast: "Ouvert par au moins {least} {of}",
    atMost: "Ouvert par au plus {most} {of}",
    between: "Ouvert par {least} à {most} {of}",
    unknown: "Ouvert par un nombre inconnu {of}",
  },
  clicked: {
    nobody: "on n’a vu personne suivre un lien",
    exactly: "liens suivis par {least}",
    all: "liens suivis par {least}",
    atLeast: "liens suivis par au moins {least}",
    atMost: "liens suivis par au plus {most}",
    between: "liens suivis par {least} à {most}",
    unknown: "liens suivis par un nombre inconnu",
  },
  most: "« {link} » a été le plus suivi, par au moins {least}",
  mostExactly: "« {link} » a été le plus suivi, par {least}",
  some: "« {link} » suivi par au moins {least}",
  someExactly: "« {link} » suivi par {least}",
  both: "{first} ; {second}.",
  alone: "{first}.",
  partly: "{sentence} Tout n’a pas été enregistré.",
  label: "En une phrase",
  copy: "Copier la phrase",
  copied: "Copiée.",
};

export const silence: In<typeof english.silence> = {
  none: "Le message ne disait pas qu’il est mesuré (ROLLCALL_NOTICE est none). La ligne qui le dit sert aussi à distinguer les analyseurs de sécurité des personnes ; sans elle, moins de personnes sont comptées avec certitude.",
  gone: "La ligne qui dit que le message est mesuré a été retirée avant l’envoi. Elle sert aussi à distinguer les analyseurs de sécurité des personnes ; sans elle, moins de personnes sont comptées avec certitude.",
};

export const report: In<typeof english.report> = {
  heading: "Rapport",
  headingOf: "Rapport sur le message du {when}",
  sent: "Envoyé",
  delivery: "Remise",
  deliveryText: "comme indiqué dans Outlook ; les heures comptent à partir de là",
  from: "De",
  team: "Équipe",
  teamText: "Ses membres voient et gèrent ce rapport.",
  recipients: "Destinataires",
  mode: "Mode",
  prepared: "Préparé",
  asOf: "État au {time}.",
  renewed: "Actualisé toutes les 30 secondes tant que vous regardez.",
  stale: "Les chiffres n’ont pas pu être actualisés depuis {time}.",
  asPublished: "Tels que publiés pour {time}.",
  withheldTitle: "Ce rapport n’affiche aucun chiffre",
  withheld: {
    too_few:
      "Le message a moins de {n} destinataires. Des chiffres sur si peu de personnes révéleraient ce que chacune a fait.",
    too_few_known:
      "Moins de {n} destinataires de ce message sont connus. Des chiffres sur si peu de personnes révéleraient ce que chacune a fait.",
    not_yet:
      "Les chiffres paraissent à des moments fixes après la remise, les mêmes pour tous. Les premiers : {when}.",
    not_recorded:
      "Rien n’a été enregistré de ce message depuis son envoi, à cause des réglages de votre organisation ou de son accord. On ne sait pas ce qu’ont fait ses destinataires.",
  },
  noNumbers: "Il n’y a aucun chiffre qui puisse être montré.",
  publishedText:
    "Pour que personne ne puisse être reconnu dans ce rapport, les personnes sont indiquées par paliers de {step} qui commencent à des endroits secrets, et à des moments fixes. Moins de {n}, ou tous sauf moins de {n}, ne sont jamais distingués.",
  publishedNext: "Les prochains chiffres : {when}.",
  publishedLast: "Ce sont les derniers chiffres.",
  publishedCaption: "Personnes, telles que publiées",
  publishedAt: "État au",
  notSentTitle: "Ce message n’a pas encore été envoyé",
  notSentText:
    "Les ouvertures et les clics comptent à partir de l’envoi. Ce qui est venu avant est l’éditeur affichant son propre brouillon.",
  incompleteTitle: "Le nombre de destinataires est un minimum",
  incompleteText:
    "Toutes les listes n’ont pas pu être comptées entièrement avant l’envoi. Les parts sont donc des maximums : avec plus de destinataires, elles sont plus petites.",
  unknownTitle: "On ne sait pas combien il y a de destinataires",
  unknownText:
    "Aucune liste de ce message n’a montré ses membres avant l’envoi ; aucune part ne peut donc être indiquée.",
  closedTitle: "Mesuré jusqu’au {when}",
  closedText:
    "Les chiffres restent tels quels. Les ouvertures et les clics sont devenus des sommes, et plus rien ne dit ce qu’a fait un destinataire.",
  missing: "Il a peut-être été supprimé, ou il n’a pas été partagé avec vous.",
  opened: "Ouvert",
  clicked: "Lien cliqué",
  openedNote:
    "Toute personne qui a cliqué compte comme ayant ouvert. Qui regarde le message sans charger les images et ne clique sur rien ne laisse aucune trace ; il peut donc y en avoir eu davantage.",
  noOpens:
    "Les ouvertures ne sont pas mesurées dans ce message, seulement les clics : on ne sait pas combien l’ont ouvert.",
  notMeasuredAtAll: "non mesuré",
  notMeasured:
    "{n} destinataires ne sont pas mesurés, car ils s’y sont opposés. Ils peuvent être parmi ceux qui ont ouvert ou cliqué ; chaque limite supérieure les inclut donc.",
  notMeasuredOne:
    "Un destinataire n’est pas mesuré, car il s’y est opposé. Il peut être parmi ceux qui ont ouvert ou cliqué ; chaque limite supérieure l’inclut donc.",
  countingNote:
    "Toutes les copies partagent une image ; les personnes sont donc estimées : au moins la moitié des lieux d’où des requêtes sont venues en une heure, au plus le nombre de requêtes.",
  toldApartNote:
    "Chaque copie a sa propre image. La fourchette va de ceux qui l’ont sûrement fait à ceux dont les signes sont douteux.",
  time: "Dans le temps",
  opensOverTime: "Ouvertures",
  clicksOverTime: "Clics",
  unit: { minute: "par minute", hour: "par heure", day: "par jour", week: "par semaine" },
  unitOf: { minute: "Minute", hour: "Heure", day: "Jour", week: "Semaine du" },
  overTimeText: "{all} en tout, affichés {unit}. Le plus par des personnes : {when}, avec {most}.",
  overTimeNoPeople: "{all} en tout, affichés {unit}. Aucun n’est sûrement d’une personne.",
  showMachines: "Dessiner aussi les machines",
  notDrawn: "(non dessiné)",
  nothingYet: "Rien n’est encore arrivé.",
  asTable: "En tableau",
  chartFailed: "Le graphique n’a pas pu être chargé ; le tableau ci-dessous contient tout.",
  allRequests: "Tous",
  links: "Liens",
  linksCaption: "Clics par lien, les plus cliqués par des personnes d’abord",
  link: "Lien",
  clickedBy: "Personnes",
  split: "{person} par des personnes, {unsure} incertains, {machine} par des machines",
  noLinks: "Aucun lien de ce message n’est suivi.",
  linksNote: "Les barres montrent des personnes, sur une échelle qui va jusqu’à {n}.",
  judged: "Ce qui a été enregistré, et comment c’est jugé",
  judgedText:
    "Les logiciels de sécurité et les messageries demandent aussi des images et des liens. Chaque requête est conservée telle quelle ; à côté figure ce qu’elle est jugée être, et pourquoi. Quand les règles s’améliorent, les anciens messages sont rejugés.",
  judgedCaption: "Requêtes telles qu’elles sont arrivées, et telles qu’elles ont été jugées",
  raw: "Toutes les requêtes",
  opens: "Ouvertures",
  clicks: "Clics",
  reasons: "Raisons",
  reasonsText:
    "Combien de fois chaque règle s’est appliquée. Une requête peut avoir plusieurs raisons ; la première dans cet ordre décide.",
  reason: "Raison",
  speaksFor: "Indique",
  times: "Fois",
  noReasons: "Aucune requête n’a encore été jugée.",
  notCounted: "Non compté",
  notCountedText: "Ces requêtes ne figurent dans aucun des chiffres ci-dessus.",
  otherReason: "Une autre règle ({name}).",
  print: "Imprimer",
  workbook: "Télécharger pour Excel",
  share: "Partager …",
  gone: "Ce rapport n’existe pas",
};

export const byList: In<typeof english.byList> = {
  heading: "Par liste",
  caption: "Ce que le message est devenu dans chaque liste saisie",
  list: "Liste",
  recipients: "Destinataires",
  overlap: "Qui figure dans plusieurs de ces listes compte dans chacune d’elles.",
  groups:
    "Les listes de moins de {n} destinataires sont réunies, et ce qui porte sur moins de {n} personnes est un intervalle.",
  steps:
    "Les personnes sont comptées par groupes d’au moins {step}, avec les mêmes paliers et aux mêmes moments que ci-dessus. Les listes de moins de {n} destinataires sont réunies.",
  together: "{n} petites listes réunies",
  tooFew: "trop peu pour le dire",
  notKept: "non conservé",
};

export const rules: In<typeof english.rules> = {
  before_send: {
    verdict: "none",
    text: "Elle est venue avant l’envoi du message : l’éditeur affichant son propre brouillon.",
  },
  before_delivery: {
    verdict: "unsure",
    text: "Elle est venue avant l’heure prévue de remise : un regard de l’expéditeur, ou Outlook a envoyé le message aussitôt.",
  },
  head_request: {
    verdict: "none",
    text: "Seuls les en-têtes ont été demandés, pas l’image ni le lien.",
  },
  prefetch_header: { verdict: "machine", text: "La requête dit elle-même qu’elle est faite à l’avance." },
  gmail_prefetch: {
    verdict: "machine",
    text: "Gmail charge les images à l’avance tant qu’une boîte est ouverte ; cela y ressemblait exactement.",
  },
  image_proxy: {
    verdict: "person",
    text: "Le proxy du fournisseur de messagerie charge l’image quand quelqu’un ouvre le message.",
  },
  notice_followed: {
    verdict: "machine",
    text: "Le même programme a aussi suivi la petite ligne qui dit que le message est mesuré.",
  },
  burst: {
    verdict: "machine",
    text: "Plusieurs liens, ou tous, ont été demandés en quelques secondes, ou l’image juste à côté.",
  },
  scanner_network: {
    verdict: "machine",
    text: "Elle vient d’un réseau de sécurité de messagerie, ou un clic vient de celui de Microsoft, qui vérifie les liens.",
  },
  scanner_agent: {
    verdict: "machine",
    text: "Le programme se présente comme sécurité de messagerie, ou figure sur la liste tenue à jour des robots.",
  },
  no_agent_click: {
    verdict: "machine",
    text: "Un lien a été suivi par un programme qui ne dit pas ce qu’il est ; les navigateurs le disent toujours.",
  },
  no_browser_click: {
    verdict: "machine",
    text: "Un lien a été suivi par un programme qui dit ne pas être un navigateur.",
  },
  apple_prefetch: {
    verdict: "unsure",
    text: "La protection de la confidentialité d’Apple Mail charge chaque image après la remise, que quelqu’un regarde ou non.",
  },
  no_agent_open: {
    verdict: "unsure",
    text: "L’image a été chargée par un programme qui ne dit pas ce qu’il est.",
  },
  no_browser_open: {
    verdict: "unsure",
    text: "L’image a été chargée par un programme qui n’est ni un navigateur ni une messagerie connue.",
  },
  scan_time_click: {
    verdict: "unsure",
    text: "Un clic dans la minute qui suit l’arrivée, quand ont lieu la plupart des analyses de sécurité.",
  },
  scan_time_open: {
    verdict: "unsure",
    text: "Une ouverture depuis le réseau de Microsoft dans la minute qui suit l’arrivée : son proxy d’images, ou une analyse.",
  },
  microsoft_click: {
    verdict: "unsure",
    text: "Un clic depuis le réseau de Microsoft : une vérification du lien au moment du clic, ou un bureau dans le cloud.",
  },
  hurry: {
    verdict: "unsure",
    text: "Trop vite pour une lecture : un clic juste après le premier regard, ou plusieurs liens à la fois.",
  },
  sweep: {
    verdict: "unsure",
    text: "Cinq liens d’un même destinataire en cinq minutes : un analyseur lent, ou quelqu’un de très intéressé.",
  },
  unopened_click: {
    verdict: "unsure",
    text: "Un clic dans la première demi-heure d’un destinataire qui n’avait pas ouvert le message.",
  },
  no_sign_of_a_machine: { verdict: "person", text: "Aucun signe d’une machine." },
};

export const who: In<typeof english.who> = {
  heading: "Destinataires",
  text: "Ce message a été envoyé en copies ; le rapport sait donc qui a ouvert et cliqué. Toute consultation de personnes est consignée dans le journal d’audit.",
  show: "Afficher les destinataires",
  filter: "Afficher",
  filters: {
    all: "Tous",
    unopened: "Non ouvert",
    unsure: "Pas ouvert, ou peut-être pas",
    maybe: "Peut-être ouvert",
    opened: "Ouvert",
    clicked: "Cliqué",
    unmeasured: "Non mesuré",
  },
  search: "Rechercher des adresses",
  unopenedNote:
    "Non ouvert signifie qu’aucune image n’a été chargée et qu’aucun lien n’a été cliqué. Qui bloque les images a pu regarder le message malgré tout. Qui s’est opposé à la mesure n’est pas dans cette liste.",
  unmeasuredNote:
    "Ces personnes se sont opposées à la mesure ; on ne sait donc rien de ce qu’elles ont fait. Ne les relancez pas à ce sujet.",
  caption: "Destinataires et ce qu’ils ont fait",
  address: "Adresse",
  opened: "Ouvert",
  clicked: "Cliqué",
  answers: { yes: "oui", maybe: "peut-être", no: "non", not_measured: "non mesuré" },
  nobody: "Personne ne correspond.",
  found: "{n} destinataires",
  foundOne: "{n} destinataire",
  loading: "Chargement des destinataires : {n} sur {total} …",
  previous: "Précédent",
  next: "Suivant",
  capped: "Les {n} premiers sont affichés. Le fichier CSV les contient tous.",
};

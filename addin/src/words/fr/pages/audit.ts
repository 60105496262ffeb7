/** Le journal : qui a fait quoi, et quand. */

import type { In } from "../../languages";
import type * as english from "../../pages/audit";

export const audit: In<typeof english.audit> = {
  heading: "Journal d’audit",
  intro:
    "Qui a fait quoi, et quand : listes comptées, connexions, exports, consultations de personnes, suppressions. Jamais les membres d’une liste, et jamais ce que dit un message.",
  caption: "Entrées, les plus récentes d’abord",
  filters: "Filtre",
  kind: "Type",
  anyKind: "Tous les types",
  actor: "Auteur (ID d’objet)",
  since: "Du",
  until: "Au",
  apply: "Appliquer",
  clear: "Effacer",
  when: "Quand",
  what: "Quoi",
  who: "Qui",
  rollcall: "Rollcall",
  bySelf: "La personne elle-même",
  onlyActor: "Seulement ce qu’a fait {actor}",
  details: "Détails",
  facts: {
    chain: "Chaîne",
    number: "Numéro dans sa chaîne",
    previous: "Empreinte de l’entrée précédente",
    hash: "Empreinte",
    subject: "Sujet",
  },
  older: "Afficher des entrées plus anciennes",
  count: "{n} entrées affichées",
  countOne: "{n} entrée affichée",
  emptyTitle: "Aucune entrée",
  emptyText: "Rien n’a encore été consigné.",
  emptyFiltered: "Aucune entrée ne correspond à ce filtre.",
  verifyTitle: "Comment vérifier que rien n’a été modifié",
  verifyText:
    "Chaque entrée contient l’empreinte de la précédente dans sa chaîne ; chaque processus de Rollcall écrit sa propre chaîne. Une fois par jour, la dernière empreinte de chaque chaîne est inscrite dans une autre entrée, et chaque empreinte va aussi dans le journal de la plateforme. Modifier, retirer ou insérer une entrée rompt une chaîne.",
  verifyHow: "La personne qui gère le déploiement exécute ceci, et lit quelle entrée ne correspond pas :",
  verifyCommand: "python3 dev.py verify-audit",
  registeredUnchecked:
    "A enregistré le message {subject} pour le suivi, sous un expéditeur dont personne ne répond.",
  kinds: {
    expanded: { name: "Liste comptée", text: "A compté {subject} : {count}, {complete}." },
    expansion_failed: { name: "Décompte échoué", text: "Un décompte a échoué ({failure})." },
    connection_started: {
      name: "Connexion commencée",
      text: "A commencé à connecter le compte de service.",
    },
    connection_refused: {
      name: "Connexion refusée",
      text: "Une connexion du compte de service a été refusée ({reason}).",
    },
    connected: { name: "Connecté", text: "A connecté le compte de service." },
    disconnected: { name: "Déconnecté", text: "A déconnecté le compte de service." },
    list_tested: { name: "Liste testée", text: "A testé la liste {subject} dans chaque annuaire." },
    connecting: {
      name: "Connexion imminente",
      text: "Était sur le point de connecter le compte de service.",
    },
    connection_checked: { name: "Connexion consultée", text: "A consulté la connexion ({outcome})." },
    kept_alive: {
      name: "Connexion maintenue",
      text: "A utilisé la connexion pour qu’elle n’expire pas ({outcome}).",
    },
    message_registered: {
      name: "Message enregistré",
      text: "A enregistré le message {subject} pour le suivi.",
    },
    message_labelled: {
      name: "Message renommé",
      text: "A modifié le nom, la campagne, les étiquettes ou la finalité du message {subject}.",
    },
    message_sent: {
      name: "Message envoyé",
      text: "A envoyé le message {subject} : ses ouvertures et ses clics comptent à partir de là.",
    },
    message_unsent: {
      name: "Message non envoyé",
      text: "A indiqué que le message {subject} n’a pas été envoyé : ses ouvertures et ses clics ne comptent plus.",
    },
    message_deleted: { name: "Message supprimé", text: "A supprimé le message {subject} et son rapport." },
    message_shared: { name: "Rapport partagé", text: "A partagé le rapport de {subject} avec {readers}." },
    link_withdrawn: { name: "Lien retiré", text: "A retiré des liens du message {subject}." },
    link_corrected: {
      name: "Lien corrigé",
      text: "A fait mener des liens du message {subject} à {host}.",
    },
    link_restored: {
      name: "Lien rétabli",
      text: "A fait mener de nouveau des liens du message {subject} là où le message l’indique.",
    },
    recipients_viewed: {
      name: "Destinataires consultés",
      text: "A consulté ce qu’ont fait des destinataires de {subject}.",
    },
    report_exported: { name: "Rapport téléchargé", text: "A téléchargé le rapport de {subject}." },
    person_exported: {
      name: "Personne recherchée",
      text: "A consulté tout ce qui est conservé sur la personne {subject}.",
    },
    person_erased: { name: "Personne effacée", text: "A effacé la personne {subject}." },
    objected: { name: "Opposition", text: "A noté que la personne {subject} s’oppose au suivi." },
    objection_withdrawn: {
      name: "Opposition retirée",
      text: "A noté que la personne {subject} a retiré son opposition.",
    },
    consented: {
      name: "Accord donné",
      text: "A dit que {subject} peut être mesuré nominativement, au texte {version} ({language}).",
    },
    consent_refused: {
      name: "Accord refusé",
      text: "A dit que {subject} ne peut pas être mesuré nominativement, au texte {version} ({language}).",
    },
    refused: { name: "Refusé", text: "A tenté ce qui ne lui est pas permis : {count}." },
    audit_exported: { name: "Journal exporté", text: "A téléchargé le journal d’audit." },
    process_started: {
      name: "Processus démarré",
      text: "Un processus de Rollcall a commencé une chaîne d’entrées.",
    },
    purged: {
      name: "Conservation terminée",
      text: "Rollcall a supprimé ou clos ce qui avait atteint la fin de sa durée de conservation.",
    },
    trail_cut: {
      name: "Journal raccourci",
      text: "Des entrées ayant dépassé leur durée de conservation ont été supprimées ; la dernière empreinte de chaque chaîne concernée a été consignée.",
    },
    agreement_changed: { name: "Accord modifié", text: "L’état de l’accord a changé. {state}." },
    anchored: { name: "Chaînes ancrées", text: "La dernière empreinte de chaque chaîne a été consignée." },
  },
  otherKind: "{kind} : {subject}.",
  otherKindAlone: "{kind}.",
  complete: "complet",
  notComplete: "incomplet",
  recipients: "{n} destinataires",
  recipientsOne: "{n} destinataire",
  attempts: "{n} fois",
  attemptsOne: "une fois",
  people: "{n} personnes",
  personOne: "{n} personne",
  openReport: "Ouvrir le rapport",
  byLink: "un destinataire",
  nothing: "rien",
};

/** Ce que le webhook annonce. */

import type { In } from "../../languages";
import type { notifications as english } from "../../pages/notifications";

export const notifications: In<typeof english> = {
  heading: "Notifications",
  intro:
    "Ce que Rollcall annonce à l’adresse choisie par un administrateur : les rapports après un jour et une semaine, la perte et le retour du compte de service, et les changements de la liste témoin. Ce qui est terminé reste affiché 30 jours.",
  target: "Destinataire : {host}",
  offTitle: "Personne n’est prévenu",
  offText:
    "Pour prévenir une adresse, indiquez-la dans {setting}, parmi les paramètres de l’application de fonctions (https uniquement), et déposez dans le coffre un secret de signature nommé {secret}.",
  stalledTitle: "Un envoi est dû et n’a pas été tenté",
  stalledText:
    "Soit le secret {secret} manque dans le coffre ou n’en est pas un, soit le minuteur chargé des envois ne tourne pas. Le journal de la plateforme dit lequel.",
  emptyTitle: "Aucune notification",
  emptyOff: "Rien n’est annoncé tant qu’aucune adresse n’est indiquée.",
  emptyText: "Rien à annoncer ne s’est produit depuis, ou c’est terminé depuis plus de 30 jours.",
  caption: "Notifications : d’abord celles en attente, puis les plus récentes",
  since: "Apparue",
  what: "Quoi",
  state: "État",
  fates: { waiting: "En attente", taken: "Remise", given_up: "Abandonnée" },
  failing: "Nouvel essai prévu",
  at: {
    waiting: "Prochain essai : {moment}",
    taken: "Remise : {moment}",
    given_up: "Abandonnée : {moment}",
  },
  tried: "{n} essais.",
  triedOne: "Un essai.",
  untried: "Pas encore tentée.",
  answered: "La dernière réponse avait le statut {status}.",
  outcomes: {
    taken: "Elle a été acceptée.",
    tls_failed: "Le dernier essai a échoué : pas de certificat valable.",
    timed_out: "Le dernier essai est resté sans réponse à temps.",
    private_address: "Le dernier essai a été arrêté : le nom mène à une adresse qui n’est pas publique.",
    unreachable: "Le dernier essai n’a joint personne.",
  },
  kinds: {
    report_ready: "Un rapport est prêt",
    connection_lost: "Compte de service perdu",
    connection_back: "Compte de service de retour",
    canary_changed: "Liste témoin modifiée",
  },
  more: "Afficher plus",
  count: "{n} notifications affichées",
  countOne: "1 notification affichée",
};

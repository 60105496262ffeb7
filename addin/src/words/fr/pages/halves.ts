/** Un message en deux parties, parce que seuls certains ont accepté d’être mesurés nominativement. */

import type { In } from "../../languages";
import type { halves as english } from "../../pages/halves";

export const halves: In<typeof english> = {
  title: "Un message, deux rapports",
  thisNamed: "Ce rapport porte sur les personnes qui ont accepté d’être mesurées nominativement : {count}.",
  thisRest:
    "Ce rapport porte sur les personnes qui n’ont pas accepté d’être mesurées nominativement : {count}. Elles ont toutes reçu le même message.",
  toNamed: "Rapport sur les personnes qui ont accepté",
  toRest: "Rapport sur toutes les autres",
  together: "Les deux ensemble",
  sum: "Ce sont les sommes de ce que disent les deux rapports, et rien de plus.",
  noSum: "L’un des deux rapports ne montre aucun chiffre : il n’y en a donc pas pour l’ensemble.",
  exported: "Les deux pour Excel",
  named: "celles et ceux qui ont accepté",
  rest: "toutes les autres personnes",
  counts: "{named} nominativement, {rest} sans nom",
};

/** Ce qu’un rapport dit du temps où tout n’a pas été enregistré. */

import type { In } from "../../languages";
import type { unrecorded as english } from "../../pages/unrecorded";

export const unrecorded: In<typeof english> = {
  title: "Tout n’a pas été enregistré",
  both: "Ouvertures et clics",
  opens: "Ouvertures",
  clicks: "Clics",
  since:
    "{what} : plus aucun enregistrement depuis le {since} au plus tard. Les chiffres ne valent que jusque-là.",
  sinceUnknown:
    "{what} : aucun enregistrement, sans que l’on sache depuis quand. Les chiffres ne comptent que ce qui a été enregistré auparavant.",
  between: "{what} : aucun enregistrement entre le {since} et le {until}.",
  before: "{what} : aucun enregistrement jusqu’au {until}, sans que l’on sache depuis quand.",
  why: "Cela tient aux réglages de votre organisation ou à son accord. Ce qui s’est passé pendant ce temps n’est pas connu, ce qui ne veut pas dire qu’il ne s’est rien passé.",
};

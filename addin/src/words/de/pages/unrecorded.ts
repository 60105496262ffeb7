/** Was ein Bericht über die Zeit sagt, in der nicht alles erfasst wurde. */

import type { In } from "../../languages";
import type { unrecorded as english } from "../../pages/unrecorded";

export const unrecorded: In<typeof english> = {
  title: "Es wurde nicht alles erfasst",
  both: "Öffnungen und Klicks",
  opens: "Öffnungen",
  clicks: "Klicks",
  since: "{what} werden spätestens seit {since} nicht mehr erfasst. Die Zahlen gelten nur bis dahin.",
  sinceUnknown:
    "{what} werden nicht erfasst; seit wann, ist nicht bekannt. Die Zahlen enthalten nur, was davor erfasst wurde.",
  between: "{what} wurden zwischen {since} und {until} nicht erfasst.",
  before: "{what} wurden bis {until} nicht erfasst; seit wann, ist nicht bekannt.",
  why: "Das liegt an den Einstellungen Ihrer Organisation oder an ihrer Vereinbarung. Was in dieser Zeit geschah, ist nicht bekannt. Das heißt nicht, dass nichts geschah.",
};

/** Die Worte für die fertige Zählung, die während des Zählens geladen werden. */

import type { In } from "../../languages";
import type { reviewedWords } from "../../pane/reviewed";
import { delivery } from "./delivery";
import { balance, lists, overlaps, people } from "./details";

export { words as common } from "../common";

export const own: In<typeof reviewedWords> = { lists, overlaps, balance, delivery, people };

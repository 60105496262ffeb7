/** The words of the part of the pane that is loaded while a mail is counted. */

import { delivery } from "./delivery";
import { balance, lists, overlaps, people } from "./details";

export const reviewedWords = { lists, overlaps, balance, delivery, people } as const;

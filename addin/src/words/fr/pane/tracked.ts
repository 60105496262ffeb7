/** Les mots du suivi, chargés seulement quand quelqu’un continue avec lui. */

import type { In } from "../../languages";
import type { trackedWords } from "../../pane/tracked";
import { copies } from "./copies";
import { choose, prepared, preparing, restored } from "./tracking";

export { words as common } from "../common";

export const own: In<typeof trackedWords> = { choose, preparing, restored, prepared, copies };

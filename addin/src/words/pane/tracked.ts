/** The words of the part of the pane that is loaded once somebody goes on with tracking. */

import { copies } from "./copies";
import { choose, prepared, preparing, restored } from "./tracking";

export const trackedWords = { choose, preparing, restored, prepared, copies } as const;

/** Which languages there are besides English, and where their words are: nobody loads another's. */

import type { Catalogues } from "./languages";
import type { pageWords } from "./pages";
import type { paneWords } from "./pane";
import type { readingWords } from "./pane/reading";
import type { reviewedWords } from "./pane/reviewed";
import type { trackedWords } from "./pane/tracked";

export const PANE: Catalogues<typeof paneWords> = {
  de: () => import("./de/pane"),
  fr: () => import("./fr/pane"),
  es: () => import("./es/pane"),
};

/** What the pane says of a finished count. */
export const REVIEWED: Catalogues<typeof reviewedWords> = {
  de: () => import("./de/pane/reviewed"),
  fr: () => import("./fr/pane/reviewed"),
  es: () => import("./es/pane/reviewed"),
};

/** What the pane says beside a mail that is read. */
export const READING: Catalogues<typeof readingWords> = {
  de: () => import("./de/pane/reading"),
  fr: () => import("./fr/pane/reading"),
  es: () => import("./es/pane/reading"),
};

/** What the pane says only once somebody goes on with tracking. */
export const TRACKED: Catalogues<typeof trackedWords> = {
  de: () => import("./de/pane/tracked"),
  fr: () => import("./fr/pane/tracked"),
  es: () => import("./es/pane/tracked"),
};

export const PAGES: Catalogues<typeof pageWords> = {
  de: () => import("./de/pages"),
  fr: () => import("./fr/pages"),
  es: () => import("./es/pages"),
};

/** The window of the sign-in says nothing of its own. */
export const DIALOG: Catalogues<object> = {
  de: async () => ({ common: (await import("./de/common")).words, own: {} }),
  fr: async () => ({ common: (await import("./fr/common")).words, own: {} }),
  es: async () => ({ common: (await import("./es/common")).words, own: {} }),
};

/** What every page needs: the API as the person signed in, and what that person may see. */

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Api } from "../api";

export interface Here {
  readonly api: Api;
  readonly isAdmin: boolean;
  /** The teams whose messages they see, by name. */
  readonly teams: readonly string[];
  /** Asks the person to sign in; needs their click. */
  readonly signIn: () => Promise<void>;
}

export const HereContext = createContext<Here | undefined>(undefined);

export function useHere(): Here {
  const here = useContext(HereContext);
  if (!here) {
    throw new Error("a page was shown outside of the app");
  }
  return here;
}

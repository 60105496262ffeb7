/**
 * The session of the pages: one for all tabs of this browser, until the last of them is closed or somebody signs out.
 *
 * Who signs out is out in every tab, and each is loaded anew, so that nothing of what it showed stays in memory
 * either. From then on a tab asks Entra for no sign-in by itself: it waits for a click, and Entra then asks for
 * whom.
 */

import { Trouble } from "../api";
import type { Config } from "../config";
import { forget, tellAll } from "../handover";
import { MsalSession, type Session, type TokenOptions } from "../session";
import { words } from "../words/common";

/** In a tab's session storage while somebody is signed out there by their own wish. */
const LEFT = "rollcall.signed-out";

export class TabSession implements Session {
  private readonly msal: MsalSession;

  constructor(
    private readonly config: Config,
    private readonly store: Storage = sessionStorage,
  ) {
    this.msal = new MsalSession(config, "tab", () => this.leave());
    if (this.hasLeft) {
      forget(store); // what a request that was under way may have written after the sign-out
    }
  }

  /** Whether somebody signed out here and nobody signed in since. */
  get hasLeft(): boolean {
    return this.store.getItem(LEFT) !== null;
  }

  /** Where Microsoft 365 itself signs whoever it is out, in this browser. */
  get wayOutOfAll(): string {
    return `${this.config.authority.replace(/\/$/, "")}/oauth2/v2.0/logout`;
  }

  async token(scopes: readonly string[], options: TokenOptions = {}): Promise<string> {
    if (!this.hasLeft) {
      return this.msal.token(scopes, options);
    }
    if (!options.ask) {
      throw new Trouble("sign_in", words.trouble.signIn, words.trouble.signInRemedy, 401);
    }
    const token = await this.msal.choose(scopes);
    this.store.removeItem(LEFT);
    return token;
  }

  /** Signs out in every tab. */
  end(): void {
    tellAll();
    this.leave();
  }

  private leave(): void {
    forget(this.store);
    this.store.setItem(LEFT, "yes");
    location.reload();
  }
}

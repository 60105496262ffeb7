/**
 * The session of the pages: one for all tabs of this browser, until the last of them is closed or somebody signs out.
 *
 * Who signs out is out in every tab, and each is loaded anew, so that nothing of what it showed stays in memory
 * either. From then on a tab asks Entra for no sign-in by itself: it waits for a click, and Entra then asks for
 * whom.
 */

import type { AuthenticationResult, IPublicClientApplication, SsoSilentRequest } from "@azure/msal-browser";
import type { Config } from "../config";
import { forget, shareSignIn, tellAll } from "../handover";
import { MsalSession, msalOptions, notSignedIn, type TokenOptions } from "../session";

/** In a tab's session storage while somebody is signed out there by their own wish. */
const LEFT = "rollcall.signed-out";

export class TabSession extends MsalSession {
  constructor(
    config: Config,
    private readonly store: Storage = sessionStorage,
  ) {
    super(config);
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

  /** As of any session, but a person is asked only where `ask` says so, which needs their click. */
  override async token(scopes: readonly string[], options: TokenOptions = {}): Promise<string> {
    if (!this.hasLeft) {
      return super.token(scopes, { ask: false, ...options });
    }
    if (!options.ask) {
      throw notSignedIn();
    }
    const client = await this.started();
    const chosen = await this.popUp(client, { scopes: [...scopes], prompt: "select_account" });
    client.setActiveAccount(chosen.account); // before any other that a tab may hand over
    this.store.removeItem(LEFT);
    return this.remember(chosen);
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

  protected override async start(): Promise<IPublicClientApplication> {
    const msal = await import("../msal");
    await shareSignIn(() => this.leave(), this.store);
    return msal.createStandardPublicClientApplication(msalOptions(this.config, "sessionStorage"));
  }

  protected override meet(
    client: IPublicClientApplication,
    request: SsoSilentRequest,
  ): Promise<AuthenticationResult> {
    return client.ssoSilent(request);
  }
}

/**
 * Who is signed in, and the access tokens of that person. A browser tab keeps them in its session storage, so that a
 * reload asks nobody again; in Outlook they live in memory only, since Outlook itself remembers.
 *
 * In Outlook: nested app authentication, where Outlook itself brokers the tokens; where an older Outlook
 * lacks that, its dialog. In a browser tab: a silent sign-in, else a window to sign in.
 */

import type { AccountInfo, IPublicClientApplication, PopupRequest } from "@azure/msal-browser";
import { Trouble } from "./api";
import type { Config } from "./config";
import { words } from "./words/common";

export interface Session {
  /** An access token for `scopes`. With `ask`, which is usual in Outlook, a person may be asked to sign in or to
   * consent; in a browser tab that needs their click. Throws Trouble with the code `sign_in` where that would be needed and is not allowed. */
  token(scopes: readonly string[], options?: TokenOptions): Promise<string>;
}

export interface TokenOptions {
  ask?: boolean;
  fresh?: boolean;
}

/** The session of a task pane. */
export function paneSession(config: Config): Session {
  const nests = Office.context.requirements.isSetSupported("NestedAppAuth", "1.1");
  return nests ? new MsalSession(config, "nested") : new DialogLater();
}

export class MsalSession implements Session {
  private client: Promise<IPublicClientApplication> | undefined;
  private account: AccountInfo | undefined;

  constructor(
    private readonly config: Config,
    private readonly kind: "tab" | "nested",
    /** What to do where another tab signs out. */
    private readonly left: () => void = () => {},
  ) {}

  async token(scopes: readonly string[], { ask = this.kind === "nested", fresh = false } = {}) {
    this.client ??= this.start();
    const msal = await import("@azure/msal-browser");
    const client = await this.client;
    const request = { scopes: [...scopes], forceRefresh: fresh };
    try {
      const known = this.account ?? client.getActiveAccount() ?? client.getAllAccounts()[0];
      const result =
        known || this.kind === "nested"
          ? await client.acquireTokenSilent(known ? { ...request, account: known } : request)
          : await client.ssoSilent(request);
      return this.remember(result.account, result.accessToken);
    } catch (error) {
      if (!(error instanceof msal.AuthError)) {
        throw error;
      }
      if (!ask) {
        throw new Trouble("sign_in", words.trouble.signIn, words.trouble.signInRemedy, 401);
      }
    }
    return this.popUp(client, request);
  }

  /** An access token for `scopes` of whomever the person chooses in a window. */
  async choose(scopes: readonly string[]): Promise<string> {
    this.client ??= this.start();
    const client = await this.client;
    const token = await this.popUp(client, { scopes: [...scopes], prompt: "select_account" });
    client.setActiveAccount(this.account ?? null); // before any other that a tab may hand over
    return token;
  }

  private async popUp(client: IPublicClientApplication, request: PopupRequest): Promise<string> {
    try {
      const result = await client.acquireTokenPopup(request);
      return this.remember(result.account, result.accessToken);
    } catch (error) {
      throw refusal(error);
    }
  }

  private remember(account: AccountInfo | null, token: string): string {
    this.account = account ?? this.account;
    return token;
  }

  private async start(): Promise<IPublicClientApplication> {
    const msal = await import("@azure/msal-browser");
    if (this.kind === "nested") {
      return msal.createNestablePublicClientApplication(msalOptions(this.config));
    }
    const { shareSignIn } = await import("./handover"); // which a pane does not need
    await shareSignIn(this.left);
    return msal.createStandardPublicClientApplication(msalOptions(this.config, "sessionStorage"));
  }
}

/** How MSAL is set up on every page. */
export function msalOptions(
  config: Config,
  cacheLocation: "memoryStorage" | "sessionStorage" = "memoryStorage",
) {
  return {
    auth: {
      clientId: config.clientId,
      authority: config.authority,
      // The authority is an admin's setting: nobody else needs to be asked whether it is one.
      knownAuthorities: [new URL(config.authority).host],
      redirectUri: new URL("dialog.html", location.href).href,
    },
    cache: { cacheLocation },
  };
}

function refusal(error: unknown): Trouble {
  const code = (error as { errorCode?: string }).errorCode;
  return code === "popup_window_error"
    ? new Trouble("popup_blocked", words.trouble.popupBlocked, words.trouble.popupBlockedRemedy)
    : new Trouble("sign_in", words.trouble.signIn, words.trouble.signInRemedy, 401);
}

/** Outlook's dialog, which is loaded only where an older Outlook needs it. */
class DialogLater implements Session {
  private loaded: Promise<Session> | undefined;

  async token(scopes: readonly string[], options?: TokenOptions): Promise<string> {
    this.loaded ??= import("./dialog-session").then(({ DialogSession }) => new DialogSession());
    return (await this.loaded).token(scopes, options);
  }
}

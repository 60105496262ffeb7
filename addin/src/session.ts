/**
 * Who is signed in, and the access tokens of that person. A browser tab keeps them in its session storage, so that a
 * reload asks nobody again; in Outlook they live in memory only, since Outlook itself remembers.
 *
 * In Outlook: nested app authentication, where Outlook itself brokers the tokens; where an older Outlook
 * lacks that, its dialog. In a browser tab: a silent sign-in, else a window to sign in.
 */

import type {
  AccountInfo,
  AuthenticationResult,
  IPublicClientApplication,
  PopupRequest,
  SilentRequest,
} from "@azure/msal-browser";
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
  return nests ? new MsalSession(config) : new DialogLater();
}

/** What MSAL.js signs in. By itself it is the session of a pane, where Outlook brokers the tokens. */
export class MsalSession implements Session {
  private account: AccountInfo | undefined;
  private client: Promise<IPublicClientApplication> | undefined;

  constructor(protected readonly config: Config) {}

  async token(scopes: readonly string[], { ask = true, fresh = false }: TokenOptions = {}): Promise<string> {
    const msal = await import("./msal");
    const client = await this.started();
    const request = { scopes: [...scopes], forceRefresh: fresh };
    try {
      const known = this.account ?? client.getActiveAccount() ?? client.getAllAccounts()[0];
      return this.remember(
        await (known
          ? client.acquireTokenSilent({ ...request, account: known })
          : this.meet(client, request)),
      );
    } catch (error) {
      if (!(error instanceof msal.AuthError)) {
        throw error;
      }
      if (!ask) {
        throw notSignedIn();
      }
    }
    return this.remember(await this.popUp(client, request));
  }

  protected started(): Promise<IPublicClientApplication> {
    this.client ??= this.start();
    return this.client;
  }

  protected async start(): Promise<IPublicClientApplication> {
    const msal = await import("./msal");
    return msal.createNestablePublicClientApplication(msalOptions(this.config));
  }

  /** Finds out without a question who it is, where that is not known yet. */
  protected meet(client: IPublicClientApplication, request: SilentRequest): Promise<AuthenticationResult> {
    return client.acquireTokenSilent(request);
  }

  protected async popUp(
    client: IPublicClientApplication,
    request: PopupRequest,
  ): Promise<AuthenticationResult> {
    try {
      return await client.acquireTokenPopup(request);
    } catch (error) {
      throw refusal(error);
    }
  }

  protected remember({ account, accessToken }: AuthenticationResult): string {
    this.account = account ?? this.account;
    return accessToken;
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
    : notSignedIn();
}

/** Somebody would have to sign in. */
export function notSignedIn(): Trouble {
  return new Trouble("sign_in", words.trouble.signIn, words.trouble.signInRemedy, 401);
}

/** Outlook's dialog, which is loaded only where an older Outlook needs it. */
class DialogLater implements Session {
  private loaded: Promise<Session> | undefined;

  async token(scopes: readonly string[], options?: TokenOptions): Promise<string> {
    this.loaded ??= import("./dialog-session").then(({ DialogSession }) => new DialogSession());
    return (await this.loaded).token(scopes, options);
  }
}

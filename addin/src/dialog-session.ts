/** The session of a task pane in an Outlook that brokers no tokens: its dialog signs in, and tells the pane. */

import { Trouble } from "./api";
import type { Session } from "./session";
import { words } from "./words/common";

interface Given {
  readonly token: string;
  readonly expiresAt: number;
}

/** What the dialog tells the pane. */
export type DialogWord = { token: string; expiresAt: number } | { error: string };

export class DialogSession implements Session {
  private readonly given = new Map<string, Given>();
  private readonly under = new Map<string, Promise<string>>();

  constructor(private readonly store: Storage = sessionStorage) {}

  token(scopes: readonly string[], { ask = true, fresh = false } = {}): Promise<string> {
    const key = scopes.join(" ");
    const found = this.given.get(key) ?? this.find(key);
    if (!fresh && found && found.expiresAt - Date.now() > 60_000) {
      return Promise.resolve(found.token);
    }
    if (!ask) {
      return Promise.reject(new Trouble("sign_in", words.trouble.signIn, words.trouble.signInRemedy, 401));
    }
    const asked =
      this.under.get(key) ??
      this.open(key).finally(() => {
        this.under.delete(key);
      });
    this.under.set(key, asked);
    return asked;
  }

  private open(scopes: string): Promise<string> {
    const url = new URL("dialog.html", location.href);
    url.searchParams.set("scopes", scopes);
    return new Promise((resolve, reject) => {
      const refused = () =>
        reject(new Trouble("sign_in", words.trouble.signIn, words.trouble.signInRemedy, 401));
      Office.context.ui.displayDialogAsync(url.href, { height: 60, width: 30 }, (opened) => {
        if (opened.status !== Office.AsyncResultStatus.Succeeded) {
          refused();
          return;
        }
        const dialog = opened.value;
        dialog.addEventHandler(Office.EventType.DialogEventReceived, refused); // closed by the person
        dialog.addEventHandler(Office.EventType.DialogMessageReceived, (event) => {
          dialog.close();
          const said = "message" in event ? (JSON.parse(event.message) as DialogWord) : { error: "" };
          if ("token" in said) {
            this.keep(scopes, said);
            resolve(said.token);
          } else {
            refused();
          }
        });
      });
    });
  }

  /** What this session of the browser was given before; a pane that is opened again need not ask. */
  private find(scopes: string): Given | null {
    try {
      const found = JSON.parse(this.store.getItem(named(scopes)) ?? "null") as Given | null;
      return typeof found?.token === "string" && typeof found.expiresAt === "number" ? found : null;
    } catch {
      return null;
    }
  }

  private keep(scopes: string, { token, expiresAt }: Given): void {
    this.given.set(scopes, { token, expiresAt });
    try {
      this.store.setItem(named(scopes), JSON.stringify({ token, expiresAt }));
    } catch {
      // A browser that keeps nothing is asked again.
    }
  }
}

/** Whose mailbox it is stands in the name: in the same tab it may be another's later. */
function named(scopes: string): string {
  return `rollcall.given ${Office.context.mailbox.userProfile.emailAddress} ${scopes}`;
}

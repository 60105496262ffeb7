/** One copy handed to Graph, and what came of it. */

import type { Reading } from "../body/author";

/** What one attempt came to. Only `doubt` does not say whether the copy is on its way. */
export type Attempt =
  | { readonly outcome: "sent" }
  /** Graph will not send this one; `code` is its word for why. */
  | { readonly outcome: "failed"; readonly code: string }
  /** Nothing was sent, and nothing is to be before so many milliseconds; null: Graph did not say. */
  | { readonly outcome: "later"; readonly wait: number | null }
  /** Nothing was sent, and no other copy would be. */
  | { readonly outcome: "stopped"; readonly why: Stop; readonly code: string }
  | { readonly outcome: "doubt"; readonly answered: boolean };

/** Why sending stopped by itself. */
export type Stop =
  | "sign_in" // no token
  | "refused" // Graph: the permission, the mailbox, a limit for the day
  | "too_large"
  | "offline" // no answer; the copies under way are in doubt
  | "failing" // the sender's own copy, or several, one after the other
  | "storage" // the server can note nothing
  | "elsewhere" // another device goes on
  | "gone"; // the message was deleted

export interface Mail {
  readonly subject: string;
  readonly html: string;
  readonly importance?: "low" | "normal" | "high";
  /** What is known of whose its parts are. */
  readonly reading?: Reading;
}

export interface Wire {
  readonly graphUrl: string;
  /** An access token for Graph; a fresh one when the last was refused. */
  readonly token: (fresh: boolean) => Promise<string>;
  readonly fetch?: (url: string, request: RequestInit) => Promise<Response>;
}

/** How long to wait for an answer before the copy is in doubt. */
const PATIENCE = 100_000;
/** Words in Graph's error codes that are about the sender, not about one recipient. */
const ABOUT_SENDER = /quota|exceeded|blocked|denied|suspend|mailbox|sendas/i;

/** Asks Graph to send `mail` to `address`. Never throws. */
export async function post(wire: Wire, mail: Mail, address: string, keep: boolean): Promise<Attempt> {
  const body = JSON.stringify({
    message: {
      subject: mail.subject,
      body: { contentType: "HTML", content: mail.html },
      toRecipients: [{ emailAddress: { address } }],
      importance: mail.importance ?? "normal",
    },
    saveToSentItems: keep,
  });
  const first = await attempt(wire, body, false);
  return first === "unauthorized" ? last(await attempt(wire, body, true)) : first;
}

function last(second: Attempt | "unauthorized"): Attempt {
  return second === "unauthorized" ? { outcome: "stopped", why: "sign_in", code: "401" } : second;
}

async function attempt(wire: Wire, body: string, fresh: boolean): Promise<Attempt | "unauthorized"> {
  let token: string;
  try {
    token = await wire.token(fresh);
  } catch {
    return { outcome: "stopped", why: "sign_in", code: "" };
  }
  let answer: Response;
  try {
    const send = wire.fetch ?? ((url, request) => fetch(url, request));
    answer = await send(`${wire.graphUrl}/me/sendMail`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body,
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    return { outcome: "doubt", answered: false };
  }
  return read(answer);
}

async function read(answer: Response): Promise<Attempt | "unauthorized"> {
  const { status } = answer;
  if (answer.ok) {
    return { outcome: "sent" };
  }
  if (status === 401) {
    return "unauthorized";
  }
  if (status === 429 || status === 503) {
    return { outcome: "later", wait: waitIn(answer) };
  }
  if (status === 408 || status >= 500) {
    return { outcome: "doubt", answered: true }; // It may have gone wrong after the copy was accepted.
  }
  const code = await codeIn(answer);
  if (status === 413) {
    return { outcome: "stopped", why: "too_large", code };
  }
  if (status === 403 || status === 404 || ABOUT_SENDER.test(code)) {
    return { outcome: "stopped", why: "refused", code };
  }
  return { outcome: "failed", code };
}

function waitIn(answer: Response): number | null {
  const said = answer.headers.get("Retry-After") ?? "";
  if (/^\d+$/.test(said)) {
    return Number(said) * 1000;
  }
  const at = Date.parse(said);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}

async function codeIn(answer: Response): Promise<string> {
  try {
    return String(((await answer.json()) as { error: { code: unknown } }).error.code);
  } catch {
    return String(answer.status);
  }
}

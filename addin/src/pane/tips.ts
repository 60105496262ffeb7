/**
 * Mail tips: what Exchange tells the sender of the addresses of a mail, asked of Microsoft Graph as the sender.
 *
 * https://learn.microsoft.com/graph/api/user-getmailtips. Exchange answers for whoever asks, so the server could
 * not ask in a sender's place. A tip that is missing says nothing: it is null here, never "no".
 */

import { keyOf } from "./address-key";

/** Of Microsoft Graph, whichever cloud it is. It reads no mail. */
export const SCOPES = ["MailTips.ReadBasic.Shared"];
/** Addresses of one request: what Exchange's service configuration allows (MaxRecipientsPerGetMailTipsRequest). */
export const BATCH = 50;
/** Addresses of all requests. */
export const MOST = 500;
const PATIENCE = 20_000; // milliseconds for all requests
const PAUSE = 2000; // where Graph does not say how long
const MOST_TRIES = 4; // of one batch
const MOST_REFUSED = 16; // batches that were no good, while the address that spoils one is looked for
const OPTIONS =
  "automaticReplies, deliveryRestriction, externalMemberCount, mailboxFullStatus, maxMessageSize, " +
  "moderationStatus, recipientScope, totalMemberCount";

/** What is told of one address; null is not known. */
export interface Tip {
  readonly address: string;
  readonly restricted: boolean | null;
  readonly moderated: boolean | null;
  readonly full: boolean | null;
  readonly away: boolean | null;
  /** Bytes of the largest mail it takes. */
  readonly largest: number | null;
  /** Direct members, a list among them as one, as they were when Exchange last counted. */
  readonly members: number | null;
  /** Whether it is outside the organisation, or some of its direct members are. */
  readonly outside: boolean | null;
}

/** Why nothing is known of an address. */
export type Why = "consent" | "refused" | "off" | "busy" | "failed" | "silent" | "too many";

export interface Told {
  readonly tips: readonly Tip[];
  readonly unknown: readonly { readonly address: string; readonly why: Why }[];
}

export interface Wire {
  readonly graphUrl: string;
  /** An access token for SCOPES; a fresh one when the last was refused. */
  readonly token: (fresh: boolean) => Promise<string>;
  readonly signal: AbortSignal;
  readonly fetch?: (url: string, request: RequestInit) => Promise<Response>;
  readonly wait?: (milliseconds: number) => Promise<void>;
  readonly now?: () => number;
}

type Answer =
  | { readonly is: "told"; readonly value: readonly unknown[] }
  | { readonly is: "spoilt" }
  | { readonly is: "stopped"; readonly why: Why };

/** Asks about `addresses`, each once. Ends within PATIENCE, whatever Graph does; never throws. */
export async function askTips(addresses: readonly string[], wire: Wire): Promise<Told> {
  const all = [...new Map(addresses.map((address) => [keyOf(address), address])).entries()];
  const asked = new Map(all.slice(0, MOST));
  const tips = new Map<string, Tip>();
  const why = new Map<string, Why>();
  const asking = new Asking(wire);
  const batches = chunks([...asked.keys()], BATCH);
  for (let batch = batches.shift(); batch; batch = batches.shift()) {
    const answer = await asking.ask(batch);
    if (answer.is === "stopped") {
      for (const key of [...batch, ...batches.flat()]) {
        why.set(key, answer.why);
      }
      break;
    }
    if (answer.is === "spoilt") {
      // One address that Exchange does not take must not cost the others their answer.
      if (batch.length > 1) {
        batches.unshift(...chunks(batch, Math.ceil(batch.length / 2)));
      }
      continue;
    }
    for (const one of answer.value) {
      read(one, asked, tips, why);
    }
  }
  return {
    tips: [...tips.values()],
    unknown: all.flatMap(([key, address], place) =>
      tips.has(key)
        ? []
        : [{ address, why: place < MOST ? (why.get(key) ?? ("silent" as const)) : ("too many" as const) }],
    ),
  };
}

/** The requests of one question: they share its time and its token. */
class Asking {
  private readonly until: number;
  private readonly now: () => number;
  private fresh = false;
  private spoilt = 0;

  constructor(private readonly wire: Wire) {
    this.now = wire.now ?? Date.now;
    this.until = this.now() + PATIENCE;
  }

  async ask(batch: readonly string[]): Promise<Answer> {
    for (let tries = 1; ; tries++) {
      const answer = await this.once(batch);
      if (typeof answer !== "number") {
        return answer;
      }
      if (tries === MOST_TRIES || this.now() + answer >= this.until) {
        return { is: "stopped", why: "busy" };
      }
      await (this.wire.wait ?? pause)(answer);
    }
  }

  /** What came of one request; a number: how many milliseconds to wait before the next. */
  private async once(batch: readonly string[]): Promise<Answer | number> {
    let token: string;
    try {
      token = await this.wire.token(this.fresh);
    } catch {
      return { is: "stopped", why: "consent" };
    }
    const ending = new Ending(this.wire.signal, this.until - this.now());
    try {
      return await this.judged(await this.send(batch, token, ending.signal));
    } catch {
      return { is: "stopped", why: "failed" };
    } finally {
      ending.over();
    }
  }

  private send(batch: readonly string[], token: string, signal: AbortSignal): Promise<Response> {
    const send = this.wire.fetch ?? ((url, request) => fetch(url, request));
    return send(`${this.wire.graphUrl}/me/getMailTips`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: JSON.stringify({ EmailAddresses: batch, MailTipsOptions: OPTIONS }),
      signal,
    });
  }

  private async judged(answer: Response): Promise<Answer | number> {
    const { status } = answer;
    if (answer.ok) {
      const { value } = (await answer.json()) as { value: unknown };
      return Array.isArray(value) ? { is: "told", value } : { is: "stopped", why: "failed" };
    }
    if (status === 401 && !this.fresh) {
      this.fresh = true;
      return 0;
    }
    if (status === 429 || status === 503 || status === 504) {
      const said = answer.headers.get("Retry-After") ?? "";
      return /^\d+$/.test(said) ? Number(said) * 1000 : PAUSE;
    }
    if (status === 400 && this.spoilt < MOST_REFUSED) {
      this.spoilt += 1;
      return { is: "spoilt" };
    }
    return { is: "stopped", why: status === 401 || status === 403 ? "refused" : "failed" };
  }
}

/** Ends a request when its time is up, or nobody waits any more. */
class Ending {
  private readonly abort = new AbortController();
  private readonly stop = () => this.abort.abort();
  private readonly timer: ReturnType<typeof setTimeout>;
  readonly signal = this.abort.signal;

  constructor(
    private readonly outer: AbortSignal,
    milliseconds: number,
  ) {
    this.timer = setTimeout(this.stop, Math.max(0, milliseconds));
    outer.addEventListener("abort", this.stop);
    if (outer.aborted) {
      this.stop();
    }
  }

  over(): void {
    clearTimeout(this.timer);
    this.outer.removeEventListener("abort", this.stop);
  }
}

function read(
  given: unknown,
  asked: ReadonlyMap<string, string>,
  tips: Map<string, Tip>,
  why: Map<string, Why>,
): void {
  const said = record(given);
  const key = keyOf(String(record(said.emailAddress).address ?? ""));
  const address = asked.get(key);
  if (address === undefined) {
    return; // Nobody asked about this one.
  }
  const { error } = said;
  if (error !== undefined && error !== null) {
    why.set(key, record(error).code === "ErrorMailTipsDisabled" ? "off" : "silent");
    return;
  }
  const tip = tipOf(address, said);
  if (Object.values(tip).some((value) => typeof value === "boolean" || typeof value === "number")) {
    tips.set(key, tip);
  }
}

function tipOf(address: string, said: Record<string, unknown>): Tip {
  const outsiders = amount(said.externalMemberCount);
  const isOutside = typeof said.recipientScope === "string" && said.recipientScope.startsWith("external");
  return {
    address,
    restricted: truth(said.deliveryRestricted),
    moderated: truth(said.isModerated),
    full: truth(said.mailboxFull),
    away: awayIn(record(said.automaticReplies).message),
    largest: amount(said.maxMessageSize) || null,
    members: amount(said.totalMemberCount),
    outside: isOutside || (outsiders === null ? null : outsiders > 0),
  };
}

// Exchange may hand out a page without a word in it; whether somebody is away it does not say then.
function awayIn(message: unknown): boolean | null {
  if (typeof message !== "string") {
    return null;
  }
  const hasWords = message.replace(/<style[\s\S]*?<\/style>|<[^>]*>|&nbsp;|\s/gi, "") !== "";
  return hasWords ? true : message === "" ? false : null;
}

function truth(value: unknown): boolean | null {
  return typeof value === "boolean" ? value : null;
}

function amount(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

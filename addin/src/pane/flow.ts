/** What the pane does: counts, and shows how that stands. */

import { type Amount, counted, isExact, UNKNOWN, unless } from "../amounts";
import { type Api, asTrouble, type Expansion, Trouble } from "../api";
import type { Mail } from "../outlook/mail";
import { isWhole, type Recipients } from "../outlook/recipients";
import { stampOf } from "../outlook/stamp";
import { paneWords } from "../words/pane";
import { callOff, count } from "./count";
import { type DraftRecord, readDraft, writeDraft } from "./record";
import { changeOf, type Happening, next, type Review, START, type State } from "./state";
import { NO_TRACKING, type Tracking } from "./tracking";
import { remember } from "./typed";

export interface Seen {
  readonly count: Amount;
  readonly stamp: string;
}

export class Flow {
  state: State = START;
  private readonly listeners = new Set<(state: State) => void>();
  private seen: Seen | null = null;
  private run: { id: string; abort: AbortController } | null = null;

  constructor(
    readonly mail: Mail | null,
    readonly api: Api,
    readonly now: () => number = Date.now,
    private readonly newId: () => string = () => crypto.randomUUID(),
  ) {}

  /** Calls `listener` after every change; what is returned ends that. */
  subscribe(listener: (state: State) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tell(happening: Happening): void {
    const before = this.state;
    this.state = next(before, happening);
    if (this.state !== before) {
      for (const listener of this.listeners) {
        listener(this.state);
      }
    }
  }

  /** The count that is shown. Throws where none is. */
  get review(): Review {
    if (this.state.at !== "reviewed") {
      throw new Error("nothing is reviewed");
    }
    return this.state.review;
  }

  /** How far tracking is. */
  get tracking(): Tracking {
    return this.state.at === "reviewed" ? this.state.tracking : NO_TRACKING;
  }

  /** Shows another step of tracking. */
  show(tracking: Tracking): void {
    this.tell({ is: "tracking", tracking });
  }

  /** What is kept with the draft; null without it. */
  async record(): Promise<DraftRecord | null> {
    return readDraft((await this.mail?.readRecord().catch(() => null)) ?? null);
  }

  /** Begins: picks up what is known of this draft, or counts. */
  async start(): Promise<void> {
    const mail = this.mail;
    if (!mail) {
      this.tell({ is: "nowhere" });
      return;
    }
    mail.onRecipientsChanged(() => void this.lookAtRecipients());
    try {
      const [recipients, record] = await Promise.all([mail.recipients(), this.record()]);
      if (record?.r) {
        this.seen = { count: counted(record.n, record.c), stamp: record.r };
      }
      const stamp = stampOf(recipients.addresses, recipients.unresolved);
      if (record?.m) {
        this.reveal({ ...this.reviewOf(record, recipients, null), isStale: record.k !== stamp });
      } else if (recipients.addresses.length === 0) {
        this.tell({ is: "recipients", recipients, stamp });
      } else if (record?.k === stamp && (await this.pickUp(record, recipients))) {
        return;
      } else {
        await this.countThese(recipients, this.newId());
      }
    } catch (thrown) {
      this.stop(thrown);
    }
  }

  /** Counts whom the mail is addressed to now. */
  async count(): Promise<void> {
    if (!this.mail) {
      return;
    }
    try {
      const recipients = await this.mail.recipients();
      if (recipients.addresses.length === 0) {
        this.state = START;
        this.tell({ is: "recipients", recipients, stamp: "" });
        return;
      }
      const forgotten = this.state.at === "reviewed" ? this.state.review.expansionId : "";
      if (forgotten) {
        void callOff(this.api, forgotten, () => Promise.resolve());
      }
      await this.countThese(recipients, this.newId());
    } catch (thrown) {
      this.stop(thrown);
    }
  }

  /** Calls off the count under way, here and on the server. */
  cancel(): void {
    const run = this.run;
    if (run) {
      this.run = null;
      run.abort.abort();
      this.tell({ is: "cancelled" });
      void callOff(this.api, run.id);
      void this.remember({ k: "", e: "", t: this.now() });
    }
  }

  /** Notices whom the mail is addressed to by now. */
  async lookAtRecipients(): Promise<void> {
    try {
      const recipients = await this.mail?.recipients();
      if (recipients) {
        this.tell({
          is: "recipients",
          recipients,
          stamp: stampOf(recipients.addresses, recipients.unresolved),
        });
      }
    } catch {
      // The next look will tell.
    }
  }

  /** Keeps `changes` with the draft. A draft that keeps nothing is only asked about again. */
  async keep(review: Review, changes: Partial<DraftRecord> = {}): Promise<void> {
    const record: DraftRecord = {
      r: review.stamp,
      k: review.stamp,
      e: review.expansionId,
      n: review.count.at_least,
      c: isExact(review.count),
      t: review.at,
      ...changes,
    };
    await this.mail?.writeRecord(writeDraft(record)).catch(() => undefined);
  }

  /** Keeps which count is under way, beside the last one that was seen. */
  private async remember(running: Pick<DraftRecord, "k" | "e" | "t">): Promise<void> {
    const { stamp, count } = this.seen ?? { stamp: "", count: UNKNOWN };
    const record = { r: stamp, n: count.at_least, c: isExact(count), ...running };
    await this.mail?.writeRecord(writeDraft(record)).catch(() => undefined);
  }

  private async pickUp(record: DraftRecord, recipients: Recipients): Promise<boolean> {
    if (!record.e) {
      return false;
    }
    try {
      const found = await this.api.getExpansion(record.e);
      if (found.state === "done") {
        this.reveal(this.reviewOf(record, recipients, found));
        return true;
      }
      if (found.state === "running") {
        await this.countThese(recipients, record.e, Date.parse(found.progress.started_at));
        return true;
      }
    } catch (thrown) {
      if (asTrouble(thrown).status !== 404) {
        throw thrown;
      }
    }
    return false;
  }

  private async countThese(recipients: Recipients, id: string, since = this.now()): Promise<void> {
    this.run?.abort.abort();
    const run = { id, abort: new AbortController() };
    this.run = run;
    const stamp = stampOf(recipients.addresses, recipients.unresolved);
    const isCurrent = () => this.run === run;
    this.tell({ is: "counting", recipients, now: since });
    void this.remember({ k: stamp, e: id, t: since });
    try {
      const result = await count(this.api, id, recipients.addresses, {
        signal: run.abort.signal,
        onProgress: (progress) => isCurrent() && this.tell({ is: "progress", progress, now: this.now() }),
      });
      if (isCurrent()) {
        this.run = null;
        const numbers = { count: unless(isWhole(recipients), result.count), stamp };
        this.reveal({
          ...numbers,
          recipients,
          at: this.now(),
          expansionId: id,
          result,
          before: changeOf(this.seen, numbers),
          isStale: false,
        });
        void this.lookAtRecipients(); // They may have changed while they were counted.
      }
    } catch (thrown) {
      if (isCurrent()) {
        this.run = null;
        throw thrown;
      }
    }
  }

  private reveal(review: Review): void {
    this.seen = { count: review.count, stamp: review.stamp };
    this.tell({ is: "counted", review });
    if (review.result) {
      remember(review.result.lists.filter(({ depth }) => depth === 1).map(({ address }) => address));
      void this.keep(review);
    }
  }

  /** The review that a draft's record remembers. */
  private reviewOf(record: DraftRecord, recipients: Recipients, result: Expansion | null): Review {
    const numbers = {
      count: unless(isWhole(recipients), result?.count ?? counted(record.n, record.c)),
      stamp: record.k,
    };
    return {
      ...numbers,
      recipients,
      at: record.t,
      expansionId: result ? record.e : "",
      result,
      before: changeOf(this.seen, numbers),
      isStale: false,
    };
  }

  private stop(thrown: unknown): void {
    this.tell({ is: "stopped", trouble: troubleOf(thrown), now: this.now() });
  }
}

/** Whatever was thrown, in words; Outlook's own errors are not fit to be shown. */
export function troubleOf(thrown: unknown): Trouble {
  return thrown instanceof Error && "silent" in thrown
    ? new Trouble("outlook", paneWords.outlookFailed, paneWords.outlookRemedy)
    : asTrouble(thrown);
}

/**
 * Sends a copy to each recipient from the sender's own mailbox: at a pace, a few at a time, to be stopped and
 * gone on with at any time, on any device, and never one twice unless the person says so.
 */

import { type Entries, forgetDraw, type Job, jobOf, type Urls, writerOf } from "./job";
import type { Run } from "./ledger";
import { Notes } from "./notes";
import { type OpenCopy, openIn, type Progress, progressOf, type RunState } from "./progress";
import { type Clock, ERASED, LEFT, PACE, REAL_CLOCK, SentElsewhere, type Tools, Undone } from "./tools";
import { type Attempt, type Mail, post, type Stop } from "./wire";

/** The mail of one sending, and what goes into each copy. */
export interface Sending {
  readonly id: string;
  readonly mail: Mail;
  readonly urls: readonly Urls[];
  readonly entries: Entries;
}

export class Copies {
  /** Called whenever something changes. */
  onChange: (progress: Progress) => void = () => {};

  private state: RunState = "ready";
  private stop: Progress["stop"] = null;
  private readonly under = new Set<Promise<void>>();
  private wake: () => void = () => {};
  private notBefore = 0;
  private backOff: number = PACE.firstWait;
  private failures = 0;
  private isBegun = false;
  private readonly clock: Clock;
  private readonly interval: number;
  private readonly job: Job;
  private readonly notes: Notes;
  private readonly mail: Mail;
  private readonly write: ReturnType<typeof writerOf>;
  private readonly urls: ReadonlyMap<number, Urls>;

  private constructor(
    sending: Sending,
    run: Run,
    private readonly tools: Tools,
    private readonly unlock: () => void,
  ) {
    this.clock = tools.clock ?? REAL_CLOCK;
    this.interval = 60_000 / tools.copiesPerMinute;
    this.mail = sending.mail;
    this.urls = new Map(sending.urls.map((one) => [one.number, one]));
    this.job = jobOf(sending.id, sending.entries, sending.mail.reading ?? {}, run, this.clock.now());
    this.notes = new Notes(this.job, tools.ledger, this.clock, () => this.changed());
    // Another life may have sent one a moment ago.
    this.job.next = this.clock.now() + this.interval;
    this.write = writerOf(sending.mail, this.job.reading, tools.origins);
  }

  /**
   * The copies of a sending as the server knows them, which `run` goes on with; begun where it knows none. Throws
   * SentElsewhere, and Undone where the message is gone.
   */
  static async open(sending: Sending, known: Run | null, tools: Tools): Promise<Copies> {
    const unlock = tools.lock ? await tools.lock(sending.id) : () => {};
    if (unlock === null) {
      throw new SentElsewhere();
    }
    try {
      return new Copies(sending, known ?? (await tools.ledger.take()), tools, unlock);
    } catch (error) {
      unlock();
      throw error;
    }
  }

  /** Lets another pane go on. Not to be called while copies are being sent. */
  close(): void {
    this.unlock();
  }

  get progress(): Progress {
    const { state, stop, notBefore, interval } = this;
    return progressOf(this.job, { state, stop, notBefore, interval, now: this.clock.now() });
  }

  /** The copies that failed or are in doubt. The sender's own has the place 0. */
  get open(): readonly OpenCopy[] {
    return openIn(this.job);
  }

  /** Sends until nothing waits any more, or something stops it. Call it again to go on. */
  async run(): Promise<Progress> {
    if (this.state === "running" || this.state === "pausing") {
      throw new Error("copies are being sent already");
    }
    this.state = "running";
    this.stop = null;
    this.failures = 0;
    try {
      await this.notes.take();
      if (this.job.states[0] === "failed" && this.job.codes.get(0) !== LEFT) {
        this.notes.mark(0, "waiting"); // Nobody gets what Graph would not take from its sender.
        await this.notes.save();
      }
      this.changed();
      await this.loop();
    } catch (thrown) {
      this.haltFor(thrown);
    }
    await Promise.all(this.under);
    await this.settle();
    return this.progress;
  }

  /** Begins no other copy. Those under way are waited for by `run`. */
  pause(): void {
    if (this.state === "running") {
      this.state = "pausing";
      this.wake();
      this.changed();
    }
  }

  /** What the person says of copies that failed or are in doubt: send them again, or leave them. */
  async decide(places: readonly number[], decision: "again" | "leave"): Promise<void> {
    const isRunning = this.state === "running" || this.state === "pausing";
    try {
      if (!isRunning) {
        await this.notes.take();
      }
      for (const place of places) {
        const state = this.job.states[place];
        if (state === "failed" || state === "doubt") {
          this.notes.mark(
            place,
            decision === "again" ? "waiting" : "failed",
            decision === "again" ? "" : LEFT,
          );
        }
      }
      await this.notes.save();
    } catch (thrown) {
      this.haltFor(thrown);
    }
    if (!isRunning) {
      await this.settle();
    }
  }

  private async loop(): Promise<void> {
    while (this.state === "running") {
      const { job, clock } = this;
      if (this.notes.isDue) {
        await this.notes.save();
      }
      const place = job.states.indexOf("waiting");
      const isTrial = job.states[0] === "trying";
      if (place < 0 && this.under.size === 0) {
        return;
      }
      if (place < 0 || isTrial || this.under.size >= PACE.inFlight) {
        await this.sleep(Promise.race([...this.under, clock.sleep(PACE.signOfLife)]));
        continue;
      }
      const wait = Math.max(job.next, this.notBefore, job.beginsAt) - clock.now();
      if (wait > 0) {
        await this.sleep(clock.sleep(Math.min(wait, PACE.signOfLife)));
        continue;
      }
      if (!this.isBegun) {
        await this.tools.beforeFirst?.();
        this.isBegun = true;
        continue;
      }
      if (await this.claim(place)) {
        const under: Promise<void> = this.attempt(place).finally(() => this.under.delete(under));
        this.under.add(under);
      }
    }
  }

  /** Has the server note that a copy is being tried; false where that took so long that it must be noted anew. */
  private async claim(place: number): Promise<boolean> {
    const since = this.clock.now();
    this.job.next = since + this.interval;
    this.notes.mark(place, "trying");
    try {
      await this.notes.save();
    } catch (error) {
      this.notes.mark(place, "waiting");
      throw error;
    }
    if (this.clock.now() - since > PACE.stale) {
      this.notes.mark(place, "waiting");
      await this.notes.save();
      return false;
    }
    return true;
  }

  private async attempt(place: number): Promise<void> {
    const entry = this.job.entries.get(place);
    const mail = entry && this.mailFor(entry.number);
    if (entry && mail) {
      this.settleOne(place, await post(this.tools, mail, entry.address, entry.number === 0));
    } else {
      this.notes.mark(place, "failed", ERASED);
    }
    await this.notes.save().catch((thrown: unknown) => this.haltFor(thrown));
  }

  /** What goes out with the URLs of that number; null if the server knows that recipient no more. */
  private mailFor(number: number): Mail | null {
    const urls = this.urls.get(number);
    return number === 0 ? this.mail : urls ? this.write(urls) : null;
  }

  private settleOne(place: number, attempt: Attempt): void {
    switch (attempt.outcome) {
      case "sent":
        this.failures = 0;
        this.backOff = PACE.firstWait;
        this.notes.mark(place, "sent");
        break;
      case "failed":
        this.failures += 1;
        this.notes.mark(place, "failed", attempt.code);
        if (place === 0 || this.failures >= PACE.failing) {
          this.halt("failing", attempt.code);
        }
        break;
      case "later":
        this.notBefore = Math.max(this.notBefore, this.clock.now() + (attempt.wait ?? this.backOff));
        this.backOff = Math.min(PACE.longestWait, this.backOff * 2);
        this.notes.mark(place, "waiting");
        break;
      case "stopped":
        this.notes.mark(place, "waiting");
        this.halt(attempt.why, attempt.code);
        break;
      case "doubt":
        this.failures += 1;
        this.notes.mark(place, "doubt");
        if (!attempt.answered || place === 0 || this.failures >= PACE.failing) {
          this.halt(attempt.answered ? "failing" : "offline", "");
        }
        break;
    }
  }

  private haltFor(thrown: unknown): void {
    this.halt(
      thrown instanceof SentElsewhere ? "elsewhere" : thrown instanceof Undone ? "gone" : "storage",
      "",
    );
  }

  private halt(why: Stop, code: string): void {
    if (this.state !== "finished" && this.state !== "stopped") {
      this.state = "stopped";
      this.stop = { why, code };
      this.wake();
      this.changed();
    }
  }

  /** Afterwards: finished, and whose copy is whose forgotten, if nothing waits and nothing is in doubt. */
  private async settle(): Promise<void> {
    const isMine = this.stop?.why !== "elsewhere" && this.stop?.why !== "gone";
    let isSaid = false;
    if (isMine) {
      isSaid = await this.notes.save(true).then(
        () => true,
        () => false,
      );
    }
    const isOpen = this.job.states.some((state) => state !== "sent" && state !== "failed");
    if (!isOpen && isSaid) {
      this.state = "finished";
      this.stop = null;
      await forgetDraw(this.tools.store, this.job.id).catch(() => {});
    } else if (this.state !== "stopped") {
      this.state = "paused";
      if (!isSaid) {
        this.halt("storage", "");
      }
    }
    this.changed();
  }

  private sleep(until: Promise<unknown>): Promise<unknown> {
    const woken = new Promise<void>((resolve) => {
      this.wake = resolve;
    });
    return Promise.race([until, woken]);
  }

  private changed(): void {
    this.onChange(this.progress);
  }
}

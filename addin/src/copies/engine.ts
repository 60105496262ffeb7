/**
 * Sends a copy to each recipient from the sender's own mailbox: at a pace, a few at a time, to be stopped and
 * gone on with at any time, and never one twice unless the person says so.
 */

import type { Job, Urls } from "./job";
import { finish, isAbout, load, MailChanged, savePlan, saveProgress, writerOf } from "./job";
import { type OpenCopy, openIn, type Progress, progressOf, type RunState } from "./progress";
import { type Clock, ERASED, LEFT, PACE, REAL_CLOCK, SentAlready, SentElsewhere, type Tools } from "./tools";
import { type Attempt, type Mail, post, type Stop } from "./wire";

export { type CopyState, type Job, MailChanged, plan, type Store, type Urls } from "./job";
export type { OpenCopy, Progress, RunState } from "./progress";
export { type Clock, ERASED, SentAlready, SentElsewhere, type Tools } from "./tools";
export type { Mail, Stop } from "./wire";

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
  private saving: Promise<void> = Promise.resolve();
  private readonly clock: Clock;
  private readonly interval: number;
  private readonly write: ReturnType<typeof writerOf>;
  // Where each address has its own: whoever was erased meanwhile is missing, and moves nobody else.
  private readonly own: ReadonlyMap<string, Urls>;

  private constructor(
    private readonly job: Job,
    private readonly mail: Mail,
    private readonly urls: readonly Urls[],
    private readonly tools: Tools,
    private readonly unlock: () => void,
  ) {
    this.clock = tools.clock ?? REAL_CLOCK;
    this.interval = 60_000 / tools.copiesPerMinute;
    this.own = new Map(urls.flatMap((one) => (one.address === null ? [] : [[one.address, one]])));
    // Clocks are set back at times.
    job.next = Math.min(job.next, this.clock.now() + this.interval);
    this.write = writerOf(mail, job.reading, tools.origin);
  }

  /**
   * Copies as planned; the plan is kept before this resolves.
   * Throws SentAlready, also for copies that were begun and are to be resumed, and SentElsewhere.
   */
  static async begin(job: Job, mail: Mail, urls: readonly Urls[], tools: Tools): Promise<Copies> {
    return Copies.locked(job.id, tools, async (unlock) => {
      if (await load(tools.store, job.id)) {
        throw new SentAlready();
      }
      await saveProgress(tools.store, job);
      await savePlan(tools.store, job);
      return new Copies(job, mail, urls, tools, unlock);
    });
  }

  /**
   * Those of a message whose copies were begun and not finished; null if none were begun.
   * Throws MailChanged, SentAlready, SentElsewhere.
   */
  static async resume(id: string, mail: Mail, urls: readonly Urls[], tools: Tools): Promise<Copies | null> {
    return Copies.locked(id, tools, async (unlock) => {
      const job = await load(tools.store, id);
      if (job === "finished") {
        throw new SentAlready();
      }
      if (job && !isAbout(job, mail)) {
        throw new MailChanged();
      }
      if (job === null) {
        unlock();
      }
      return job && new Copies(job, mail, urls, tools, unlock);
    });
  }

  private static async locked<T>(
    id: string,
    tools: Tools,
    work: (unlock: () => void) => Promise<T>,
  ): Promise<T> {
    const unlock = tools.lock ? await tools.lock(id) : () => {};
    if (unlock === null) {
      throw new SentElsewhere();
    }
    try {
      return await work(unlock);
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
    if (this.job.states[0] === "failed" && this.job.codes.get(0) !== LEFT) {
      this.mark(0, "waiting"); // Nobody gets what Graph would not take from its sender.
    }
    this.changed();
    try {
      await this.loop();
    } catch {
      this.halt("storage", "");
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
    for (const place of places) {
      const state = this.job.states[place];
      if (state === "failed" || state === "doubt") {
        this.mark(place, decision === "again" ? "waiting" : "failed", decision === "again" ? "" : LEFT);
      }
    }
    await this.save();
    await savePlan(this.tools.store, this.job); // It may have been finished.
    if (this.state !== "running" && this.state !== "pausing") {
      await this.settle();
    }
  }

  private async loop(): Promise<void> {
    while (this.state === "running") {
      const place = this.job.states.indexOf("waiting");
      const isTrial = this.job.states[0] === "trying";
      if (place < 0 && this.under.size === 0) {
        return;
      }
      if (place < 0 || isTrial || this.under.size >= PACE.inFlight) {
        await this.sleep(Promise.race(this.under));
        continue;
      }
      const wait = Math.max(this.job.next, this.notBefore) - this.clock.now();
      if (wait > 0) {
        await this.sleep(this.clock.sleep(wait));
        continue;
      }
      this.job.next = this.clock.now() + this.interval;
      this.mark(place, "trying");
      await this.save().catch((error: unknown) => {
        this.mark(place, "waiting");
        throw error;
      });
      const under: Promise<void> = this.attempt(place).finally(() => this.under.delete(under));
      this.under.add(under);
    }
  }

  private async attempt(place: number): Promise<void> {
    const { address, set } = this.job.entries[place] as Job["entries"][number];
    const mail = this.mailFor(address, set);
    if (mail) {
      this.take(place, await post(this.tools, mail, address, set === null));
    } else {
      this.mark(place, "failed", ERASED);
    }
    try {
      await this.save();
    } catch {
      this.halt("storage", "");
    }
  }

  /** What `address` gets; null if the server knows that recipient no more. */
  private mailFor(address: string, set: number | null): Mail | null {
    if (set === null) {
      return this.mail;
    }
    const urls = this.own.size > 0 ? this.own.get(address) : this.urls[set];
    return urls ? this.write(urls) : null;
  }

  private take(place: number, attempt: Attempt): void {
    switch (attempt.outcome) {
      case "sent":
        this.failures = 0;
        this.backOff = PACE.firstWait;
        this.mark(place, "sent");
        break;
      case "failed":
        this.failures += 1;
        this.mark(place, "failed", attempt.code);
        if (place === 0 || this.failures >= PACE.failing) {
          this.halt("failing", attempt.code);
        }
        break;
      case "later":
        this.notBefore = Math.max(this.notBefore, this.clock.now() + (attempt.wait ?? this.backOff));
        this.backOff = Math.min(PACE.longestWait, this.backOff * 2);
        this.mark(place, "waiting");
        break;
      case "stopped":
        this.mark(place, "waiting");
        this.halt(attempt.why, attempt.code);
        break;
      case "doubt":
        this.failures += 1;
        this.mark(place, "doubt");
        if (!attempt.answered || place === 0 || this.failures >= PACE.failing) {
          this.halt(attempt.answered ? "failing" : "offline", "");
        }
        break;
    }
  }

  private mark(place: number, state: Job["states"][number], code = ""): void {
    this.job.states[place] = state;
    if (code) {
      this.job.codes.set(place, code);
    } else {
      this.job.codes.delete(place);
    }
    this.changed();
  }

  private halt(why: Stop, code: string): void {
    if (this.state === "running" || this.state === "pausing") {
      this.state = "stopped";
      this.stop = { why, code };
      this.wake();
      this.changed();
    }
  }

  /** Afterwards: finished, and forgotten, if nothing waits and nothing is in doubt. */
  private async settle(): Promise<void> {
    const isOpen = this.job.states.some((state) => state !== "sent" && state !== "failed");
    if (!isOpen) {
      this.state = "finished";
      await this.saving.catch(() => {});
      await finish(this.tools.store, this.job.id).catch(() => {});
    } else if (this.state !== "stopped") {
      this.state = "paused";
    }
    this.changed();
  }

  /** Writes what is known now, after what is being written. */
  private save(): Promise<void> {
    const write = () => saveProgress(this.tools.store, this.job);
    this.saving = this.saving.then(write, write);
    return this.saving;
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

/** What this pane knows of a job, and the server does not know yet: told one after the other, and once more if need be. */

import { adopt, type CopyState, type Job, LETTERS } from "./job";
import type { Ledger } from "./ledger";
import { type Clock, PACE } from "./tools";

export class Notes {
  private lastWord = 0;
  /** Places of which the server knows less than this pane. */
  private readonly unsaid = new Set<number>();
  private saving: Promise<void> = Promise.resolve();

  constructor(
    private readonly job: Job,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly onChange: () => void,
  ) {}

  /** Whether the server should hear again that this pane is there. */
  get isDue(): boolean {
    return this.clock.now() >= this.lastWord + PACE.signOfLife;
  }

  /** Has this pane send from now on, with what the server knows. Throws SentElsewhere and Undone. */
  async take(): Promise<void> {
    const run = await this.ledger.take();
    this.lastWord = this.clock.now();
    adopt(this.job, run, this.clock.now());
    this.unsaid.clear();
    this.job.states.forEach((state, place) => {
      if (LETTERS[state] !== run.states[place]) {
        this.unsaid.add(place);
      }
    });
  }

  mark(place: number, state: CopyState, code = ""): void {
    this.job.states[place] = state;
    this.unsaid.add(place);
    if (code) {
      this.job.codes.set(place, code);
    } else {
      this.job.codes.delete(place);
    }
    this.onChange();
  }

  /** Has the server note it all, after what it is told already. Throws SentElsewhere and Undone. */
  save(letsGo = false): Promise<void> {
    const write = () => this.say(letsGo);
    this.saving = this.saving.then(write, write);
    return this.saving;
  }

  private async say(letsGo: boolean): Promise<void> {
    const { job } = this;
    const places = [...this.unsaid];
    this.unsaid.clear();
    const said = places.map((place) => ({
      place,
      state: LETTERS[job.states[place] as CopyState],
      reason: job.codes.get(place) ?? "",
    }));
    try {
      await this.ledger.note(said, letsGo);
      this.lastWord = this.clock.now();
    } catch (error) {
      for (const place of places) {
        this.unsaid.add(place);
      }
      throw error;
    }
  }
}

/** A server that is made up, for pane_scenarios.ts, which stands behind this in one module. */

import { type AnyExpansion, Trouble } from "./api";
import { counted } from "./amounts";

type Step = Record<string, unknown>;

const BALANCE = { members_read: 4, lists: 0, duplicates: 0, without_address: 0, unreadable: 0, not_mail: 0 };

function done(id: string, count = 4, complete = true): AnyExpansion {
  return {
    state: "done",
    id,
    count: counted(count, complete),
    complete,
    expires_at: "2030-01-01T00:00:00Z",
    lists: [],
    balance: { ...BALANCE, recipients: count },
    overlaps: [],
    external: 0,
    mailboxes: { shared: 0, room: 0, equipment: 0 },
    problems: [],
    warnings: [],
  };
}

function running(beat: string): AnyExpansion {
  const at = "2026-01-01T00:00:00Z";
  const progress = { lists_done: 1, lists_known: 2, recipients: 3, provisional: null, estimate: null, before: 0 };
  return { state: "running", id: "e", expires_at: at, progress: { ...progress, started_at: at, beat_at: beat } };
}

/** A server that does what each of `steps` says, one for each request; the last for ever. */
class Script {
  readonly log: string[] = [];
  time = 0;

  constructor(private readonly steps: { expand: Step[]; get: Step[]; delete?: Step[] }) {}

  expand = (id: string) => this.take("expand", id);
  getExpansion = (id: string) => this.take("get", id);
  forgetExpansion = async (id: string) => {
    await this.take("delete", id);
  };
  wait = async (milliseconds: number) => {
    this.time += milliseconds;
    await new Promise((resolve) => setTimeout(resolve, 0));
  };

  private async take(kind: "expand" | "get" | "delete", id: string): Promise<AnyExpansion> {
    this.log.push(kind);
    const steps = this.steps[kind] ?? [{}];
    const step = steps.length > 1 ? (steps.shift() as Step) : (steps[0] as Step);
    if (step.never) {
      return new Promise(() => {});
    }
    if (step.status !== undefined) {
      const wait = (step.retryAfter as number | undefined) ?? null;
      throw new Trouble(String(step.code), "What happened.", "What to do.", Number(step.status), wait);
    }
    return step.running ? running(String(step.running)) : done(id);
  }
}

/**
 * The server's side of the ledger of copies, as cruel as its own rules allow. Put before copies_world.ts by
 * tests/support/copies.py.
 */

import { Trouble } from "./api";

const HELD = 180_000;
const FOLLOWS: Record<string, string> = { w: "wtf", t: "wtsfd", s: "s", f: "wf", d: "wfd" };

type Notes = { holder: string; changes?: readonly { place: number; state: string; reason?: string }[]; lets_go?: boolean };

/** The server's side of the ledger. */
class Server {
  states = "";
  reasons: { place: number; reason: string }[] = [];
  beginsAt = 0;
  holder = "";
  device = "";
  until = 0;

  constructor(private readonly world: World) {}

  answer() {
    const seconds = (at: number) => Math.max(0, Math.ceil((at - this.world.now) / 1000));
    const { states, reasons, device } = this;
    return { states, reasons, device, begins_in: seconds(this.beginsAt), free_in: seconds(this.until) };
  }

  look() {
    if (!this.states) {
      throw refused(404);
    }
    return this.answer();
  }

  take({ holder, device }: { holder: string; device: string }) {
    const { world } = this;
    if (world.isDeleted) {
      throw refused(404);
    }
    if (!this.states) {
      this.states = "w".repeat(world.scenario.recipients + 1);
      this.beginsAt = world.now + (world.scenario.undo ?? 0) * 1000;
    } else if (this.holder !== holder) {
      if (this.until > world.now && this.device !== device) {
        throw refused(409);
      }
      this.states = this.states.replaceAll("t", "d");
    }
    [this.holder, this.device, this.until] = [holder, device, world.now + HELD];
    return this.answer();
  }

  note({ holder, changes = [], lets_go }: Notes) {
    const { world } = this;
    if (world.isDeleted) {
      throw refused(404);
    }
    if (this.holder !== holder) {
      throw refused(409);
    }
    const letters = this.states.split("");
    for (const { place, state, reason } of changes) {
      const before = letters[place] as string;
      if (!FOLLOWS[before]?.includes(state) || (state === "t" && world.now < this.beginsAt)) {
        world.wrong.push(`${before}${state}`);
        throw refused(409);
      }
      letters[place] = state;
      this.reasons = this.reasons.filter((one) => one.place !== place);
      if (state === "f" && reason) {
        this.reasons.push({ place, reason });
      }
    }
    this.states = letters.join("");
    this.until = lets_go ? world.now : world.now + HELD;
    return this.answer();
  }
}

function refused(status: number): Trouble {
  return new Trouble("refused", "", "", status);
}

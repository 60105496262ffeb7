/**
 * A world in which copies are sent: a clock that jumps, a Graph that answers as it is told, a device that
 * keeps things and may stop at any moment. Bundled by tests/addin/test_addin_copies.py; imports begin at addin/src.
 */

import { Copies, plan, type Urls } from "./copies/engine";

type Reply = { is: string; after?: number; seconds?: number | string; code?: string; latency?: number };
type Scenario = {
  recipients: number;
  pseudonymous?: boolean;
  /** From this recipient on, all share one mail. */
  shared?: number;
  copiesPerMinute?: number;
  /** What Graph does with each request, in turn; afterwards it takes all. */
  replies?: Reply[];
  latency?: number;
  /** At which of its steps the device stops, once for each life. */
  crashes?: number[];
  /** What the person does after each run: run, again, leave. Afterwards, whatever ends it, without `again`. */
  then?: string[];
  pauseAt?: number;
  tokenFails?: number[];
  storeFails?: number[];
  rounds?: number;
  /** The recipient who is erased after the first life. */
  erased?: number;
};

const ORIGIN = "https://t.contoso.example";
const MAIL = { subject: "Hello", html: '<p><a href="http://a.example/">a</a></p>' };
const SENDER = "sender@contoso.example";

class World {
  now = 1_000_000;
  dead = false;
  steps = 0;
  flying = 0;
  mostFlying = 0;
  tokens = 0;
  puts = 0;
  readonly timers: { at: number; wake: () => void }[] = [];
  readonly kept = new Map<string, string>();
  readonly delivered: { address: string; html: string; kept: boolean; at: number }[] = [];
  readonly asked: number[] = [];
  readonly bodies: string[] = [];

  constructor(readonly scenario: Scenario) {}

  clock = {
    now: () => this.now,
    sleep: (milliseconds: number) =>
      new Promise<void>((wake) => {
        this.timers.push({ at: this.now + milliseconds, wake });
      }),
  };

  /** Here the device may stop. What comes after does not happen. */
  async step(): Promise<void> {
    this.steps += 1;
    if (this.scenario.crashes?.[0] === this.steps) {
      this.scenario.crashes.shift();
      this.dead = true;
    }
    if (this.dead) {
      await new Promise(() => {});
    }
  }

  store = {
    get: async (key: string) => this.kept.get(key) ?? null,
    put: async (key: string, text: string) => {
      await this.step();
      this.puts += 1;
      if (this.scenario.storeFails?.includes(this.puts)) {
        throw new Error("full");
      }
      this.kept.set(key, text);
      await this.step();
    },
    remove: async (key: string) => {
      await this.step();
      this.kept.delete(key);
      await this.step();
    },
  };

  token = async () => {
    this.tokens += 1;
    if (this.scenario.tokenFails?.includes(this.tokens)) {
      throw new Error("no token");
    }
    return `token ${this.tokens}`;
  };

  fetch = async (url: string, request: RequestInit): Promise<Response> => {
    await this.step();
    this.asked.push(this.now);
    this.bodies.push(`${url} ${request.body}`);
    this.flying += 1;
    this.mostFlying = Math.max(this.mostFlying, this.flying);
    const reply = this.scenario.replies?.shift() ?? { is: "taken" };
    const { message, saveToSentItems } = JSON.parse(String(request.body));
    if (reply.is === "taken" || reply.is === "lost answer" || reply.is === "late error") {
      this.delivered.push({
        address: message.toRecipients[0].emailAddress.address,
        html: message.body.content,
        kept: saveToSentItems,
        at: this.now,
      });
    }
    await this.clock.sleep(reply.latency ?? this.scenario.latency ?? 300);
    this.flying -= 1;
    await this.step();
    return answerTo(reply);
  };
}

function answerTo(reply: Reply): Response {
  const error = (status: number, code = "Error", headers = {}) =>
    new Response(JSON.stringify({ error: { code } }), { status, headers });
  const wait = reply.seconds === undefined ? {} : { "Retry-After": String(reply.seconds) };
  switch (reply.is) {
    case "taken":
      return new Response(null, { status: 202 });
    case "throttled":
      return error(429, "ApplicationThrottled", wait);
    case "unavailable":
      return error(503, "ServiceUnavailable", wait);
    case "refused":
      return error(400, reply.code ?? "ErrorInvalidRecipients");
    case "denied":
      return error(403, "ErrorAccessDenied");
    case "unauthorized":
      return error(401);
    case "too large":
      return new Response("no JSON", { status: 413 });
    case "error":
    case "late error":
      return error(500);
    default:
      throw new TypeError("network"); // "no network" and "lost answer"
  }
}

/** Lets time pass until `work` is done or the device stops. */
async function live<T>(world: World, work: Promise<T>): Promise<T | "crashed"> {
  let result: { value: T } | { error: unknown } | null = null;
  work.then(
    (value) => {
      result = { value };
    },
    (error) => {
      result = { error };
    },
  );
  for (;;) {
    for (let turn = 0; turn < 3; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (world.dead) {
      return "crashed";
    }
    if (result) {
      if ("error" in result) {
        throw (result as { error: unknown }).error;
      }
      return (result as { value: T }).value;
    }
    world.timers.sort((one, other) => one.at - other.at);
    const next = world.timers.shift();
    if (!next) {
      throw new Error("nothing will ever happen");
    }
    world.now = Math.max(world.now, next.at);
    next.wake();
  }
}

export async function simulate(scenario: Scenario) {
  const world = new World(scenario);
  const addresses = Array.from({ length: scenario.recipients }, (_, n) => `r${n}@contoso.example`);
  const urls: Urls[] = addresses.map((address, place) => {
    const shared = scenario.shared !== undefined && place >= scenario.shared;
    const n = shared ? "all" : place;
    return {
      address: scenario.pseudonymous ? null : address,
      pixel_url: `${ORIGIN}/o/${n}`,
      notice_url: `${ORIGIN}/p/${n}`,
      links: { "http://a.example/": `${ORIGIN}/c/${n}` },
      shared,
    };
  });
  const tools = toolsOf(world);
  const changes: unknown[] = [];
  const states: string[] = [];
  let copies: Copies | null = null;
  let progress: unknown = null;
  for (let round = 0; round < (scenario.rounds ?? 30); round++) {
    world.dead = false;
    world.steps = 0;
    world.flying = 0;
    world.timers.length = 0;
    const now = urls.filter((_, n) => round === 0 || n !== scenario.erased);
    const life = async () => {
      copies ??= await Copies.resume("m", MAIL, now, tools);
      copies ??= await Copies.begin(plan("m", MAIL, SENDER, urls, addresses), MAIL, urls, tools);
      copies.onChange = (now) => changes.push(now);
      if (scenario.pauseAt !== undefined && round === 0) {
        const paused = copies;
        void world.clock.sleep(scenario.pauseAt).then(() => paused.pause());
      }
      return copies.run();
    };
    let ended: Awaited<ReturnType<Copies["run"]>> | "crashed";
    try {
      ended = await live(world, life());
    } catch (error) {
      states.push((error as Error).constructor.name);
      break;
    }
    if (ended === "crashed") {
      states.push("crashed");
      copies = null;
      continue;
    }
    progress = ended;
    states.push(ended.stop ? `${ended.state}: ${ended.stop.why}` : ended.state);
    const open = (copies as unknown as Copies).open;
    const next = scenario.then?.shift();
    if (next === "again" || next === "leave") {
      const places = open.map(({ place }) => place);
      await live(world, (copies as unknown as Copies).decide(places, next));
      progress = (copies as unknown as Copies).progress;
    }
    if (next === "stay" || (next !== "again" && next !== "run" && ended.waiting === 0)) {
      break;
    }
    if (next === "reopen") {
      copies = null;
    }
  }
  const left = copies as Copies | null;
  return {
    states,
    progress,
    open: left?.open ?? [],
    delivered: world.delivered,
    asked: world.asked,
    bodies: world.bodies,
    kept: Object.fromEntries(world.kept),
    mostFlying: world.mostFlying,
    steps: world.steps,
    changes,
  };
}

function toolsOf({ token, fetch, store, clock, scenario }: World) {
  const copiesPerMinute = scenario.copiesPerMinute ?? 25;
  return { graphUrl: "https://graph.example/v1.0", token, fetch, copiesPerMinute, store, clock, origin: ORIGIN };
}

/** Which URLs go to whom, so often. */
export function assignments(recipients: number, times: number): (number | null)[][] {
  const addresses = Array.from({ length: recipients }, (_, n) => `r${n}@contoso.example`);
  const urls = addresses.map((_, n) => ({ address: null, pixel_url: `${n}`, notice_url: `${n}`, links: {} }));
  return Array.from({ length: times }, () =>
    plan("m", MAIL, SENDER, urls, addresses).entries.map(({ set }) => set),
  );
}

/** What becomes of copies whose mail was changed, which are sent elsewhere, or were sent. */
export async function refusals(): Promise<string[]> {
  const world = new World({ recipients: 1 });
  const urls = [{ address: "r0@contoso.example", pixel_url: `${ORIGIN}/o/0`, notice_url: `${ORIGIN}/p/0`, links: {} }];
  const tools = toolsOf(world);
  const job = () => plan("m", MAIL, SENDER, urls, []);
  const said: string[] = [];
  const hear = (work: Promise<unknown>) =>
    work.then(
      (value) => said.push(value === null ? "nothing" : "fine"),
      (error) => said.push(error.constructor.name),
    );
  await hear(Copies.resume("m", MAIL, urls, tools));
  await hear(Copies.begin(job(), MAIL, urls, { ...tools, lock: async () => null }));
  const first = await Copies.begin(job(), MAIL, urls, tools);
  await hear(Copies.begin(job(), MAIL, urls, tools));
  await hear(Copies.resume("m", { ...MAIL, subject: "Other" }, urls, tools));
  await hear(Copies.resume("m", { ...MAIL, html: `${MAIL.html} ` }, urls, tools));
  await hear(Copies.resume("m", MAIL, urls, tools));
  await live(world, first.run());
  await hear(Copies.resume("m", MAIL, urls, tools));
  await hear(Copies.begin(job(), MAIL, urls, tools));
  return said;
}

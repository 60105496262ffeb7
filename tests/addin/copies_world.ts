/**
 * A world in which copies are sent: a clock that jumps, a Graph that answers as it is told, a device that
 * keeps things and may stop at any moment. Put together by tests/support/copies.py, as imports begin at addin/src.
 */

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
  /** Which words the server does not hear, and of which the answer is lost; each try is a word. */
  wordsFail?: number[];
  wordsLost?: number[];
  rounds?: number;
  /** The recipient who is erased after the first life. */
  erased?: number;
  /** Whether each life is on another device than the one before. */
  moves?: boolean;
  /** Seconds in which all can be taken back. */
  undo?: number;
  /** When the message is deleted, in milliseconds since the beginning. */
  deletedAt?: number;
  /** Before which word the laptop sleeps, and for how long. */
  sleeps?: { word: number; milliseconds: number };
};

const ORIGIN = "https://t.contoso.example";
const MAIL = { subject: "Hello", html: '<p><a href="http://a.example/">a</a></p>' };
const SENDER = "sender@contoso.example";
const START = 1_000_000;
class World {
  now = START;
  dead = false;
  steps = 0;
  flying = 0;
  mostFlying = 0;
  tokens = 0;
  words = 0;
  lives = 0;
  wrong: string[] = [];
  readonly server = new Server(this);
  readonly timers: { at: number; wake: () => void }[] = [];
  readonly kept = new Map<string, string>();
  readonly delivered: { address: string; html: string; kept: boolean; at: number }[] = [];
  readonly asked: number[] = [];
  readonly began: number[] = [];
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

  get isDeleted(): boolean {
    return this.now >= START + (this.scenario.deletedAt ?? Number.POSITIVE_INFINITY);
  }

  store = {
    get: async (key: string) => this.kept.get(key) ?? null,
    put: async (key: string, text: string) => {
      await this.step();
      this.kept.set(key, text);
      await this.step();
    },
    remove: async (key: string) => {
      await this.step();
      this.kept.delete(key);
      await this.step();
    },
  };

  /** The app, as the pane asks it. */
  api = {
    getCopies: async () => this.server.look(),
    takeCopies: (_: string, holder: { holder: string; device: string }) => this.hear(() => this.server.take(holder)),
    noteCopies: (_: string, notes: Notes) => this.hear(() => this.server.note(notes)),
  };

  /** Here, too, the device may stop: before the server has heard it, and after. */
  private async hear<T>(work: () => T): Promise<T> {
    const { wordsFail, wordsLost, sleeps } = this.scenario;
    await this.step();
    this.words += 1;
    const word = this.words;
    await this.clock.sleep(sleeps?.word === word ? sleeps.milliseconds : 40);
    const offline = new Trouble("offline", "", "");
    if (wordsFail?.includes(word)) {
      throw offline;
    }
    const answer = work();
    await this.step();
    if (wordsLost?.includes(word)) {
      throw offline;
    }
    return answer;
  }

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

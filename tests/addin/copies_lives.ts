/** Lives of panes in that world, one after the other and side by side. */

import { contentDigest } from "./copies/content";
import { Copies } from "./copies/engine";
import { drawn, entriesOf, loadDraw, saveDraw, type Urls } from "./copies/job";
import { serverLedger } from "./copies/ledger";

export async function simulate(scenario: Scenario) {
  const world = new World(scenario);
  const addresses = Array.from({ length: scenario.recipients }, (_, n) => `r${n}@contoso.example`);
  const urls: Urls[] = addresses.map((address, place) => {
    const shared = scenario.shared !== undefined && place >= scenario.shared;
    const n = shared ? "all" : place;
    return {
      number: place + 1,
      address: scenario.pseudonymous ? null : address,
      pixel_url: `${ORIGIN}/o/${n}`,
      notice_url: `${ORIGIN}/p/${n}`,
      links: { "http://a.example/": `${ORIGIN}/c/${n}` },
      shared,
    };
  });
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
      copies ??= await opened(world, now, addresses);
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
      if (scenario.moves) {
        world.now += HELD; // until the device that died is given up
      }
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
    if (next === "later") {
      world.now += 3_600_000;
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
    known: world.server.states,
    wrong: world.wrong,
    began: world.began,
    mostFlying: world.mostFlying,
    steps: world.steps,
    changes,
  };
}

/** As the pane does it: what was begun goes on, what was not begins. */
async function opened(world: World, urls: Urls[], addresses: string[]): Promise<Copies> {
  const tools = toolsOf(world);
  const run = await tools.ledger.look();
  let entries = entriesOf(SENDER, urls);
  if (world.scenario.pseudonymous) {
    const known = await loadDraw(tools.store, "m");
    entries = known ?? drawn(SENDER, urls.length, addresses);
    if (!known) {
      await saveDraw(tools.store, "m", entries);
    }
  }
  return Copies.open({ id: "m", mail: MAIL, urls, entries }, run, tools);
}

function toolsOf(world: World) {
  const { token, fetch, store, clock, scenario } = world;
  world.lives += 1;
  const device = scenario.moves ? `device-${world.lives}` : "device";
  return {
    graphUrl: "https://graph.example/v1.0",
    token,
    fetch,
    copiesPerMinute: scenario.copiesPerMinute ?? 25,
    store,
    clock,
    origins: { origin: ORIGIN, app: ORIGIN },
    ledger: serverLedger(world.api as never, "m", device, `life-${world.lives}`, clock),
    beforeFirst: async () => world.began.push(world.now),
  };
}

/** Which URLs go to whom, so often. */
export function assignments(recipients: number, times: number): (number | null)[][] {
  const addresses = Array.from({ length: recipients }, (_, n) => `r${n}@contoso.example`);
  return Array.from({ length: times }, () =>
    Array.from(drawn(SENDER, recipients, addresses).values(), ({ number }) => number),
  );
}

/** The same where recipients have groups, by their number. */
export function dealt(groups: number[], times: number): (number | null)[][] {
  const addresses = groups.map((_, n) => `r${n}@contoso.example`);
  return Array.from({ length: times }, () =>
    Array.from(drawn(SENDER, groups.length, addresses, groups).values(), ({ number }) => number),
  );
}

/** The digests of mails, to be told apart or not. */
export function digests(mails: { subject: string; html: string }[]): string[] {
  return mails.map(contentDigest);
}

/** What becomes of copies that are sent by two at once, in one browser and on two devices. */
export async function refusals(): Promise<string[]> {
  const world = new World({ recipients: 1, moves: true });
  const urls = [
    { number: 1, address: "r0@contoso.example", pixel_url: `${ORIGIN}/o/0`, notice_url: null, links: {} },
  ];
  const said: string[] = [];
  const hear = (work: Promise<unknown>) =>
    work.then(
      () => said.push("fine"),
      (error) => said.push(error.constructor.name),
    );
  const sending = { id: "m", mail: MAIL, urls, entries: entriesOf(SENDER, urls) };
  await hear(live(world, Copies.open(sending, null, { ...toolsOf(world), lock: async () => null })));
  const first = await live(world, Copies.open(sending, null, toolsOf(world)));
  await hear(live(world, Copies.open(sending, null, toolsOf(world))));
  const second = await live(world, Copies.open(sending, world.server.answer(), toolsOf(world)));
  const stopped = await live(world, (second as Copies).run());
  said.push(`${(stopped as Awaited<ReturnType<Copies["run"]>>).stop?.why}`);
  await hear(live(world, (first as Copies).run()));
  const late = await live(world, (second as Copies).run());
  said.push(`${(late as Awaited<ReturnType<Copies["run"]>>).state}`, `${world.delivered.length}`);
  return said;
}

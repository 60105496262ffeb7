/**
 * What tests/addin/pane asks of the pane: its logic, with an Outlook and a server that are made up. pane_server.ts
 * stands before this in one module.
 */

import type { Config } from "./config";
import type { Mail } from "./outlook/mail";
import { gather } from "./outlook/recipients";
import { stampOf } from "./outlook/stamp";
import { isDark } from "./outlook/theme";
import { callOff, count } from "./pane/count";
import { Flow } from "./pane/flow";
import { progressOf, roughly } from "./pane/progress";
import { readDraft, writeDraft } from "./pane/record";
import { balanceLines, grouped, treeOf } from "./pane/review";
import { next, START, type State } from "./pane/state";
import { Tracker } from "./pane/tracker";

export { balanceLines, gather, grouped, isDark, progressOf, readDraft, roughly, stampOf, writeDraft };

// The pane looks at the mail now and then; no test waits for that.
globalThis.setInterval = (() => 0) as never;
globalThis.location = { origin: "https://rollcall.contoso.example" } as never;

/** What counting came to, and what was asked of the server. */
export async function counting(steps: { expand: Step[]; get: Step[] }) {
  const script = new Script(steps);
  const seen: number[] = [];
  try {
    const found = await count(script, "e", ["a@b.c"], {
      signal: new AbortController().signal,
      onProgress: (progress) => seen.push(progress.recipients),
      wait: script.wait,
      now: () => script.time,
    });
    return { count: found.count.at_least, log: script.log, seen };
  } catch (thrown) {
    return { code: (thrown as Trouble).code, log: script.log, seen };
  }
}

export async function cancelling(steps: Step[]) {
  const script = new Script({ expand: [], get: [], delete: steps });
  await callOff(script, "e", script.wait);
  return script.log;
}

export function treeOfMany(lists: number) {
  const entries = Array.from({ length: lists }, (_, n) => ({
    id: `${n}`,
    parent: n === 0 ? null : `${Math.floor((n - 1) / 10)}`,
  }));
  const began = performance.now();
  const { roots, childrenOf } = treeOf(entries as never);
  const below = [...childrenOf.values()].reduce((sum, children) => sum + children.length, 0);
  return { milliseconds: performance.now() - began, roots: roots.length, below };
}

export function overtaken() {
  const recipients = { addresses: ["a@b.c"], unresolved: [], cut: [] };
  let state: State = next(START, { is: "counting", recipients, now: 0 });
  state = next(state, { is: "cancelled" });
  const after = next(state, { is: "progress", progress: running("1").progress as never, now: 1 });
  return { at: after.at, same: after === state };
}

interface Setting {
  to: string[];
  html?: string;
  type?: string;
  record?: string | null;
  known?: string[];
  counts?: number[];
  canSend?: boolean;
  sendFails?: boolean;
  setThrows?: boolean;
  /** What Outlook does to a body: each write uses up one; the last for ever. */
  mangle?: ("no" | "cut")[];
  hasNoNotice?: boolean;
  /** When the mail is to be delivered; null: at once; left out: Outlook does not say. */
  deliverAt?: number | null;
  /** Outlook takes a time and does not keep it. */
  losesTimes?: boolean;
  disarmFails?: boolean;
}

const NOTICE = `${location.origin}/p/EVERYBODY`;
const CONFIG = { hasNotice: true, modes: ["counting"], sendsFromPane: true, perRecipientLimit: 10_000, copiesPerMinute: 30, copiesUndo: 0 } as unknown as Config;
const OLD = "https://rollcall.contoso.example";

function world(setting: Setting) {
  const log: string[] = [];
  const sent: unknown[] = [];
  const counts = [...(setting.counts ?? [4])];
  const known = new Map((setting.known ?? []).map((id) => [id, done(id, counts[0])]));
  const mangle = [...(setting.mangle ?? ["no"])];
  const it = {
    html: setting.html ?? "<p>Hello</p>",
    to: setting.to,
    record: setting.record ?? null,
    deliverAt: setting.deliverAt,
    changed: () => {},
  };
  const session = new Map<string, string>();
  const mail: Mail = {
    platform: { kind: "web", cap: 1000, canTrack: true, canSend: setting.canSend ?? true, hasBodyMode: true, knowsDelivery: true },
    delivery: async () => it.deliverAt,
    setDelivery: async (at) => {
      log.push(`deliver ${at}`);
      it.deliverAt = setting.losesTimes ? null : at;
    },
    sender: async () => ({ name: "Ann", address: "ann@company.com" }),
    recipients: async () => gather([it.to.map((emailAddress) => ({ emailAddress, displayName: "" }))], 1000),
    onRecipientsChanged: (changed) => {
      it.changed = changed;
    },
    isHtml: async () => (setting.type ?? "html") === "html",
    readBody: async () => it.html,
    writeBody: async (html) => {
      log.push("write");
      if (setting.setThrows) {
        throw new Error("too long");
      }
      const how = mangle.length > 1 ? mangle.shift() : mangle[0];
      it.html = how === "cut" ? html.replace(/<p>.*?<\/p>/, "") : html;
    },
    subject: async () => "",
    copyObstacles: async () => [],
    composeType: async () => "newMail",
    readRecord: async () => it.record,
    writeRecord: async (text) => {
      it.record = text;
    },
    session: {
      read: async (name) => session.get(name) ?? null,
      write: async (name, text) => Boolean(session.set(name, text)),
      forget: async (name) => {
        session.delete(name);
      },
    },
    save: async () => {},
    send: async () => {
      log.push("send");
      if (setting.sendFails) {
        throw new Error("blocked");
      }
    },
  };
  const api = {
    expand: async (id: string) => {
      log.push("expand");
      const found = done(id, counts.length > 1 ? counts.shift() : counts[0]);
      known.set(id, found);
      return found;
    },
    getExpansion: async (id: string) => {
      log.push("get");
      const found = known.get(id);
      if (!found) {
        throw new Trouble("not_found", "", "", 404);
      }
      return found;
    },
    forgetExpansion: async (id: string) => {
      log.push("forget");
      known.delete(id);
    },
    register: async (message: { links: string[] }) => {
      log.push("register");
      sent.push(message);
      const links = Object.fromEntries(message.links.map((url, n) => [url, `${OLD}/c/TOKEN${n}`]));
      return { message_id: "m", mode: "counting", count: counted(4, true), pixel_url: `${OLD}/o/PIXEL.gif`, links, notice_url: setting.hasNoNotice ? null : NOTICE };
    },
    arm: async (_: string, hasNotice: boolean, at: number | null) =>
      log.push(`arm${hasNotice ? "" : " without a notice"}${at === null ? "" : ` for ${at}`}`),
    disarm: async () => {
      if (setting.disarmFails) {
        throw new Trouble("server", "", "", 500);
      }
      log.push("disarm");
    },
    deleteMessage: async () => log.push("delete"),
    getReport: async () => ({ links: (sent[0] as { links: string[] }).links.map((url) => ({ url })) }),
  };
  let ids = 0;
  const flow = new Flow(mail, api as never, () => 1_700_000_000_000, () => `id-${ids++}`);
  const tracker = new Tracker(flow, mail, api as never, CONFIG, {} as never);
  return { flow, tracker, it, log, sent, mail, api, session };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

function shown({ flow, it, log }: ReturnType<typeof world>) {
  const { state } = flow;
  const review = state.at === "reviewed" ? state.review : null;
  return {
    at: state.at,
    count: review?.count,
    countedAt: review?.at,
    before: review?.before,
    isStale: review?.isStale,
    step: state.at === "reviewed" ? state.tracking : null,
    record: it.record,
    html: it.html,
    log,
  };
}

export async function opening(setting: Setting) {
  const all = world(setting);
  await all.flow.start();
  await settled();
  return shown(all);
}

/** Counts, changes whom the mail is addressed to, and, if told so, counts again. */
export async function changing(setting: Setting, to: string[], again: boolean) {
  const all = world(setting);
  await all.flow.start();
  all.it.to = to;
  all.it.changed();
  await settled();
  if (again) {
    await all.flow.count();
    await settled();
  }
  return shown(all);
}

/** Counts, and does with tracking what `deeds` say, one after the other. */
export async function tracking(setting: Setting, deeds: string[]) {
  const all = world(setting);
  await all.flow.start();
  const { it, mail, api } = all;
  let { tracker, flow } = all;
  for (const deed of deeds) {
    const step = flow.state.at === "reviewed" ? flow.state.tracking : null;
    if (deed === "prepare" && step?.step === "choosing") {
      await tracker.prepare(step.choice);
    } else if (deed === "open again elsewhere") {
      all.session.clear();
      flow = all.flow = new Flow(mail, api as never);
      tracker = all.tracker = new Tracker(flow, mail, api as never, CONFIG, {} as never);
      await flow.start();
      await tracker.resume();
    } else if (deed.startsWith("to:")) {
      it.to = [deed.slice(3)]; // Outlook does not tell.
    } else if (deed.startsWith("deliver:")) {
      it.deliverAt = Number(deed.slice(8)) || null;
    } else if (deed.startsWith("edit:")) {
      const [from = "", to = ""] = deed.slice(5).split("=>");
      it.html = it.html.replace(from, to);
    } else {
      const able = (deed in tracker ? tracker : tracker.prepared) as unknown;
      await (able as Record<string, () => Promise<unknown>>)[deed]?.();
    }
    await settled();
  }
  return { ...shown(all), sent: all.sent };
}

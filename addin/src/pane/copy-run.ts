/**
 * Copies to each recipient, from the pane's side: registers the mail, hands it to the engine, and shows how far
 * that is. The mail's subject and text go from here to Graph, and nowhere else.
 */

import { type Api, asTrouble, type Page, type Recipients, Trouble } from "../api";
import type { Reading } from "../body/author";
import type { Config } from "../config";
import { contentDigest } from "../copies/content";
import { Copies } from "../copies/engine";
import { drawn, type Entries, entriesOf, forgetDraw, loadDraw, saveDraw, type Urls } from "../copies/job";
import { type Run, serverLedger } from "../copies/ledger";
import { deviceLock, deviceName, deviceStore } from "../copies/store";
import { SentElsewhere, type Store, type Tools } from "../copies/tools";
import type { Mail as Content } from "../copies/wire";
import type { Mail } from "../outlook/mail";
import type { Session } from "../session";
import { trackedWords } from "../words/pane/tracked";
import { asciiOf } from "./address-key";
import { sendSample } from "./copy-sample";
import type { DraftRecord } from "./record";
import type { Review } from "./state";
import { type Choice, type CopiesBlock, type CopiesView, registration } from "./tracking";

/** Of Microsoft Graph, whichever cloud it is. */
const SCOPES = ["Mail.Send"];
const PAGE = 10_000;
const URL_PAGE = 500;
const LOOK = 10_000; // milliseconds
const OVER = /^[sf]+$/;
/** Who gets copies, and the groups within which they are given out, where there are any. */
interface Drawing {
  readonly addresses: readonly string[];
  readonly groups: readonly number[];
  readonly draw: string;
}
const NOBODY: Drawing = { addresses: [], groups: [], draw: "" };
const UNTOUCHED = /^[wf]*$/;

export class CopyRun {
  private copies: Copies | null = null;
  private running: Promise<unknown> = Promise.resolve();
  private readonly store: Store = deviceStore();
  private isEmptied = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly mail: Mail,
    private readonly api: Api,
    private readonly config: Config,
    private readonly session: Session,
    private readonly show: (view: CopiesView) => void,
  ) {}

  /** Sends the mail to whose mailbox this is, as recipients get it, but untracked. Throws Trouble. */
  async sample(choice: Choice): Promise<void> {
    await this.session.token(SCOPES, { ask: true });
    await sendSample(
      await this.content(choice.reading),
      choice.mode,
      this.mail.self(),
      this.config,
      (fresh) => this.session.token(SCOPES, { fresh }),
    );
  }

  /**
   * Registers the mail and begins to send. `registered` is told what is to be kept with the draft, before the first
   * copy goes.
   */
  async begin(
    choice: Choice,
    review: Review,
    registered: (id: string, kept: Pick<DraftRecord, "b" | "y">) => Promise<void>,
  ): Promise<void> {
    // Whoever may not send finds out before anything is registered.
    await this.session.token(SCOPES, { ask: true });
    const content = await this.content(choice.reading);
    const sender = await this.mail.sender();
    // Nobody may know later who got which copy, so the addresses must be here before the server forgets them.
    const isDrawn = choice.mode === "pseudonymous";
    const { addresses, groups, draw } = isDrawn ? await this.recipients(review.expansionId) : NOBODY;
    const answer = await this.api.register({
      expansion_id: review.expansionId,
      mode: choice.mode,
      sender,
      ...registration(choice),
      ...(draw ? { draw } : {}),
    });
    const id = answer.message_id;
    const urls = await this.urls(id, answer.recipients ?? null);
    if (urls.length > this.config.perRecipientLimit) {
      throw new Trouble("limit", trackedWords.copies.impossible, trackedWords.copies.tooMany);
    }
    let entries = entriesOf(sender.address, urls);
    if (isDrawn) {
      entries = drawn(sender.address, urls.length, addresses, groups);
      await saveDraw(this.store, id, entries);
    }
    const { isMine } = choice.reading;
    await registered(id, {
      b: contentDigest(content),
      ...(isMine === undefined ? {} : { y: isMine ? 1 : 0 }),
    });
    const tools = await this.tools(id);
    this.follow(id, await Copies.open({ id, mail: content, urls, entries }, null, tools));
    await this.run();
  }

  /** Shows the copies that a draft's record tells of; the person goes on with them. Throws Trouble. */
  async resume(id: string, record: DraftRecord): Promise<void> {
    clearTimeout(this.timer);
    const tools = await this.tools(id);
    const [run, content] = await Promise.all([
      tools.ledger.look(),
      this.content({
        compose: await this.mail.composeType(),
        ...(record.y === undefined ? {} : { isMine: record.y === 1 }),
      }),
    ]);
    if (run && OVER.test(run.states)) {
      await this.empty();
      const missing = run.states.slice(1).split("f").length - 1;
      this.show({ is: "over", messageId: id, missing, isEmptied: this.isEmptied });
    } else if (run && run.free_in > 0 && run.device !== tools.ledger.device) {
      this.watch(id, record, run);
    } else if (!record.b || record.b !== contentDigest(content)) {
      this.block(id, record.b ? "changed" : "former", run);
    } else {
      await this.goOn(id, record, run, content, tools);
    }
  }

  /** Sends until all are sent, or something stops it. */
  async run(): Promise<void> {
    const { copies } = this;
    if (copies && copies.progress.state !== "running" && copies.progress.state !== "pausing") {
      addEventListener("beforeunload", warn);
      this.running = copies.run();
      await this.running;
      removeEventListener("beforeunload", warn);
    }
  }

  pause(): void {
    this.copies?.pause();
  }

  /** Takes all copies back, of which none has left: the server forgets the message. Whether that worked. */
  async undo(id: string): Promise<boolean> {
    clearTimeout(this.timer);
    this.pause();
    await this.running;
    const { copies } = this;
    if (copies && !copies.progress.isUntouched) {
      return false; // One was quicker.
    }
    try {
      await this.api.deleteMessage(id);
    } catch (thrown) {
      if (asTrouble(thrown).status !== 404) {
        if (copies) {
          this.tell(id, copies, asTrouble(thrown));
        }
        return false;
      }
    }
    await forgetDraw(this.store, id).catch(() => undefined);
    copies?.close();
    this.copies = null;
    return true;
  }

  /** Sends copies again that failed or may not have arrived, or leaves them. */
  async decide(places: readonly number[], decision: "again" | "leave"): Promise<void> {
    await this.copies?.decide(places, decision);
    if (decision === "again") {
      await this.run();
    }
  }

  private async goOn(
    id: string,
    record: DraftRecord,
    run: Run | null,
    content: Content,
    tools: Tools,
  ): Promise<void> {
    const urls = await this.urls(id, null);
    const sender = (await this.mail.sender()).address;
    let entries: Entries | null = entriesOf(sender, urls);
    if (record.o === "pseudonymous") {
      entries = await loadDraw(this.store, id);
    }
    if (entries === null) {
      this.block(id, "device", run);
      return;
    }
    try {
      this.follow(id, await Copies.open({ id, mail: content, urls, entries }, run, tools));
    } catch (thrown) {
      if (!(thrown instanceof SentElsewhere)) {
        throw thrown;
      }
      this.block(id, "pane", run);
    }
  }

  private follow(id: string, copies: Copies): void {
    this.copies = copies;
    copies.onChange = ({ state }) => {
      this.tell(id, copies);
      if (state === "finished" && !this.isEmptied) {
        void this.empty().then(() => this.tell(id, copies));
      }
    };
    this.tell(id, copies);
  }

  private tell(id: string, copies: Copies, trouble: Trouble | null = null): void {
    const { progress, open } = copies;
    this.show({ is: "known", messageId: id, progress, open, trouble, isEmptied: this.isEmptied });
  }

  /** What is left of the mail in Outlook must not go out as well: nobody stands in it any more. */
  private async empty(): Promise<void> {
    try {
      await this.mail.clearRecipients();
      await this.mail.save();
      this.isEmptied = true;
    } catch {
      this.isEmptied = false; // The sender is told to close it without sending.
    }
  }

  private block(id: string, why: CopiesBlock, run: Run | null): void {
    this.show({ is: "blocked", messageId: id, why, isUntouched: UNTOUCHED.test(run?.states ?? "") });
  }

  /** Shows what another device does, and looks again until it has done it. */
  private watch(id: string, record: DraftRecord, run: Run): void {
    const letters = run.states.slice(1);
    const sent = letters.split("s").length - 1;
    const freeAt = Date.now() + run.free_in * 1000;
    this.show({ is: "elsewhere", messageId: id, total: letters.length, sent, freeAt });
    this.timer = setTimeout(() => {
      void this.resume(id, record).catch(() => this.watch(id, record, run));
    }, LOOK);
  }

  private async tools(id: string): Promise<Tools> {
    return {
      graphUrl: this.config.graphUrl,
      copiesPerMinute: this.config.copiesPerMinute,
      store: this.store,
      ledger: serverLedger(this.api, id, await deviceName(this.store)),
      beforeFirst: () => this.api.arm(id),
      lock: deviceLock,
      token: (fresh) => this.session.token(SCOPES, { fresh }),
    };
  }

  private async content(reading: Reading): Promise<Content> {
    const [subject, html] = await Promise.all([this.mail.subject(), this.mail.readBody()]);
    return { subject, html, reading };
  }

  private async recipients(expansion: string): Promise<Drawing> {
    const all = { addresses: [] as string[], groups: [] as number[], draw: "" };
    for (let after: string | null = ""; after !== null; ) {
      const page: Recipients = await this.api.listRecipients(expansion, after, PAGE, true);
      all.addresses.push(...page.rows.map((row) => asciiOf(row.address)));
      all.groups.push(...page.groups);
      all.draw = page.draw;
      after = page.next;
    }
    return all;
  }

  private async urls(id: string, first: Pick<Page<Urls>, "rows" | "next"> | null): Promise<Urls[]> {
    const all: Urls[] = [...(first?.rows ?? [])];
    for (let after: string | null = first ? first.next : ""; after !== null; ) {
      const page: Page<Urls> = await this.api.listUrls(id, after, URL_PAGE);
      all.push(...page.rows);
      after = page.next;
    }
    return all;
  }
}

/** Browsers ask whether to leave, in words of their own. */
function warn(event: Event): void {
  event.preventDefault();
}

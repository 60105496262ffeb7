/**
 * Puts tracking into the mail, has it count, and takes it out again.
 *
 * The body is written once, by a person's click, and compared with what Outlook then holds. Whatever else
 * changed, it is put back as it was.
 */

import { type Api, asTrouble, type Registered, Trouble } from "../api";
import { sameButForLinks } from "../body/check";
import { findLinks, removeTracking, splice } from "../body/links";
import type { Config, Mode } from "../config";
import type { Mail } from "../outlook/mail";
import { digestOf } from "../outlook/stamp";
import type { Session } from "../session";
import { paneWords } from "../strings";
import { CopyRun } from "./copy-run";
import { type Flow, troubleOf } from "./flow";
import { readDraft } from "./record";
import type { Review } from "./state";
import {
  type Choice,
  chosen,
  type Inserted,
  isWhole,
  type Obstacle,
  type Prepared,
  type Tracking,
} from "./tracking";

/** The name in Outlook's session data under which it stands what was put into the mail. */
const INSERTED = "rollcall-inserted";
const LOOK = 5000; // milliseconds

export class Tracker {
  readonly copies: CopyRun;
  /** The body before it was changed, and as Outlook held it afterwards; known to this pane alone. */
  private bodies: { before: string; after: string } | null = null;
  private inserted: Inserted | null = null;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly flow: Flow,
    private readonly mail: Mail,
    private readonly api: Api,
    private readonly config: Config,
    session: Session,
  ) {
    this.copies = new CopyRun(mail, api, config, session, (view) => this.show({ step: "copies", view }));
  }

  /** Whether Outlook sends a mail when it is asked to. */
  get canSend(): boolean {
    return this.mail.platform.canSend && this.config.sendsFromPane;
  }

  /** Reads the mail, and shows what can be chosen. */
  async open(): Promise<void> {
    this.show({ step: "opening" });
    try {
      if (!(await this.mail.isHtml())) {
        this.show({ step: "impossible", why: "text" });
        return;
      }
      const html = await this.mail.readBody();
      const { links } = findLinks(html);
      const leftOut = new Set(links.filter((link) => link.signature).map((link) => link.url));
      const mode = this.config.modes.includes("overall") ? "overall" : (this.config.modes[0] as Mode);
      const obstacles = await this.obstacles(html);
      this.show({ step: "choosing", choice: { mode, links, leftOut, obstacles }, trouble: null });
    } catch {
      this.show({ step: "impossible", why: "unreadable" });
    }
  }

  choose(choice: Choice): void {
    this.show({ step: "choosing", choice, trouble: null });
  }

  close(): void {
    this.show({ step: "none" });
  }

  /** Registers the mail, and puts the pixel and the links in. */
  async prepare(choice: Choice): Promise<void> {
    const review = this.review();
    this.show({ step: "preparing", stage: "registering" });
    let registered: Registered;
    try {
      registered = await this.api.register({
        expansion_id: review.expansionId,
        mode: choice.mode,
        sender: await this.mail.sender(),
        links: chosen(choice).map((link) => link.url),
      });
    } catch (thrown) {
      this.show({ step: "choosing", choice, trouble: troubleOf(thrown) });
      return;
    }
    this.flow.tell({ is: "forgotten" });
    const inserted = { pixel: registered.pixel_url ?? null, targets: registered.links ?? {} };
    const after = await this.insert(inserted);
    if (after === null) {
      void this.api.deleteMessage(registered.message_id).catch(() => undefined);
      void this.flow.keep(this.review());
      return;
    }
    const prepared: Prepared = {
      messageId: registered.message_id,
      mode: choice.mode,
      links: Object.keys(inserted.targets).length,
      isArmed: false,
      edited: "no",
    };
    this.inserted = inserted;
    await this.mail.session.write(INSERTED, JSON.stringify(inserted));
    await this.keep(prepared, after);
    this.showPrepared(prepared);
    if (!this.canSend) {
      await this.arm();
    }
    this.watch();
  }

  /** Registers the mail, and sends a copy to each recipient. */
  async prepareCopies(choice: Choice): Promise<void> {
    this.show({ step: "preparing", stage: "registering" });
    try {
      await this.copies.begin(choice, this.review(), async (messageId) => {
        this.flow.tell({ is: "forgotten" });
        const links = chosen(choice).length;
        await this.keep({ messageId, mode: choice.mode, links, isArmed: true, edited: "no" });
      });
    } catch (thrown) {
      this.show({ step: "choosing", choice, trouble: troubleOf(thrown) });
    }
  }

  /** Events count from now on; the person presses Send. */
  arm(): Promise<void> {
    return this.busy(async (prepared) => {
      await this.api.arm(prepared.messageId);
      const armed = { ...prepared, isArmed: true };
      await this.keep(armed);
      return armed;
    });
  }

  /** Events count no more: the mail was not sent. */
  disarm(): Promise<void> {
    return this.busy((prepared) => this.disarmed(prepared));
  }

  /** Events count from now on, and Outlook sends the mail. */
  async send(): Promise<void> {
    await this.arm();
    const armed = this.prepared();
    if (!armed?.isArmed) {
      return; // Why, is shown already.
    }
    this.show({ step: "sending" });
    try {
      await this.mail.send();
      this.unwatch();
      this.show({ step: "sent", isTracked: true });
    } catch {
      this.showPrepared(armed);
      await this.busy((prepared) => this.disarmed(prepared));
      this.showPrepared(
        this.prepared() ?? armed,
        new Trouble("send", paneWords.prepared.sendFailed, paneWords.prepared.sendRemedy),
      );
    }
  }

  /** Takes everything out of the mail again, and forgets the message. Whether that worked. */
  async remove(): Promise<boolean> {
    const prepared = this.prepared();
    if (!prepared) {
      return false;
    }
    this.showPrepared(prepared, null, true);
    try {
      const inserted = await this.known();
      const html = await this.mail.readBody();
      const isUntouched = this.bodies?.after === html;
      const targets = new Map(Object.entries(inserted.targets));
      const clean = isUntouched
        ? (this.bodies?.before ?? "")
        : removeTracking(html, targets, inserted.pixel, this.bodies?.before);
      await this.mail.writeBody(clean);
      const left = await this.mail.readBody();
      if ([inserted.pixel, ...targets.values()].some((url) => url !== null && left.includes(url))) {
        throw new Error("something is still there");
      }
    } catch {
      const trouble = new Trouble("remove", paneWords.prepared.removeFailed, paneWords.prepared.removeRemedy);
      this.showPrepared(prepared, trouble);
      return false;
    }
    this.unwatch();
    this.bodies = null;
    this.inserted = null;
    void this.api.deleteMessage(prepared.messageId).catch(() => undefined);
    void this.mail.session.forget(INSERTED);
    await this.flow.keep(this.review());
    this.show({ step: "removed" });
    return true;
  }

  /** Counts anew; the mail was not changed yet. */
  recount(): Promise<void> {
    return this.flow.count();
  }

  /** Takes everything out, and counts whom the mail is addressed to now. */
  async startOver(): Promise<void> {
    if (await this.remove()) {
      await this.flow.count();
    }
  }

  /** Has the server forget the recipients; the mail goes out, or may, as it is. */
  async letGo(): Promise<void> {
    const { expansionId } = this.review();
    if (expansionId) {
      await this.api.forgetExpansion(expansionId).catch(() => undefined);
      this.flow.tell({ is: "forgotten" });
      await this.flow.keep(this.review());
    }
    if (!this.canSend) {
      this.show({ step: "let go", trouble: null });
      return;
    }
    this.show({ step: "sending" });
    try {
      await this.mail.send();
      this.show({ step: "sent", isTracked: false });
    } catch {
      this.show({
        step: "let go",
        trouble: new Trouble("send", paneWords.prepared.sendFailed, paneWords.prepared.sendUntrackedRemedy),
      });
    }
  }

  /** Shows a mail that was prepared when this pane was open before. */
  async resume(): Promise<void> {
    const record = readDraft(await this.mail.readRecord().catch(() => null));
    if (record?.m && record.o && record.o !== "overall") {
      this.show({ step: "copies", view: { is: "loading" } });
      try {
        await this.copies.resume(record.m);
      } catch (thrown) {
        this.flow.tell({ is: "stopped", trouble: troubleOf(thrown), now: this.flow.now() });
      }
    } else if (record?.m && record.o) {
      const prepared: Prepared = {
        messageId: record.m,
        mode: record.o,
        links: record.l ?? 0,
        isArmed: record.a === 1,
        edited: "no",
      };
      this.inserted = await this.known().catch(() => null);
      this.showPrepared(prepared);
      this.watch();
      await this.look(record.b);
    }
  }

  /** The body as Outlook holds it once everything is in; null where that failed and was undone. */
  private async insert({ pixel, targets }: Inserted): Promise<string | null> {
    this.show({ step: "preparing", stage: "writing" });
    const before = await this.mail.readBody();
    try {
      const wanted = splice(before, new Map(Object.entries(targets)), pixel);
      await this.mail.writeBody(wanted);
      this.show({ step: "preparing", stage: "checking" });
      const after = await this.mail.readBody();
      if (sameButForLinks(before, wanted, after).same) {
        this.bodies = { before, after };
        return after;
      }
    } catch {
      // Written or not: what Outlook holds now decides.
    }
    this.show({ step: "restored", isBack: await this.putBack(before) });
    return null;
  }

  private async putBack(before: string): Promise<boolean> {
    try {
      if ((await this.mail.readBody()) === before) {
        return true;
      }
      await this.mail.writeBody(before);
      const now = await this.mail.readBody();
      return now === before || sameButForLinks(before, before, now).same;
    } catch {
      return false;
    }
  }

  private async disarmed(prepared: Prepared): Promise<Prepared> {
    await this.api.disarm(prepared.messageId);
    const disarmed = { ...prepared, isArmed: false };
    await this.keep(disarmed);
    return disarmed;
  }

  /** Changes the prepared mail, and shows what kept it from being changed. */
  private async busy(change: (prepared: Prepared) => Promise<Prepared>): Promise<void> {
    const prepared = this.prepared();
    if (!prepared) {
      return;
    }
    this.showPrepared(prepared, null, true);
    try {
      this.showPrepared(await change(prepared));
    } catch (thrown) {
      this.showPrepared(prepared, asTrouble(thrown));
    }
  }

  private async keep(prepared: Prepared, body?: string): Promise<void> {
    const known = readDraft(await this.mail.readRecord().catch(() => null));
    await this.flow.keep(this.review(), {
      m: prepared.messageId,
      o: prepared.mode,
      l: prepared.links,
      a: prepared.isArmed ? 1 : 0,
      b: body === undefined ? (known?.b ?? "") : digestOf(body),
    });
  }

  private async known(): Promise<Inserted> {
    if (this.inserted) {
      return this.inserted;
    }
    const text = await this.mail.session.read(INSERTED);
    if (text === null) {
      throw new Error("not known any more");
    }
    return JSON.parse(text) as Inserted;
  }

  private async obstacles(html: string): Promise<Obstacle[]> {
    if (this.config.modes.every((mode) => mode === "overall")) {
      return [];
    }
    const { count } = this.review();
    const found: Obstacle[] = await this.mail.copyObstacles();
    if (/<img\b[^>]*\bsrc\s*=\s*["']?cid:/i.test(html)) {
      found.push("pictures");
    }
    if (count > this.config.perRecipientLimit) {
      found.push("limit");
    }
    return found;
  }

  private watch(): void {
    this.unwatch();
    this.timer = setInterval(() => {
      if (document.visibilityState === "visible") {
        void this.look();
      }
    }, LOOK);
  }

  private unwatch(): void {
    clearInterval(this.timer);
  }

  /** Notices what the person did to the mail since, which also Outlook may not have told. */
  private async look(digest?: string): Promise<void> {
    void this.flow.lookAtRecipients();
    const state = this.tracking();
    if (state.step !== "prepared" || state.isBusy) {
      return;
    }
    try {
      const html = await this.mail.readBody();
      const now = this.tracking();
      const isSame = this.bodies
        ? html === this.bodies.after
        : digest === undefined || digestOf(html) === digest;
      const isGone = this.inserted !== null && !isWhole(html, this.inserted);
      const edited = isGone ? "lost" : isSame ? "no" : "yes";
      if (now.step === "prepared" && !now.isBusy && now.prepared.edited !== edited) {
        this.show({ ...now, prepared: { ...now.prepared, edited } });
      }
    } catch {
      // The next look will tell.
    }
  }

  private show(tracking: Tracking): void {
    this.flow.tell({ is: "tracking", tracking });
  }

  private showPrepared(prepared: Prepared, trouble: Trouble | null = null, isBusy = false): void {
    this.show({ step: "prepared", prepared, trouble, isBusy });
  }

  private review(): Review {
    if (this.flow.state.at !== "reviewed") {
      throw new Error("nothing is reviewed");
    }
    return this.flow.state.review;
  }

  private tracking(): Tracking {
    return this.flow.state.at === "reviewed" ? this.flow.state.tracking : { step: "none" };
  }

  private prepared(): Prepared | null {
    const tracking = this.tracking();
    return tracking.step === "prepared" ? tracking.prepared : null;
  }
}

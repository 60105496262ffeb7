/** From a reviewed count to a mail that counts, step by step, each by a person's click; and back again. */

import { type Api, asTrouble, type Registered, Trouble } from "../api";
import type { Config } from "../config";
import type { Mail } from "../outlook/mail";
import type { Session } from "../session";
import { paneWords } from "../strings";
import { choiceFor } from "./choice";
import { CopyRun } from "./copy-run";
import { type Flow, troubleOf } from "./flow";
import { Insertion } from "./insertion";
import { type DraftRecord, readDraft } from "./record";
import type { Review } from "./state";
import { type Choice, chosen, type Prepared, type Tracking } from "./tracking";

const LOOK = 5000; // milliseconds

export class Tracker {
  readonly copies: CopyRun;
  private readonly insertion: Insertion;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly flow: Flow,
    private readonly mail: Mail,
    private readonly api: Api,
    private readonly config: Config,
    session: Session,
  ) {
    this.insertion = new Insertion(mail, api);
    this.copies = new CopyRun(mail, api, config, session, (view) => this.show({ step: "copies", view }));
  }

  /** Whether Outlook sends a mail when it is asked to. */
  get canSend(): boolean {
    return this.mail.platform.canSend && this.config.sendsFromPane;
  }

  /** Reads the mail, and shows what can be chosen. */
  async open(): Promise<void> {
    this.show({ step: "opening" });
    const found = await choiceFor(this.mail, this.config, this.review().count);
    this.show(
      typeof found === "string"
        ? { step: "impossible", why: found }
        : { step: "choosing", choice: found, trouble: null },
    );
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
    this.show({ step: "preparing", stage: "writing" });
    const outcome = await this.insertion.put(inserted, () =>
      this.show({ step: "preparing", stage: "checking" }),
    );
    if ("isBack" in outcome) {
      void this.api.deleteMessage(registered.message_id).catch(() => undefined);
      await this.flow.keep(this.review());
      this.show({ step: "restored", isBack: outcome.isBack });
      return;
    }
    const prepared: Prepared = {
      messageId: registered.message_id,
      mode: choice.mode,
      links: Object.keys(inserted.targets).length,
      isArmed: false,
      edited: "no",
    };
    await this.keep(prepared, { b: outcome.digest, x: review.expansionId });
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
      if (this.review().expansionId) {
        this.show({ step: "choosing", choice, trouble: troubleOf(thrown) });
      } else {
        await this.resume(); // It is registered: what was begun is to be gone on with.
      }
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
    await this.flow.lookAtRecipients();
    if (this.review().isStale) {
      return; // Shown as it is, with the way to count again.
    }
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
      await this.insertion.takeOut(await this.record());
    } catch {
      const trouble = new Trouble("remove", paneWords.prepared.removeFailed, paneWords.prepared.removeRemedy);
      this.showPrepared(prepared, trouble);
      return false;
    }
    this.unwatch();
    void this.api.deleteMessage(prepared.messageId).catch(() => undefined);
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
    await this.flow.lookAtRecipients();
    const { expansionId, isStale } = this.review();
    if (isStale) {
      this.close(); // The review says so.
      return;
    }
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
    const record = await this.record();
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
      await this.insertion.resume(record);
      this.showPrepared(prepared);
      this.watch();
      await this.look();
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

  /** Keeps with the draft what was prepared; of `body` what was known before, unless it is new. */
  private async keep(prepared: Prepared, body?: Pick<DraftRecord, "b" | "x">): Promise<void> {
    const { b = "", x = "" } = body ?? (await this.record()) ?? {};
    await this.flow.keep(this.review(), {
      m: prepared.messageId,
      o: prepared.mode,
      l: prepared.links,
      a: prepared.isArmed ? 1 : 0,
      b,
      x,
    });
  }

  private async record(): Promise<DraftRecord | null> {
    return readDraft(await this.mail.readRecord().catch(() => null));
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
  private async look(): Promise<void> {
    void this.flow.lookAtRecipients();
    const before = this.tracking();
    if (before.step !== "prepared" || before.isBusy) {
      return;
    }
    try {
      const edited = await this.insertion.inspect();
      const now = this.tracking();
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

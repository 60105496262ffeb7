/** A mail that holds its tracking: armed, sent, watched, and cleaned again. */

import { type Api, asTrouble, Trouble } from "../api";
import type { Mail } from "../outlook/mail";
import { trackedWords } from "../words/pane/tracked";
import { AT_ONCE, type Delivery, deliveryOf, isSameDelivery } from "./delivery";
import type { Flow } from "./flow";
import type { Insertion } from "./insertion";
import type { DraftRecord } from "./record";
import type { Prepared } from "./tracking";

const LOOK = 5000; // milliseconds
/** What a draft's record says of a mail that Outlook was told to send. */
const HANDED_OVER = 2;

export class PreparedMail {
  private timer: ReturnType<typeof setInterval> | undefined;
  /** Whether the server was told that the mail says that it is measured. */
  private isSaid = true;
  /** When the server was told that the mail is to be delivered. */
  private toldDelivery: number | null = null;

  constructor(
    private readonly flow: Flow,
    private readonly mail: Mail,
    private readonly api: Api,
    private readonly insertion: Insertion,
  ) {}

  /** Shows a mail that was just prepared; `body` tells of its text and of what it was made from. */
  async begin(prepared: Prepared, body: Pick<DraftRecord, "b" | "x">): Promise<void> {
    await this.keep(prepared, body);
    this.show(prepared);
    this.watch();
  }

  /** Shows a mail that was prepared when this pane was open before. */
  async resume(record: DraftRecord, prepared: Prepared): Promise<void> {
    await this.insertion.resume(record);
    this.show(prepared);
    this.watch();
    if (record.a === HANDED_OVER) {
      await this.disarm(); // It came back: Undo, or a send that failed after the pane was gone.
    }
    await this.look();
  }

  /** Events count from now on; the person presses Send. */
  arm(): Promise<void> {
    return this.busy(async (prepared) => {
      const armed = { ...prepared, isArmed: true };
      await this.tellServer(armed);
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
    if (this.flow.review.isStale) {
      return; // Shown as it is, with the way to count again.
    }
    await this.lookAtDelivery();
    if (this.prepared?.delivery.lost) {
      return; // Shown as it is, with the ways to go on.
    }
    await this.arm();
    const armed = this.prepared;
    if (!armed?.isArmed) {
      return; // Why, is shown already.
    }
    this.flow.show({ step: "sending" });
    try {
      await this.holdDelivery(armed.delivery.at);
      await this.keep(armed, undefined, HANDED_OVER);
      await this.mail.send();
      this.unwatch();
      this.flow.show({ step: "sent", messageId: armed.messageId });
    } catch {
      this.show(armed);
      await this.busy((prepared) => this.disarmed(prepared));
      this.show(
        this.prepared ?? armed,
        new Trouble("send", trackedWords.prepared.sendFailed, trackedWords.prepared.sendRemedy),
      );
    }
  }

  /** Has Outlook deliver the mail at the time that it lost. */
  setAgain(): Promise<void> {
    return this.busy(async (prepared) => {
      const at = prepared.delivery.lost;
      if (at === null) {
        return prepared;
      }
      try {
        await this.mail.setDelivery(at);
      } catch {
        throw new Trouble("delivery", trackedWords.prepared.later.failed, trackedWords.prepared.later.remedy);
      }
      return this.delivering(prepared, deliveryOf(at, await this.mail.delivery()));
    });
  }

  /** The mail goes out at once, as Outlook says: the time that was set before is forgotten. */
  forgetDelivery(): Promise<void> {
    return this.busy((prepared) => this.delivering(prepared, AT_ONCE));
  }

  /** Takes everything out of the mail again, and forgets the message. Whether that worked. */
  async remove(): Promise<boolean> {
    const prepared = this.prepared;
    if (!prepared) {
      return false;
    }
    this.show(prepared, null, true);
    try {
      await this.insertion.takeOut(await this.flow.record());
    } catch {
      const trouble = new Trouble(
        "remove",
        trackedWords.prepared.removeFailed,
        trackedWords.prepared.removeRemedy,
      );
      this.show(prepared, trouble);
      return false;
    }
    this.unwatch();
    void this.api.deleteMessage(prepared.messageId).catch(() => undefined);
    await this.flow.keep(this.flow.review);
    this.flow.show({ step: "removed" });
    return true;
  }

  /** Takes everything out, and counts whom the mail is addressed to now. */
  async startOver(): Promise<void> {
    if (await this.remove()) {
      await this.flow.count();
    }
  }

  /** Keeps with the draft what was prepared; of `body` what was known before, unless it is new. */
  async keep(
    prepared: Prepared,
    body?: Pick<DraftRecord, "b" | "x">,
    armed = prepared.isArmed ? 1 : 0,
  ): Promise<void> {
    const { b = "", x = "" } = body ?? (await this.flow.record()) ?? {};
    await this.flow.keep(this.flow.review, {
      m: prepared.messageId,
      o: prepared.mode,
      l: prepared.links,
      a: armed,
      b,
      x,
      d: prepared.delivery.at ?? prepared.delivery.lost ?? 0,
    });
  }

  /** The mail as it is to be delivered now: kept, and told to the server where that counts already. */
  private async delivering(prepared: Prepared, delivery: Delivery): Promise<Prepared> {
    const changed = { ...prepared, delivery };
    if (changed.isArmed && delivery.at !== this.toldDelivery) {
      // The server's clock of a mail starts once, so it is begun anew.
      this.show(await this.disarmed(prepared), null, true);
      await this.tellServer(changed);
    }
    await this.keep(changed);
    return changed;
  }

  /** Sets the time once more, since Outlook was seen to forget that of a mail which an add-in sends (office-js issue
   * 6413). Throws where it does not keep it even now. */
  private async holdDelivery(at: number | null): Promise<void> {
    if (at !== null) {
      await this.mail.setDelivery(at);
      if (deliveryOf(at, await this.mail.delivery()).lost !== null) {
        throw new Error("the time of delivery is gone");
      }
    }
  }

  /** Notices a time of delivery that was set, changed or lost in Outlook since. */
  private async lookAtDelivery(): Promise<void> {
    const before = this.prepared;
    if (!before) {
      return;
    }
    const { at, lost } = before.delivery;
    const delivery = deliveryOf(at ?? lost, await this.mail.delivery());
    if (!isSameDelivery(delivery, before.delivery)) {
      await this.busy((prepared) => this.delivering(prepared, delivery));
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
    const prepared = this.prepared;
    if (!prepared) {
      return;
    }
    this.show(prepared, null, true);
    try {
      this.show(await change(prepared));
    } catch (thrown) {
      this.show(this.prepared ?? prepared, asTrouble(thrown));
    }
  }

  /** That events count, from when on, and whether the mail says so: where it does not, less is known for sure. */
  private async tellServer({ messageId, delivery }: Prepared): Promise<void> {
    const isSaid = await this.insertion.isSaid().catch(() => true);
    await this.api.arm(messageId, isSaid, delivery.at);
    this.isSaid = isSaid;
    this.toldDelivery = delivery.at;
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
    const before = this.flow.tracking;
    if (before.step !== "prepared" || before.isBusy) {
      return;
    }
    try {
      const edited = await this.insertion.inspect();
      if (before.prepared.isArmed && (await this.insertion.isSaid()) !== this.isSaid) {
        await this.tellServer(before.prepared);
      }
      const now = this.flow.tracking;
      if (now.step === "prepared" && !now.isBusy && now.prepared.edited !== edited) {
        this.flow.show({ ...now, prepared: { ...now.prepared, edited } });
      }
      await this.lookAtDelivery();
    } catch {
      // The next look will tell.
    }
  }

  private show(prepared: Prepared, trouble: Trouble | null = null, isBusy = false): void {
    this.flow.show({ step: "prepared", prepared, trouble, isBusy });
  }

  private get prepared(): Prepared | null {
    const { tracking } = this.flow;
    return tracking.step === "prepared" ? tracking.prepared : null;
  }
}

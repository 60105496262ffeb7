/** From a reviewed count to a mail that counts, step by step, each by a person's click; and back again. */

import { type Api, type Registered, Trouble, type Turnover } from "../api";
import type { Config } from "../config";
import type { Mail } from "../outlook/mail";
import type { Session } from "../session";
import { trackedWords } from "../words/pane/tracked";
import { choiceFor, TOLD_NOTHING, type Told } from "./choice";
import { CopyRun } from "./copy-run";
import { deliveryOf } from "./delivery";
import { type Flow, troubleOf } from "./flow";
import { Insertion, insertedFor } from "./insertion";
import { PreparedMail } from "./prepared-mail";
import { type Choice, chosen, type Prepared, registration, type Sample } from "./tracking";

export class Tracker {
  readonly copies: CopyRun;
  readonly prepared: PreparedMail;
  private readonly insertion: Insertion;
  private told: Told = TOLD_NOTHING;

  constructor(
    private readonly flow: Flow,
    private readonly mail: Mail,
    private readonly api: Api,
    private readonly config: Config,
    session: Session,
  ) {
    this.insertion = new Insertion(mail, api, config.hasNotice);
    this.prepared = new PreparedMail(flow, mail, api, this.insertion);
    this.copies = new CopyRun(mail, api, config, session, (view) => this.flow.show({ step: "copies", view }));
  }

  /** Whether Outlook sends a mail when it is asked to. */
  get canSend(): boolean {
    return this.mail.platform.canSend && this.config.sendsFromPane;
  }

  /** Reads the mail, and shows what can be chosen. */
  async open(): Promise<void> {
    this.flow.show({ step: "opening" });
    const count = this.flow.review.count.at_least;
    const found = await choiceFor(this.mail, this.config, count, await this.ask());
    this.flow.show(
      typeof found === "string"
        ? { step: "impossible", why: found }
        : { step: "choosing", choice: found, trouble: null },
    );
  }

  /** Reads the mail again, with what the sender says of a part that is in doubt; what was chosen stays. */
  async settle(choice: Choice, isMine: boolean): Promise<void> {
    const count = this.flow.review.count.at_least;
    const found = await choiceFor(this.mail, this.config, count, this.told, isMine);
    if (typeof found === "string") {
      this.flow.show({ step: "impossible", why: found });
      return;
    }
    const known = new Set(choice.links.map((link) => link.url));
    const leftOut = [...found.leftOut].filter((url) => !known.has(url));
    this.choose({
      ...found,
      mode: choice.mode,
      typed: choice.typed,
      linkNames: choice.linkNames,
      leftOut: new Set([...choice.leftOut, ...leftOut]),
    });
  }

  /** What the server tells of the sender; nothing where it cannot now: report and registration say it all the same. */
  private async ask(): Promise<Told> {
    if (this.config.teams || this.config.limitsHosts) {
      const me = await this.api.me().catch(() => null);
      this.told = me
        ? { teams: me.teams, hosts: { allow: me.allow_hosts, deny: me.deny_hosts } }
        : TOLD_NOTHING;
    }
    return this.told;
  }

  /** Who joined and left since the mail before the message `id`, in numbers; null where that is not known. */
  async turnover(id: string): Promise<Turnover | null> {
    return (await this.api.getMessage(id)).turnover ?? null;
  }

  choose(choice: Choice): void {
    this.flow.show({ step: "choosing", choice, trouble: null });
  }

  close(): void {
    this.flow.show({ step: "none" });
  }

  /** Registers the mail, and puts the pixel and the links in. */
  async prepare(choice: Choice): Promise<void> {
    const review = this.flow.review;
    this.flow.show({ step: "preparing", stage: "registering" });
    let registered: Registered;
    try {
      registered = await this.api.register({
        expansion_id: review.expansionId,
        mode: choice.mode,
        sender: await this.mail.sender(),
        ...registration(choice),
      });
    } catch (thrown) {
      this.flow.show({ step: "choosing", choice, trouble: troubleOf(thrown) });
      return;
    }
    this.flow.tell({ is: "forgotten" });
    const inserted = insertedFor(registered);
    this.flow.show({ step: "preparing", stage: "writing" });
    const outcome = await this.insertion.put(inserted, choice.reading, () =>
      this.flow.show({ step: "preparing", stage: "checking" }),
    );
    if ("isBack" in outcome) {
      void this.api.deleteMessage(registered.message_id).catch(() => undefined);
      await this.flow.keep(this.flow.review);
      this.flow.show({ step: "restored", isBack: outcome.isBack });
      return;
    }
    const prepared: Prepared = {
      messageId: registered.message_id,
      mode: choice.mode,
      links: Object.keys(inserted.targets).length,
      isArmed: false,
      delivery: deliveryOf(null, await this.mail.delivery()),
      edited: "no",
    };
    await this.prepared.begin(prepared, { b: outcome.digest, x: review.expansionId });
    if (!this.canSend) {
      await this.prepared.arm();
    }
  }

  /** Shows what is about to be sent to whom, before anything is. */
  confirm(choice: Choice): void {
    this.flow.show({ step: "confirming", choice, sample: { is: "none" }, trouble: null });
  }

  /** Sends a copy to the sender alone. */
  async sample(choice: Choice): Promise<void> {
    const show = (sample: Sample) => {
      if (this.flow.tracking.step === "confirming") {
        this.flow.show({ step: "confirming", choice, sample, trouble: null });
      }
    };
    show({ is: "sending" });
    try {
      await this.copies.sample(choice);
      show({ is: "sent" });
    } catch (thrown) {
      show({ is: "failed", trouble: troubleOf(thrown) });
    }
  }

  /** Registers the mail, and sends a copy to each recipient, if whom it is addressed to is still who was counted. */
  async prepareCopies(choice: Choice): Promise<void> {
    await this.flow.lookAtRecipients();
    if (this.flow.review.isStale) {
      this.close(); // The review says so.
      return;
    }
    this.flow.show({ step: "preparing", stage: "registering" });
    try {
      await this.copies.begin(choice, this.flow.review, async (messageId, kept) => {
        this.flow.tell({ is: "forgotten" });
        const links = chosen(choice).length;
        const record = { m: messageId, o: choice.mode, l: links, a: 1, d: 0, ...kept };
        await this.flow.keep(this.flow.review, record);
      });
    } catch (thrown) {
      if (this.flow.review.expansionId) {
        const trouble = troubleOf(thrown);
        this.flow.show({ step: "confirming", choice, sample: { is: "none" }, trouble });
      } else {
        await this.resume(); // It is registered: what was begun is to be gone on with.
      }
    }
  }

  /** Takes back copies of which none has left, and counts whom the mail is addressed to. */
  async undoCopies(messageId: string): Promise<void> {
    if (await this.copies.undo(messageId)) {
      await this.flow.keep(this.flow.review);
      await this.flow.count();
    }
  }

  /** Counts anew; the mail was not changed yet. */
  recount(): Promise<void> {
    return this.flow.count();
  }

  /** Has the server forget the recipients; the mail goes out, or may, as it is. */
  async letGo(): Promise<void> {
    await this.flow.lookAtRecipients();
    const { expansionId, isStale } = this.flow.review;
    if (isStale) {
      this.close(); // The review says so.
      return;
    }
    if (expansionId) {
      await this.api.forgetExpansion(expansionId).catch(() => undefined);
      this.flow.tell({ is: "forgotten" });
      await this.flow.keep(this.flow.review);
    }
    if (!this.canSend) {
      this.flow.show({ step: "let go", trouble: null });
      return;
    }
    this.flow.show({ step: "sending" });
    try {
      await this.mail.send();
      this.flow.show({ step: "sent", messageId: null });
    } catch {
      this.flow.show({
        step: "let go",
        trouble: new Trouble(
          "send",
          trackedWords.prepared.sendFailed,
          trackedWords.prepared.sendUntrackedRemedy,
        ),
      });
    }
  }

  /** Shows a mail that was prepared when this pane was open before. */
  async resume(): Promise<void> {
    const record = await this.flow.record();
    if (record?.m && record.o && record.o !== "counting") {
      this.flow.show({ step: "copies", view: { is: "loading" } });
      try {
        await this.copies.resume(record.m, record);
      } catch (thrown) {
        this.flow.tell({ is: "stopped", trouble: troubleOf(thrown), now: this.flow.now() });
      }
    } else if (record?.m && record.o) {
      const prepared: Prepared = {
        messageId: record.m,
        mode: record.o,
        links: record.l ?? 0,
        isArmed: Boolean(record.a),
        delivery: deliveryOf(record.d ?? null, await this.mail.delivery()),
        edited: "no",
      };
      await this.prepared.resume(record, prepared);
    }
  }
}

/**
 * Copies to each recipient, from the pane's side: registers the mail, hands it to the engine, and shows how far
 * that is. The mail's subject and text go from here to Graph, and nowhere else.
 */

import { type Api, type Page, Trouble } from "../api";
import type { Config } from "../config";
import {
  Copies,
  MailChanged,
  plan,
  SentAlready,
  SentElsewhere,
  type Tools,
  type Urls,
} from "../copies/engine";
import { deviceLock, deviceStore } from "../copies/store";
import { labelsOf } from "../labels";
import type { Mail } from "../outlook/mail";
import type { Session } from "../session";
import { paneWords } from "../words/pane";
import { asciiOf } from "./address-key";
import type { Review } from "./state";
import { type Choice, type CopiesView, chosen } from "./tracking";

/** Of Microsoft Graph, whichever cloud it is. */
const SCOPES = ["Mail.Send"];
const PAGE = 10_000;
const URL_PAGE = 500;

export class CopyRun {
  private copies: Copies | null = null;

  constructor(
    private readonly mail: Mail,
    private readonly api: Api,
    private readonly config: Config,
    private readonly session: Session,
    private readonly show: (view: CopiesView) => void,
  ) {}

  /** Registers the mail and begins to send. `registered` is told the message's id before the first copy goes. */
  async begin(choice: Choice, review: Review, registered: (id: string) => Promise<void>): Promise<void> {
    // Whoever may not send finds out before anything is registered.
    await this.session.token(SCOPES, { ask: true });
    const content = { ...(await this.content()), reading: choice.reading };
    const sender = await this.mail.sender();
    // Nobody may know later who got which copy, so the addresses must be here before the server forgets them.
    const addresses = choice.mode === "pseudonymous" ? await this.addresses(review.expansionId) : [];
    const answer = await this.api.register({
      expansion_id: review.expansionId,
      mode: choice.mode,
      sender,
      links: chosen(choice).map((link) => link.url),
      labels: labelsOf(choice.typed),
    });
    const urls = await this.urls(answer.message_id, answer.recipients ?? null);
    if (urls.length > this.config.perRecipientLimit) {
      throw new Trouble("limit", paneWords.copies.impossible, paneWords.copies.tooMany);
    }
    await this.api.arm(answer.message_id);
    await registered(answer.message_id);
    const job = plan(answer.message_id, content, sender.address, urls, addresses);
    this.follow(answer.message_id, await Copies.begin(job, content, urls, this.tools()));
    await this.run();
  }

  /** Shows the copies of a message that were begun before; the person goes on with them. */
  async resume(id: string): Promise<void> {
    try {
      const urls = await this.urls(id, null);
      const copies = await Copies.resume(id, await this.content(), urls, this.tools());
      if (copies) {
        this.follow(id, copies);
      } else {
        this.show({ is: "blocked", why: "device" });
      }
    } catch (thrown) {
      if (thrown instanceof SentAlready) {
        this.show({ is: "over", messageId: id });
      } else if (thrown instanceof MailChanged || thrown instanceof SentElsewhere) {
        this.show({ is: "blocked", why: thrown instanceof MailChanged ? "changed" : "elsewhere" });
      } else {
        throw thrown;
      }
    }
  }

  /** Sends until all are sent, or something stops it. */
  async run(): Promise<void> {
    const copies = this.copies;
    if (copies && copies.progress.state !== "running" && copies.progress.state !== "pausing") {
      addEventListener("beforeunload", warn);
      await copies.run();
      removeEventListener("beforeunload", warn);
    }
  }

  pause(): void {
    this.copies?.pause();
  }

  /** Sends copies again that failed or may not have arrived, or leaves them. */
  async decide(places: readonly number[], decision: "again" | "leave"): Promise<void> {
    await this.copies?.decide(places, decision);
    if (decision === "again") {
      await this.run();
    }
  }

  private follow(id: string, copies: Copies): void {
    const tell = () =>
      this.show({ is: "known", messageId: id, progress: copies.progress, open: copies.open });
    this.copies = copies;
    copies.onChange = tell;
    tell();
  }

  private tools(): Tools {
    return {
      graphUrl: this.config.graphUrl,
      copiesPerMinute: this.config.copiesPerMinute,
      store: deviceStore(),
      lock: deviceLock,
      token: (fresh) => this.session.token(SCOPES, { fresh }),
    };
  }

  private async content(): Promise<{ subject: string; html: string }> {
    const [subject, html] = await Promise.all([this.mail.subject(), this.mail.readBody()]);
    return { subject, html };
  }

  private async addresses(expansion: string): Promise<string[]> {
    const all: string[] = [];
    for (let after: string | null = ""; after !== null; ) {
      const page: Page<string> = await this.api.listRecipients(expansion, after, PAGE);
      all.push(...page.rows.map(asciiOf));
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

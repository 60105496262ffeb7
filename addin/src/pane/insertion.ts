/**
 * What stands in the mail for tracking: put in once, compared with what Outlook then holds, taken out again.
 *
 * Whatever else changed while it was put in, the mail is put back as it was.
 */

import type { Api, Registered } from "../api";
import type { Reading } from "../body/author";
import { sameButForLinks } from "../body/check";
import type { Limits } from "../body/kinds";
import { languageOf } from "../body/language";
import { removeTracking, splice } from "../body/links";
import { noticeMarkup } from "../body/notice";
import { ourOrigins } from "../config";
import type { Mail } from "../outlook/mail";
import { digestOf } from "../outlook/stamp";
import type { DraftRecord } from "./record";
import { type Inserted, isWhole, type Prepared } from "./tracking";

/** The name in Outlook's session data under which it stands what was put in. */
const NAME = "rollcall-inserted";

/** What the server's answer wants to be put into the mail. */
export function insertedFor({ pixel_url, links, notice_url }: Registered): Inserted {
  return { pixel: pixel_url ?? null, targets: links ?? {}, notice: notice_url ?? null };
}

export type Outcome = { readonly digest: string } | { readonly isBack: boolean };

export class Insertion {
  private inserted: Inserted | null = null;
  /** The body before it was changed, and as Outlook held it afterwards; known to this pane alone. */
  private bodies: { before: string; after: string } | null = null;
  private digest: string | null = null;
  private reading: Reading = {};

  constructor(
    private readonly mail: Mail,
    private readonly api: Api,
    private readonly hasNotice: boolean,
  ) {}

  /** Puts everything in, or, where that does not work, leaves the mail as it was. `written`: it is compared now. */
  async put(inserted: Inserted, reading: Reading, written: () => void): Promise<Outcome> {
    let before: string;
    try {
      before = await this.mail.readBody();
    } catch {
      return { isBack: true };
    }
    try {
      const { targets, pixel, notice } = inserted;
      const line = notice === null ? "" : noticeMarkup(notice, "counting", languageOf(before, reading));
      const wanted = splice(before, new Map(Object.entries(targets)), pixel, line, limitsOf(reading));
      await this.mail.writeBody(wanted);
      written();
      const after = await this.mail.readBody();
      if (sameButForLinks(before, wanted, after, line).same) {
        this.inserted = inserted;
        this.bodies = { before, after };
        this.reading = reading;
        this.digest = digestOf(after);
        await this.mail.session.write(NAME, JSON.stringify(inserted));
        return { digest: this.digest };
      }
    } catch {
      // Written or not: what Outlook holds now decides.
    }
    return { isBack: await this.putBack(before) };
  }

  /** Takes everything out. Throws where Outlook does not let it. */
  async takeOut(record: DraftRecord | null): Promise<void> {
    const { pixel, targets, notice } = await this.recall(record);
    const html = await this.mail.readBody();
    const clean =
      this.bodies?.after === html
        ? this.bodies.before
        : removeTracking(
            html,
            new Map(Object.entries(targets)),
            pixel,
            notice,
            this.bodies?.before,
            limitsOf(this.reading),
          );
    await this.mail.writeBody(clean);
    const left = await this.mail.readBody();
    if ([pixel, notice, ...Object.values(targets)].some((url) => url !== null && left.includes(url))) {
      throw new Error("something is still there");
    }
    this.inserted = null;
    this.bodies = null;
    this.digest = null;
    await this.mail.session.forget(NAME);
  }

  /** Learns what was put in when this pane was open before. */
  async resume(record: DraftRecord): Promise<void> {
    this.digest = record.b || null;
    const text = await this.mail.session.read(NAME);
    this.inserted = text === null ? null : (JSON.parse(text) as Inserted);
  }

  /** What became of it since. Throws where Outlook does not tell. */
  async inspect(): Promise<Prepared["edited"]> {
    const html = await this.mail.readBody();
    if (this.inserted !== null && !isWhole(html, this.inserted)) {
      return "lost";
    }
    if (!this.isSaidIn(html)) {
      return "silent";
    }
    const isSame = this.bodies ? html === this.bodies.after : !this.digest || digestOf(html) === this.digest;
    return isSame ? "no" : "yes";
  }

  /** Whether the mail says that it is measured, if it was made to. Throws where Outlook does not tell. */
  async isSaid(): Promise<boolean> {
    return this.isSaidIn(await this.mail.readBody());
  }

  /** A draft that was closed meanwhile does not know its own notice, but where all of them lead. */
  private isSaidIn(html: string): boolean {
    const url = this.inserted ? this.inserted.notice : this.hasNotice ? `${ourOrigins().origin}/p/` : null;
    return url === null || html.includes(url);
  }

  /** What was put in. A draft that was closed meanwhile does not know: the server then answers as it did before. */
  private async recall(record: DraftRecord | null): Promise<Inserted> {
    if (this.inserted) {
      return this.inserted;
    }
    if (!record?.m || !record.x || !record.o) {
      throw new Error("not known any more");
    }
    const { links } = await this.api.getReport(record.m);
    const again = await this.api.register({
      expansion_id: record.x,
      mode: record.o,
      sender: await this.mail.sender(),
      links: links.map((link) => link.url),
      labels: {}, // it has them already
    });
    return insertedFor(again);
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
}

function limitsOf(reading: Reading): Limits {
  return { ...ourOrigins(), reading };
}

/** The mail that is being written, as the pane sees it. The only door to Office.js, besides sign-in. */

import type { ComposeType } from "../body/quotes";
import { Body } from "./body";
import { asked } from "./call";
import { type Platform, platform } from "./platform";
import { Properties, SessionData } from "./properties";
import { clearRecipients, onRecipientsChanged, type Recipients, readRecipients } from "./recipients";

export interface Sender {
  readonly name: string;
  readonly address: string;
}

/** What keeps copies from being sent one by one. */
export type CopyObstacle = "reply" | "attachments" | "delayed";

export interface Mail {
  readonly platform: Platform;
  /** Who is named in From. */
  sender(): Promise<Sender>;
  /** Whose mailbox this is. */
  self(): Sender;
  recipients(): Promise<Recipients>;
  /** Takes all recipients out, so that the mail cannot be sent. */
  clearRecipients(): Promise<void>;
  onRecipientsChanged(changed: () => void): void;
  isHtml(): Promise<boolean>;
  readBody(): Promise<string>;
  writeBody(html: string): Promise<void>;
  /** What kind of mail is being written; "" where this Outlook does not say. */
  composeType(): Promise<ComposeType>;
  /** For copies, which this Outlook sends itself, and for the pane to show where an admin lets it. */
  subject(): Promise<string>;
  copyObstacles(): Promise<CopyObstacle[]>;
  /** When it is to be delivered, in milliseconds since 1970: null at once, undefined where Outlook does not say. */
  delivery(): Promise<number | null | undefined>;
  setDelivery(at: number): Promise<void>;
  /** Bytes of what is attached, so at least so many of the mail; null where this Outlook does not say. */
  attached(): Promise<number | null>;
  readRecord(): Promise<string | null>;
  writeRecord(text: string | null): Promise<void>;
  readonly session: {
    read(name: string): Promise<string | null>;
    write(name: string, text: string): Promise<boolean>;
    forget(name: string): Promise<void>;
  };
  /** Has Outlook keep the draft as it is. */
  save(): Promise<void>;
  /** Has Outlook send it. The pane may be closed before this returns. */
  send(): Promise<void>;
}

/** The mail beside the pane; null where none is being written. */
export function currentMail(): Mail | null {
  const item = Office.context.mailbox?.item as Office.MessageCompose | undefined;
  // A mail that is being read has plain lists in place of these.
  return item && typeof item.to?.getAsync === "function" && item.body ? new OutlookMail(item) : null;
}

class OutlookMail implements Mail {
  readonly platform = platform();
  readonly session: SessionData;
  private readonly body: Body;
  private readonly properties: Properties;

  constructor(private readonly item: Office.MessageCompose) {
    this.body = new Body(item, this.platform.hasBodyMode);
    this.properties = new Properties(item);
    this.session = new SessionData(item);
  }

  async sender(): Promise<Sender> {
    const own = this.self();
    if (typeof this.item.from?.getAsync !== "function") {
      return own;
    }
    try {
      const from = await asked<Office.EmailAddressDetails>((done) => this.item.from.getAsync(done));
      return from?.emailAddress ? { name: from.displayName, address: from.emailAddress } : own;
    } catch {
      return own;
    }
  }

  self(): Sender {
    const { displayName, emailAddress } = Office.context.mailbox.userProfile;
    return { name: displayName, address: emailAddress };
  }

  clearRecipients = () => clearRecipients(this.item);
  recipients = () => readRecipients(this.item, this.platform.cap);
  onRecipientsChanged = (changed: () => void) => onRecipientsChanged(this.item, changed);
  isHtml = () => this.body.isHtml();
  readBody = () => this.body.read();
  writeBody = (html: string) => this.body.write(html);
  subject = () => asked<string>((done) => this.item.subject.getAsync(done));
  readRecord = () => this.properties.read();
  writeRecord = (text: string | null) => this.properties.write(text);

  async composeType(): Promise<ComposeType> {
    if (typeof this.item.getComposeTypeAsync !== "function") {
      return "";
    }
    const { composeType } = await asked<{ composeType: string }>((done) =>
      this.item.getComposeTypeAsync(done),
    );
    const { NewMail, Reply, Forward } = Office.MailboxEnums.ComposeType;
    const kinds: Record<string, ComposeType> = {
      [NewMail]: "newMail",
      [Reply]: "reply",
      [Forward]: "forward",
    };
    return kinds[composeType] ?? "";
  }

  async copyObstacles(): Promise<CopyObstacle[]> {
    const found: CopyObstacle[] = [];
    const compose = await this.composeType();
    if (compose !== "" && compose !== "newMail") {
      found.push("reply");
    }
    if ((await this.attachments())?.length) {
      found.push("attachments");
    }
    if (await this.delivery()) {
      found.push("delayed"); // Microsoft Graph sends copies at once.
    }
    return found;
  }

  async delivery(): Promise<number | null | undefined> {
    if (!this.platform.knowsDelivery || typeof this.item.delayDeliveryTime?.getAsync !== "function") {
      return undefined;
    }
    try {
      const set = await asked<Date | 0>((done) => this.item.delayDeliveryTime.getAsync(done));
      const at = set ? new Date(set).getTime() : 0;
      return Number.isFinite(at) && at > 0 ? at : null;
    } catch {
      return undefined;
    }
  }

  async setDelivery(at: number): Promise<void> {
    await asked<void>((done) => this.item.delayDeliveryTime.setAsync(new Date(at), done));
  }

  async attached(): Promise<number | null> {
    const { Cloud } = Office.MailboxEnums.AttachmentType; // a link in the body
    const attachments = (await this.attachments())?.filter((one) => one.attachmentType !== Cloud);
    return attachments?.reduce((sum, { size }) => sum + Math.max(size, 0), 0) ?? null;
  }

  private async attachments(): Promise<Office.AttachmentDetailsCompose[] | null> {
    return typeof this.item.getAttachmentsAsync === "function"
      ? asked<Office.AttachmentDetailsCompose[]>((done) => this.item.getAttachmentsAsync(done))
      : null;
  }

  async save(): Promise<void> {
    await asked<string>((done) => this.item.saveAsync(done));
  }

  async send(): Promise<void> {
    // A Smart Alert of another add-in may ask the person first, so this takes what it takes.
    await asked<void>((done) => this.item.sendAsync(done), 15 * 60_000);
  }
}

/** A new mail that its sender goes on writing: Outlook opens it beside the one that is read. */

import { asked } from "./call";

/** So many recipients of a new mail Outlook takes in one field (Office.MessageForm). */
export const MOST = 100;

export interface NewMail {
  readonly to?: readonly string[];
  readonly bcc?: readonly string[];
  readonly subject?: string;
  readonly html?: string;
}

/** Whether this Outlook opens new mails: beside a mail that is read, and not on phones. */
export function opensMails(): boolean {
  return typeof Office.context.mailbox?.displayNewMessageForm === "function";
}

/** Has Outlook show a new mail. Throws where it does not, as far as it says so. */
export async function openMail({ to = [], bcc = [], subject = "", html = "" }: NewMail): Promise<void> {
  const form = { toRecipients: [...to], bccRecipients: [...bcc], subject, htmlBody: html };
  const { mailbox, requirements } = Office.context;
  if (requirements.isSetSupported("Mailbox", "1.9")) {
    await asked<void>((done) => mailbox.displayNewMessageFormAsync(form, done as never));
  } else {
    mailbox.displayNewMessageForm(form);
  }
}

/** The mail that is being read, as the pane sees it: what was kept with it when it was written, and its text. */

import { asked } from "./call";
import { PROPERTY } from "./stamp";

export interface MailRead {
  /** What the add-in kept with the draft, if the mail is its sender's own. Recipients do not get it
   * (Office.CustomProperties). */
  record(): Promise<string | null>;
  body(): Promise<string>;
}

/** The mail beside the pane, where one is being read; null where none is, or another thing than a mail. */
export function mailRead(): MailRead | null {
  const item = Office.context.mailbox?.item as Office.MessageRead | undefined;
  // Of a mail that is being written, the recipients are asked for; of one that is read, they are there.
  if (!item || !Array.isArray(item.to) || item.itemType !== Office.MailboxEnums.ItemType.Message) {
    return null;
  }
  return {
    record: async () => {
      const kept = await asked<Office.CustomProperties>((done) => item.loadCustomPropertiesAsync(done));
      const text: unknown = kept.get(PROPERTY);
      return typeof text === "string" ? text : null;
    },
    body: () => asked<string>((done) => item.body.getAsync(Office.CoercionType.Html, done)),
  };
}

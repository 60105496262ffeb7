/**
 * What Outlook runs when Send is pressed: a mail to a list whose recipients nobody counted, or to others than
 * were counted, offers to count them. It asks no server, and when in doubt the mail goes out.
 *
 * Classic Outlook runs this without a page around it: no document, no modules, and of Office.js not all.
 */

import { PROPERTY, readEntry, readStamp, stampOf } from "./outlook/stamp";
import { type AlertWords, alertWords } from "./words/alert";
import { languageIn } from "./words/languages";

/** The pane's button in the manifest. */
const BUTTON = "rollcallCount";
/** Outlook shows a notice of its own after five seconds. */
const PATIENCE = 4000;
const LONGEST_NAMES = 300;

type Entry = Pick<Office.EmailAddressDetails, "emailAddress" | "displayName" | "recipientType">;
interface Result<T> {
  readonly status: string;
  readonly value: T;
}

function onMessageSend(event: Office.MailboxEvent): void {
  let isOver = false;
  function end(options: Office.SmartAlertsEventCompletedOptions): void {
    if (!isOver) {
      isOver = true;
      event.completed(options);
    }
  }
  function allow(): void {
    end({ allowEvent: true });
  }

  if (typeof setTimeout === "function") {
    setTimeout(allow, PATIENCE);
  }
  try {
    const item = Office.context.mailbox.item as Office.MessageCompose;
    const entries: Entry[] = [];
    let record: unknown;
    let open = 4;
    /** What to do with an answer: `take` it, and decide when it was the last. */
    function taking<T>(take: (value: T) => void): (result: Result<T>) => void {
      return (result) => {
        try {
          if (result.status !== "succeeded") {
            allow();
            return;
          }
          take(result.value);
          open -= 1;
          if (open === 0) {
            const message = messageFor(entries, record);
            if (message === null) {
              allow();
            } else {
              end({
                allowEvent: false,
                errorMessage: message,
                cancelLabel: words().button,
                commandId: BUTTON,
                contextData: JSON.stringify({ from: "send" }),
              });
            }
          }
        } catch {
          allow();
        }
      };
    }
    const gather = taking<Entry[]>((some) => {
      entries.push(...some);
    });
    item.to.getAsync(gather as never);
    item.cc.getAsync(gather as never);
    item.bcc.getAsync(gather as never);
    item.loadCustomPropertiesAsync(
      taking<Office.CustomProperties>((properties) => {
        record = properties.get(PROPERTY);
      }) as never,
    );
  } catch {
    allow();
  }
}

/** In the language of Outlook's own words; not every Outlook tells it to an event. */
function words(): AlertWords {
  return alertWords[languageIn(Office.context.displayLanguage || "") ?? "en"];
}

/** What to say before the mail is sent; null if nothing. */
function messageFor(entries: readonly Entry[], record: unknown): string | null {
  const stamp = readStamp(record);
  const counted = stamp ? stamp.r : "";
  const addresses: string[] = [];
  const others: string[] = [];
  for (const entry of entries) {
    const read = readEntry(entry);
    if ("address" in read) {
      addresses.push(read.address);
    } else {
      others.push(read.name);
    }
  }
  if (stamp?.m && stamp.o && stamp.o !== "counting") {
    return words().copies;
  }
  if (counted) {
    if (counted !== stampOf(addresses, others)) {
      return words().changed;
    }
    return stamp?.m && !stamp.a ? words().unarmed : null;
  }
  // A hint only, as Outlook knows it: a list that it takes for a person goes out as before.
  const lists = entries.filter((entry) => entry.recipientType === "distributionList");
  if (!lists.length) {
    return null;
  }
  const names = lists.map((list) => list.displayName || list.emailAddress || words().nameless).join(", ");
  return words().lists.replace("{names}", () => names.slice(0, LONGEST_NAMES));
}

Office.actions.associate("onMessageSend", onMessageSend);

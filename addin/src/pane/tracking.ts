/** The steps from a reviewed count to a mail whose opens and clicks are counted. */

import type { NewLabels, Trouble } from "../api";
import type { Doubt, Reading } from "../body/author";
import type { Found } from "../body/links";
import type { Mode } from "../config";
import type { OpenCopy, Progress } from "../copies/progress";
import { labelsOf, type TypedLabels } from "../labels";
import type { Delivery } from "./delivery";

/** What keeps copies from being sent to each recipient. */
export type Obstacle = "reply" | "attachments" | "delayed" | "pictures" | "limit";

/** What the sender decides before the mail is changed. */
export interface Choice {
  readonly mode: Mode;
  readonly links: Found["links"];
  /** What is known of whose the parts of the mail are, and what is in doubt. */
  readonly reading: Reading;
  readonly doubt: Doubt | null;
  /** By their URL. */
  readonly leftOut: ReadonlySet<string>;
  readonly typed: TypedLabels;
  /** The names of links, by their URL. */
  readonly linkNames: Readonly<Record<string, string>>;
  /** The subject, where it may be offered as the name. */
  readonly subject: string | null;
  readonly obstacles: readonly Obstacle[];
  /** Who sees and manages the report besides the sender, by name. */
  readonly teams: readonly string[];
}

/** A mail that holds its pixel and its links. */
export interface Prepared {
  readonly messageId: string;
  readonly mode: Mode;
  readonly links: number;
  /** Whether events count. */
  readonly isArmed: boolean;
  readonly delivery: Delivery;
  /** What became of the text since: the author went on writing, or took out what is tracked, or the notice. */
  readonly edited: "no" | "yes" | "lost" | "silent";
}

export type Tracking =
  | { readonly step: "none" }
  /** The body is being read. */
  | { readonly step: "opening" }
  /** It cannot be tracked. */
  | { readonly step: "impossible"; readonly why: "text" | "unreadable" }
  | { readonly step: "choosing"; readonly choice: Choice; readonly trouble: Trouble | null }
  /** Copies are to be confirmed; `sample` is how the test copy stands. */
  | {
      readonly step: "confirming";
      readonly choice: Choice;
      readonly sample: Sample;
      readonly trouble: Trouble | null;
    }
  | { readonly step: "preparing"; readonly stage: "registering" | "writing" | "checking" }
  /** Outlook changed more than it was asked to; `isBack`: the mail is as it was. */
  | { readonly step: "restored"; readonly isBack: boolean }
  | {
      readonly step: "prepared";
      readonly prepared: Prepared;
      readonly trouble: Trouble | null;
      readonly isBusy: boolean;
    }
  /** Outlook is asked to send. */
  | { readonly step: "sending" }
  | { readonly step: "sent" /** Null where it is not tracked. */; readonly messageId: string | null }
  /** The server has forgotten the recipients; the person presses Send. */
  | { readonly step: "let go"; readonly trouble: Trouble | null }
  /** Tracking was removed of the mail again. */
  | { readonly step: "removed" }
  /** Copies are sent one by one. */
  | { readonly step: "copies"; readonly view: CopiesView };

export type CopyProgress = Progress;
export type OpenCopies = readonly OpenCopy[];

/** How the copy to oneself stands, with which the sender sees what the others get. */
export type Sample =
  | { readonly is: "none" }
  | { readonly is: "sending" }
  | { readonly is: "sent" }
  | { readonly is: "failed"; readonly trouble: Trouble };

/** Why this device cannot go on with copies. */
export type CopiesBlock = "changed" | "pane" | "device" | "former";

export type CopiesView =
  | { readonly is: "loading" }
  | {
      readonly is: "known";
      readonly messageId: string;
      readonly progress: CopyProgress;
      readonly open: OpenCopies;
      readonly trouble: Trouble | null;
      /** Whether the draft has no recipients any more. */
      readonly isEmptied: boolean;
    }
  /** Another device sends them; it may have died, and `freeAt` is when this one could go on. */
  | {
      readonly is: "elsewhere";
      readonly messageId: string;
      readonly total: number;
      readonly sent: number;
      readonly freeAt: number;
    }
  /** All were sent before. */
  | { readonly is: "over"; readonly messageId: string; readonly missing: number; readonly isEmptied: boolean }
  | {
      readonly is: "blocked";
      readonly messageId: string;
      readonly why: CopiesBlock;
      /** Whether no copy left: all can be taken back. */
      readonly isUntouched: boolean;
    };

export const NO_TRACKING: Tracking = { step: "none" };

/** The links that the sender may have tracked: what is left alone by a guess of ours, too. */
export function open({ links }: Choice): Found["links"] {
  return links.filter((link) => link.tracked || link.isGuess);
}

/** The links that will be tracked. */
export function chosen(choice: Choice): Found["links"] {
  return open(choice).filter((link) => !choice.leftOut.has(link.url));
}

/** `choice` with the link left out, or not any more. */
export function toggled(choice: Choice, url: string): Choice {
  const leftOut = new Set(choice.leftOut);
  if (!leftOut.delete(url)) {
    leftOut.add(url);
  }
  return { ...choice, leftOut };
}

/** What was put into a mail: its pixel, the tracking URL of each link, and where its notice leads. */
export interface Inserted {
  readonly notice: string | null;
  readonly pixel: string | null;
  readonly targets: Readonly<Record<string, string>>;
}

/** Whether everything that was put in, but the notice, is still there. Tracking URLs need no escaping anywhere. */
export function isWhole(html: string, { pixel, targets }: Inserted): boolean {
  return (
    (pixel === null || html.includes(pixel)) && Object.values(targets).every((url) => html.includes(url))
  );
}

/** What is registered of a choice: its links, and what mail and links are called. */
export function registration(choice: Choice): { links: string[]; labels: NewLabels } {
  const links = chosen(choice).map((link) => link.url);
  const names = links.map((url) => (choice.linkNames[url] ?? "").trim());
  return { links, labels: { ...labelsOf(choice.typed), links: names } };
}

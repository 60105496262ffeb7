/** What the app tells its pages: which sign-in to use and what an admin allows. */

export type Mode = "counting" | "individual" | "pseudonymous";

export interface Config {
  readonly clientId: string;
  readonly tenantId: string;
  readonly authority: string;
  readonly scope: string;
  readonly modes: readonly Mode[];
  /** The ceiling that no sender passes. */
  readonly tracking: "off" | "clicks" | "opens" | Mode;
  /** What telling people apart by name rests on; null where nobody stated it. */
  readonly basis: "consent" | "objection" | null;
  readonly graphUrl: string;
  /** To how many recipients copies may be sent one by one. */
  readonly perRecipientLimit: number;
  readonly copiesPerMinute: number;
  /** For how many seconds copies can be taken back before the first leaves. */
  readonly copiesUndo: number;
  /** Whether the manifest lets the add-in have Outlook send the mail. */
  readonly sendsFromPane: boolean;
  /** Whether the subject may be offered as the name of a mail. */
  readonly offersSubject: boolean;
  /** What mails may be for, as an admin named it. */
  readonly purposes: readonly string[];
  /** Whether there are teams, which see each other's mails. */
  readonly teams: boolean;
  /** Whether an admin lets tracked links lead to some hosts only; those with a role are told which. */
  readonly limitsHosts: boolean;
  /** Whether Exchange is asked, as the sender, who may not get the mail. */
  readonly mailTips: boolean;
  /** Whether a tracked mail says in a line that it is measured. */
  readonly hasNotice: boolean;
  /** Of how few people reports tell nothing, where nobody is told apart. */
  readonly smallestGroup: number;
  /** Where tracking URLs lead: to the app itself, or to an app of their own. */
  readonly trackingUrl: string;
  readonly version: string;
}

/** The block with the id `config` in the page. */
export function readConfig(page: Document = document): Config {
  return JSON.parse(page.getElementById("config")?.textContent ?? "") as Config;
}

/** The origins that are Rollcall's own: `origin`, where tracking URLs lead, and that of the `app`, where they may have led. */
export interface Origins {
  readonly origin: string;
  readonly app: string;
}

/** What this page was told of them; without a word of it all is the app's. */
export function ourOrigins(): Origins {
  const app = globalThis.location.origin;
  const told = globalThis.document?.getElementById("config") ? readConfig().trackingUrl : undefined;
  return { origin: told ?? app, app };
}

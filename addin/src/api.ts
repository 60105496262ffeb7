/** Rollcall's API. The only file that knows its URLs; its types are made from the OpenAPI document. */

import type { components } from "./generated/api";
import { Trouble, troubleIn } from "./trouble";
import { words } from "./words/common";
import { locale } from "./words/languages";

export { asTrouble, Trouble, troubleIn, withText } from "./trouble";

type Schemas = components["schemas"];

export type Expansion = Schemas["ExpansionAnswer"];
export type RunningExpansion = Schemas["RunningAnswer"];
export type FailedExpansion = Schemas["FailedAnswer"];
export type AnyExpansion = Expansion | RunningExpansion | FailedExpansion;
export type ListEntry = Schemas["ListAnswer"];
export type Recipient = Schemas["RecipientAnswer"];
export type Message = Schemas["MessageAnswer"];
export type NewMessage = Omit<Schemas["NewMessage"], "draw"> & { draw?: string };
export type NewLabels = Schemas["NewLabels"];
export type Registered = Schemas["RegisteredAnswer"];
export type Recipients = Schemas["RecipientsAnswer"];
export type Turnover = Schemas["Turnover"];
export type UrlSet = Schemas["UrlSet"];
export type CopyRunAnswer = Schemas["RunAnswer"];
type CopyNotes = Schemas["NewNotes"];
export type Headline = Schemas["Headline"];
export type Audience = Schemas["MailAudience"];
export type Dashboard = Schemas["Dashboard"];
export type Report = Schemas["Report"];
export type ListReport = Schemas["ListReport"];
export type Links = Schemas["LinksAnswer"];
export type Link = Links["links"][number];
export type AmendedLink = Schemas["AmendedLink"];
export type FoundLink = Schemas["FoundLinkAnswer"];
export type Connection = Schemas["ConnectionAnswer"];
export type CrossCheck = Schemas["CrossCheck"];
export type AuditRecord = Schemas["Record"];
export type Notification = Schemas["NotificationAnswer"];
export type Me = Schemas["MeAnswer"];
export type RecipientReport = Schemas["RecipientReport"];
export type Health = Schemas["HealthAnswer"];
export type Person = Schemas["Person"];
export type Erasure = Schemas["Erasure"];
export type Objection = Schemas["Objection"];
export type Measuring = Schemas["MeasuringAnswer"];
export type Statement = Schemas["StatementAnswer"];

/** Some rows of a listing: `next` is the cursor of the page behind it, null on the last. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
  readonly total: number | null;
}

/** A file to save. */
export interface NamedFile {
  readonly body: Blob;
  readonly name: string;
}

type Headings = Record<string, string>;

/** Gives the access token to send; a fresh one when the last was refused. */
export type TokenSource = (refused: boolean) => Promise<string>;

export class Api {
  constructor(
    private readonly token: TokenSource,
    private readonly origin = "",
  ) {}

  me = () => this.json<Schemas["MeAnswer"]>("GET", "/api/me");

  /** Counts; the answer comes when the work is done, or, of very long work, after minutes as `running`. */
  expand = (id: string, addresses: readonly string[], signal?: AbortSignal) =>
    this.json<AnyExpansion>("POST", "/api/expansions", { id, addresses }, signal);
  getExpansion = (id: string, signal?: AbortSignal) =>
    this.json<AnyExpansion>("GET", `/api/expansions/${id}`, undefined, signal);
  forgetExpansion = (id: string) => this.nothing("DELETE", `/api/expansions/${id}`);
  /** `groups`: also the groups within which copies are given out that tell nobody's name. */
  listRecipients = (id: string, after: string, limit = 1000, groups = false): Promise<Recipients> =>
    this.json<Recipients>(
      "GET",
      paged(`/api/expansions/${id}/recipients`, after, limit) + (groups ? "&groups=yes" : ""),
    );

  register = (message: NewMessage) => this.json<Registered>("POST", "/api/messages", message);
  listUrls = (id: string, after: string, limit = 200): Promise<Page<UrlSet>> =>
    this.json<Schemas["RowPageOfUrlSet"]>("GET", paged(`/api/messages/${id}/recipients`, after, limit));
  /** From now on events count; `hasNotice`: the notice is in the mail, if one was put in. `deliverAt`: when Outlook
   * is to deliver it, in milliseconds since 1970; null at once. */
  arm = (id: string, hasNotice = true, deliverAt: number | null = null) => {
    const query = new URLSearchParams({
      ...(hasNotice ? {} : { notice: "gone" }),
      ...(deliverAt === null ? {} : { deliver_at: new Date(deliverAt).toISOString() }),
    }).toString();
    return this.json<Message>("POST", `/api/messages/${id}/sent${query && `?${query}`}`);
  };
  /** How far the copies of a message are; which pane sends them; what became of them, and what is tried next. */
  getCopies = (id: string) => this.json<CopyRunAnswer>("GET", copiesPath(id));
  takeCopies = (id: string, holder: Schemas["NewHolder"]) =>
    this.json<CopyRunAnswer>("PUT", copiesPath(id), holder);
  noteCopies = (id: string, notes: CopyNotes) => this.json<CopyRunAnswer>("PATCH", copiesPath(id), notes);
  /** Events count no more: the mail was not sent after all. */
  disarm = (id: string) => this.json<Message>("DELETE", `/api/messages/${id}/sent`);
  getMessage = (id: string) => this.json<Message>("GET", `/api/messages/${id}`);
  label = (id: string, labels: NewLabels) => this.json<Message>("PATCH", `/api/messages/${id}`, labels);
  getStatement = () => this.json<Statement>("GET", "/api/statement");
  /** `query` is a query string without its question mark. */
  listMessages = (after = "", limit = 100, query = ""): Promise<Page<Message>> =>
    this.json<Schemas["RowPageOfMessageAnswer"]>("GET", paged("/api/messages", after, limit, query));
  getHeadlines = (ids: readonly string[]) =>
    this.json<Schemas["HeadlinesAnswer"]>("GET", `/api/headlines?ids=${ids.join(",")}`);
  /** `query` is a query string without its question mark. */
  getDashboard = (query: string) => this.json<Dashboard>("GET", `/api/dashboard?${query}`);
  /** `query` is a query string without its question mark. */
  getAudience = (query: string) => this.json<Audience>("GET", `/api/dashboard/audience?${query}`);
  deleteMessage = (id: string) => this.nothing("DELETE", `/api/messages/${id}`);
  getReport = (id: string) => this.json<Report>("GET", `/api/messages/${id}/report`);
  /** `query` is a query string without its question mark: `opened=no`. In the mode `individual` only. */
  listRecipientReports = (
    id: string,
    after: string,
    limit: number,
    query: string,
  ): Promise<Page<RecipientReport>> =>
    this.json<Schemas["RowPageOfRecipientReport"]>(
      "GET",
      paged(`/api/messages/${id}/report/recipients`, after, limit, query),
    );
  getReaders = (id: string) => this.json<Schemas["ReadersAnswer"]>("GET", `/api/messages/${id}/readers`);
  putReaders = (id: string, addresses: readonly string[]) =>
    this.json<Schemas["ReadersAnswer"]>("PUT", `/api/messages/${id}/readers`, { addresses });
  getLinks = (id: string) => this.json<Links>("GET", `/api/messages/${id}/links`);
  /** Has a link, or all links without a number, lead to `target`; nowhere where it is null. */
  putLink = (id: string, number: number | null, target: string | null) =>
    this.json<Links>("PUT", linkPath(id, number), { target });
  restoreLink = (id: string, number: number | null) => this.json<Links>("DELETE", linkPath(id, number));
  getReportsSheet = (ids: readonly string[]) => this.file(`/api/reports.csv?ids=${ids.join(",")}`);
  getReportsWorkbook = (ids: readonly string[]) => this.file(`/api/reports.xlsx?ids=${ids.join(",")}`);
  /** Every link that was withdrawn or corrected, of mails that were deleted as well. */
  listAmended = (after: string, limit: number): Promise<Page<AmendedLink>> =>
    this.json<Schemas["RowPageOfAmendedLink"]>("GET", paged("/api/links", after, limit));
  identifyLink = (url: string) => this.json<FoundLink>("POST", "/api/links", { url });
  getReportSheet = (id: string) => this.file(`/api/messages/${id}/report.csv`);
  getReportWorkbook = (id: string) => this.file(`/api/messages/${id}/report.xlsx`);

  getConnection = () => this.json<Connection>("GET", "/api/connection");
  startConnection = () => this.json<Schemas["SignInAnswer"]>("GET", "/api/connection/start");
  testConnection = (address: string) => this.json<CrossCheck>("POST", "/api/connection/test", { address });
  disconnect = () => this.json<Schemas["DisconnectedAnswer"]>("DELETE", "/api/connection");
  getHealth = () => this.json<Health>("GET", "/api/health");
  /** What is kept of a person, behind the place that an answer's `next` named. */
  getPerson = (address: string, after = "", signal?: AbortSignal) =>
    this.json<Person>("GET", aboutPerson("", after), undefined, signal, personHeader(address));
  erasePerson = (address: string, after = "") =>
    this.json<Erasure>("DELETE", aboutPerson("", after), undefined, undefined, personHeader(address));
  object = (address: string) =>
    this.json<Objection>("POST", aboutPerson("/objection"), undefined, undefined, personHeader(address));
  withdrawObjection = (address: string) =>
    this.json<Objection>("DELETE", aboutPerson("/objection"), undefined, undefined, personHeader(address));
  /** About whoever is signed in, and nobody else. */
  getMeasuring = () => this.json<Measuring>("GET", "/api/me/measuring");
  answerMeasuring = (answer: Schemas["NewAnswer"]) =>
    this.json<Measuring>("PUT", "/api/me/measuring", answer);
  getKept = (after: string) => this.json<Schemas["KeptAnswer"]>("GET", aboutMyself(after));
  eraseMyself = (after: string) => this.json<Erasure>("DELETE", aboutMyself(after));

  /** `query` is a query string without its question mark. */
  listRecords = (query: string, after: string, limit: number): Promise<Page<AuditRecord>> =>
    this.json<Schemas["RowPageOfRecord"]>("GET", paged("/api/audit", after, limit, query));
  /** What people are called, by object id; who is not known now is missing. */
  getNames = (ids: readonly string[]) =>
    this.json<Schemas["NamesAnswer"]>("GET", `/api/audit/names?ids=${ids.join(",")}`);
  /** What the webhook's address is told. */
  listNotifications = (after: string, limit: number): Promise<Page<Notification>> =>
    this.json<Schemas["RowPageOfNotificationAnswer"]>("GET", paged("/api/notifications", after, limit));
  getAuditSheet = (query: string) => this.file(`/api/audit.csv?${query}`);

  private async json<T>(
    method: string,
    path: string,
    body?: unknown,
    signal?: AbortSignal,
    more?: Headings,
  ): Promise<T> {
    return (await (await this.ask(method, path, body, signal, more)).json()) as T;
  }

  private async nothing(method: string, path: string): Promise<void> {
    await this.ask(method, path);
  }

  private async file(path: string): Promise<NamedFile> {
    const answer = await this.ask("GET", path);
    return { body: await answer.blob(), name: nameIn(answer.headers.get("Content-Disposition") ?? "") };
  }

  private async ask(
    method: string,
    path: string,
    body?: unknown,
    signal?: AbortSignal,
    more: Headings = {},
  ): Promise<Response> {
    let answer = await this.send(method, path, body, signal, more, false);
    if (answer.status === 401) {
      answer = await this.send(method, path, body, signal, more, true);
    }
    if (!answer.ok) {
      throw await troubleIn(answer);
    }
    return answer;
  }

  private async send(
    method: string,
    path: string,
    body: unknown,
    signal: AbortSignal | undefined,
    more: Headings,
    refused: boolean,
  ): Promise<Response> {
    const headers: Headings = {
      ...more,
      Authorization: `Bearer ${await this.token(refused)}`,
      "Accept-Language": locale(),
    };
    const request: RequestInit = { method, headers, cache: "no-store", credentials: "same-origin" };
    if (body !== undefined) {
      headers["Content-Type"] = "application/json";
      request.body = JSON.stringify(body);
    }
    if (signal) {
      request.signal = signal;
    }
    try {
      return await fetch(this.origin + path, request);
    } catch (error) {
      if (signal?.aborted) {
        throw error;
      }
      throw new Trouble("offline", words.trouble.offline, words.trouble.offlineRemedy);
    }
  }
}

function paged(path: string, after: string, limit: number, query = ""): string {
  return [`${path}?limit=${limit}`, after && `after=${after}`, query].filter(Boolean).join("&");
}

/** What a file is called, as `Content-Disposition` says (RFC 6266). */
export function nameIn(disposition: string): string {
  const exact = /filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1];
  return exact ? decodeURIComponent(exact) : (/filename="([^"]+)"/.exec(disposition)?.[1] ?? "rollcall");
}

function copiesPath(id: string): string {
  return `/api/messages/${id}/copies`;
}

function linkPath(id: string, number: number | null): string {
  return `/api/messages/${id}/links${number === null ? "" : `/${number}`}`;
}

// Platforms log the paths of requests, so a person's address goes into a header.
function aboutMyself(after: string): string {
  return `/api/me/kept${after && `?after=${after}`}`;
}

function aboutPerson(what: string, after = ""): string {
  return `/api/people/-${what}${after && `?after=${encodeURIComponent(after)}`}`;
}

function personHeader(address: string): Headings {
  return { "Rollcall-Person": encodeURIComponent(address) };
}

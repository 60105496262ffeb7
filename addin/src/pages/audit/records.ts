/** Records of the audit trail in plain words. */

import type { AuditRecord } from "../../api";
import { fill, several } from "../../words/fill";
import { pageWords } from "../../words/pages";

const said = pageWords.audit;

/** Who Rollcall itself is in the trail. */
export const ROLLCALL = "rollcall";
/** Whoever followed the link in a mail to object: nobody knows more. */
export const BY_LINK = "link";
/** The actor where somebody acted for themselves. */
export const BY_SELF = "self";

const REPORTED = new Set([
  "message_registered",
  "message_labelled",
  "message_sent",
  "message_unsent",
  "message_shared",
  "link_withdrawn",
  "link_corrected",
  "link_restored",
  "recipients_viewed",
  "report_exported",
]);

/** What was done, as a sentence. */
export function sentenceOf(record: Pick<AuditRecord, "kind" | "subject" | "facts">): string {
  const facts = factsOf(record);
  const text = (name: string) =>
    typeof facts[name] === "string" || typeof facts[name] === "number" ? String(facts[name]) : "";
  const count = facts.count;
  const [one, many] =
    record.kind === "refused" ? [said.attemptsOne, said.attempts] : [said.recipientsOne, said.recipients];
  const known = said.kinds[record.kind];
  if (!known) {
    return fill(record.subject ? said.otherKind : said.otherKindAlone, {
      kind: nameOfKind(record.kind),
      subject: record.subject,
    });
  }
  const isUnchecked = record.kind === "message_registered" && facts.sender_checked === false;
  return fill(isUnchecked ? said.registeredUnchecked : known.text, {
    subject: record.subject.split(" ").filter(Boolean).join(", ") || said.nothing,
    count: typeof count === "number" ? several(count, one, many) : said.nothing,
    complete: facts.complete === true ? said.complete : said.notComplete,
    host: text("host"),
    failure: plain(text("failure")),
    reason: plain(text("reason")),
    outcome: plain(text("outcome")),
    state: pageWords.statement.states[text("state")]?.title ?? plain(text("state")),
    version: text("version"),
    language: text("language"),
    readers: Array.isArray(facts.readers) ? several(facts.readers.length, said.personOne, said.people) : "",
  });
}

/** What a kind of deed is called. */
export function nameOfKind(kind: string): string {
  const plainly = plain(kind);
  return said.kinds[kind]?.name ?? plainly.charAt(0).toUpperCase() + plainly.slice(1);
}

/** The message whose report tells more of what was done, if there is one. */
export function reportOf({ kind, subject }: Pick<AuditRecord, "kind" | "subject">): string | undefined {
  return REPORTED.has(kind) ? subject : undefined;
}

/** The record's facts; none where they cannot be understood. */
export function factsOf({ facts }: Pick<AuditRecord, "facts">): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(facts);
    return typeof parsed === "object" && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function plain(code: string): string {
  return code.replaceAll("_", " ");
}

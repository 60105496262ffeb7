/** Following up: whom it is about, in parts that a mail takes, and as a file. */

import type { NamedFile, RecipientReport } from "../../api";

/** So long an address that opens a mail may be everywhere: some browsers and Outlook cut longer ones. */
const LONGEST_MAILTO = 1800;

/** Those who may be written to: whoever objects to being measured is not chased. */
export function followed(found: readonly RecipientReport[]): string[] {
  return found.filter(({ opened }) => opened !== "not_measured").map(({ address }) => address);
}

/** The addresses in parts of at most `most`. */
export function inParts(addresses: readonly string[], most: number): string[][] {
  return Array.from({ length: Math.ceil(addresses.length / most) }, (_, part) =>
    addresses.slice(part * most, (part + 1) * most),
  );
}

/** What opens a new mail to them in the reader's mail program, nobody seeing the others; null for too many. */
export function mailtoOf(addresses: readonly string[]): string | null {
  const href = `mailto:?bcc=${addresses.map(encodeURIComponent).join(",")}`;
  return href.length <= LONGEST_MAILTO ? href : null;
}

/** One address a line. */
export function fileOf(addresses: readonly string[], id: string): NamedFile {
  const text = addresses.map((address) => `${address}\r\n`).join("");
  return { body: new Blob([text], { type: "text/plain" }), name: `rollcall-addresses-${id}.txt` };
}

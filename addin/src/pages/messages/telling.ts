/** The mail by which a sender tells somebody of a report that was shared with them. */

import { fill } from "../../words/fill";
import { pageWords } from "../../words/pages";
import { reportUrl } from "../routes";

export interface Telling {
  readonly subject: string;
  readonly text: string;
  readonly url: string;
}

/** What it says; `name` is what the mail is called, or empty. */
export function tellingOf(id: string, name: string): Telling {
  const { subject, subjectNamed, text } = pageWords.telling;
  return { subject: name ? fill(subjectNamed, { name }) : subject, text, url: reportUrl(id) };
}

/** What opens it in the sender's mail program. */
export function tellingLink(to: readonly string[], { subject, text, url }: Telling): string {
  const query = Object.entries({ subject, body: `${text}\r\n\r\n${url}` })
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");
  return `mailto:${to.map(encodeURIComponent).join(",")}?${query}`;
}

/** The same as HTML. */
export function tellingHtml({ text, url }: Telling): string {
  return `<p>${escaped(text)}</p><p><a href="${escaped(url)}">${escaped(url)}</a></p>`;
}

function escaped(text: string): string {
  const signs: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (sign) => signs[sign] ?? sign);
}

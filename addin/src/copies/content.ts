/** What of a mail tells whether it is still the one whose copies were begun, on whichever device it is opened. */

import { attributeOf } from "../body/attributes";
import { decodeText } from "../body/entities";
import { scan } from "../body/tokens";
import { digestOf } from "../outlook/stamp";
import type { Mail } from "./wire";

/**
 * A short digest of what a mail says, and of where it leads. Every Outlook writes the same draft in HTML of its own,
 * so blanks, styles and the order of attributes are left out.
 */
export function contentDigest({ subject, html, importance = "normal" }: Mail): string {
  const parts: string[] = [];
  for (const token of scan(html).tokens) {
    if (token.kind === "text") {
      parts.push(decodeText(html.slice(token.from, token.to)));
    } else if (token.kind === "start") {
      const leads = attributeOf(html, token, "href") || attributeOf(html, token, "src");
      if (leads) {
        parts.push(`\n${leads}\n`);
      }
    }
  }
  const said = parts.join(" ").replace(/\s+/g, " ").trim();
  return digestOf(`${subject.trim()}\n${importance}\n${said}`);
}

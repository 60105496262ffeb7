/** Which tracked message a mail is, without asking anybody: by what stands in it, or was kept with it. */

import { findAuthor } from "../body/author";
import { scan } from "../body/tokens";
import type { Origins } from "../config";
import type { MailRead } from "../outlook/reading";
import { readDraft } from "./record";

const HEX = 16;
const ID_BYTES = 16;

/**
 * The id of the message that `mail` is; null where it is none. Where text and record differ, the text is right:
 * Outlook for Windows gives a forwarded mail the record of the original. A pixel in the quoted thread is another
 * mail's. Throws where Outlook tells neither.
 */
export async function messageOf(mail: MailRead, origins: Origins): Promise<string | null> {
  const [body, record] = await Promise.allSettled([mail.body(), mail.record()]);
  if (body.status === "rejected" && record.status === "rejected") {
    throw body.reason;
  }
  const html = body.status === "fulfilled" ? body.value : "";
  const { end } = findAuthor(html, scan(html));
  const own = pixelIn(html.slice(0, end), origins);
  if (own || pixelIn(html.slice(end), origins)) {
    return own;
  }
  const kept = record.status === "fulfilled" ? readDraft(record.value) : null;
  return kept?.m && kept.a && (kept.o ?? "counting") === "counting" ? kept.m : null;
}

/** Whose the first pixel is. Its token begins with a version and the message's id (shared/tracking/mail/tokens.py). */
function pixelIn(html: string, { origin, app }: Origins): string | null {
  return pixelBelow(origin, html) ?? (app === origin ? null : pixelBelow(app, html));
}

function pixelBelow(origin: string, html: string): string | null {
  const begin = `${origin}/o/`;
  for (let place = html.indexOf(begin); place >= 0; place = html.indexOf(begin, place + 1)) {
    const token =
      /^[A-Za-z0-9_-]+/.exec(html.slice(place + begin.length, place + begin.length + 100))?.[0] ?? "";
    const bytes = bytesOf(token);
    if (bytes.length > ID_BYTES) {
      return idOf(bytes.slice(1, 1 + ID_BYTES));
    }
  }
  return null;
}

function bytesOf(token: string): readonly number[] {
  const whole = token.slice(0, token.length - (token.length % 4));
  return [...atob(whole.replaceAll("-", "+").replaceAll("_", "/"))].map((one) => one.charCodeAt(0));
}

function idOf(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(HEX).padStart(2, "0")).join("");
}

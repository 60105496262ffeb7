/**
 * What is an e-mail address. The app decides the same in shared/audience/addresses.py, and a table and random
 * texts are put before both: what is taken for an address here the app must not refuse, and the other way round.
 * Imports nothing: Outlook's classic runtime runs it too, so there are no classes of Unicode in the patterns.
 */

// What nobody sees, and a copied pill may hold: marks of direction, zero-width spaces, variation selectors.
const INVISIBLE =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each is looked for alone
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]|[\udb40-\udb43][\udc00-\udfff]/g;
const JOINERS = /[\u200c\u200d]/g;
const DOTS = /[\u3002\uff0e\uff61]/g;
const QUOTES = "\"'`\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2039\u203a\u00ab\u00bb";
const NAMED = /^[^<>]*<([^<>@]+@[^<>]+)>$/;
const QUOTED = /^"([^"\\\s@]+)"@([^"]+)$/;
const PREFIX = /^(?:smtp|mailto):\s*/i;
const GUEST = /^([\s\S]+)_([^_@]+)#ext#@[\s\S]+$/i;
const LOCAL = /^[^"(),:;<>@[\\\]]+$/;
// Letters and digits at both ends of a label, and hyphens and underscores within; one of another script begins with
// `xn--` when it is asked for, so its ends are free.
const LABEL = /^[a-z0-9](?:[\w-]*[a-z0-9])?$/;
const FOREIGN = /^[^!-,./:-@[-^`{-~]*[\u0080-\uffff][^!-,./:-@[-^`{-~]*$/;
// Spaces, controls, halves of surrogate pairs, and what no script has assigned for good.
const UNPRINTABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
  /[\s\u0000-\u001f\u007f-\u009f\u0600-\u0605\u06dd\u070f\u08e2\u2028-\u202e\u2060-\u206f\ue000-\uf8ff\ufff0-\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?:[^\ud800-\udbff]|^)[\udc00-\udfff]/;
const MOST_LAYERS = 9;
const LONGEST_TYPED = 600;
const LONGEST = 254;
const LONGEST_LOCAL = 64;

/** Whether mail can be sent to what `typed` says, and a list can be looked up by it. */
export function isAddress(typed: string): boolean {
  if (typed.length > LONGEST_TYPED) {
    return false;
  }
  let text = typed;
  for (let layer = 0; layer < MOST_LAYERS; layer++) {
    const before = text;
    text = peel(text);
    if (text === before) {
      break;
    }
  }
  const at = text.lastIndexOf("@");
  const local = text.slice(0, at);
  return (
    at > 0 &&
    LOCAL.test(local) &&
    text
      .slice(at + 1)
      .split(".")
      .every((label) => LABEL.test(label) || FOREIGN.test(label)) &&
    text.indexOf("./") < 0 && // a path, and of no mailbox
    !UNPRINTABLE.test(text) &&
    bytesOf(text) <= LONGEST &&
    bytesOf(local) <= LONGEST_LOCAL
  );
}

/** `text` without one layer of what may stand around an address. */
function peel(text: string): string {
  let inner = trim(strip(trim(text.replace(INVISIBLE, "").replace(/\uff20/g, "@")), ";,"));
  const named = NAMED.exec(inner);
  inner = named ? trim(named[1] as string) : inner;
  const quoted = QUOTED.exec(inner);
  inner = quoted ? `${quoted[1]}@${quoted[2]}` : inner;
  inner = PREFIX.test(inner) ? trim(strip(inner, QUOTES)).replace(PREFIX, "") : strip(inner, QUOTES);
  inner = trim(inner);
  const at = inner.lastIndexOf("@");
  if (at < 0) {
    return inner.toLowerCase();
  }
  let local = inner.slice(0, at).replace(JOINERS, "").toLowerCase();
  let domain = inner.slice(at + 1);
  const guest = GUEST.exec(`${local}@${domain}`);
  if (guest) {
    local = guest[1] as string;
    domain = guest[2] as string;
  }
  return `${local}@${domainIn(domain)}`;
}

function domainIn(text: string): string {
  const domain = trim(text).toLowerCase();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are all of ASCII
  const plain = /^[\u0000-\u007f]*$/.test(domain)
    ? domain
    : domain.replace(JOINERS, "").replace(DOTS, ".").normalize("NFKC").toLowerCase();
  return plain.replace(/\.+$/, "");
}

function strip(text: string, what: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && what.indexOf(text.charAt(start)) >= 0) {
    start += 1;
  }
  while (end > start && what.indexOf(text.charAt(end - 1)) >= 0) {
    end -= 1;
  }
  return text.slice(start, end);
}

function trim(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Python takes these for spaces too
  return text.replace(/^[\s\u001c-\u001f\u0085]+|[\s\u001c-\u001f\u0085]+$/g, "");
}

/** How long it is in UTF-8. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (let place = 0; place < text.length; place++) {
    const unit = text.charCodeAt(place);
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3;
  }
  return bytes;
}

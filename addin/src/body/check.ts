/**
 * Whether Outlook took a body as it was written.
 *
 * What it gives back is rarely the same text: it quotes attributes, writes characters in another way, breaks
 * lines elsewhere. It has also been seen to drop pictures and to cut the end off. This tells one from the other.
 */

import { attributeOf } from "./attributes";
import { decodeAttribute, decodeText } from "./entities";
import { scan } from "./tokens";

/** What is not as it was written. */
export type Loss = "links" | "images" | "tracking" | "text" | "pictures" | "length";

export type Comparison = { readonly same: true } | { readonly same: false; readonly loss: Loss };

/** Of what Outlook may drop without anybody missing it. */
const LENGTH_LOSS = 0.02;
const LENGTH_SLACK = 256;

/** Compares what Outlook gave back with what was `written`, made from the body `before` and `line`, markup that
 * was added. */
export function sameButForLinks(before: string, written: string, readBack: string, line = ""): Comparison {
  const [old, wanted, got] = [summaryOf(before), summaryOf(written), summaryOf(readBack)];
  const loss = findLoss(old, wanted, got, summaryOf(line));
  return loss === null ? { same: true } : { same: false, loss };
}

interface Summary {
  /** How often each href stands there. */
  readonly links: ReadonlyMap<string, number>;
  readonly linkCount: number;
  readonly images: ReadonlyMap<string, number>;
  readonly imageCount: number;
  /** How many pictures are fetched from a server. */
  readonly fetched: number;
  readonly text: string;
  readonly length: number;
}

function findLoss(old: Summary, wanted: Summary, got: Summary, line: Summary): Loss | null {
  if (wanted.linkCount !== old.linkCount + line.linkCount || got.linkCount !== wanted.linkCount) {
    return "links";
  }
  for (const [url, count] of wanted.links) {
    if (!old.links.has(url) && got.links.get(url) !== count) {
      return "tracking";
    }
  }
  for (const [url, count] of wanted.images) {
    const isPixel = !old.images.has(url);
    const found = got.images.get(url) ?? 0;
    if ((isPixel || url.startsWith("cid:")) && found !== count) {
      return isPixel ? "tracking" : "pictures";
    }
    // More often than it was written, it stands in another's place.
    if (found > count) {
      return "pictures";
    }
  }
  if (got.imageCount !== wanted.imageCount) {
    return "images";
  }
  // Outlook has been seen to put a transparent point in a picture's place, or to keep its address elsewhere only.
  if (got.fetched < wanted.fetched) {
    return "pictures";
  }
  if (got.text !== wanted.text || !isAdded(line.text, wanted.text, old.text)) {
    return "text";
  }
  const allowed = Math.max(wanted.length * LENGTH_LOSS, LENGTH_SLACK);
  return wanted.length - got.length > allowed ? "length" : null;
}

/** Whether `wanted` is `old` with `line` put in somewhere. */
function isAdded(line: string, wanted: string, old: string): boolean {
  for (let at = wanted.indexOf(line); at >= 0; at = wanted.indexOf(line, at + 1)) {
    if (wanted.slice(0, at) === old.slice(0, at) && wanted.slice(at + line.length) === old.slice(at)) {
      return true;
    }
    if (line === "") {
      break;
    }
  }
  return false;
}

function summaryOf(html: string): Summary {
  const { tokens } = scan(html);
  const links = new Map<string, number>();
  const images = new Map<string, number>();
  let text = "";
  let linkCount = 0;
  let imageCount = 0;
  let fetched = 0;
  for (const token of tokens) {
    if (token.kind === "text") {
      text += html.slice(token.from, token.to);
      continue;
    }
    if (token.kind !== "start") {
      continue;
    }
    const href = token.name === "a" || token.name === "area" ? token.attributes.find(isHref) : undefined;
    if (href) {
      linkCount += 1;
      add(links, decodeAttribute(html.slice(href.from, href.to)).text);
    }
    if (token.name === "img") {
      imageCount += 1;
      const source = attributeOf(html, token, "src");
      add(images, source);
      fetched += /^\s*(?:https?:)?\/\//i.test(source) ? 1 : 0;
    }
  }
  // Blanks are Outlook's to move about. So is the mark in front of a text's direction.
  const bare = decodeText(text).replace(/[\s\u200b\ufeff]+/g, "");
  return {
    links,
    linkCount,
    images,
    imageCount,
    fetched,
    text: bare,
    length: html.replace(/\s+/g, " ").length,
  };
}

function isHref({ name }: { name: string }): boolean {
  return name === "href";
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

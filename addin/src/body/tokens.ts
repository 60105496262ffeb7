/**
 * HTML cut into tags and text the way browsers cut it, with the place of everything (HTML Standard, section
 * 13.2.5). Parsing with the browser's own parser and writing the result would change what Outlook wrote:
 * conditional comments, quotes, character references. This only says where things stand.
 *
 * It never throws, and takes time proportional to the text's length, whatever the text.
 */

export type Quote = '"' | "'" | "";

/** An attribute and the place of its value, without quotes. */
export interface Attribute {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly quote: Quote;
}

export interface StartTag {
  readonly kind: "start";
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly attributes: readonly Attribute[];
}

export interface EndTag {
  readonly kind: "end";
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

export interface Text {
  readonly kind: "text";
  readonly from: number;
  readonly to: number;
}

export type Token = StartTag | EndTag | Text;

export interface Scan {
  /** Tags and text; not comments, declarations, and what stands in scripts, style sheets and data islands. */
  readonly tokens: readonly Token[];
  /** Where something begins that never ends, like an open comment; the text's length if there is no such. */
  readonly sound: number;
}

/** What holds text and no tags. `xml` is Office's data island, skipped where it has an end. */
const RAW = new Set(["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "xml"]);

const LETTER = /[a-zA-Z]/;
const NAME_END = /[\t\n\f\r />]/g;
const ATTRIBUTE_NAME_END = /[\t\n\f\r />=]/g;
const UNQUOTED_END = /[\t\n\f\r >]/g;
const NO_BLANK = /[^\t\n\f\r ]/g;
const NO_BLANK_OR_SLASH = /[^\t\n\f\r /]/g;

/** Cuts `html` up. */
export function scan(html: string): Scan {
  return new Scanner(html).run();
}

class Scanner {
  private readonly tokens: Token[] = [];
  private readonly found = new Map<string, number>();
  private readonly patterns = new Map<string, RegExp>();

  constructor(private readonly html: string) {}

  run(): Scan {
    const { html } = this;
    let text = 0;
    let at = html.indexOf("<");
    while (at >= 0) {
      const after = html[at + 1] ?? "";
      const isEnd = after === "/";
      const isTag = LETTER.test(isEnd ? (html[at + 2] ?? "") : after);
      if (!isTag && !isEnd && after !== "!" && after !== "?") {
        at = html.indexOf("<", at + 1);
        continue;
      }
      this.text(text, at);
      const next = isTag ? this.tag(at, isEnd) : this.comment(at);
      if (next < 0) {
        return { tokens: this.tokens, sound: at };
      }
      text = next;
      at = html.indexOf("<", next);
    }
    this.text(text, html.length);
    return { tokens: this.tokens, sound: html.length };
  }

  private text(from: number, to: number): void {
    if (to > from) {
      this.tokens.push({ kind: "text", from, to });
    }
  }

  /** Where what begins at `from` ends; -1 if never. */
  private comment(from: number): number {
    const { html } = this;
    if (html.startsWith("<!--", from)) {
      const inside = from + 4;
      if (html[inside] === ">") {
        return inside + 1;
      }
      if (html.startsWith("->", inside)) {
        return inside + 2;
      }
      const plain = this.next("-->", inside);
      const odd = this.next("--!>", inside);
      return odd >= 0 && (plain < 0 || odd < plain) ? odd + 4 : plain < 0 ? -1 : plain + 3;
    }
    if (html.startsWith("<![CDATA[", from)) {
      const end = this.next("]]>", from);
      if (end >= 0) {
        return end + 3;
      }
    }
    const end = this.next(">", from);
    return end < 0 ? -1 : end + 1;
  }

  private tag(from: number, isEnd: boolean): number {
    const { html } = this;
    const begin = from + (isEnd ? 2 : 1);
    let at = seek(NAME_END, html, begin);
    const name = html.slice(begin, at).toLowerCase();
    const attributes: Attribute[] = [];
    for (;;) {
      at = seek(NO_BLANK_OR_SLASH, html, at);
      if (at >= html.length) {
        return -1;
      }
      if (html[at] === ">") {
        break;
      }
      const attribute = this.attribute(at);
      if (attribute === null) {
        return -1;
      }
      attributes.push(attribute);
      at = attribute.to + attribute.quote.length;
    }
    const to = at + 1;
    if (isEnd) {
      this.tokens.push({ kind: "end", name, from, to });
      return to;
    }
    this.tokens.push({ kind: "start", name, from, to, attributes });
    return this.content(name, to);
  }

  private attribute(begin: number): Attribute | null {
    const { html } = this;
    // A "=" in front belongs to the name.
    const end = seek(ATTRIBUTE_NAME_END, html, begin + 1);
    const name = html.slice(begin, end).toLowerCase();
    let at = seek(NO_BLANK, html, end);
    if (html[at] !== "=") {
      return { name, from: end, to: end, quote: "" };
    }
    at = seek(NO_BLANK, html, at + 1);
    const quote = html[at];
    if (quote === '"' || quote === "'") {
      const to = this.next(quote, at + 1);
      return to < 0 ? null : { name, from: at + 1, to, quote };
    }
    const to = seek(UNQUOTED_END, html, at);
    return to >= html.length ? null : { name, from: at, to, quote: "" };
  }

  /** Where tags are to be looked for again after the start tag of `name`, which ends at `from`. */
  private content(name: string, from: number): number {
    if (name === "plaintext") {
      return -1;
    }
    if (!RAW.has(name)) {
      return from;
    }
    const end = this.next(`</${name}`, from);
    return end >= 0 ? end : name === "xml" ? from : -1;
  }

  /**
   * Where `needle` is next, at `from` or later; -1 if nowhere. What was found is kept, since a search that
   * finds nothing reads the whole text. An end tag is found in any case, and as a whole name only.
   */
  private next(needle: string, from: number): number {
    const known = this.found.get(needle);
    if (known !== undefined && (known < 0 || known >= from)) {
      return known;
    }
    let found: number;
    if (needle.startsWith("</")) {
      const pattern = this.patterns.get(needle) ?? new RegExp(`${needle}(?=[\\t\\n\\f\\r />])`, "gi");
      this.patterns.set(needle, pattern);
      pattern.lastIndex = from;
      found = pattern.exec(this.html)?.index ?? -1;
    } else {
      found = this.html.indexOf(needle, from);
    }
    this.found.set(needle, found);
    return found;
  }
}

/** The place of the first match of `pattern` at `from` or later; the text's length if there is none. */
function seek(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? text.length;
}

/**
 * Character references, as the HTML Standard decodes them (sections 13.2.5.72 to 13.2.5.80).
 *
 * Of its 2,231 names this knows HTML 4's, those of ASCII characters, and all that may stand without a
 * semicolon. Of any other name it says that it is unclear, rather than guess.
 */

const LATIN =
  "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 " +
  "acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde " +
  "Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute " +
  "Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde " +
  "auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute " +
  "ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";
const BARE = "amp:26 lt:3c gt:3e quot:22 AMP:26 LT:3c GT:3e QUOT:22 COPY:a9 REG:ae";
const OTHERS =
  "Tab:9 NewLine:a excl:21 num:23 dollar:24 percnt:25 apos:27 lpar:28 rpar:29 ast:2a midast:2a plus:2b " +
  "comma:2c period:2e sol:2f colon:3a semi:3b equals:3d quest:3f commat:40 lbrack:5b lsqb:5b bsol:5c " +
  "rbrack:5d rsqb:5d Hat:5e UnderBar:5f lowbar:5f DiacriticalGrave:60 grave:60 lbrace:7b lcub:7b " +
  "VerticalLine:7c verbar:7c vert:7c rbrace:7d rcub:7d OElig:152 oelig:153 Scaron:160 scaron:161 " +
  "Yuml:178 fnof:192 circ:2c6 tilde:2dc Alpha:391 Beta:392 Gamma:393 Delta:394 Epsilon:395 Zeta:396 " +
  "Eta:397 Theta:398 Iota:399 Kappa:39a Lambda:39b Mu:39c Nu:39d Xi:39e Omicron:39f Pi:3a0 Rho:3a1 " +
  "Sigma:3a3 Tau:3a4 Upsilon:3a5 Phi:3a6 Chi:3a7 Psi:3a8 Omega:3a9 alpha:3b1 beta:3b2 gamma:3b3 " +
  "delta:3b4 epsilon:3b5 zeta:3b6 eta:3b7 theta:3b8 iota:3b9 kappa:3ba lambda:3bb mu:3bc nu:3bd xi:3be " +
  "omicron:3bf pi:3c0 rho:3c1 sigmaf:3c2 sigma:3c3 tau:3c4 upsilon:3c5 phi:3c6 chi:3c7 psi:3c8 " +
  "omega:3c9 thetasym:3d1 upsih:3d2 piv:3d6 ensp:2002 emsp:2003 thinsp:2009 zwnj:200c zwj:200d lrm:200e " +
  "rlm:200f ndash:2013 mdash:2014 lsquo:2018 rsquo:2019 sbquo:201a ldquo:201c rdquo:201d bdquo:201e " +
  "dagger:2020 Dagger:2021 bull:2022 hellip:2026 permil:2030 prime:2032 Prime:2033 lsaquo:2039 " +
  "rsaquo:203a oline:203e frasl:2044 euro:20ac image:2111 weierp:2118 real:211c trade:2122 alefsym:2135 " +
  "larr:2190 uarr:2191 rarr:2192 darr:2193 harr:2194 crarr:21b5 lArr:21d0 uArr:21d1 rArr:21d2 dArr:21d3 " +
  "hArr:21d4 forall:2200 part:2202 exist:2203 empty:2205 nabla:2207 isin:2208 notin:2209 ni:220b " +
  "prod:220f sum:2211 minus:2212 lowast:2217 radic:221a prop:221d infin:221e ang:2220 and:2227 or:2228 " +
  "cap:2229 cup:222a int:222b there4:2234 sim:223c cong:2245 asymp:2248 ne:2260 equiv:2261 le:2264 " +
  "ge:2265 sub:2282 sup:2283 nsub:2284 sube:2286 supe:2287 oplus:2295 otimes:2297 perp:22a5 sdot:22c5 " +
  "lceil:2308 rceil:2309 lfloor:230a rfloor:230b lang:27e8 rang:27e9 loz:25ca spades:2660 clubs:2663 " +
  "hearts:2665 diams:2666";

/** Names that count without a semicolon too. */
const LEGACY = new Map<string, string>();
const NAMED = new Map<string, string>();
LATIN.split(" ").forEach((name, place) => {
  LEGACY.set(name, String.fromCharCode(160 + place));
});
read(BARE, LEGACY);
read(OTHERS, NAMED);
for (const [name, character] of LEGACY) {
  NAMED.set(name, character);
}

/** What a numeric reference to one of these means, as Windows had it. */
const WINDOWS =
  "\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f" +
  "\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178";

const REFERENCE = /&(?:#[xX]([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z][a-zA-Z0-9]*))(;?)/g;

export interface Decoded {
  readonly text: string;
  /** Whether there is a reference in it that may mean something else than it looks like. */
  readonly unclear: boolean;
}

/** The text that an attribute's value stands for. */
export function decodeAttribute(raw: string): Decoded {
  return decode(raw, true);
}

/** The text that an element's content stands for. */
export function decodeText(raw: string): string {
  return decode(raw, false).text;
}

/** `text` as the value of an attribute that stands in `quote`; "" for one without quotes. */
export function encodeAttribute(text: string, quote: '"' | "'" | ""): string {
  const special = quote === '"' ? /[&"]/g : quote === "'" ? /[&']/g : /[&"'`=<>\s]/g;
  return text.replace(special, (character) =>
    character === "&" ? "&amp;" : character === '"' ? "&quot;" : `&#${character.charCodeAt(0)};`,
  );
}

function decode(raw: string, attribute: boolean): Decoded {
  if (!raw.includes("&")) {
    return { text: raw, unclear: false };
  }
  let unclear = false;
  const text = raw.replace(REFERENCE, (whole, hex, decimal, name, semicolon, place: number) => {
    if (name === undefined) {
      return numbered(hex === undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16));
    }
    if (semicolon) {
      const found = NAMED.get(name);
      unclear ||= found === undefined;
      return found ?? whole;
    }
    if (attribute) {
      // Before "=" it is a parameter's name: ?a=1&copy=2.
      return raw[place + whole.length] === "=" ? whole : (LEGACY.get(name) ?? whole);
    }
    for (let length = Math.min(name.length, 6); length > 1; length--) {
      const found = LEGACY.get(name.slice(0, length));
      if (found !== undefined) {
        return found + name.slice(length);
      }
    }
    return whole;
  });
  return { text, unclear };
}

function numbered(code: number): string {
  if (code >= 0x80 && code <= 0x9f) {
    return WINDOWS[code - 0x80] as string;
  }
  const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : "\ufffd";
}

function read(list: string, into: Map<string, string>): void {
  for (const entry of list.split(" ")) {
    const [name = "", code = ""] = entry.split(":");
    into.set(name, String.fromCharCode(Number.parseInt(code, 16)));
  }
}

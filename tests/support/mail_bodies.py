"""The add-in's functions on mail bodies, and large bodies to try them on."""

from __future__ import annotations

from shared.tracking.mail.links import MAX_LINKS, longest_target
from tests.support.bodies import Body

ORIGIN = "https://t.contoso.example"


PIXEL_URL = f"{ORIGIN}/o/AAECAwQFBgcICQoLDA0ODw"


PIXEL = f'<img src="{PIXEL_URL}" width="1" height="1" alt="" style="border:0">'


FUNCTIONS = f"""
import {{ findLinks, prepare, removeTracking, splice }} from "./body/links";
import {{ longestTarget }} from "./body/kinds";
import {{ sameButForLinks }} from "./body/check";
import {{ languageOf }} from "./body/language";
import {{ noticeMarkup }} from "./body/notice";
const at = {{ origin: "{ORIGIN}" }};
export const find = (html, reading) => findLinks(html, {{ ...at, reading: reading ?? {{}} }});
export const findWithin = (html, hosts) => findLinks(html, {{ ...at, reading: {{}}, hosts }});
export const put = (html, links, pixel, last, reading) =>
  splice(html, new Map(links), pixel, last ?? "", {{ ...at, reading: reading ?? {{}} }});
export const drop = (html, links, pixel, before, notice) =>
  removeTracking(html, new Map(links), pixel, notice ?? null, before ?? undefined, at);
export const line = noticeMarkup;
export const language = (html, usual, reading) => languageOf(html, reading ?? {{}}, usual);
export const check = sameButForLinks;
export const longest = longestTarget;
"""


def large() -> list[Body]:
    """Bodies that are too long to be kept as files."""
    links = "".join(f'<li><a href="⟪https://many.example/{n}?a=1⟫">Item {n}</a></li>\n' for n in range(200))
    paragraph = '<p class=MsoNormal style="margin:0cm">Lorem ipsum &amp; so on, “for ever”.<o:p></o:p></p>\n'
    long = paragraph * (900_000 // len(paragraph))
    return [
        Body("200-links", f"<html><body><ul>{links}</ul>⟪pixel⟫</body></html>", {}),
        Body(
            "900-kB",
            f'<html><body>⟪pixel⟫{long}<a href="⟪https://last.example/⟫">last</a>⟪line⟫</body></html>',
            {},
        ),
        Body(
            "more-links-than-the-server-takes",
            "<body>"
            + "".join(f"<a href=⟪https://x.example/{n}⟫>x</a>" for n in range(MAX_LINKS))
            + "<a href=https://x.example/more>x</a><a href=⟪https://x.example/0⟫>x</a>⟪pixel⟫</body>",
            {"many": 1},
        ),
        Body(
            "long-urls",
            f'<a href="⟪https://long.example/{"a" * (longest_target(ORIGIN) - 21)}⟫">fits</a>'
            f'<a href="https://long.example/{"b" * (longest_target(ORIGIN) - 20)}">does not</a>⟪pixel⟫',
            {"long": 1},
        ),
    ]


def urls(body: Body) -> list[tuple[str, str]]:
    return [(target, f"{ORIGIN}/c/{number:04}-{'x' * 60}") for number, target in enumerate(body.targets)]

"""Whatever a body is made of: links are replaced where they stand, and nothing else changes."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shared.tracking.mail.urls import canonical
from tests.support.bodies import PIXEL, Body
from tests.support.mail_bodies import FUNCTIONS, ORIGIN, PIXEL_URL
from tests.support.mail_bodies import PIXEL as PIXEL_TAG
from tests.support.node import Node

NAMES = st.sampled_from(["class", "id", "style", "title", "data-auth", "o:title", "x", "hre", "srchref"])
QUOTES = st.sampled_from(['"', "'", ""])
BLANKS = st.sampled_from([" ", "\n", "\t ", "  \r\n"])
EQUALS = st.sampled_from(["=", " = ", "=\n", "\t="])
VALUES = st.text("abc xyz/#;:é>=", max_size=12)
WORDS = st.text("abc &;é\n<3", max_size=15).map(lambda text: text.replace("<", "< "))
PATHS = st.text("abcXYZ019-._~/?&=+%$*()!,:@", max_size=20).map(lambda text: text.replace("%", "%25"))


def cased(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from([name, name.upper(), name.capitalize()])


@st.composite
def attributes(draw: st.DrawFn) -> str:
    parts = []
    for name in draw(st.lists(NAMES, max_size=3, unique=True)):
        quote, value = draw(QUOTES), draw(VALUES)
        if not quote:
            value = "".join(c for c in value if c not in " >=/") or "v"
        parts.append(draw(BLANKS) + draw(cased(name)) + draw(EQUALS) + quote + value + quote)
    return "".join(parts)


@st.composite
def anchors(draw: st.DrawFn) -> str:
    path, quote = draw(PATHS), draw(QUOTES)
    target = canonical(f"https://h{draw(st.integers(0, 3))}.example/{path}")
    written = target
    if draw(st.booleans()):
        written = escape(target, quote=True)
    elif "&" in target:
        written = target.replace("&", draw(st.sampled_from(["&amp;", "&#38;", "&#x26;"])))
    if quote == "'":
        written = written.replace("'", "&#39;")
    mark = f"⟪{written}⇒{target}⟫"
    tag = f"<{draw(cased('a'))}{draw(attributes())}{draw(BLANKS)}{draw(cased('href'))}{draw(EQUALS)}"
    return f"{tag}{quote}{mark}{quote}{draw(attributes())}{draw(BLANKS)}>{draw(WORDS)}</a>"


PLAIN = st.one_of(
    WORDS,
    st.builds("<!--{}<a href='http://no.example/'>-->".format, WORDS),
    st.builds("<!--[if mso]><a href=http://no.example/>{}</a><![endif]-->".format, WORDS),
    st.builds("<![if !supportLists]>{}<![endif]>".format, WORDS),
    st.builds("<style>{} <a href='http://no.example/'></style>".format, WORDS),
    st.builds("<script>'<a href=\"http://no.example/\">{}'</script>".format, WORDS),
    st.builds("<p{}>{}</p>".format, attributes(), WORDS),
    st.builds("<img{} src=cid:x@y>".format, attributes()),
    st.builds("<a{} name=x>{}</a>".format, attributes(), WORDS),
    st.builds("<a href='mailto:a@b.example'{}>{}</a>".format, attributes(), WORDS),
    st.builds("<table><tr><td{}>{}</td></tr></table>".format, attributes(), WORDS),
    st.builds("<o:p>{}</o:p><br/>".format, WORDS),
)
QUOTED = st.sampled_from(
    [
        "",
        '<div id="appendonsend"></div>',
        "<blockquote type=cite>",
        '<div class="x gmail_quote">',
        "<hr><DIV ID=divRplyFwdMsg>",
    ]
).map(lambda mark: mark and f'{mark}<a href="http://old.example/">old</a>')
MARKED = st.builds(
    lambda parts, quoted: f"<html><body>{''.join(parts)}{PIXEL}{quoted}</body></html>",
    st.lists(st.one_of(anchors(), PLAIN), max_size=10),
    QUOTED,
)
JUNK = st.text("<>\"'=/ !-a&;#xhref[]:bdyimgstle\n\0é", max_size=200)
PIECES = st.lists(
    st.sampled_from(
        [
            *["<", ">", "</", "<!--", "-->", "--!>", "<!", "<?", "<a ", "href", "=", '"', "'", " ", "/>"],
            *["http://x.example/", "&amp;", "&", "<xml>", "</xml>", "<style>", "</style>", "<title>"],
            *["<![CDATA[", "]]>", "</body>", "<hr>", "<b>", "From:", "@", "<div id=appendonsend>", "</a>"],
            *["<div id=LPBorder>", "</div>", "unsubscribe", "<plaintext>", "\0", "\n", "é", "\ud83d"],
        ]
    ),
    max_size=40,
).map("".join)


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with Node(FUNCTIONS) as node:
        yield node


def targets(body: Body) -> list[tuple[str, str]]:
    return [(target, f"{ORIGIN}/c/{number}") for number, target in enumerate(body.targets)]


@settings(max_examples=300)
@given(MARKED)
def test_only_the_marked_values_change(node: Node, marked: str) -> None:
    body = Body("", marked, {})
    links = targets(body)
    written = node.call("put", body.html, links, PIXEL_URL)
    assert written == body.tracked(dict(links).__getitem__, PIXEL_TAG)
    assert node.call("drop", written, links, PIXEL_URL, body.html) == body.html
    assert node.call("check", body.html, written, written) == {"same": True}


class Links(HTMLParser):
    """Python's own reading of a body."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a" and (href := dict(attrs).get("href")) and href.startswith("http"):
            self.found.append(href)


@settings(max_examples=200)
@given(st.lists(st.one_of(anchors(), PLAIN), max_size=10).map("".join))
def test_it_finds_the_links_that_pythons_parser_finds(node: Node, marked: str) -> None:
    html = Body("", marked, {}).html
    parser = Links()
    # Python takes what Word reveals for something else; it holds no link.
    parser.feed(html.replace("<![if !supportLists]>", "").replace("<![endif]>", ""))
    parser.close()
    links = node.call("find", html)["links"]
    assert [link["url"] for link in links if link["tracked"]] == list(dict.fromkeys(parser.found))


@settings(max_examples=500)
@given(st.one_of(JUNK, PIECES, st.builds("{}{}".format, PIECES, JUNK)))
@example("<a href=http://x.example/")
@example("<a href='http://x.example/'>a</a><!--")
@example("<a href=http://x.example/ href=http://x.example/></body></body>")
def test_rubbish_is_borne_and_comes_back_as_it_was(node: Node, html: str) -> None:
    links = [[link["url"], f"{ORIGIN}/c/{link['index']}"] for link in node.call("find", html)["links"]]
    assert node.call("put", html, [], None) == html
    written = node.call("put", html, links, PIXEL_URL)
    assert written.count(PIXEL_URL) == 1
    assert node.call("drop", written, links, PIXEL_URL, html) == html
    assert node.call("find", written)["authorEnd"] >= 0


@settings(max_examples=500)
@given(
    st.builds(
        "{}{}{}".format,
        st.sampled_from(["http://", "https:", "HTTPS:\\\\", "http:///", "https://a.example", "http://1.2."]),
        st.text("abzAZ019-._~:/?#[]@!$&'()*+,;=%éßüдא中.\\^`{|}<>\" \t", max_size=30),
        st.sampled_from(["", "/", ".example/x", "?q", "#f"]),
    )
)
def test_the_server_takes_every_link_that_is_tracked_as_it_is(node: Node, href: str) -> None:
    for link in node.call("find", f'<a href="{escape(href)}">x</a>')["links"]:
        if link["tracked"]:
            assert canonical(link["url"]) == link["url"]

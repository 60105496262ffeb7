"""What Outlook gives back is told from what it lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from tests.support import bodies
from tests.support.mail_bodies import FUNCTIONS, ORIGIN, PIXEL_URL, urls
from tests.support.node import Node

BEFORE = """<html><head><style><!-- p {margin:0} --></style></head><body dir="ltr">
<p>It costs “5&nbsp;€” &amp; is <b>good</b>&nbsp;… <a name="here"></a><a href="http://a.example/?x=1&amp;y=2">one</a></p>
<p><img src="cid:pic@1" alt="Pic"><img src="https://cdn.example/x.png"> <a href="http://a.example/?x=1&amp;y=2">two</a>
<a href="mailto:m@a.example">mail</a> مرحبا</p>
<p>Some more text, so that a loss of a few characters is no loss of two percent. Some more text, so that
a loss of a few characters is no loss of two percent. And again some more text, for the same reason.</p>
</body></html>"""
TARGET = f"{ORIGIN}/c/AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
Change = Callable[[str], str]


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with Node(FUNCTIONS) as node:
        yield node


@pytest.fixture(scope="module")
def written(node: Node) -> str:
    found: str = node.call("put", BEFORE, [["http://a.example/?x=1&y=2", TARGET]], PIXEL_URL)
    assert found.count(TARGET) == 2
    return found


HARMLESS: dict[str, Change] = {
    "as it was": lambda html: html,
    "single quotes": lambda html: html.replace('"', "'"),
    "no quotes": lambda html: re.sub(r'(src|href)="([^" ]*)"', r"\1=\2", html),
    "capitals": lambda html: re.sub(r"<(/?)(\w+)", lambda tag: f"<{tag[1]}{tag[2].upper()}", html),
    "named characters": lambda html: (
        html.replace("“", "&ldquo;").replace("”", "&rdquo;").replace("€", "&euro;").replace("…", "&hellip;")
    ),
    "numbered characters": lambda html: "".join(c if c.isascii() else f"&#{ord(c)};" for c in html),
    "characters as they are": lambda html: html.replace("&nbsp;", "\xa0"),
    "blanks for hard blanks": lambda html: html.replace("&nbsp;", " "),
    "Windows line ends": lambda html: html.replace("\n", "\r\n"),
    "other lines": lambda html: html.replace(" text", "\n    text").replace("\n<p>", "<p>"),
    "a head of its own": lambda html: html.replace(
        "<head>", '<head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
    ),
    "more attributes": lambda html: html.replace("<a ", '<a data-auth="NotApplicable" id="OWA1" '),
    "an empty line more": lambda html: html.replace("</body>", "<div><br></div></body>"),
    "a place more": lambda html: html.replace("<b>", '<a name="_GoBack"></a><b>'),
    "ampersands as they are": lambda html: html.replace("&amp;", "&"),
    "an upper-case host elsewhere": lambda html: html.replace("https://cdn.example", "https://CDN.example"),
    "comments gone": lambda html: html.replace("<!-- p {margin:0} -->", ""),
    "office's marks": lambda html: html.replace("</p>", "<o:p></o:p></p>"),
}
LOSSES: dict[str, tuple[Change, str]] = {
    "the end": (lambda html: html[: int(len(html) * 0.87)], "tracking"),
    "everything": (lambda html: "", "links"),
    "a picture": (lambda html: html.replace('<img src="https://cdn.example/x.png">', ""), "images"),
    "a picture in the mail": (lambda html: html.replace('<img src="cid:pic@1" alt="Pic">', ""), "pictures"),
    "a picture's place": (lambda html: html.replace("cid:pic@1", "blob:https://x/1"), "pictures"),
    "another picture's place": (lambda html: html.replace("cid:pic@1", "cid:pic@2"), "pictures"),
    "the pixel": (lambda html: html.replace(PIXEL_URL, "about:blank"), "tracking"),
    "the pixel's tag": (lambda html: re.sub(rf'<img src="{PIXEL_URL}[^>]*>', "", html), "tracking"),
    "only one pixel": (lambda html: html.replace("</body>", f'<img src="{PIXEL_URL}"></body>'), "tracking"),
    "a tracked link": (
        lambda html: html.replace(TARGET, "http://a.example/?x=1&amp;y=2", 1),
        "tracking",
    ),
    "a part of a tracking link": (lambda html: html.replace(TARGET, TARGET[:-1]), "tracking"),
    "a link": (lambda html: html.replace('<a href="mailto:m@a.example">mail</a>', "mail"), "links"),
    "no link more": (lambda html: html.replace("<b>", '<a href="http://x.example/"></a><b>'), "links"),
    "a word": (lambda html: html.replace("good", ""), "text"),
    "a letter": (lambda html: html.replace("Some", "Sume", 1), "text"),
    "the order": (lambda html: html.replace(">one<", ">two<"), "text"),
    "characters outside ASCII": (lambda html: html.replace("مرحبا", "?????"), "text"),
    "the style": (lambda html: html.replace("<p>", '<p class="a">'), ""),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_outlooks_own_way_of_writing_it_is_no_loss(node: Node, written: str, name: str) -> None:
    given = HARMLESS[name](written)
    assert name == "as it was" or given != written
    assert node.call("check", BEFORE, written, given) == {"same": True}


@pytest.mark.parametrize("name", LOSSES)
def test_a_loss_is_found(node: Node, written: str, name: str) -> None:
    change, loss = LOSSES[name]
    given = change(written)
    assert given != written
    found = node.call("check", BEFORE, written, given)
    assert found == ({"same": False, "loss": loss} if loss else {"same": True})


def test_much_less_markup_is_a_loss_even_with_the_same_words(node: Node) -> None:
    before = '<p style="color:red;font-size:12pt;font-family:Aptos">x</p>' * 200
    assert node.call("check", before, before, "<p>x</p>" * 200) == {"same": False, "loss": "length"}


@pytest.mark.parametrize("body", bodies.load(), ids=lambda body: body.name)
def test_every_body_is_compared_the_same_however_it_is_written(node: Node, body: bodies.Body) -> None:
    written = node.call("put", body.html, urls(body), PIXEL_URL)
    assert node.call("check", body.html, written, written.replace("\n", "\r\n ")) == {"same": True}
    assert node.call("check", body.html, written, body.html)["same"] is False

"""Which links are left alone, and who may say otherwise; where the pixel goes; which pictures are missed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.mail_bodies import FUNCTIONS, ORIGIN, PIXEL_URL
from tests.support.node import Node

MINE = "<a href=https://mine.example/>mine</a>"


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with Node(FUNCTIONS) as node:
        yield node


def found(node: Node, html: str) -> dict[str, Any]:
    answer: dict[str, Any] = node.call("find", html, {})
    return answer


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://contoso.example/it/adopt-outlook-2025", "Outlook"),
        ("https://contoso.example/lunch", "Kind vom Essen abmelden"),
        ("https://contoso.example/tool", "Vom Server abmelden und neu starten"),
        ("https://contoso.example/desktop-outage", "Status"),
        ("https://unsubtle.example/", "Art"),
        ("https://contoso.example/copt_out1", "Read"),
    ],
)
def test_a_link_that_only_sounds_like_an_unsubscription_is_tracked(node: Node, url: str, words: str) -> None:
    (link,) = found(node, f'<a href="{url}">{words}</a>')["links"]
    assert (link["tracked"], link["isGuess"]) == (True, False)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://contoso.example/a?opt-out=1", "Settings"),
        ("https://contoso.example/a?opt_out=1", "Settings"),
        ("https://contoso.example/unsubscribe/abc", "here"),
        ("https://contoso.example/x", "Vom Newsletter abmelden"),
        ("https://contoso.example/x", "Hier abmelden"),
        ("https://contoso.example/x", "Se désabonner"),
        ("https://contoso.example/desinscription?x=1", "ici"),
    ],
)
def test_an_unsubscription_is_left_alone_and_may_be_overruled(node: Node, url: str, words: str) -> None:
    html = f'<a href="{url}">{words}</a>'
    (link,) = found(node, html)["links"]
    assert (link["tracked"], link["reason"], link["isGuess"]) == (False, "unsubscribe", True)
    assert f"{ORIGIN}/c/1" in node.call("put", html, [[link["url"], f"{ORIGIN}/c/1"]], None)


@pytest.mark.parametrize(
    "host",
    [
        "url.us.m.mimecastprotect.com",
        "protect-eu.mimecast.com",
        "secure-web.cisco.com",
        "protect.checkpoint.com",
        "us01.l.antigena.com",
        "eu-west-1.protection.sophos.com",
        "imsva91-ctp.trendmicro.com",
        "nam12.safelinks.protection.outlook.com",
        "urldefense.us",
        "clicktime.symantec.com",
    ],
)
def test_what_a_gateway_wrapped_is_left_alone_and_may_be_overruled(node: Node, host: str) -> None:
    (link,) = found(node, f'<a href="https://{host}/s/abc">x</a>')["links"]
    assert (link["tracked"], link["reason"], link["isGuess"]) == (False, "wrapped", True)


@pytest.mark.parametrize(
    "host", ["mimecast.example", "cisco.com", "notsecure-web.cisco.com.example", "urlsand.co"]
)
def test_a_host_that_only_looks_like_a_gateways_is_tracked(node: Node, host: str) -> None:
    (link,) = found(node, f'<a href="https://{host}/">x</a>')["links"]
    assert link["tracked"]


@pytest.mark.parametrize("href", ["mailto:a@b.example", f"{ORIGIN}/c/x", "tel:1", "https://u:p@x.example/"])
def test_a_rule_cannot_be_overruled(node: Node, href: str) -> None:
    html = f'<a href="{href}">x</a>'
    (link,) = found(node, html)["links"]
    assert (link["tracked"], link["isGuess"]) == (False, False)
    assert node.call("put", html, [[link["url"], f"{ORIGIN}/c/1"]], None) == html


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("https://mine.example/a", True),
        (" www.mine.example ", True),
        ("<b>http://mine.example</b>", True),
        ("HTTPS://MINE.EXAMPLE/A", True),
        ("<span>https://</span><span>mine.example/a</span>", True),
        ("http.mine", False),
        ("See https://mine.example", False),
        ("mine", False),
    ],
)
def test_a_link_whose_words_are_an_address_is_pointed_out(node: Node, words: str, says: bool) -> None:
    (link,) = found(node, f'<a href="https://mine.example/">{words}</a>')["links"]
    assert link["saysUrl"] == says


# -- where the pixel goes, and what is missed


LONG = {
    "words": "<p>" + "wörter " * 10 + "</p>",
    "words of three bytes": "<p>" + "言葉" * 12 + "</p>",
    "pictures in the mail": f'<p><img src="data:image/png;base64,{"A" * 60}"></p>',
    "styles": f'<p style="margin:0;{"font-size:11pt;" * 4}">x</p>',
    "a table": "<p></p><table><tr><td width=120 style='padding:0cm'>x</td></tr></table>",
    "office's marks": "<p class=MsoNormal><span lang=DE><o:p>&nbsp;</o:p></span></p>" + " " * 10,
}


@pytest.mark.parametrize("name", LONG)
@pytest.mark.parametrize(("paragraphs", "is_first"), [(100, False), (2000, True)])
def test_in_a_mail_that_gmail_cuts_the_pixel_is_at_the_beginning(
    node: Node, name: str, paragraphs: int, is_first: bool
) -> None:
    html = f"<html><body lang=de>{LONG[name] * paragraphs}{MINE}</body></html>"
    written = node.call("put", html, [], PIXEL_URL, "<p>line</p>")
    assert (written.index(PIXEL_URL) < written.index("<p", written.index("<body"))) == is_first
    assert written.index("<p>line</p>") > written.index("mine.example")
    assert node.call("drop", written.replace("<p>line</p>", ""), [], PIXEL_URL, html) == html


@pytest.mark.parametrize(
    "after",
    [
        '<img src="data:image/gif;base64,R0lGOD"><img src="https://x.example/b.png">',
        '<img originalsrc="https://x.example/a.png"><img src="https://x.example/b.png">',
        '<img src=""><img src="https://x.example/b.png">',
        '<img src="cid:x"><img src="https://x.example/b.png">',
        '<img src="blob:https://x.example/1"><img src="https://x.example/b.png">',
        '<img src="about:blank"><img src="https://x.example/b.png">',
        '<img src="file:///C:/Temp/a.png"><img src="https://x.example/b.png">',
        '<img><img src="https://x.example/b.png">',
        '<img src="https://x.example/b.png"><img src="https://x.example/b.png">',
    ],
)
def test_a_picture_that_outlook_lost_is_missed(node: Node, after: str) -> None:
    before = '<p>Hi</p><img src="https://x.example/a.png"><img src="https://x.example/b.png">'
    assert node.call("check", before, before, before) == {"same": True}
    assert node.call("check", before, before, f"<p>Hi</p>{after}") == {"same": False, "loss": "pictures"}


def test_a_picture_whose_address_outlook_writes_in_its_own_way_is_not_missed(node: Node) -> None:
    before = '<img src="https://x.example/a.png?b=1&c=2">'
    assert node.call("check", before, before, "<img src='https://x.example/a.png?b=1&amp;c=2'>") == {
        "same": True
    }

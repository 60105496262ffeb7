"""A mail's body: its links are replaced where they stand, and no other byte changes."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from shared.tracking.mail.links import longest_target
from shared.tracking.mail.urls import canonical
from tests.support import bodies
from tests.support.bodies import Body
from tests.support.mail_bodies import FUNCTIONS, ORIGIN, PIXEL, PIXEL_URL, large, urls
from tests.support.node import Node


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with Node(FUNCTIONS) as node:
        yield node


BODIES = [*bodies.load(), *large()]


@pytest.fixture(params=BODIES, ids=lambda body: body.name)
def body(request: pytest.FixtureRequest) -> Body:
    found: Body = request.param
    return found


def test_only_the_links_change_and_the_pixel_is_added(node: Node, body: Body) -> None:
    links = urls(body)
    expected = body.tracked(dict(links).__getitem__, PIXEL)
    assert node.call("put", body.html, links, PIXEL_URL) == expected


def test_the_links_are_found_in_order_with_what_is_left_out(node: Node, body: Body) -> None:
    links = node.call("find", body.html)["links"]
    assert [link["url"] for link in links if link["tracked"]] == body.targets
    untracked: Counter[str] = Counter()
    for link in links:
        if not link["tracked"]:
            untracked[link["reason"]] += link["count"]
    assert untracked == body.untracked
    assert sum(link["count"] for link in links if link["tracked"]) >= body.uses
    assert [link["index"] for link in links] == list(range(len(links)))


def test_undone_the_body_is_as_it_was(node: Node, body: Body) -> None:
    links = urls(body)
    written = node.call("put", body.html, links, PIXEL_URL)
    assert node.call("drop", written, links, PIXEL_URL, body.html) == body.html


def test_undone_without_the_old_body_links_lead_where_they_led(node: Node, body: Body) -> None:
    links = urls(body)
    undone = node.call("drop", node.call("put", body.html, links, PIXEL_URL), links, PIXEL_URL)
    assert ORIGIN not in undone.replace(f"{ORIGIN}/c/AAAA", "")
    before, after = (node.call("find", html)["links"] for html in (body.html, undone))
    assert after == before


def test_the_server_takes_what_is_to_be_tracked_as_it_is(body: Body) -> None:
    assert [canonical(target) for target in body.targets] == body.targets


def test_what_was_written_passes_the_comparison(node: Node, body: Body) -> None:
    written = node.call("put", body.html, urls(body), PIXEL_URL)
    assert node.call("check", body.html, written, written) == {"same": True}


def test_a_link_that_is_left_out_stays(node: Node) -> None:
    html = '<a href="http://a.example/">a</a><a href="http://b.example/">b</a>'
    written = node.call("put", html, [["http://b.example/", f"{ORIGIN}/c/1"]], None)
    assert written == html.replace("http://b.example/", f"{ORIGIN}/c/1")


def test_a_tracking_url_cannot_leave_its_attribute(node: Node) -> None:
    hostile = f"{ORIGIN}/c/\"'> <&amp;x=1`\n"
    html = (
        "<a href=\"http://a.example/\">1</a><a href='http://a.example/'>2</a><a href=http://a.example/>3</a>"
    )
    written = node.call("put", html, [["http://a.example/", hostile]], f'{ORIGIN}/o/"&')
    found = node.call("find", written)
    assert [link["count"] for link in found["links"]] == [3]
    assert node.call("drop", written, [["http://a.example/", hostile]], f'{ORIGIN}/o/"&', html) == html


def test_what_the_author_changed_since_stays_when_tracking_is_removed(node: Node) -> None:
    html = '<p>One <a href="HTTP://A.example">a</a></p><p><a href="http://a.example/">b</a></p>'
    links = [["http://a.example/", f"{ORIGIN}/c/1"]]
    written = node.call("put", html, links, PIXEL_URL)
    edited = written.replace("One", "Two").replace('alt=""', "alt").replace("<p><a", "<p>New <a")
    edited = edited.replace(f'"{ORIGIN}/c/1">b', f"{ORIGIN}/c/1>b")
    undone = node.call("drop", edited, links, PIXEL_URL, html)
    assert undone == ('<p>Two <a href="HTTP://A.example">a</a></p><p>New <a href=http://a.example/>b</a></p>')


MODES, LANGUAGES = ["counting", "pseudonymous", "individual"], ["en", "de"]
NOTICE_URL = f"{ORIGIN}/p/{'N' * 60}x"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("mode", MODES)
def test_the_notice_is_one_small_line_that_leads_to_the_page(node: Node, mode: str, language: str) -> None:
    line = node.call("line", NOTICE_URL, mode, language)
    assert line.count(NOTICE_URL) == line.count("href") == line.count("<p ") == 1
    said = {"de": "gemessen", "en": "measured", "fr": "mesuré", "es": "mide"}
    assert [one for one, word in said.items() if word in line] == [language]
    assert ("object" in line or "widersprechen" in line) == (mode != "counting")


def test_with_the_notice_nothing_else_is_added_and_undone_it_is_as_it_was(node: Node, body: Body) -> None:
    links, line = urls(body), node.call("line", NOTICE_URL, "counting", "de")
    written = node.call("put", body.html, links, PIXEL_URL, line)
    assert written == body.tracked(dict(links).__getitem__, PIXEL, line)
    assert node.call("check", body.html, written, written, line) == {"same": True}
    assert node.call("check", body.html, written, written)["same"] is False
    assert node.call("drop", written, links, PIXEL_URL, body.html, NOTICE_URL) == body.html
    with_pixel = node.call("put", body.html, [], PIXEL_URL)
    assert node.call("drop", written, links, None, body.html, NOTICE_URL) == with_pixel


REWRITTEN = {
    "Word's own paragraph": lambda p: (
        f"<p class=MsoNormal style='margin-top:12pt'><span lang=DE style=\"color:#616161\">{p}"
        "<o:p></o:p></span></p>"
    ),
    "a div of Outlook on the web": lambda p: (
        f'<div class="elementToProof" style="margin:16px 0px 0px">{p}</div>'
    ),
    "broken over lines": lambda p: f"<p>\n{p.replace(' ', chr(10))}\n</p>",
    "characters by their names": lambda p: f"<p>{p.replace('Ö', '&Ouml;').replace('ö', '&#246;')}</p>",
    "in spans": lambda p: f"<p><span>{p.replace('<a', '</span><b><a')}</b></p>",
}


@pytest.mark.parametrize("how", REWRITTEN)
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_is_found_as_outlook_writes_it(node: Node, language: str, mode: str, how: str) -> None:
    words = node.call("line", NOTICE_URL, mode, language).partition(">")[2].removesuffix("</p>")
    html = "<div><p>Before</p>{}<p>After</p></div>"
    rewritten = html.format(REWRITTEN[how](words))
    assert node.call("drop", rewritten, [], None, None, NOTICE_URL) == html.format("")


BESIDE = {
    "written behind it": ("{}</p>", "{} PS: bring cake</p>", "<p> PS: bring cake</p>"),
    "written before it": ("<p>{}", "<p>PS: bring cake. {}", "<p>PS: bring cake. </p>"),
    "written into the link": ("</a>", " and cake</a>", "<p> and cake</p>"),
    "a picture beside it": ("</p>", "<img src=cid:1></p>", "<p><img src=cid:1></p>"),
    "words of one's own": ("This mail is measured: opens", "I count opens", None),
    "a link beside it": (
        "</p>",
        '<a href="https://a.example/">a</a></p>',
        '<p><a href="https://a.example/">a</a></p>',
    ),
}


@pytest.mark.parametrize("case", BESIDE)
def test_what_the_author_wrote_into_the_notice_stays_when_it_is_taken_out(node: Node, case: str) -> None:
    line = "<p>" + node.call("line", NOTICE_URL, "counting", "en").partition(">")[2]
    old, new, left = BESIDE[case]
    words = line.removeprefix("<p>").removesuffix("</p>")
    html = line.replace(old.format(words), new.format(words))
    assert html != line
    undone = node.call("drop", f"<body>{html}</body>", [], None, None, NOTICE_URL)
    assert NOTICE_URL not in undone
    if left is None:
        assert "I count opens" in undone
    else:
        assert undone.replace("> ", ">") == f"<body>{left}</body>".replace("> ", ">")


@pytest.mark.parametrize(
    ("html", "usual", "language"),
    [
        ("<p>Liebe alle, die Kantine ist ab Montag zu.</p>", "en-GB", "de"),
        ("<p>Dear all, the canteen is closed from Monday.</p>", "de-DE", "en"),
        ("<p>F&uuml;r Sie und f&uuml;r uns</p>", "en", "de"),
        ('<html lang="de"><body>Hallo</body></html>', "en", "de"),
        ('<body lang="EN-US">OK</body>', "de", "en"),
        ("<p>Hallo</p>", "de-AT", "de"),
        ("<p>Bonjour</p>", "en", "fr"),
        ("<p>Dzień dobry</p>", "pl", "en"),
        ("<p>Chers collègues, la cantine est fermée pour travaux.</p>", "en", "fr"),
        ("<p>Estimados compañeros: el comedor cierra por obras.</p>", "en", "es"),
        ("<p>De la part de tous</p>", "fr-CH", "fr"),
        ("<p>OK</p>", "es-MX", "es"),
        ("", "", "en"),
        ("<style>the and of to</style><p>die und der</p>", "en", "de"),
        ("<p>die und der</p><blockquote type=cite>" + "the and of to " * 20 + "</blockquote>", "en", "de"),
    ],
)
def test_the_notice_speaks_the_language_of_the_mail(node: Node, html: str, usual: str, language: str) -> None:
    assert node.call("language", html, usual) == language


GERMAN_BELOW = (
    "<p>Dear all, this is for you.</p><blockquote type=cite><p>Liebe alle, die Kantine ist ab Montag zu, "
    "und wir bitten Sie um Geduld mit uns.</p></blockquote><p>Ihre Kantine</p>"
)


@pytest.mark.parametrize(("is_mine", "language"), [(True, "de"), (False, "en")])
def test_the_notice_speaks_the_language_of_what_the_sender_says_is_theirs(
    node: Node, is_mine: bool, language: str
) -> None:
    assert node.call("find", GERMAN_BELOW, {})["doubt"] is not None
    assert node.call("language", GERMAN_BELOW, "fr", {"isMine": is_mine}) == language


def test_the_longest_target_is_the_servers(node: Node) -> None:
    for origin in (ORIGIN, "https://a.example", "http://localhost:7071"):
        assert node.call("longest", origin) == longest_target(origin)


def test_links_of_the_signature_are_told(node: Node) -> None:
    for name in ("signature-social", "word-signature", "gmail-thread", "forward"):
        (body,) = (body for body in BODIES if body.name == name)
        links = [link for link in node.call("find", body.html)["links"] if link["tracked"]]
        assert [link["signature"] for link in links] == [False] + [True] * (len(links) - 1), name


HOSTILE = {
    "angles": "<" * 1_000_000,
    "open comments": "<!--" * 250_000,
    "empty comments": "<!---->" * 140_000 + "<!--",
    "open tags": "<a" * 500_000,
    "links": '<a href="x">' * 80_000,
    "links round links": "<a href=http://x.example>" * 40_000,
    "open islands": "<xml>" * 200_000,
    "open CDATA": "<![CDATA[" * 110_000,
    "rules": "<hr><b>a:" * 110_000,
    "lines": "<div style='border:#e1e1e1'><b>a:" * 30_000,
    "open quotes": '<a href="' * 110_000,
    "references": '<a href="' + "&a" * 400_000 + '">',
    "blanks": '<a href="' + " " * 900_000 + 'x">',
    "cards": "<div id=LPBorder><a href=http://x.example/></div>" * 20_000,
    "open cards": "<div id=LPBorder>" * 50_000,
    "cards in cards": "<div id=LPBorder>" * 30_000 + "</div>" * 30_000,
    "titles": "<title></titl" * 70_000,
    "a long link": "<a href=http://x.example/" + "a" * 900_000 + ">",
    "slashes": '<a href="http:' + "/" * 900_000 + '">',
    "dashes": "-" * 1_000_000,
    "dashed lines": "---abc---<b>" * 80_000,
    "equals": "<a " + "=" * 900_000,
    "attributes": "<a " + "a " * 400_000 + ">",
    "hrefs": "<a " + "href=2 " * 100_000 + ">",
    "classes": "<div class='" + "x_" * 400_000 + "'>",
    "ids": "<div id=" + "gmail-m_1" * 100_000 + ">",
    "styles": "<div style='border" + " " * 900_000 + "'>",
    "null": "\0" * 1_000_000,
    "surrogates": "\ud800" * 300_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_megabyte_takes_no_time_and_breaks_nothing(node: Node, name: str) -> None:
    html = HOSTILE[name]
    links = [["http://x.example/", f"{ORIGIN}/c/1"]]
    begun = time.process_time(), time.monotonic()
    found = node.call("find", html)
    written = node.call("put", html, links, PIXEL_URL)
    node.call("check", html, written, written)
    assert node.call("drop", written, links, PIXEL_URL, html) == html
    # Quadratic work on a megabyte would take hours.
    assert time.monotonic() - begun[1] < 60
    assert 0 <= found["authorEnd"] <= len(html)


def test_links_in_a_broken_surrogate_are_no_harm(node: Node) -> None:
    found: dict[str, Any] = node.call("find", '<a href="http://x.example/\ud800">x</a>')
    (link,) = found["links"]
    assert link["url"] == "http://x.example/%EF%BF%BD"
    assert canonical(link["url"]) == link["url"]

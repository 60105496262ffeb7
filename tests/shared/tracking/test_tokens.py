"""Tokens: what was signed is read, and nothing else is."""

from __future__ import annotations

import base64
import hmac
import os
import re
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import BadToken, InvalidRequest
from shared.tracking.mail.links import MAX_LINKS, MAX_TRACKING_URL, TrackingUrls, longest_target, parse_links
from shared.tracking.mail.tokens import (
    MOST_RECIPIENTS,
    NOBODY,
    UNDATED,
    Click,
    Keyring,
    Opening,
    Signer,
    bare,
)

ORIGIN = "https://rollcall.company.example"
MESSAGE = "0123456789abcdef0123456789abcdef"
TARGET = "https://intranet.company.example/news?id=5#top"
ALICE = "alice@company.example"
ALICE_DIGEST = b"\x01\x02\x03\x04\x05\x06\x07\x08"


@pytest.fixture(scope="module")
def signer() -> Signer:
    return Signer(Keyring.new())


messages = st.binary(min_size=16, max_size=16).map(bytes.hex)
recipients = st.integers(0, MOST_RECIPIENTS)
people = st.binary(min_size=8, max_size=8)
targets = st.text(min_size=1, max_size=300).map(lambda path: f"https://company.example/{path!a}")


@given(st.builds(Opening, messages, recipients, people, st.just(UNDATED)))
def test_an_open_is_read_as_it_was_signed(opening: Opening) -> None:
    signer = Signer(Keyring.new())
    assert signer.read_open(signer.sign_open(opening)) == opening


@given(st.builds(Click, messages, recipients, st.integers(0, MAX_LINKS), targets, people, st.just(UNDATED)))
def test_a_click_is_read_as_it_was_signed(click: Click) -> None:
    signer = Signer(Keyring.new())
    assert signer.read_click(signer.sign_click(click)) == click


def test_flipping_any_bit_of_a_click_token_makes_it_void(signer: Signer) -> None:
    for length in (len(TARGET), len(TARGET) + 1, len(TARGET) + 2):  # each fills the last character otherwise
        token = signer.sign_click(Click(MESSAGE, 7, 3, TARGET.ljust(length, "x"))).encode()
        for position in range(len(token) * 8):
            flipped = bytearray(token)
            flipped[position // 8] ^= 1 << position % 8
            with pytest.raises(BadToken):
                signer.read_click(flipped.decode("latin-1"))


def test_flipping_any_bit_of_the_signed_bytes_makes_it_void(signer: Signer) -> None:
    token = signer.sign_click(Click(MESSAGE, 7, 3, TARGET))
    raw = base64.urlsafe_b64decode(token[:-1] + "==")
    for position in range(len(raw) * 8):
        flipped = bytearray(raw)
        flipped[position // 8] ^= 1 << position % 8
        written = base64.urlsafe_b64encode(flipped).decode().rstrip("=")
        for text in (written, written + token[-1]):
            with pytest.raises(BadToken):
                signer.read_click(text)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda token: token + "A",
        lambda token: token[:-1],
        lambda token: token + "=",
        lambda token: token + "==",
        lambda token: " " + token,
        lambda token: token[:20] + "\n" + token[20:],
        lambda token: token[:20] + "." + token[20:],
        lambda token: token.swapcase(),
        lambda token: token.replace("-", "+").replace("_", "/") + "+",
        lambda token: token + ".gif",
        lambda token: "é" + token,
        lambda token: "",
        lambda token: "AAAA",
        lambda token: "A" * 60,
        lambda token: "A" * 60 + "x",
        lambda token: token + "x",
    ],
)
def test_a_token_has_one_spelling(signer: Signer, spoil: object) -> None:
    assert callable(spoil)
    with pytest.raises(BadToken):
        signer.read_open(spoil(signer.sign_open(Opening(MESSAGE, 7))))


GLUED = [".", ",", ")", ">", "]", "}", "=", "==", "'", '"', "\u201d"]
GLUED += [".gif", "?utm_source=x", " Register", "\r\n", "&gt;"]


@pytest.mark.parametrize("glued", GLUED)
def test_what_was_glued_to_a_token_is_not_read(signer: Signer, glued: str) -> None:
    click, opening = Click(MESSAGE, 7, 3, TARGET, ALICE_DIGEST), Opening(MESSAGE, 7, ALICE_DIGEST)
    assert signer.read_click(bare(signer.sign_click(click) + glued)) == click
    assert signer.read_open(bare(signer.sign_open(opening) + glued)) == opening
    assert signer.read_objection(bare(signer.sign_objection(opening) + glued)) == opening


@pytest.mark.parametrize("glued", ["A", "x", "xx", "-", "_", "Register"])
def test_what_may_be_part_of_a_token_is_part_of_it(signer: Signer, glued: str) -> None:
    with pytest.raises(BadToken):
        signer.read_click(bare(signer.sign_click(Click(MESSAGE, 7, 3, TARGET)) + glued))
    with pytest.raises(BadToken):
        signer.read_open(bare(signer.sign_open(Opening(MESSAGE, 7)) + glued))


@given(st.text(max_size=300), st.text(max_size=20))
def test_reading_through_what_is_glued_makes_no_forgery_genuine(text: str, glued: str) -> None:
    signer = Signer(Keyring.new())
    genuine = signer.sign_click(Click(MESSAGE, 7, 3, TARGET))
    assert bare(text) == text[: len(bare(text))]
    for forged in (text, genuine[:-2] + glued, genuine[:30] + glued + genuine[30:], glued + genuine):
        with suppress(BadToken):
            assert signer.read_click(bare(forged)) == Click(MESSAGE, 7, 3, TARGET)
            assert forged.startswith(genuine)


@given(
    st.builds(Opening, messages, recipients, people, st.just(UNDATED)),
    st.builds(Click, messages, recipients, st.integers(0, MAX_LINKS), targets, people, st.just(UNDATED)),
)
def test_every_token_ends_in_a_letter_or_a_digit(opening: Opening, click: Click) -> None:
    signer = Signer(Keyring.new())
    for token in (signer.sign_open(opening), signer.sign_objection(opening), signer.sign_click(click)):
        assert re.search(r"[A-Za-z0-9]\Z", token)


def test_two_mails_to_one_person_have_nothing_of_the_person_in_common(signer: Signer) -> None:
    seen = set()
    for message in (MESSAGE, MESSAGE[::-1]):
        for recipient in (7, 8):
            raw = base64.urlsafe_b64decode(signer.sign_open(Opening(message, recipient, ALICE_DIGEST))[:60])
            seen.add(raw[21:29])
    assert len(seen) == 4
    assert ALICE_DIGEST not in seen


def old_token(key: bytes, purpose: bytes, body: bytes) -> str:
    """A token of version 1, or all of one of version 2 but its last character."""
    key = hmac.digest(key, b"rollcall token: " + purpose, "sha256")
    mac = hmac.digest(key, body, "sha256")[:16]
    return base64.urlsafe_b64encode(body + mac).rstrip(b"=").decode()


def test_tokens_of_mails_from_before_are_read_for_ever() -> None:
    keyring = Keyring.new().rotated()
    oldest, shown = keyring.keys[0], b"12345678"
    head = b"\x01" + bytes.fromhex(MESSAGE) + (7).to_bytes(4) + shown
    signer = Signer(keyring)
    person = signer.of_shown(shown)
    whose = Opening(MESSAGE, 7, person)
    assert signer.read_open(bare(old_token(oldest, b"open", head))) == whose
    assert signer.read_objection(bare(old_token(oldest, b"objection", head) + ".")) == whose
    for length in range(20, 26):
        target = "https://a.example/".ljust(length, "x")
        token = old_token(oldest, b"click", head + (3).to_bytes(2) + target.encode())
        assert signer.read_click(bare(token + ")")) == Click(MESSAGE, 7, 3, target, person)
        with pytest.raises(BadToken):
            signer.read_click(token + "x")
    nobody = old_token(oldest, b"open", head[:-8] + NOBODY)
    assert signer.read_open(nobody) == Opening(MESSAGE, 7)


def test_every_version_of_a_token_leads_to_one_digest_which_no_mail_shows() -> None:
    keyring = Keyring.new()
    signer, key = Signer(keyring), keyring.keys[0]
    anchored = hmac.digest(keyring.anchor, b"rollcall token: person", "sha256")
    shown = hmac.digest(anchored, ALICE.encode(), "sha256")[:8]
    place = bytes.fromhex(MESSAGE) + (7).to_bytes(4)
    mask = hmac.digest(hmac.digest(key, b"rollcall token: open mask", "sha256"), b"\x02" + place, "sha256")
    masked = bytes(one ^ other for one, other in zip(shown, mask, strict=False))
    person = signer.person(ALICE)
    tokens = [
        old_token(key, b"open", b"\x01" + place + shown),
        old_token(key, b"open", b"\x02" + place + masked) + "x",
        signer.sign_open(Opening(MESSAGE, 7, person)),
        signer.sign_open(Opening(MESSAGE, 7, person, 360)),
    ]
    assert [signer.read_open(token).person for token in tokens] == [person] * 4
    assert not any(person in base64.urlsafe_b64decode(token[:60]) for token in tokens)
    assert person != shown


@given(st.one_of(st.text(max_size=200), st.binary(max_size=200).map(lambda raw: raw.decode("latin-1"))))
def test_garbage_is_a_bad_token_and_nothing_worse(text: str) -> None:
    signer = Signer(Keyring.new())
    for read in (signer.read_open, signer.read_click, signer.read_objection):
        with pytest.raises(BadToken):
            read(text)


def test_a_token_for_one_purpose_is_void_for_another(signer: Signer) -> None:
    click = signer.sign_click(Click(MESSAGE, 7, 3, TARGET))
    with pytest.raises(BadToken):
        signer.read_open(click)
    with pytest.raises(BadToken):
        signer.read_click(signer.sign_open(Opening(MESSAGE, 7)))


def test_another_deployments_token_is_void(signer: Signer) -> None:
    with pytest.raises(BadToken):
        signer.read_open(Signer(Keyring.new()).sign_open(Opening(MESSAGE, 7)))


def test_after_a_rotation_old_tokens_are_read_and_new_ones_signed_anew() -> None:
    keyring = Keyring.new()
    old, both = Signer(keyring), Signer(keyring.rotated())
    before, after = old.sign_open(Opening(MESSAGE, 7)), both.sign_open(Opening(MESSAGE, 7))
    assert both.read_open(before) == both.read_open(after) == Opening(MESSAGE, 7)
    with pytest.raises(BadToken):
        old.read_open(after)
    assert both.person(ALICE) == old.person(ALICE)


def test_a_person_is_told_apart_but_not_named(signer: Signer) -> None:
    assert signer.person(ALICE) == signer.person(ALICE) != signer.person("bob@company.example")
    assert signer.person(ALICE) not in (NOBODY, Signer(Keyring.new()).person(ALICE))


def test_a_keyring_survives_as_text_and_does_not_show() -> None:
    keyring = Keyring.new().rotated()
    assert Keyring.parse(keyring.text()) == keyring
    assert Keyring.parse(f"  {keyring.text()}\n") == keyring
    assert keyring.text() not in repr(keyring)
    assert not any(word in repr(keyring) for word in keyring.text().split())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "short words",
        base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip("="),
        Keyring.new().text() + " é",
        Keyring.new().text()[:-9],
        "@Microsoft.KeyVault(SecretUri=https://vault.example/secrets/rollcall-signing-keys)",
    ],
)
def test_what_is_no_keyring_is_refused_without_quoting_it(text: str) -> None:
    with pytest.raises(ValueError, match="anchor") as refused:
        Keyring.parse(text)
    assert len(text) < 10 or text not in str(refused.value)


def test_a_pixel_url_is_short(signer: Signer) -> None:
    url = TrackingUrls(ORIGIN, signer).pixel(MESSAGE, 99_999, signer.person(ALICE))
    assert len(url.removeprefix(ORIGIN)) < 80


def test_the_longest_target_makes_the_longest_url(signer: Signer) -> None:
    urls = TrackingUrls(ORIGIN, signer)
    target = "https://company.example/".ljust(longest_target(ORIGIN), "x")
    [url] = urls.links(MESSAGE, 0, NOBODY, [target])
    [longer] = urls.links(MESSAGE, 0, NOBODY, [target + "x"])
    assert len(url) <= MAX_TRACKING_URL < len(longer)


def test_signing_and_reading_take_microseconds(signer: Signer) -> None:
    opening = Opening(MESSAGE, 7)
    started = time.process_time()
    for _ in range(2000):
        signer.read_open(signer.sign_open(opening))
    assert (time.process_time() - started) / 2000 < 100e-6


def test_two_spellings_of_one_link_are_one_link() -> None:
    texts = ["https://Company.example", "https://company.example:443/", "https://company.example/#a"]
    links = parse_links(texts, "$.links", ORIGIN)
    assert links.targets == ("https://company.example/", "https://company.example/#a")
    assert links.written == dict(zip(texts, [0, 0, 1], strict=True))


def test_a_link_too_long_to_carry_stays_untracked() -> None:
    long = "https://company.example/?q=".ljust(3000, "x")
    links = parse_links([long, TARGET], "$.links", ORIGIN)
    assert links.targets == (TARGET,)
    assert links.written == {long: None, TARGET: 0}


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "mailto:alice@company.example",
        "https://alice@company.example/",
        "https://company.example/\n",
        f"{ORIGIN}/c/token",
        "https://ROLLCALL.company.example.:8443/",
        "https://rollcall%2Ecompany.example/",
        "https://\uff52ollcall.company.example/",
    ],
)
def test_a_link_that_must_not_be_tracked_is_named(text: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        parse_links([TARGET, text], "$.links", ORIGIN)
    assert refused.value.field == "$.links[1]"


def test_there_is_an_end_to_links() -> None:
    with pytest.raises(InvalidRequest, match="500"):
        parse_links([TARGET] * (MAX_LINKS + 1), "$.links", ORIGIN)


def test_an_objection_is_read_as_it_was_signed_and_by_no_other_purpose() -> None:
    signer, whose = Signer(Keyring.new()), Opening(MESSAGE, 7, b"12345678")
    token = signer.sign_objection(whose)
    assert signer.read_objection(token) == whose
    assert token != signer.sign_open(whose)
    for read in (signer.read_open, signer.read_click):
        with pytest.raises(BadToken):
            read(token)
    for other in (signer.sign_open(whose), signer.sign_click(Click(MESSAGE, 7, 0, "https://a.example/"))):
        with pytest.raises(BadToken):
            signer.read_objection(other)


def test_a_rotation_leaves_objections_in_delivered_mails_good_and_the_person_the_same() -> None:
    keyring = Keyring.new()
    before, after = Signer(keyring), Signer(keyring.rotated().rotated())
    whose = Opening(MESSAGE, 7, before.person("user1@company.com"))
    assert after.read_objection(before.sign_objection(whose)) == whose
    assert after.person("user1@company.com") == whose.person

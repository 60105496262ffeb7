"""Tokens: what was signed is read, and nothing else is."""

from __future__ import annotations

import base64
import hmac
import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import BadToken
from shared.tracking.mail.links import MAX_LINKS
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
from tests.support.signed import ALICE, MESSAGE, TARGET

ALICE_DIGEST = b"\x01\x02\x03\x04\x05\x06\x07\x08"


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


def test_who_has_other_keys_finds_another_digest_of_the_same_address() -> None:
    keys = Keyring.new()
    assert Signer(keys).person(ALICE) == Signer(keys).person(ALICE) != Signer(Keyring.new()).person(ALICE)


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

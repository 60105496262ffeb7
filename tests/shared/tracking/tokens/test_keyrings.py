"""Keyrings, and the URLs that carry tokens: purposes, rotations, lengths, links that cannot be tracked."""

from __future__ import annotations

import base64
import os
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import BadToken, InvalidRequest
from shared.tracking.mail.links import MAX_LINKS, MAX_TRACKING_URL, TrackingUrls, longest_target, parse_links
from shared.tracking.mail.tokens import (
    NOBODY,
    Click,
    Keyring,
    Opening,
    Signer,
)
from tests.support.signed import ALICE, MESSAGE, TARGET

ORIGIN = "https://rollcall.company.example"


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

"""What is an agreement and what is none: nothing is read that was not signed, and nothing in two ways."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.agreement.signed import (
    LONGEST,
    Altered,
    Signed,
    Unreadable,
    code_of,
    read_agreement,
    read_key,
    write_key,
)
from tests.support.agreements import AGREEMENT, KEY, TERMS, council, sealed, signed
from tools.agreement.keys import public_of

DATA = json.dumps(TERMS).encode()


def test_what_was_signed_is_read_to_the_letter() -> None:
    settings = signed(TERMS)
    terms = Signed.parse(settings[AGREEMENT]).verify(read_key(settings[KEY]))
    assert (terms.title, terms.smallest_group, terms.allowed) == (TERMS["title"], 5, ())


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_a_single_bit_that_differs_makes_it_another_text(data: st.DataObject) -> None:
    found = Signed(DATA, council().sign(DATA))
    where = data.draw(st.integers(0, len(DATA) + 63))
    bit = 1 << data.draw(st.integers(0, 7))
    whole = bytearray(found.data + found.signature)
    whole[where] ^= bit
    with pytest.raises(Altered):
        Signed(bytes(whole[: len(DATA)]), bytes(whole[len(DATA) :])).verify(public_of(council()))


def test_another_key_is_no_key_of_it() -> None:
    other = public_of(Ed25519PrivateKey.generate())
    with pytest.raises(Altered):
        Signed.parse(signed(TERMS)[AGREEMENT]).verify(other)


@given(st.one_of(st.text(max_size=200), st.from_regex(r"[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*", fullmatch=True)))
def test_whatever_a_setting_holds_it_is_an_agreement_or_refused(text: str) -> None:
    with pytest.raises((Unreadable, Altered)):
        Signed.parse(text).verify(public_of(council()))
    with pytest.raises(ValueError, match=r"^it is no"):
        read_key(text[:20])


def without(name: str) -> dict[str, Any]:
    return {each: value for each, value in TERMS.items() if each != name}


@pytest.mark.parametrize(
    "data",
    [
        DATA[:-1] + b', "smallest_group": 1}',
        DATA.replace(b'"smallest_group": 5', b'"smallest_group": NaN'),
        DATA.replace(b'"smallest_group": 5', b'"smallest_group": 5.0'),
        DATA.replace(b'"smallest_group": 5', b'"smallest_group": true'),
        DATA.replace(b'"smallest_group": 5', b'"smallest_group": "5"'),
        DATA.replace(b'"smallest_group": 5', b'"smallest_group": 0'),
        DATA.replace(b'"counting"', b'"everything"'),
        DATA.replace(b'"allowed": []', b'"allowed": ["see_everything"]'),
        DATA.replace(b'"allowed": []', b'"allowed": ["share_reports", "share_reports"]'),
        DATA.replace(b"+01:00", b""),
        DATA.replace(b"2026-01-01", b"2999-06-01"),
        DATA.replace(b'"individual_basis": []', b'"individual_basis": ["consent"]'),
        DATA.replace(b'"counting"', b'"individual"'),
        DATA.replace(b"Works agreement", b"Works \\u202e agreement"),
        DATA.replace(b"agreement-1", b"agreement-2"),
        DATA[:-1] + b', "and": 1}',
        b"\xef\xbb\xbf" + DATA,
        DATA.decode().encode("utf-16"),
        b"[" * 4000,
        b"null",
        b"",
        DATA[:-1] + b" " * LONGEST + b"}",
        *(json.dumps(without(name)).encode() for name in TERMS),
    ],
)
def test_what_two_programs_could_read_in_two_ways_is_refused_although_it_is_signed(data: bytes) -> None:
    found = sealed(data)
    with pytest.raises(Unreadable):
        Signed.parse(found[AGREEMENT]).verify(read_key(found[KEY]))


def test_what_an_agreement_and_a_key_are_called_tells_them_from_others_and_can_be_read_aloud() -> None:
    codes = {code_of(str(number).encode()) for number in range(1000)}
    assert len(codes) == 1000
    assert all(len(code) == 19 and set(code) <= set("abcdefghijklmnopqrstuvwxyz234567-") for code in codes)
    key = public_of(council())
    assert read_key(write_key(key)) == key


@pytest.mark.skipif(not shutil.which("openssl"), reason="there is no openssl here")
def test_openssl_is_a_second_opinion(tmp_path: Path) -> None:
    found = Signed.parse(signed(TERMS)[AGREEMENT])
    (tmp_path / "data").write_bytes(found.data)
    (tmp_path / "signature").write_bytes(found.signature)
    public = council().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "key").write_bytes(public)
    command = ["openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", "key"]
    command += ["-in", "data", "-sigfile", "signature"]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (tmp_path / "data").write_bytes(found.data + b" ")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode != 0


def test_the_longest_agreement_fits_and_one_byte_more_does_not() -> None:
    fitting = DATA[:-1] + b" " * (LONGEST - len(DATA)) + b"}"
    assert read_agreement(fitting).title == TERMS["title"]
    with pytest.raises(Unreadable):
        read_agreement(fitting + b" ")

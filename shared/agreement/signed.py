"""A signed agreement: the exact bytes of its file, an Ed25519 signature over them (RFC 8032), and what both
are called among people.

The bytes are signed as they are, and in no canonical form: what was read is what was signed, to the letter,
no two programs can read one signature as two texts, and `openssl pkeyutl -verify -rawin` is a second opinion.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

import msgspec

from shared.agreement.terms import Agreement

LONGEST = 4096
"""Bytes of an agreement; with its signature it is an app setting of some 5,600 characters."""
_KEY, _SIGNATURE = 32, 64  # bytes
_MOST_SAID = 200  # characters of what is wrong, which may quote the file


class Unreadable(ValueError):
    """It is no agreement; the text says why."""


class Altered(ValueError):
    """The signature is not that of this key over these bytes."""


@dataclass(frozen=True, slots=True)
class Signed:
    """The bytes of an agreement, and their signature."""

    data: bytes
    signature: bytes

    @classmethod
    def parse(cls, text: str) -> Signed:
        """From the one line in which a setting holds it. Raises Unreadable."""
        if len(text) > LONGEST * 2:
            raise Unreadable(f"it is longer than {LONGEST} bytes")
        data, dot, signature = text.strip().partition(".")
        if not dot:
            raise Unreadable("it is not the line that signing made")
        return cls(_unpack(data), _unpack(signature))

    def line(self) -> str:
        """The one line in which a setting holds it."""
        return f"{_pack(self.data)}.{_pack(self.signature)}"

    def verify(self, key: bytes) -> Agreement:
        """What was agreed. Raises Altered, or Unreadable where what is signed is none; nothing is read that
        was not signed."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        if len(self.signature) != _SIGNATURE:
            raise Altered
        try:
            Ed25519PublicKey.from_public_bytes(key).verify(self.signature, self.data)
        except (InvalidSignature, ValueError):
            raise Altered from None
        return read_agreement(self.data)


def read_agreement(data: bytes) -> Agreement:
    """What the bytes of a file say. Raises Unreadable, also for what one program would read in another way
    than the next: names that stand there twice, numbers that are none, fields that nobody knows."""
    if len(data) > LONGEST:
        raise Unreadable(f"it is longer than {LONGEST} bytes")
    try:
        found = json.loads(data.decode("utf-8"), object_pairs_hook=_once_each, parse_constant=_no_number)
        return msgspec.convert(found, Agreement)
    except Unreadable:
        raise
    except msgspec.ValidationError as error:
        raise Unreadable(str(error)[:_MOST_SAID]) from None
    except UnicodeDecodeError:
        raise Unreadable("it is not UTF-8") from None
    except (ValueError, RecursionError):
        raise Unreadable("it is not JSON") from None


def read_key(text: str) -> bytes:
    """A public key, from the setting that holds it. Raises ValueError."""
    key = _unpack(text.strip())
    if len(key) != _KEY:
        raise Unreadable("it is no public key")
    return key


def write_key(key: bytes) -> str:
    """The same, as the setting holds it."""
    return _pack(key)


def code_of(data: bytes) -> str:
    """What people compare to tell an agreement, or a key, from any other: 80 bits of its SHA-256."""
    text = base64.b32encode(hashlib.sha256(data).digest()[:10]).decode().lower()
    return "-".join(text[start : start + 4] for start in range(0, 16, 4))


def _pack(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _unpack(text: str) -> bytes:
    if not re.fullmatch(r"[A-Za-z0-9_-]*", text):
        raise Unreadable("it is not the line that signing made")
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error:
        raise Unreadable("it is not the line that signing made") from None


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise Unreadable("a name stands there twice")
    return dict(pairs)


def _no_number(_: str) -> float:
    raise Unreadable("a number is none")

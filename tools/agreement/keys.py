"""The key that signs agreements: made once by whoever signs, locked with a passphrase, nobody else's."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

ROOT = Path(__file__).resolve().parents[2]
SHORTEST = 12
"""Characters of a passphrase: four words, say."""


class NoKey(Exception):
    """There is no key to be had; the text says why, and what to do."""


def make_key(file: Path, passphrase: str) -> Ed25519PrivateKey:
    """A new key, in a new file that only its owner reads. Raises NoKey."""
    if len(passphrase) < SHORTEST:
        raise NoKey(f"A passphrase has at least {SHORTEST} characters: four words, say.")
    if file.resolve().is_relative_to(ROOT):
        raise NoKey(f"{file} lies where Rollcall's code is, and might be deployed. Take another place.")
    key = Ed25519PrivateKey.generate()
    locked = key.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase.encode())
    )
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as made:
            made.write(locked)
    except FileExistsError:
        raise NoKey(f"{file} is there already, and is not overwritten.") from None
    except OSError as error:
        raise NoKey(f"{file} cannot be written: {error.strerror}.") from None
    return key


def load_key(file: Path, passphrase: str) -> Ed25519PrivateKey:
    """The key in that file. Raises NoKey."""
    try:
        key = load_pem_private_key(file.read_bytes(), passphrase.encode())
    except OSError as error:
        raise NoKey(f"{file} cannot be read: {error.strerror}.") from None
    except (ValueError, TypeError):
        raise NoKey(f"{file} does not open with this passphrase, or is no locked key.") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise NoKey(f"{file} holds a key of another kind: Ed25519 is needed.")
    return key


def public_of(key: Ed25519PrivateKey) -> bytes:
    """Its public half."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

"""Tokens: the signed strings in tracking URLs.

A token is bytes in base64url without padding, and an `x` behind them:

    version 3 · message 16 · week, recipient 4 · person 8 · MAC 16                     an open; an objection
    version 3 · message 16 · week, recipient 4 · person 8 · link 2 · target · MAC 16   a click

The MAC is HMAC-SHA256, cut to 128 bits, under a key of its own for each purpose, so that a token for one
is void for the other. A click carries its target, so a redirect needs no storage: links outlive outages
and purges. Every token has one spelling: what decodes to the same bytes but is written otherwise is void.

`person` is masked with what nobody else can compute, anew for each recipient of each message: two mails to
one person have nothing in common. The `x` is there because programs that find links in plain text leave a
last `-` or `_` out of them. The week in which the mail was registered, 12 bits, tells a hit without a look
at storage that nothing is recorded of so old a mail any more; the recipient has the 20 bits below.

Mails of long ago hold older versions: 2 has no week, and 1 neither that nor the mask nor the `x`. So in
mails of version 1 anybody reads a digest of the person. What stands for a person in storage and everywhere
else is therefore a digest of that digest, which no mail shows, and to which every version leads.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import re
import secrets
import struct
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from shared.errors import BadToken

VERSION, UNDATED_VERSION, OLD_VERSION = 3, 2, 1
END = "x"
"""The last character of every token."""
EVERYBODY = 0
"""The `recipient` of tokens that all recipients share. Where each has one, they are numbered from 1."""
NOBODY = bytes(8)
"""The `person` of tokens that stand for no address."""

UNDATED = 0
"""The `week` of tokens that do not say it."""
MOST_RECIPIENTS = 2**20 - 1
"""The highest number that a recipient has beside a week."""

_FIRST_WEEK, _LAST_WEEK = datetime(2019, 12, 30, tzinfo=UTC), 2**12 - 1
_KEY_BYTES = 32
_MAC_BYTES = 16
_RECIPIENT_BITS = MOST_RECIPIENTS.bit_length()
_OPEN = struct.Struct(">B16sI8s")
_CLICK = struct.Struct(">B16sI8sH")
_FOREIGN = re.compile(r"[^A-Za-z0-9_-]")


class Opening(NamedTuple):
    """Whose pixel it is, or whose objection. `message` is its id, `recipient` a number within it, `person`
    tells an address from others without naming it, `week` when the mail was registered."""

    message: str
    recipient: int
    person: bytes = NOBODY
    week: int = UNDATED


class Click(NamedTuple):
    """Whose link it is, its number within the message, and where it leads."""

    message: str
    recipient: int
    link: int
    target: str
    person: bytes = NOBODY
    week: int = UNDATED


def week_of(moment: datetime) -> int:
    """The week of a moment, from 1 on; the year 2098 has the last one."""
    return min(max((moment - _FIRST_WEEK) // timedelta(weeks=1) + 1, 1), _LAST_WEEK)


def end_of(week: int) -> datetime:
    """When the week is over."""
    return _FIRST_WEEK + timedelta(weeks=week)


@dataclass(frozen=True, slots=True)
class Keyring:
    """The secrets behind all tokens. As text: base64url words, the anchor first.

    `anchor` never changes: what must be recognised for years, such as an objection, is digested under
    it. `keys` sign tokens, oldest first: the last one signs, all are read.
    """

    anchor: bytes
    keys: tuple[bytes, ...]

    @classmethod
    def new(cls) -> Keyring:
        """A keyring that nobody has."""
        return cls(secrets.token_bytes(_KEY_BYTES), (secrets.token_bytes(_KEY_BYTES),))

    @classmethod
    def parse(cls, text: str) -> Keyring:
        """The keyring in `text`. Raises ValueError when it is none, without quoting it."""
        words = text.split()
        try:
            anchor, *keys = [_decode(word) for word in words]
        except (ValueError, BadToken):
            raise ValueError("must be base64url words: an anchor and one key or more") from None
        if not keys or min(map(len, [anchor, *keys])) < _KEY_BYTES:
            raise ValueError("must be an anchor and one key or more, each of at least 32 bytes")
        return cls(anchor, tuple(keys))

    def rotated(self) -> Keyring:
        """This keyring with one more key, which signs from now on."""
        return Keyring(self.anchor, (*self.keys, secrets.token_bytes(_KEY_BYTES)))

    def text(self) -> str:
        """The keyring as `parse` reads it. A secret."""
        return " ".join(map(_encode, (self.anchor, *self.keys)))

    def __repr__(self) -> str:
        return f"Keyring({len(self.keys)} keys)"


def bare(text: str) -> str:
    """`text` without what a mail program glued to a token: a full stop, a bracket, `.gif`.

    Nothing is read more laxly for it: what is left must be a token to the letter, or it is void.
    """
    foreign = _FOREIGN.search(text)
    return text[: foreign.start()] if foreign else text


class Signer:
    """Makes and reads tokens."""

    CLICK_OVERHEAD = _CLICK.size + _MAC_BYTES
    """How many bytes a click token holds beside its target."""

    def __init__(self, keyring: Keyring) -> None:
        self._open_keys = _Keys(keyring, b"open")
        self._click_keys = _Keys(keyring, b"click")
        self._objection_keys = _Keys(keyring, b"objection")
        self._person_key = _derive(keyring.anchor, b"person")
        self._again_key = _derive(keyring.anchor, b"person again")
        self._source_key = _derive(keyring.anchor, b"source")
        self._place_key = _derive(keyring.anchor, b"place")

    def sign_open(self, opening: Opening) -> str:
        """The token in a pixel's URL, 61 characters."""
        return self._open_keys.sign(opening, b"")

    def read_open(self, token: str) -> Opening:
        """What `sign_open` was given. Raises BadToken."""
        return self._read(self._open_keys, token)

    def sign_objection(self, whose: Opening) -> str:
        """The token in the URL of the page on which a recipient objects to being tracked, 61 characters."""
        return self._objection_keys.sign(whose, b"")

    def read_objection(self, token: str) -> Opening:
        """What `sign_objection` was given. Raises BadToken."""
        return self._read(self._objection_keys, token)

    def sign_click(self, click: Click) -> str:
        """The token in a link's URL; it grows by four characters for every three bytes of the target."""
        whose = Opening(click.message, click.recipient, click.person, click.week)
        return self._click_keys.sign(whose, click.link.to_bytes(2) + click.target.encode())

    def read_click(self, token: str) -> Click:
        """What `sign_click` was given. Raises BadToken."""
        body, mask = self._click_keys.verify(token)
        if len(body) <= _CLICK.size:
            raise BadToken
        whose = self._opening(body, mask)
        link, target = body[_OPEN.size : _CLICK.size], body[_CLICK.size :].decode()
        return Click(whose.message, whose.recipient, int.from_bytes(link), target, whose.person, whose.week)

    def person(self, address: str) -> bytes:
        """What stands for `address` (normalised) in tokens. Only this deployment can compute it."""
        return self.of_shown(_mac(self._person_key, address.encode())[: len(NOBODY)])

    def of_shown(self, digest: bytes) -> bytes:
        """What stands for the person of whom mails of version 1 show that digest."""
        return _mac(self._again_key, digest)[: len(NOBODY)]

    def _read(self, keys: _Keys, token: str) -> Opening:
        body, mask = keys.verify(token)
        if len(body) != _OPEN.size:
            raise BadToken
        return self._opening(body, mask)

    def _opening(self, body: bytes, mask: bytes) -> Opening:
        """What the signed bytes say of whose they are."""
        version, message, number, person = _OPEN.unpack_from(body)
        person = _unmasked(person, mask, body)
        if version == VERSION:
            week, number = number >> _RECIPIENT_BITS, number & MOST_RECIPIENTS
            return Opening(message.hex(), number, person, week)
        return Opening(message.hex(), number, person if person == NOBODY else self.of_shown(person))

    def source(self, *what: str) -> int:
        """16 bits that tell one source of requests from most others, within what else is digested.

        So few that each stands for 65,000 network addresses and more: no list of sources, and nobody who
        has the keys, leads back to one.
        """
        return int.from_bytes(_mac(self._source_key, "\n".join(what).encode())[:2])

    def place(self, message: str, moment: int, name: str, step: int) -> int:
        """A place below `step`, drawn for the number of that name, message and moment: always the same, after
        a rotation too, and to whoever lacks the keys as likely as any other."""
        return int.from_bytes(_mac(self._place_key, f"{message}\n{moment}\n{name}\n{step}".encode())) % step


def _derive(key: bytes, purpose: bytes) -> bytes:
    return hmac.digest(key, b"rollcall token: " + purpose, "sha256")


def _mac(key: bytes, body: bytes) -> bytes:
    return hmac.digest(key, body, "sha256")[:_MAC_BYTES]


class _Keys:
    """The keys of one purpose, and of the masks that go with each, the newest first."""

    def __init__(self, keyring: Keyring, purpose: bytes) -> None:
        self._keys = [
            (_derive(key, purpose), _derive(key, purpose + b" mask")) for key in reversed(keyring.keys)
        ]

    def sign(self, whose: Opening, more: bytes) -> str:
        """The token for `whose`, `more` behind the person."""
        key, mask = self._keys[0]
        if whose.recipient > MOST_RECIPIENTS:
            raise ValueError("no recipient has such a number")
        number = whose.week << _RECIPIENT_BITS | whose.recipient
        head = _OPEN.pack(VERSION, bytes.fromhex(whose.message), number, NOBODY)
        person = _unmasked(whose.person, mask, head)
        body = head[: -len(NOBODY)] + person + more
        return _encode(body + _mac(key, body)) + END

    def verify(self, token: str) -> tuple[bytes, bytes]:
        """The signed bytes, and the key of their mask; empty for a token of the old form. Raises BadToken."""
        if token.endswith(END):
            with suppress(BadToken):
                return self._find(_decode(token[:-1]), (VERSION, UNDATED_VERSION))
        body, _ = self._find(_decode(token), (OLD_VERSION,))
        return body, b""

    def _find(self, raw: bytes, versions: tuple[int, ...]) -> tuple[bytes, bytes]:
        body, mac = raw[:-_MAC_BYTES], raw[-_MAC_BYTES:]
        for key, mask in self._keys:
            if hmac.compare_digest(_mac(key, body), mac):
                if not body or body[0] not in versions:
                    break
                return body, mask
        raise BadToken


def _unmasked(person: bytes, mask: bytes, body: bytes) -> bytes:
    """`person` with the mask that belongs to the message and recipient in `body` put on, or taken off."""
    if not mask:
        return person
    pad = hmac.digest(mask, body[: _OPEN.size - len(NOBODY)], "sha256")[: len(NOBODY)]
    return (int.from_bytes(person) ^ int.from_bytes(pad)).to_bytes(len(NOBODY))


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _decode(text: str) -> bytes:
    """The bytes that `_encode` made `text` of. Raises BadToken.

    Python's decoder passes over foreign characters and spare bits, so the text is made anew and compared.
    """
    try:
        raw = base64.urlsafe_b64decode(text.encode("ascii") + b"==")
    except (UnicodeEncodeError, binascii.Error):
        raise BadToken from None
    if _encode(raw) != text:
        raise BadToken
    return raw

"""Consent: who said yes to being measured individually, and the proof of it.

Unknown is no, and so is everything that keeps the answer from being found. A yes is looked up where it
counts: at the registration of a mail, which gives a link of their own to nobody else, and again at each hit,
so that taking it back reaches mails that were delivered long ago, at once and in every process.

A yes is kept for each address of the person, by a digest; what they answered, with the text that they were
shown, is kept for the person, by a digest of their object id. A no is an objection as well, so that it goes
on to hold whatever basis an organisation states later.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shared.errors import RollcallError
from shared.tracking.mail.ceiling import Ceiling
from shared.tracking.mail.tokens import NOBODY
from shared.tracking.recording.events import NOTICE, Event, Flag

MOST_LOOKED_UP = 50
"""So many are looked up one by one; of more, all that there are are read."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person answered to the question: `yes` or not, when, and what they were shown: the text, its
    version and its language."""

    yes: bool
    at: datetime
    version: str
    language: str
    text: str


class ConsentStore(Protocol):
    """Keeps grants and answers. Every method may raise StoreUnavailable."""

    def find(self, person: str) -> datetime | None:
        """Since when the person of that digest grants it; None where they do not."""

    def read(self) -> frozenset[str]:
        """All who grant it."""

    def grant(self, person: str, whose: str, since: datetime) -> None:
        """Keep a grant; `whose` is the digest of who gave it. One that is there is renewed."""

    def withdraw(self, person: str) -> None:
        """Forget a grant, if it is there."""

    def add_answer(self, whose: str, answer: Answer, people: Sequence[str]) -> None:
        """Keep an answer, with whom it was given for."""

    def list_answers(self, whose: str) -> list[tuple[Answer, list[str]]]:
        """A person's answers, the oldest first, each with whom it was given for."""

    def forget_answers(self, whose: str) -> None:
        """Forget a person's answers."""


class Grants:
    """Looks up who said yes. Thread-safe; nothing is remembered between two looks."""

    def __init__(
        self, store: Callable[[], ConsentStore], person: Callable[[str], bytes], needed: bool = True
    ) -> None:
        """`person` is the signer's; it may raise VaultUnavailable. Unless `needed`, everybody is as good as
        granted."""
        self._store = store
        self._person = person
        self.needed = needed

    def since(self, person: bytes) -> datetime | None:
        """Since when the person grants it; None where they do not. Raises StoreUnavailable."""
        return self._store().find(digest_of(person))

    def admits(self, person: bytes) -> bool:
        """Whether something that the person does now may be recorded as theirs. Never raises: a failure is
        no."""
        try:
            return not self.needed or self.since(person) is not None
        except Exception as error:  # noqa: BLE001 - whatever went wrong, it is no
            log.warning("who said yes cannot be looked up, so it is no: %s", type(error).__name__)
            return False

    def covers(self, person: bytes, at: float) -> bool:
        """Whether what the person did at that time, in seconds since 1970, was under a grant that still is in
        force. Raises StoreUnavailable while that is not known."""
        if not self.needed:
            return True
        since = self.since(person)
        return since is not None and since.timestamp() <= at

    def among(self, addresses: Sequence[str]) -> list[bool]:
        """Who of those with the addresses (normalised) said yes. A failure is no, for all of them."""
        try:
            people = [digest_of(self._person(address)) for address in addresses]
            store = self._store()
            if len(people) <= MOST_LOOKED_UP:
                return [store.find(person) is not None for person in people]
            known = store.read()
        except RollcallError as error:
            log.warning("who said yes cannot be looked up, so it is no: %s", error.code)
            return [False] * len(addresses)
        return [person in known for person in people]


class Permission:
    """Whether an event may be recorded that was judged before, on its way home."""

    def __init__(self, ceiling: Ceiling, grants: Grants) -> None:
        self._ceiling = ceiling
        self._grants = grants

    def __call__(self, event: Event, person: bytes) -> bool:
        """Raises StoreUnavailable while that is not known."""
        if not self._ceiling.covers(event.at / 1000):
            return False
        clicked = bool(event.flags & Flag.CLICKED)
        kind = self._ceiling.has_clicks if clicked else self._ceiling.has_opens
        if not (kind or (clicked and event.link == NOTICE)):
            return False
        if not self._ceiling.allows(event.recipient, person):
            return False
        return person == NOBODY or self._grants.covers(person, event.at / 1000)


def digest_of(person: bytes) -> str:
    """What stands for a person in the store."""
    return f"digest-{person.hex()}"

"""Objecting to being tracked, and withdrawing that: by an address, or by the link in a mail.

An objection outlives everything else that is kept of a person, their erasure included: else the next mail
would track them again. What is kept is a digest under the keyring's anchor, from which no address can be
computed, and which no rotation of keys changes.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shared.errors import BadToken, TooManyRequests
from shared.tracking.mail.keys import SigningKeys
from shared.tracking.mail.tokens import EVERYBODY, NOBODY, Opening, bare
from shared.tracking.privacy.opt_outs import OptOuts, of_person, of_recipient

BY_LINK = "link"
"""The actor where somebody used the link in a mail: whoever has it, and nobody that is known."""


WITHDRAWALS = 3
"""How often within a day one link may withdraw, in each process. It may always object."""
WITHDRAWALS_OF_ALL = 300
"""How often within an hour all links together may, in each process."""


class ChangedTooOften(TooManyRequests):
    """Somebody withdraws and objects in turn."""

    sentence = "The objection was withdrawn several times within a day, and stands now."

    def __init__(self, retry_after: float) -> None:
        super().__init__(retry_after)
        self.remedy = "Try again tomorrow, or ask the administrator of Rollcall in the sender's organisation."


class PersonTold(Protocol):
    """Hears, by their reference, what is about to happen to a person. Where it raises, it does not happen."""

    def person_exported(self, actor: str, reference: str) -> None:
        """What is kept of them is shown."""

    def person_erased(self, actor: str, reference: str) -> None:
        """They are erased."""

    def objected(self, actor: str, reference: str) -> None:
        """They object to being tracked."""

    def objection_withdrawn(self, actor: str, reference: str) -> None:
        """They object no more."""


@dataclass(frozen=True, slots=True)
class Objection:
    """Whether somebody objects: `objected_at` is since when, None where they do not. `reference` is what
    stands for them in storage and in the audit trail. `of_one_mail`: it is about what a single mail
    reports, because nobody knows whose that mail is."""

    reference: str
    objected_at: datetime | None
    of_one_mail: bool = False


class Objections:
    """Every method may raise StoreUnavailable and VaultUnavailable."""

    def __init__(self, keys: SigningKeys, opt_outs: Callable[[], OptOuts], tell: PersonTold) -> None:
        self._keys = keys
        self._opt_outs = opt_outs
        self._tell = tell

    def of_address(self, address: str) -> Objection:
        """The objection of whoever has that address (normalised)."""
        return self._as_of_now(of_person(self._keys.get().person(address)))

    def of_token(self, token: str) -> Objection | None:
        """The objection of whoever got the mail with that token; None where all share one, so that nobody
        can object for themselves. Raises BadToken."""
        whose = self._read(token)
        if whose.recipient == EVERYBODY:
            return None
        if whose.person != NOBODY:
            return self._as_of_now(of_person(whose.person))
        return self._as_of_now(of_recipient(whose.message, whose.recipient), of_one_mail=True)

    def make(self, objection: Objection, actor: str) -> Objection:
        """Object. In force here at once, in other processes within `FRESH_FOR` seconds, for mails that were
        delivered long ago as well."""
        if objection.objected_at is None:
            self._tell.objected(actor, objection.reference)
            self._opt_outs().add(objection.reference)
        return self._as_of_now(objection.reference, of_one_mail=objection.of_one_mail)

    def withdraw(self, objection: Objection, actor: str) -> Objection:
        """Object no more; as quickly."""
        if objection.objected_at is not None:
            self._tell.objection_withdrawn(actor, objection.reference)
            self._opt_outs().remove(objection.reference)
        return self._as_of_now(objection.reference, of_one_mail=objection.of_one_mail)

    def _as_of_now(self, reference: str, *, of_one_mail: bool = False) -> Objection:
        return Objection(reference, self._opt_outs().find(reference), of_one_mail)

    def _read(self, token: str) -> Opening:
        token = bare(token)
        if self._keys.ready:
            with suppress(BadToken):
                return self._keys.ready.read_objection(token)
        signer = self._keys.find()
        if signer is None:
            raise BadToken
        return signer.read_objection(token)

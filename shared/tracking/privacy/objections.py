"""Objecting to being tracked: by an address, or by the link in a mail; and withdrawing that, by an address.

Whoever sends a mail has its links as well as whoever gets it. So a link can object, and neither withdraw an
objection nor show whether there is one.

An objection outlives everything else that is kept of a person, their erasure included: else the next mail
would track them again. What is kept is a digest under the keyring's anchor, from which no address can be
computed, and which no rotation of keys changes.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from shared.errors import BadToken, NotAllowed
from shared.tracking.mail.keys import SigningKeys
from shared.tracking.mail.message import Message
from shared.tracking.mail.tokens import EVERYBODY, NOBODY, Opening, bare
from shared.tracking.privacy.opt_outs import OptOuts, of_person, of_recipient, of_unsent

BY_SELF = "self"
"""The actor where somebody who is signed in acts for themselves: their id would undo that they are erased."""
BY_LINK = "link"
"""The actor where somebody used the link in a mail: whoever has it, and nobody that is known."""


_NEVER_SENT = (
    "This mail was never sent, as far as Rollcall knows.",
    "If you have it in your mailbox, ask whoever sent it, or their organisation's administrator of Rollcall.",
)


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


class AnswerTold(PersonTold, Protocol):
    """Hears what a person is about to answer as well."""

    def answered(self, actor: str, reference: str, *, yes: bool, version: str, language: str) -> None:
        """They answer whether they may be measured individually."""


class ByLink(Enum):
    """What the link in a mail objects to."""

    ALL_MAILS = "all mails to the person"
    ONE_MAIL = "one mail, because nobody knows whose it is"
    NOTHING = "nothing, because all share the mail"


@dataclass(frozen=True, slots=True)
class Objection:
    """Whether somebody objects: `objected_at` is since when, None where they do not. `reference` is what
    stands for them in storage and in the audit trail."""

    reference: str
    objected_at: datetime | None


class Objections:
    """Every method may raise StoreUnavailable and VaultUnavailable."""

    def __init__(
        self,
        keys: SigningKeys,
        opt_outs: Callable[[], OptOuts],
        tell: PersonTold,
        find: Callable[[str], Message | None],
    ) -> None:
        """`find` looks for the message of an id."""
        self._find = find
        self._keys = keys
        self._opt_outs = opt_outs
        self._tell = tell

    def of_address(self, address: str) -> Objection:
        """The objection of whoever has that address (normalised)."""
        return self._as_of_now(of_person(self._keys.get().person(address)))

    def of_reference(self, reference: str) -> Objection:
        """The objection of whom the reference stands for."""
        return self._as_of_now(reference)

    def what_by_link(self, token: str) -> ByLink:
        """What the link with that token objects to. Raises BadToken, and VaultUnavailable where that is not
        known."""
        return _what(self._read(token))

    def make(self, objection: Objection, actor: str) -> Objection:
        """Object. In force here at once, in other processes within `FRESH_FOR` seconds, for mails that were
        delivered long ago as well."""
        if objection.objected_at is None:
            self.check_lasting()
            self._tell.objected(actor, objection.reference)
            self._opt_outs().add(objection.reference)
        return self._as_of_now(objection.reference)

    def check_lasting(self) -> None:
        """Raises Conflict where nothing was ever tracked, nor may be."""
        self._keys.check_lasting()

    def make_by_link(self, token: str) -> None:
        """Object by the link with that token, as whoever has it may. A second time changes nothing, and says
        nothing of the first; nor does it for a single mail of which nothing is recorded any more. Raises
        BadToken, also where all share the mail, and NotAllowed where the mail was never sent: then nobody but
        whoever registered it has its links."""
        whose, opt_outs = self._read(token), self._opt_outs()
        self._check_sent(whose, opt_outs)
        match _what(whose):
            case ByLink.NOTHING:
                raise BadToken
            case ByLink.ALL_MAILS:
                reference = of_person(whose.person)
            case ByLink.ONE_MAIL:
                if opt_outs.has_ended(whose.message, whose.week):
                    return
                reference = of_recipient(whose.message, whose.recipient)
        self.make(self._as_of_now(reference), BY_LINK)

    def _check_sent(self, whose: Opening, opt_outs: OptOuts) -> None:
        if whose.recipient == EVERYBODY:
            return
        if opt_outs.has_ended(whose.message, whose.week):
            was_sent = opt_outs.find(of_unsent(whose.message)) is None
        else:
            found = self._find(whose.message)
            was_sent = found is not None and found.was_sent
        if not was_sent:
            raise NotAllowed(*_NEVER_SENT)

    def withdraw(self, objection: Objection, actor: str) -> Objection:
        """Object no more; as quickly."""
        if objection.objected_at is not None:
            self._tell.objection_withdrawn(actor, objection.reference)
            self._opt_outs().remove(objection.reference)
        return self._as_of_now(objection.reference)

    def _as_of_now(self, reference: str) -> Objection:
        return Objection(reference, self._opt_outs().find(reference))

    def _read(self, token: str) -> Opening:
        token = bare(token)
        if self._keys.ready:
            with suppress(BadToken):
                return self._keys.ready.read_objection(token)
        signer = self._keys.find()
        if signer is None:
            raise BadToken
        try:
            return signer.read_objection(token)
        except BadToken:
            raise self._keys.unreadable() from None


def _what(whose: Opening) -> ByLink:
    if whose.recipient == EVERYBODY:
        return ByLink.NOTHING
    return ByLink.ONE_MAIL if whose.person == NOBODY else ByLink.ALL_MAILS

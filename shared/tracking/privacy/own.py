"""What a person who is signed in sees and decides about themselves, and about nobody else.

Who they are is the object id in their access token. Their addresses are the directory's, which an
administrator writes: one of the names that Entra gave them finds an account there, and it counts only where
that account has their object id. A claim alone could name somebody else's address.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from shared.audience.directory import Mailbox
from shared.errors import Conflict, NotFound, RollcallError
from shared.tracking.mail.ceiling import Basis, Ceiling
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.senders import FindPeople
from shared.tracking.privacy.asking import Question, question_of
from shared.tracking.privacy.consents import Answer, ConsentStore, digest_of
from shared.tracking.privacy.objections import BY_SELF, AnswerTold, Objections

MOST_YES = 20
"""A person says yes so often within a day; no is always heard."""


class Ground(StrEnum):
    """Why somebody is measured individually or not."""

    OFF = "off"
    """Nobody is: the organisation does not do it."""
    YES = "yes"
    """They said yes."""
    NO_ANSWER = "no_answer"
    """It takes a yes, and they gave none."""
    OBJECTED = "objected"
    """They objected."""
    NOT_OBJECTED = "not_objected"
    """It takes an objection, and they made none."""


@dataclass(frozen=True, slots=True)
class Myself:
    """Somebody who is signed in: their addresses, the primary one first, what stands for each of them, and
    for the person. Where the directory told none, they are those that they ever answered for, unnamed."""

    addresses: tuple[str, ...]
    people: tuple[str, ...]
    reference: str


@dataclass(frozen=True, slots=True)
class Measuring:
    """How somebody stands. `measured`: individually, by name. `answered` is what they answered last."""

    addresses: tuple[str, ...]
    measured: bool
    why: Ground
    basis: Basis | None
    objected_at: datetime | None
    answered: Answer | None
    question: Question | None


class Own:
    """Every method may raise StoreUnavailable and VaultUnavailable, and what the directory raises."""

    def __init__(
        self,
        ceiling: Ceiling,
        modes: Collection[Mode],
        store: Callable[[], ConsentStore],
        person: Callable[[str], bytes],
        objections: Callable[[], Objections],
        find_people: FindPeople,
        now: Callable[[], datetime],
        tell: AnswerTold,
    ) -> None:
        """`modes` are those that a sender may choose; `person` is the signer's."""
        self._basis = ceiling.basis if Mode.INDIVIDUAL in modes else None
        self._needs_consent = ceiling.needs_consent
        self._store = store
        self._person = person
        self._objections = objections
        self._find_people = find_people
        self._now = now
        self._tell = tell

    def identify(self, caller: str, names: Collection[str]) -> Myself:
        """Who has that object id. Raises NotFound where the directory knows no mailbox of theirs."""
        for name in sorted(names):
            found = self._find_people([name]).get(name)
            if isinstance(found, RollcallError):
                raise found
            if isinstance(found, Mailbox) and found.signs_in and found.id == caller:
                first = [found.address] if found.address else []
                addresses = tuple(dict.fromkeys([*first, *sorted(found.addresses), name]))
                people = tuple(digest_of(self._person(address)) for address in addresses)
                return Myself(addresses, people, self._reference_of(caller))
        raise NotFound(
            "The directory knows no mailbox of your account, so no mail to you is measured.",
            "Ask your administrator if you do get mail under this account.",
        )

    def recall(self, caller: str) -> Myself | None:
        """Who has that object id, as far as they answered before: enough to hear a no while the directory is
        silent."""
        reference = self._reference_of(caller)
        given = [person for _, people in self._store().list_answers(reference) for person in people]
        return Myself((), tuple(dict.fromkeys(given)), reference) if given else None

    def _reference_of(self, caller: str) -> str:
        return f"self-{self._person(caller).hex()}"

    def standing(self, me: Myself) -> Measuring:
        """How they stand now."""
        objections = [self._objections().of_reference(person) for person in me.people]
        since = min((each.objected_at for each in objections if each.objected_at), default=None)
        answers = self._store().list_answers(me.reference)
        why = self._why(me, objected=since is not None)
        return Measuring(
            addresses=me.addresses,
            measured=why in (Ground.YES, Ground.NOT_OBJECTED),
            why=why,
            basis=self._basis,
            objected_at=since,
            answered=answers[-1][0] if answers else None,
            question=question_of(self._basis) if self._basis else None,
        )

    def say_yes(self, me: Myself, version: str, language: str) -> None:
        """They may be measured, as they were asked in that text. Raises Conflict where it is not what is
        asked now, and for more than MOST_YES within a day."""
        question = question_of(self._basis) if self._basis else None
        text = question.text(language) if question and question.version == version else ""
        if not text:
            raise Conflict("What is asked has changed since you read it.", "Load the page again.")
        recent = self._now() - timedelta(days=1)
        before = self._store().list_answers(me.reference)
        if sum(1 for answer, _ in before if answer.yes and answer.at > recent) >= MOST_YES:
            raise Conflict("You said yes very often today.", "Try again tomorrow. A no is always heard.")
        self._answer(me, Answer(True, self._now(), version, language, text))
        for person in me.people:
            self._objections().withdraw(self._objections().of_reference(person), BY_SELF)
            if self._needs_consent:
                self._store().grant(person, me.reference, self._now())
        if not self._store().list_answers(me.reference)[-1][0].yes:  # a no came meanwhile, and is stronger
            self.say_no(me, version, language)

    def say_no(self, me: Myself, version: str, language: str) -> None:
        """They may not be measured: their yes is taken back, and they object. Once more changes nothing.
        Raises Conflict where nothing was ever tracked, nor may be."""
        self._objections().check_lasting()
        objections = [self._objections().of_reference(person) for person in me.people]
        answers = self._store().list_answers(me.reference)
        is_told = bool(answers) and not answers[-1][0].yes and all(each.objected_at for each in objections)
        if not is_told:
            question = question_of(self._basis) if self._basis else None
            text = question.text(language) if question and question.version == version else ""
            self._answer(me, Answer(False, self._now(), version, language, text))
        self._take_back(me)
        for each in objections:
            self._objections().make(each, BY_SELF)

    def answers(self, me: Myself) -> list[Answer]:
        """All that they answered, the oldest first."""
        return [answer for answer, _ in self._store().list_answers(me.reference)]

    def forget(self, me: Myself) -> None:
        """Forget what they granted and answered."""
        self._take_back(me)
        self._store().forget_answers(me.reference)

    def _answer(self, me: Myself, answer: Answer) -> None:
        self._tell.answered(
            BY_SELF, me.reference, yes=answer.yes, version=answer.version, language=answer.language
        )
        self._store().add_answer(me.reference, answer, me.people)

    def _take_back(self, me: Myself) -> None:
        """They are granted nothing any more, by any address that they ever answered for or have now."""
        given = [person for _, people in self._store().list_answers(me.reference) for person in people]
        for person in dict.fromkeys([*given, *me.people]):
            self._store().withdraw(person)

    def _why(self, me: Myself, *, objected: bool) -> Ground:
        if self._basis is None:
            return Ground.OFF
        if objected:
            return Ground.OBJECTED
        if not self._needs_consent:
            return Ground.NOT_OBJECTED
        granted = [self._store().find(person) for person in me.people]
        return Ground.YES if any(granted) else Ground.NO_ANSWER

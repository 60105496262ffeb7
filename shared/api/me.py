"""The words of the API about the person who asks, and nobody else."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec

from shared.agreement.standing import Agreed, AgreementState
from shared.api.statement import AgreementAnswer, describe_agreement
from shared.tracking.mail.ceiling import Basis
from shared.tracking.privacy.consents import Answer
from shared.tracking.privacy.own import Ground, Measuring
from shared.tracking.privacy.person import Person


class NewAnswer(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Whether the person may be measured individually, and what they were shown: the text's version and its
    language."""

    yes: bool
    version: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{0,12}\Z")]
    language: Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2}\Z")]


class QuestionAnswer(msgspec.Struct, frozen=True):
    """What is asked, by language, and the version of the text."""

    version: str
    texts: dict[str, str]


class MeasuringAnswer(msgspec.Struct, frozen=True):
    """How the person stands. `measured`: individually, by name; `why` says why or why not. `answered` is
    their last answer, with the text that they were shown. Without a `question` nothing is asked. While the
    `agreement` is not in force nobody is measured; it is null where there is none."""

    addresses: list[str]
    measured: bool
    why: Ground
    basis: Basis | None
    objected_at: datetime | None
    answered: Answer | None
    question: QuestionAnswer | None
    contact: str
    agreement: AgreementAnswer | None = None


class KeptAnswer(msgspec.Struct, frozen=True):
    """What is kept of the person, a part at a time: `kept.next` is the `after` of the next. `answers` are all
    that they gave, with the texts that they were shown."""

    kept: Person
    answers: list[Answer]


def describe_standing(standing: Measuring, contact: str, agreed: Agreed, now: datetime) -> MeasuringAnswer:
    """The answer that says how somebody stands at that time; `contact` is whom they may ask."""
    question = standing.question
    return MeasuringAnswer(
        addresses=list(standing.addresses),
        measured=standing.measured and agreed.trouble(now) is None,
        why=standing.why,
        basis=standing.basis,
        objected_at=standing.objected_at,
        answered=standing.answered,
        question=QuestionAnswer(question.version, question.texts) if question else None,
        contact=contact,
        agreement=None if agreed.fixed is AgreementState.NONE else describe_agreement(agreed, now),
    )

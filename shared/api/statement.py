"""The words of the statement: how Rollcall is set up, what was agreed, and what is kept for how long."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime

import msgspec

from shared.agreement.allowances import Allowance
from shared.agreement.standing import Agreed, AgreementState
from shared.agreement.terms import Agreement
from shared.settings import Settings
from shared.tracking.mail.ceiling import Tracking
from shared.tracking.privacy.ends import ENDS

SET = "***"
"""In the place of a secret that is set."""


class AgreementAnswer(msgspec.Struct, frozen=True):
    """How the agreement stands. `agreement` and `key` are what people compare; both are empty, and `terms`
    null, where they cannot be told."""

    state: AgreementState
    agreement: str
    key: str
    terms: Agreement | None


class SettingAnswer(msgspec.Struct, frozen=True):
    """A setting: its `value` as it is set, or by `default`; of a secret only that there is one. `agreed` is
    what the agreement would have where the setting exceeds it."""

    name: str
    value: str
    default: bool
    agreed: str | None = None


class InForceAnswer(msgspec.Struct, frozen=True):
    """What holds, by settings and agreement: `tracking` now, days and seconds as in the settings, and what
    may be done (`allowed`), by the words of an agreement."""

    tracking: Tracking
    smallest_group: int
    published_after: list[int]
    events_kept: int
    messages_kept: int
    audit_kept: int
    expansion_lifetime: float
    allowed: list[Allowance]


class PlaceAnswer(msgspec.Struct, frozen=True):
    """A place in which something is kept: what, until when, and what ends it; in English."""

    place: str
    holds: str
    until: str
    ended_by: str


class StatementAnswer(msgspec.Struct, frozen=True):
    """How Rollcall is set up, what was agreed, and what is kept for how long; no result of anybody's."""

    made_at: datetime
    agreement: AgreementAnswer
    in_force: InForceAnswer
    settings: list[SettingAnswer]
    places: list[PlaceAnswer]


def describe_agreement(agreed: Agreed, now: datetime) -> AgreementAnswer:
    """How the agreement stands at that time."""
    return AgreementAnswer(agreed.state(now), agreed.code, agreed.key_code, agreed.terms)


def describe_statement(agreed: Agreed, environ: Mapping[str, str], now: datetime) -> StatementAnswer:
    """The whole statement, at that time; `environ` is what is set."""
    return StatementAnswer(
        made_at=now,
        agreement=describe_agreement(agreed, now),
        in_force=_in_force(agreed, now),
        settings=_settings(agreed, environ),
        places=[PlaceAnswer(end.place, end.holds, end.until, end.by) for end in ENDS],
    )


def _in_force(agreed: Agreed, now: datetime) -> InForceAnswer:
    settings = agreed.settings
    stopped = agreed.trouble(now) is not None
    by_name = settings.ceiling.basis is not None
    highest = Tracking.INDIVIDUAL if by_name else Tracking.PSEUDONYMOUS
    tracking = highest if settings.tracking is Tracking.INDIVIDUAL else settings.tracking
    return InForceAnswer(
        tracking=Tracking.OFF if stopped else tracking,
        smallest_group=settings.smallest_group,
        published_after=[*settings.published_after],
        events_kept=settings.events_kept,
        messages_kept=settings.messages_kept,
        audit_kept=settings.audit_kept,
        expansion_lifetime=settings.expansion_lifetime,
        allowed=[allowance for allowance in Allowance if agreed.allows(allowance)],
    )


def _settings(agreed: Agreed, environ: Mapping[str, str]) -> list[SettingAnswer]:
    exceeded = {each.setting: each.agreed for each in agreed.excess}
    found = []
    for each in fields(Settings):
        name = each.metadata["name"]
        given = environ.get(name, "").strip()
        value = given or each.metadata["default"] or ""
        if value and each.metadata["secret"]:
            value = SET
        found.append(SettingAnswer(name, value, not given, exceeded.get(name)))
    return found

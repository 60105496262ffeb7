"""The statement, and what people are told of an agreement: scenes, with made-up answers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec

from shared.agreement.allowances import Allowance
from shared.agreement.standing import AgreementState
from shared.agreement.terms import Agreement
from shared.api.about import MeAnswer
from shared.api.statement import (
    AgreementAnswer,
    InForceAnswer,
    PlaceAnswer,
    SettingAnswer,
    StatementAnswer,
)
from shared.tracking.mail.ceiling import Tracking
from shared.tracking.privacy.ends import ENDS
from tests.browser.gallery import persons
from tests.browser.gallery.reports import NOW
from tests.browser.gallery.scenes import BUSY, Answers, PageScene
from tests.support.agreements import TERMS
from tests.support.api import DANIEL, MIA

CODE, KEY = "k3ab-c2xq-7hdu-nrae", "vguk-igy3-65yn-vwm7"
AGREED: Agreement = msgspec.convert(
    TERMS
    | {
        "valid_from": datetime(2026, 1, 1, tzinfo=UTC),
        "valid_until": datetime(2029, 1, 1, tzinfo=UTC),
        "allowed": ["share_reports", "export_reports"],
    },
    Agreement,
)
LONG: Agreement = msgspec.structs.replace(
    AGREED,
    title="Group works agreement on the introduction and use of systems for measuring internal mails" * 2,
    parties=("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft mbH",) * 4,
)
SETTINGS = [
    SettingAnswer("ROLLCALL_TENANT_ID", "ccbe9de5-beb9-57bc-8e6f-66507fb85e94", False),
    SettingAnswer("ROLLCALL_TRACKING", "counting", False),
    SettingAnswer("ROLLCALL_SMALLEST_GROUP", "5", True),
    SettingAnswer("ROLLCALL_EVENTS_KEPT", "91", False, "90"),
    SettingAnswer("ROLLCALL_SIGNING_KEYS", "***", False),
    SettingAnswer("ROLLCALL_AGREEMENT", "eyJmb3JtYXQiOiAicm9sbGNhbGwtYWdyZWVtZW50LTEi" * 20, False),
    SettingAnswer("ROLLCALL_DENY_HOSTS", "", True),
]
IN_FORCE = InForceAnswer(
    tracking=Tracking.COUNTING,
    smallest_group=5,
    published_after=[3600, 86_400, 604_800],
    events_kept=90,
    messages_kept=400,
    audit_kept=3650,
    expansion_lifetime=3600,
    allowed=[Allowance.SHARE_REPORTS, Allowance.EXPORT_REPORTS],
)
WITHIN = StatementAnswer(
    made_at=NOW,
    agreement=AgreementAnswer(AgreementState.IN_FORCE, CODE, KEY, AGREED),
    in_force=IN_FORCE,
    settings=[each for each in SETTINGS if each.agreed is None],
    places=[PlaceAnswer(end.place, end.holds, end.until, end.by) for end in ENDS],
)


def _but(state: AgreementState, terms: Agreement | None, **more: Any) -> StatementAnswer:
    stopped = msgspec.structs.replace(IN_FORCE, tracking=Tracking.OFF)
    changes = {"agreement": AgreementAnswer(state, CODE, KEY, terms), "in_force": stopped} | more
    return msgspec.structs.replace(WITHIN, **changes)


EXCEEDED = _but(AgreementState.EXCEEDED, LONG, settings=SETTINGS)
ALTERED = _but(AgreementState.ALTERED, None)
NONE = msgspec.structs.replace(
    WITHIN,
    agreement=AgreementAnswer(AgreementState.NONE, "", "", None),
    in_force=msgspec.structs.replace(
        IN_FORCE, tracking=Tracking.INDIVIDUAL, smallest_group=1, allowed=[*Allowance]
    ),
)
AUDITOR: Answers = {"GET /api/me": MeAnswer("Daniel Osei", ["auditor"], [], [], [], [])}


def _shows(name: str, shows: str, statement: Any, place: str = "statement") -> PageScene:
    answers = AUDITOR | {"GET /api/statement": statement}
    return PageScene(name, shows, place, answers=answers, person=DANIEL, apart=True)


def _me(name: str, shows: str, state: AgreementState) -> PageScene:
    agreement = AgreementAnswer(state, CODE, KEY, AGREED)
    measured = state is AgreementState.IN_FORCE
    answer = msgspec.structs.replace(persons.SAID_YES, measured=measured, agreement=agreement)
    told: Answers = {"GET /api/me": persons.WITHOUT_ROLE, "GET /api/me/measuring": answer}
    return PageScene(name, shows, "me", answers=told)


STATEMENTS = [
    _shows("statement", "The agreement is in force", WITHIN),
    _shows("statement-first", "The agreement is in force", WITHIN, ""),
    _shows("statement-exceeded", "Settings exceed the agreement", EXCEEDED),
    _shows("statement-altered", "not as it was signed", ALTERED),
    _shows("statement-none", "There is no agreement", NONE),
    _shows("statement-error", "storage cannot be reached", BUSY),
    PageScene("statement-refused", "for Rollcall admins", "statement", person=MIA),
    _me("me-agreement", "is limited by the agreement", AgreementState.IN_FORCE),
    _me("me-agreement-expired", "nothing is measured at the moment", AgreementState.EXPIRED),
]

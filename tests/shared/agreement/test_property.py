"""20,000 random deployments under random agreements, each asked five times, at some moment, by some route and
role: nothing exceeds what was agreed.

The oracle is written apart from the code: it knows what is recorded of which kind of hit, from which day to
which day what is kept, and who sees what, as docs/agreement.md says it.
"""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from routes.chapter import declared
from shared.agreement.allowances import Allowance, needed_to_see
from shared.agreement.standing import Agreed, agree
from shared.api.declaration import Declaration, Who
from shared.settings import Settings
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.tokens import EVERYBODY, NOBODY
from tests.support.agreements import AGREEMENT, KEY, TERMS, sealed
from tests.support.environment import COMPLETE

DEPLOYMENTS, ASKED, AGREEMENTS = 20_000, 5, 400
NOW = datetime(2026, 6, 1, tzinfo=UTC)
REACHES = ("off", "clicks", "opens", "counting", "pseudonymous", "individual")
RECORDS = {
    "off": set[str](),
    "clicks": {"click of all"},
    "opens": {"open of all"},
    "counting": {"click of all", "open of all"},
    "pseudonymous": {"click of all", "open of all", "click of one", "open of one"},
    "individual": {
        *("click of all", "open of all", "click of one", "open of one"),
        *("click by name", "open by name"),
    },
}
TOKENS = {"all": (EVERYBODY, NOBODY), "one": (7, NOBODY), "name": (7, b"12345678")}
MEANT = {
    "PUT /api/messages/{id}/readers": "share_reports",
    "GET /api/messages/{id}/report.csv": "export_reports",
    "GET /api/messages/{id}/report.xlsx": "export_reports",
    "GET /api/reports.csv": "export_reports",
    "GET /api/reports.xlsx": "export_reports",
    "GET /api/people/{address}": "admins_see_people",
}
"""Routes that an agreement may close."""


def random_terms(dice: random.Random) -> dict[str, Any]:
    tracking = dice.choice(REACHES)
    begins = NOW + timedelta(days=dice.choice([-400, -1, 0, 1]), seconds=dice.choice([0, 1]))
    return TERMS | {
        "valid_from": begins.isoformat(),
        "valid_until": (begins + timedelta(days=dice.choice([1, 399, 1000]))).isoformat(),
        "tracking": tracking,
        "individual_basis": dice.sample(["consent", "objection"], dice.choice([1, 2]))
        if tracking == "individual"
        else [],
        "notice": dice.choice(["line", "none"]),
        "smallest_group": dice.choice([1, 5, 20, 1000]),
        "published_after": dice.choice([60, 3600, 86_400, 7_776_000]),
        "published_times": dice.randint(1, 5),
        "events_kept": dice.choice([1, 30, 90, 3650]),
        "messages_kept": dice.choice([1, 90, 400, 3650]),
        "audit_kept": dice.choice([30, 400, 3650, 36_500]),
        "allowed": dice.sample([each.value for each in Allowance], dice.randint(0, len(Allowance))),
    }


def random_settings(dice: random.Random) -> dict[str, str]:
    times = sorted(dice.sample([60, 3600, 86_400, 172_800, 604_800, 7_776_000], dice.randint(1, 5)))
    return {
        "ROLLCALL_MODES": dice.choice(
            ["counting", "counting,individual", "counting,pseudonymous,individual"]
        ),
        "ROLLCALL_TRACKING": dice.choice([*REACHES, ""]),
        "ROLLCALL_INDIVIDUAL_BASIS": dice.choice(["", "consent", "objection"]),
        "ROLLCALL_NOTICE": dice.choice(["line", "none"]),
        "ROLLCALL_SMALLEST_GROUP": str(dice.choice([1, 4, 5, 20, 1000])),
        "ROLLCALL_PUBLISHED_AFTER": " ".join(map(str, times)),
        "ROLLCALL_EVENTS_KEPT": str(dice.choice([1, 30, 90, 91, 3650])),
        "ROLLCALL_MESSAGES_KEPT": str(dice.choice([1, 90, 400, 3650])),
        "ROLLCALL_AUDIT_KEPT": str(dice.choice([30, 400, 3650, 36_500])),
        "ROLLCALL_TEAMS": dice.choice(["", "Sales: 31567be0-df0e-52f5-bfc3-de788e3e129b"]),
        "ROLLCALL_WEBHOOK_URL": dice.choice(["", "https://hooks.company.com/rollcall"]),
        "ROLLCALL_PROGRAMS": dice.choice(["off", "reports", "recipients"]),
        "ROLLCALL_BY_LIST": dice.choice(["no", "yes"]),
        "ROLLCALL_NAMES": dice.choice(["typed", "subject"]),
        "ROLLCALL_MAIL_TIPS": dice.choice(["yes", "no"]),
    }


def broken(dice: random.Random, given: dict[str, str]) -> dict[str, str]:
    """The same, of which nobody can tell what was agreed."""
    spoilt = given[AGREEMENT]
    where = dice.randrange(len(spoilt))
    other = spoilt[:where] + ("A" if spoilt[where] != "A" else "B") + spoilt[where + 1 :]
    return dice.choice([given | {AGREEMENT: other}, given | {KEY: ""}, given | {AGREEMENT: ""}])


def assert_within(found: Agreed, terms: dict[str, Any], at: datetime) -> None:
    """Nothing that this deployment does at that time exceeds the terms."""
    runs = datetime.fromisoformat(terms["valid_from"]) <= at < datetime.fromisoformat(terms["valid_until"])
    settings = found.settings
    for name, (recipient, person) in TOKENS.items():
        for deed, has in (("open", found.ceiling.has_opens), ("click", found.ceiling.has_clicks)):
            what = f"{deed} by name" if name == "name" else f"{deed} of {name}"
            is_recorded = (
                found.ceiling.covers(at.timestamp()) and has and found.ceiling.allows(recipient, person)
            )
            assert not is_recorded or (runs and what in RECORDS[terms["tracking"]])
            if is_recorded and name == "name":
                assert settings.individual_basis in terms["individual_basis"]
    if Mode.INDIVIDUAL in settings.allowed_modes:
        assert terms["tracking"] == "individual"
    assert settings.notice == "line" or terms["notice"] == "none"
    assert settings.smallest_group >= terms["smallest_group"]
    assert settings.published_after[0] >= terms["published_after"]
    assert len(settings.published_after) <= terms["published_times"]
    for name in ("events_kept", "messages_kept", "audit_kept"):
        assert getattr(settings, name) <= terms[name]
    programs = {"reports": "programs_read_reports", "recipients": "programs_read_recipients"}
    assert settings.programs == "off" or programs[settings.programs] in terms["allowed"]
    assert not settings.teams or "teams_see_reports" in terms["allowed"]
    assert not settings.webhook_url or "webhooks_tell" in terms["allowed"]
    assert not settings.by_list or "tell_by_list" in terms["allowed"]
    assert not settings.names or "read_subjects" in terms["allowed"]
    assert not settings.mail_tips or "read_mail_tips" in terms["allowed"]


def assert_seen(dice: random.Random, found: Agreed, allowed: set[str], route: Declaration) -> None:
    """Whoever calls that route sees no more than was agreed to."""
    for method in route.methods:
        meant = MEANT.get(f"{method} /{route.path}")
        assert (route.under.value if route.under else None) == meant
        if meant and found.allows(Allowance(meant)):
            assert meant in allowed
    role, by_name = dice.choice(["owner", "reader", "admin"]), dice.random() < 0.5
    viewer = "owner" if role == "owner" else "somebody"
    who = {"is_admin": role == "admin", "is_reader": role == "reader", "by_name": by_name}
    needed = needed_to_see(viewer, "owner", **who)
    if all(map(found.allows, needed)):
        assert role == "owner" or (
            "share_reports" in allowed
            if role == "reader"
            else {"admins_see_reports", *(["admins_see_individuals"] if by_name else [])} <= allowed
        )


@pytest.mark.timeout(600)
def test_under_100_000_random_settings_routes_and_roles_nothing_exceeds_the_agreement() -> None:
    dice = random.Random(14)
    routes = declared()
    agreements = []
    for _ in range(AGREEMENTS):
        terms = random_terms(dice)
        agreements.append((terms, sealed(json.dumps(terms).encode())))
    kept = stopped = 0
    for _ in range(DEPLOYMENTS):
        terms, given = dice.choice(agreements)
        is_known = dice.random() < 0.9
        environ = COMPLETE | random_settings(dice) | (given if is_known else broken(dice, given))
        found = agree(Settings.from_env(environ))
        if found.excess and dice.random() < 0.5:  # an administrator does what the remedy says
            mended = {each.setting: each.agreed.partition(" or ")[0] for each in found.excess}
            found = agree(Settings.from_env(environ | mended))
            assert not found.excess
        allowed = set(terms["allowed"]) if is_known else set[str]()
        for _ in range(ASKED):
            at = NOW + timedelta(days=dice.choice([-800, -2, 0, 2, 800]), seconds=dice.choice([-1, 0, 1]))
            if is_known:
                assert_within(found, terms, at)
            else:
                assert not found.settings.allowed_modes
                assert not found.ceiling.has_opens
                assert not found.ceiling.has_clicks
            assert_seen(dice, found, allowed, dice.choice(routes))
            trouble = found.trouble(at)
            assert trouble is None or trouble.remedy
            kept, stopped = kept + (trouble is None), stopped + (trouble is not None)
    assert kept + stopped == 100_000
    assert kept > 1000, "some settings are within their agreement"
    assert stopped > 1000


def test_every_route_that_answers_single_peoples_acts_is_for_senders_or_admins() -> None:
    for route in declared():
        if route.who in (Who.AUDITOR, Who.SELF, Who.ANYONE):
            assert not route.path.startswith(("api/messages", "api/people", "api/headlines", "api/dashboard"))

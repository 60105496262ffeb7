"""Made-up states of the connection and of Rollcall itself, and an audit trail."""

from __future__ import annotations

import json
from datetime import timedelta

import msgspec

from shared.account.answers import AccountAnswer, ConnectionAnswer, DirectoryAnswer, GrantAnswer, NeedAnswer
from shared.account.needs import LOOK, MISSING, WELL, Need, needs
from shared.amounts import Amount
from shared.api.about import HealthAnswer
from shared.api.names import NamesAnswer
from shared.audience.cross_check import CrossCheck, Reading
from shared.audience.problems import Problem
from shared.audit import Record
from shared.health import CheckAnswer
from shared.paging import RowPage
from tests.browser.gallery.reports import NOW

_ASKED = [
    *needs(["Directory.Read.All", "User.Read.All", "Exchange.ManageV2"], ["Mail.Send"], "managed_identity")
]
_UNSEEN = {
    *(Need(name) for name in ("callback", "addin_addresses", "beyond", "exchange_role", "outlook")),
    *(Need("role", role) for role in ("sender", "auditor", "serviceAccount")),
    Need("addin_consent", "Mail.Send"),
}
_ALWAYS_SEEN = {Need("role", "admin"), Need("addin"), Need("addin_principal")}


def _needed(missing: dict[Need, tuple[str, str]], unseen: set[Need] = _UNSEEN) -> list[NeedAnswer]:
    """What the set-up needs: what is missing, and what was said of it; and what cannot be seen."""
    states = {need: MISSING if need in missing else LOOK if need in unseen else WELL for need in _ASKED}
    return [NeedAnswer(*need, state, *missing.get(need, ("", ""))) for need, state in states.items()]


CONNECTED = ConnectionAnswer(
    state="connected",
    text="Connected as rollcall-service@company.com.",
    remedy="",
    code=None,
    account=AccountAnswer("643478b2-92ee-5d7e-89e8-2689eeec83ab", "rollcall-service@company.com"),
    connected_at=NOW - timedelta(days=40),
    last_success_at=NOW - timedelta(minutes=12),
    days_left=89,
    directories=[
        DirectoryAnswer(
            "graph",
            [f"https://graph.microsoft.com/{name}.Read.All" for name in ("Directory", "User")],
            True,
            "",
            "",
        ),
        DirectoryAnswer("exchange", ["https://outlook.office365.com/Exchange.ManageV2"], True, "", ""),
    ],
    grants=[GrantAnswer("graph", True, [], "", ""), GrantAnswer("exchange", True, [], "", "")],
    setup=_needed({}),
    consent_url="https://login.microsoftonline.com/tenant/v2.0/adminconsent?client_id=432d6ca6-066b-5f14-92b5",
)
_GRAPH, _EXCHANGE = CONNECTED.directories
STOPPED = msgspec.structs.replace(
    CONNECTED,
    state="stopped",
    code="account_disabled",
    text="The service account is disabled, so lists cannot be counted.",
    remedy="Enable the account in Entra, or connect another one below.",
    days_left=6,
    directories=[
        msgspec.structs.replace(
            _GRAPH, ok=False, text="The account is disabled.", remedy="Enable it, or connect another."
        ),
        _EXCHANGE,
    ],
    grants=[
        GrantAnswer(name, False, [], "The service account is disabled.", "Enable it in Entra.")
        for name in ("graph", "exchange")
    ],
    setup=_needed(
        {Need("account_enabled"): ("The service account is disabled.", "Enable it in Entra.")},
        set(_ASKED) - _ALWAYS_SEEN,
    ),
)
BEYOND = msgspec.structs.replace(
    CONNECTED,
    directories=[_GRAPH],
    grants=[
        GrantAnswer("graph", True, ["Group.Read.All", "Mail.Send"], "", ""),
        GrantAnswer("exchange", True, ["EWS.AccessAsUser.All", "Exchange.ManageV2"], "", ""),
    ],
    setup=_needed(
        {
            Need("account_roles"): ("", ""),
            Need("consent", "User.Read.All"): ("", ""),
            Need("beyond"): ("", ""),
            Need("exchange_role"): (
                "The service account may not read this list.",
                "Grant the service account the missing permission or role.",
            ),
        }
    ),
)
HALF_KNOWN = msgspec.structs.replace(
    BEYOND,
    grants=[
        GrantAnswer("graph", True, [], "", ""),
        GrantAnswer("exchange", False, [], "Microsoft's sign-in service is busy.", "Try again in a minute."),
    ],
)
NONE = msgspec.structs.replace(
    CONNECTED,
    state="disconnected",
    code="no_account",
    text="No service account is connected.",
    remedy="Sign in as the service account below.",
    account=None,
    connected_at=None,
    last_success_at=None,
    days_left=None,
    directories=[
        msgspec.structs.replace(one, ok=False, text="Nobody is signed in.", remedy="Sign in below.")
        for one in CONNECTED.directories
    ],
    grants=[],
    setup=_needed({Need("account"): ("No service account is connected.", "")}, set(_ASKED) - _ALWAYS_SEEN),
)
_CHECKS = ("key_vault", "storage", "service_account", "events", "canary")
HEALTHY = HealthAnswer("ok", [CheckAnswer(name, True) for name in _CHECKS])
DEGRADED = HealthAnswer(
    "degraded",
    [
        CheckAnswer("key_vault", True),
        CheckAnswer(
            "events",
            False,
            "37 events wait in the overflow queue since 13:40.",
            "Look at the storage account; they are brought home by themselves when it answers again.",
        ),
    ],
)
DIFFERENT = CrossCheck(
    "all-staff@company.com",
    False,
    [
        Reading(
            "graph",
            Amount(1180, None),
            [
                Problem(
                    "hidden_membership",
                    "board@company.com",
                    "The members of board@company.com are hidden.",
                    "Make the service account an owner of it.",
                )
            ],
            3.214,
            [f"person-{number}@company.com" for number in range(24)],
            24,
        ),
        Reading("exchange", Amount(1204, 1204), [], 6.8, [], 0),
    ],
)
SAME = CrossCheck(
    "sales-team@company.com",
    True,
    [Reading("graph", Amount(4, 4), [], 0.4, [], 0), Reading("exchange", Amount(4, 4), [], 0.9, [], 0)],
)
_ADA = "31567be0-df0e-52f5-bfc3-de788e3e129b"
_LONG = "all-staff-in-every-subsidiary-and-branch-office@a-domain-with-a-long-name.example.com"
_DEEDS: tuple[tuple[str, str, str, dict[str, object]], ...] = (
    ("expanded", _ADA, f"sales-team@company.com {_LONG}", {"count": 1204, "complete": True, "lists": 7}),
    ("expansion_failed", _ADA, "", {"failure": "account_disabled"}),
    ("message_registered", _ADA, "made-up-0001", {"count": 1204, "sender_checked": False}),
    ("message_labelled", _ADA, "made-up-0001", {"fields": ["name", "tags"]}),
    ("message_sent", _ADA, "made-up-0001", {}),
    ("message_unsent", _ADA, "made-up-0001", {"counted_since": "2026-05-04T10:00:00+00:00"}),
    ("message_shared", _ADA, "made-up-0001", {"readers": ["8c001369-6356-5ed0-8864-e0b0ef17eb8e"]}),
    ("link_withdrawn", _ADA, "made-up-0001", {"link": None}),
    ("link_corrected", _ADA, "made-up-0001", {"link": 2, "host": "company.com"}),
    ("link_restored", _ADA, "made-up-0001", {"link": 2}),
    ("recipients_viewed", _ADA, "made-up-0002", {}),
    ("connected", _ADA, "", {"warnings": 0}),
    ("connection_refused", _ADA, "", {"reason": "another_browser"}),
    ("list_tested", _ADA, "all-staff@company.com", {}),
    ("audit_exported", _ADA, "", {}),
    ("refused", "8c001369-6356-5ed0-8864-e0b0ef17eb8e", "", {"count": 57, "what": {"GET /api/audit": 57}}),
    ("purged", "rollcall", "", {"measured": 12, "kept": 3}),
    ("trail_cut", "rollcall", "", {"before": "2016-11-27", "records": 9, "heads": {"a1b2": [8, "ee" * 32]}}),
    ("anchored", "rollcall", "", {"heads": {"a1b2": [12, "ff" * 32]}}),
    ("process_started", "rollcall", "", {"settings": "77aa"}),
)


def _record(age: int, kind: str, actor: str, subject: str, facts: dict[str, object]) -> Record:
    number = len(_DEEDS) - 1 - age
    return Record(
        chain="a1b2c3d4e5f60718",
        number=number,
        previous="f" * 64 if number else "",
        at=NOW - timedelta(minutes=37 * age),
        kind=kind,
        actor=actor,
        subject=subject,
        facts=json.dumps(facts),
        hash="0123456789abcdef" * 4,
    )


TRAIL = RowPage([_record(age, *deed) for age, deed in enumerate(_DEEDS)], "a-cursor-of-the-gallery", None)
NAMES = NamesAnswer({_ADA: "Adaeze Okonkwo-Featherstonehaugh (Corporate Communications)"})
NO_TRAIL: RowPage[Record] = RowPage([], None, None)

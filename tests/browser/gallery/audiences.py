"""Made-up counts: of an organisation larger and less tidy than the simulated one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import msgspec

from shared.amounts import UNKNOWN, Amount
from shared.api.expansions import (
    CountProblem,
    ExpansionAnswer,
    ListAnswer,
    ProgressAnswer,
    RecipientAnswer,
    RecipientsAnswer,
    RunningAnswer,
)
from shared.audience.delivery import Delivery, Doubt, Why
from shared.audience.directory import ListKind
from shared.audience.problems import dynamic_not_visible
from shared.audience.result import Balance, Mailboxes, Overlap, SenderWarning
from tests.browser.gallery.scenes import Answers, Asked

NOW = datetime.now(UTC).replace(microsecond=0)
LONG = (
    "a-list-with-a-name-that-nobody-should-have-given-it-but-somebody-did-all-the-same"
    "@subsidiary.company-with-a-long-name.example.com"
)
ALL, BOARD, BERLIN = "all-staff@company.com", "board@company.com", "berlin@company.com"
NAMES = [
    "Mia Lindqvist",
    None,
    "Noah Okafor",
    "Maximiliane Theodora von und zu Hohenstein-Waldburg-Wurzach (Corporate Communications, Berlin)",
    "Zoë Żółkowska",
]
DEPARTMENTS = [f"department-{number}@company.com" for number in range(1, 121)]


def _entry(
    address: str, name: str, members: Amount, recipients: Amount, kind: ListKind, **more: object
) -> ListAnswer:
    usual = {"parent": None, "depth": 1, "problem": None, "as_of": None}
    found = {"id": address, "address": address, "name": name, "kind": kind, "directory": "exchange"}
    known = msgspec.to_builtins({"members": members, "recipients": recipients})
    return msgspec.convert(found | known | usual | more, ListAnswer)


def _all(number: int) -> Amount:
    return Amount(number, number)


BIG = ExpansionAnswer(
    id="made-up",
    expires_at=NOW + timedelta(hours=1),
    complete=False,
    delivery=Delivery(
        known=False,
        doubts=[
            Doubt(Why.FOLLOWERS, [BOARD, *DEPARTMENTS], "Only those who follow it get a copy."),
            Doubt(Why.RESTRICTED, [], "A list may take mail from some senders alone."),
            Doubt(Why.OUTSIDE, [], "An address outside may be a list of another organisation."),
            Doubt(Why.FORWARDING, [], "Whoever gets the mail may forward it."),
        ],
    ),
    count=Amount(1204, None),
    lists=[
        _entry(ALL, "All Staff", _all(132), Amount(1190, None), ListKind.DISTRIBUTION_LIST),
        _entry(
            BERLIN,
            "Everybody in Berlin",
            _all(400),
            _all(400),
            ListKind.DYNAMIC_DISTRIBUTION_LIST,
            as_of=NOW - timedelta(hours=9),
        ),
        _entry(LONG, "", _all(80), _all(80), ListKind.MAIL_ENABLED_SECURITY_GROUP),
        _entry(BOARD, "Board", UNKNOWN, UNKNOWN, ListKind.MICROSOFT_365_GROUP, problem="hidden_membership"),
        *(
            _entry(
                address,
                f"Department {number}",
                _all(40),
                _all(40 + number),
                ListKind.MICROSOFT_365_GROUP,
                parent=ALL,
                depth=2,
            )
            for number, address in enumerate(DEPARTMENTS, 1)
        ),
    ],
    balance=Balance(2431, 124, 1082, 6, 3, 12, 1204),
    overlaps=[Overlap((ALL, address), 40 - place) for place, address in enumerate(DEPARTMENTS[:12])],
    overlaps_in_all=12,
    external=Amount(37, None),
    mailboxes=Mailboxes(3, 4, 1),
    problems=[
        CountProblem(
            "hidden_membership",
            BOARD,
            "The members of this list are hidden.",
            "Ask the list's owner for its size, or your administrator to make its membership readable.",
            None,
        ),
        *(
            CountProblem(told.code, told.list, told.text, told.remedy, told.forward)
            for told in (dynamic_not_visible(address, None) for address in DEPARTMENTS[:9])
        ),
    ],
    warnings=[
        SenderWarning(
            "external_recipients",
            None,
            "At least 37 of at least 1,204 recipients are outside your organisation.",
        ),
        SenderWarning("large_list", ALL, "This list reaches at least 1,190 recipients, more than 1,000."),
        SenderWarning(
            "stale",
            BERLIN,
            "Exchange works out who is in this list once a day, so the latest changes may be missing.",
        ),
    ],
)
MANY = msgspec.structs.replace(BIG, overlaps_in_all=840)
FEW = msgspec.structs.replace(
    BIG,
    complete=True,
    delivery=Delivery(
        known=False,
        doubts=[
            Doubt(Why.OUTSIDE, [], "An address outside may be a list of another organisation."),
            Doubt(Why.FORWARDING, [], "Whoever gets the mail may forward it."),
        ],
    ),
    count=_all(500),
    lists=[],
    balance=Balance(500, 0, 0, 0, 0, 0, 500),
    overlaps=[],
    overlaps_in_all=0,
    external=_all(500),
    mailboxes=Mailboxes(0, 0, 0),
    problems=[],
    warnings=[],
)


def counted(result: ExpansionAnswer) -> Answers:
    """Every count comes to `result`."""

    def posted(asked: Asked) -> ExpansionAnswer:
        return msgspec.structs.replace(result, id=(asked.body or {}).get("id", "made-up"))

    def found(asked: Asked) -> ExpansionAnswer:
        return msgspec.structs.replace(result, id=asked.id)

    return {
        "POST /api/expansions": posted,
        "GET /api/expansions/{id}": found,
        "GET /api/expansions/{id}/recipients": recipients_of(result),
        "DELETE /api/expansions/{id}": None,
    }


def recipients_of(result: ExpansionAnswer) -> Callable[[Asked], RecipientsAnswer]:
    """A part of as many recipients as `result` counted: some without a name, in no list, in several."""
    lists = [entry.id for entry in result.lists]

    def page(asked: Asked) -> RecipientsAnswer:
        start, limit = int(asked.query.get("after", 0)), int(asked.query.get("limit", 1000))
        found = result.count.at_least
        end = min(found, start + limit)
        rows = [_recipient(number, lists) for number in range(start, end)]
        return RecipientsAnswer(rows, str(end) if end < found else None, found, [], "")

    return page


def _recipient(number: int, lists: list[str]) -> RecipientAnswer:
    name = NAMES[number % len(NAMES)]
    through = lists[number % len(lists)] if lists and number % 7 else None
    more = (0, 0, 1, 12)[number % 4] if through else 0
    return RecipientAnswer(f"person-{number:05}@company.com", name, through, more)


def under_way(asked: Asked) -> RunningAnswer:
    """A count that is long under way."""
    return _running(asked, 48, 124, 310, 1150, estimate=1300)


def begun(asked: Asked) -> RunningAnswer:
    """A count that has found nothing yet."""
    return _running(asked, 0, 0, 0, 0)


def waiting(asked: Asked) -> RunningAnswer:
    """A count that a directory asked to wait."""
    return _running(asked, 0, 1, 0, None, wait=12)


def _running(
    asked: Asked,
    lists: int,
    known: int,
    found: int,
    provisional: int | None,
    wait: int = 0,
    estimate: int | None = None,
) -> RunningAnswer:
    now = datetime.now(UTC)
    until = now + timedelta(seconds=wait) if wait else None
    began = NOW - timedelta(seconds=9)
    progress = ProgressAnswer(lists, known, found, provisional, estimate, began, now, until, 0)
    return RunningAnswer(asked.id, NOW + timedelta(hours=1), progress)

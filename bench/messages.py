"""What lists and dashboards cost where there are very many messages.

    python dev.py bench messages [--messages N] [--json]

Ten years of 50,000 messages of 50 senders, in Azurite. Everything is asked for as an admin, who sees all, and
as one sender: the newest page, a search for a word that few have, the dashboard of a year and of ten. Each is
repeated; what is told are the requests to storage, and in what time half and 95 of 100 were answered,
beside one request to storage that reads one row.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import requests

from sandbox.stack.stack import azurite
from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.message_list import MESSAGE_LIST, WALKS, Listed, Walked
from shared.adapters.storage.tables.messages import MESSAGES, MessageTable, _row
from shared.adapters.storage.tables.months import MonthTable
from shared.adapters.storage.tables.overview import OverviewTables
from shared.tracking.mail.labels import Labels
from shared.tracking.mail.message import Message, Sender, Stage
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.owners import EVERY_OWNER, Whose
from shared.tracking.mail.search import MessageSearch, text_of
from shared.tracking.overview.dashboard import Wanted, dashboard_of
from shared.tracking.overview.facts import Fact, Numbers, fact_of
from shared.tracking.overview.months import Month, Months
from shared.tracking.overview.names import name_of
from shared.tracking.reporting.report import Report

SENDERS, DAYS, PAGE, TOGETHER = 50, 3_650, 50, 100
REPEATED = 20
CAMPAIGNS = [f"Campaign {number}" for number in range(40)]
_WORDS = ("spring", "benefits", "safety", "canteen", "programme", "leadership", "region", "office", "summer")
NOW = datetime.now(UTC).replace(microsecond=0)


def main() -> None:
    """Fill the tables, ask, print what it took."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    parser.add_argument("--messages", type=int, default=50_000)
    options = parser.parse_args()
    with azurite({"blob": 0, "queue": 0, "table": 0}) as connection:
        tables = Tables.by_connection(connection)
        store = MessageTable(tables)
        fill(tables, store, options.messages)
        result = {"messages": options.messages, **measured(store)}
    if options.json:
        print(json.dumps(result))
        return
    print(f"{result.pop('messages'):,} messages of {SENDERS} senders in ten years")
    for what, told in result.items():
        print(
            f"{what:<44} half {told['half_ms']:6.0f} ms, 95 of 100 {told['p95_ms']:6.0f} ms, "
            f"{told['requests']:3.0f} requests to storage"
        )


def fill(tables: Tables, store: MessageTable, count: int) -> None:
    """The rows of so many messages, as registrations, reports and readings leave them."""
    randomly = random.Random(1)
    messages = list(_messages(randomly, count))
    by_owner = defaultdict[str, list[Message]](list)
    for message in messages:
        by_owner[message.owner].append(message)
    for of in by_owner.values():
        for start in range(0, len(of), TOGETHER):
            some = [("upsert", _row(message)) for message in of[start : start + TOGETHER]]
            tables.call(MESSAGES, lambda table, some=some: table.submit_transaction(some))  # type: ignore[misc]
    store.listing.entries.keep_walk(Walked(WALKS, NOW))
    entries = store.listing.entries
    for rows in messages_in(messages):
        entries.enter(rows, anew=False)
    packed = defaultdict[tuple[Whose, str], list[Fact]](list)
    for message in messages:
        for viewer in (message.owner, EVERY_OWNER):
            packed[viewer, name_of(message.created_at)].append(_fact(randomly, message))
    months = MonthTable(tables)
    for (whose, name), facts in packed.items():
        months.pack(whose, Month(name, version=months.begin(whose, name)), facts, [])


def messages_in(messages: list[Message]) -> Iterator[list[tuple[Whose, Listed]]]:
    """The rows of the list, some at a time."""
    for start in range(0, len(messages), 1_000):
        yield [
            (
                viewer,
                Listed(message.owner, message.id, message.created_at, text_of(message), sent=True),
            )
            for message in messages[start : start + 1_000]
            for viewer in (message.owner, EVERY_OWNER)
        ]


def _messages(randomly: random.Random, count: int) -> Iterator[Message]:
    for number in range(count):
        at = NOW - timedelta(days=2) - timedelta(days=DAYS - 10) * (1 - number / count)
        name = " ".join(randomly.choices(_WORDS, k=5)) + (" needle" if number % 5_000 == 7 else "")
        sender = number % SENDERS
        yield Message(
            owner=f"sender-{sender}",
            id=f"{number:032x}",
            fingerprint="",
            mode=Mode.COUNTING,
            stage=Stage.SENT,
            sender=Sender(f"Sender {sender}", f"sender-{sender}@company.example"),
            recipients=randomly.randrange(20, 5_000),
            complete=True,
            created_at=at,
            sent_at=at,
            labels=Labels(name, randomly.choice(CAMPAIGNS), (randomly.choice(_WORDS),)),
            lists=("all-staff@company.example",),
        )


def _fact(randomly: random.Random, message: Message) -> Fact:
    fact = fact_of(message)
    opened = randomly.randrange(0, fact.recipients)
    most = min(fact.recipients, opened + 200)
    numbers = Numbers(fact.starts or 0, fact.recipients, None, "", (opened, most), (0, 99))
    return replace(fact, numbers=numbers)


def measured(store: MessageTable) -> dict[str, Any]:
    """What each question takes."""
    months = Months(OverviewTables(store.listing), store.find, _no_report, lambda: NOW)

    def dashboard(viewer: Whose, days: int) -> None:
        since = NOW - timedelta(days=days)
        wanted = Wanted(since, NOW, ZoneInfo("Europe/Berlin"))
        found = dashboard_of(months.read(viewer, since, NOW, 60.0), wanted)
        assert found.total.mails
        assert not found.unread
        msgspec.json.encode(found)

    def one_row() -> None:
        store.tables.call(MESSAGE_LIST, lambda table: table.get_entity("state", "state"))

    result = {"one row": _timed(one_row)}
    search = MessageSearch(words=("needle",))
    for who, viewer in (("an admin", EVERY_OWNER), ("a sender", "sender-7")):
        result[f"the newest page, for {who}"] = _timed(lambda of=viewer: store.list_page(of, "", PAGE))  # type: ignore[misc]
        result[f"a search's first answer, for {who}"] = _timed(
            lambda of=viewer: store.list_page(of, "", PAGE, search)  # type: ignore[misc]
        )
        result[f"the dashboard of a year, for {who}"] = _timed(lambda of=viewer: dashboard(of, 365))  # type: ignore[misc]
        result[f"the dashboard of ten years, for {who}"] = _timed(lambda of=viewer: dashboard(of, DAYS))  # type: ignore[misc]
    return result


def _no_report(message: Message) -> Report:
    raise AssertionError("every number is at hand")


def _timed(act: Callable[[], object]) -> dict[str, float]:
    sent, send = 0, requests.adapters.HTTPAdapter.send

    def counted(*given: Any, **more: Any) -> requests.Response:
        nonlocal sent
        sent += 1
        return send(*given, **more)

    act()  # whatever is learned once
    requests.adapters.HTTPAdapter.send = counted  # type: ignore[method-assign]
    try:
        act()
    finally:
        requests.adapters.HTTPAdapter.send = send  # type: ignore[method-assign]
    seconds = []
    for _ in range(REPEATED):
        began = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - began)
    seconds.sort()
    return {
        "half_ms": round(seconds[REPEATED // 2] * 1000, 1),
        "p95_ms": round(seconds[-1 - REPEATED // 20] * 1000, 1),
        "requests": sent,
    }


if __name__ == "__main__":
    main()

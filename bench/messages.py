"""What lists and dashboards cost where there are very many messages.

    python dev.py bench messages [--messages N] [--json]

Ten years of 50,000 messages of 50 senders, in Azurite. Everything is asked for as an admin, who sees all, and
as one sender: the newest page, a search for a word that few have, a campaign's mails, lists in two orders,
the dashboard of a year and of ten. Each is repeated; what is told are the requests to storage, in what time
half and 95 of 100 were answered, and how long it took when this process remembered nothing, beside one
request to storage that reads one row. Then the purge: an hour in which nothing is due, and one in which a
day's messages are.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import requests

from sandbox.stack.stack import azurite
from shared.adapters.storage.rest import StorageAccount
from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.journal import JournalTable
from shared.adapters.storage.tables.message_list import MESSAGE_LIST, WALKS, Listed, Walked
from shared.adapters.storage.tables.messages import MESSAGES, MessageTable, _row
from shared.adapters.storage.tables.months import MonthTable
from shared.adapters.storage.tables.opt_outs import OptOutTable
from shared.adapters.storage.tables.overview import OverviewTables
from shared.adapters.storage.tables.summaries import SummaryTable
from shared.tracking.mail.calendar import Step
from shared.tracking.mail.labels import Labels
from shared.tracking.mail.message import Message, Sender, Stage
from shared.tracking.mail.messages import Messages
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.notice import Notice
from shared.tracking.mail.owners import EVERY_OWNER, Whose
from shared.tracking.mail.search import MessageSearch, text_of
from shared.tracking.overview.dashboard import dashboard_of, remembered
from shared.tracking.overview.facts import Fact, Numbers, fact_of
from shared.tracking.overview.month_store import Month
from shared.tracking.overview.months import Months
from shared.tracking.overview.names import name_of
from shared.tracking.overview.order import order_of
from shared.tracking.overview.sorting import Sorting
from shared.tracking.overview.tally import Wanted
from shared.tracking.privacy.opt_outs import OptOuts
from shared.tracking.privacy.purge import Kept, Purge
from shared.tracking.privacy.stopping import forget_events
from shared.tracking.reporting.publishing import Publisher, Terms
from shared.tracking.reporting.report import Report
from shared.tracking.reporting.reports import Reports

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
        result = {"messages": options.messages, **measured(store), **purged(connection, store)}
    if options.json:
        print(json.dumps(result))
        return
    print(f"{result.pop('messages'):,} messages of {SENDERS} senders in ten years")
    for what, told in result.items():
        print(
            f"{what:<44} half {told['half_ms']:6.0f} ms, 95 of 100 {told['p95_ms']:6.0f} ms, "
            f"{told['requests']:5.0f} requests to storage, the first time {told['first_ms']:6.0f} ms"
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

    def pack(of: tuple[tuple[Whose, str], list[Fact]]) -> None:
        (whose, name), facts = of
        months.pack(whose, Month(name, version=months.begin(whose, name)), facts, [])

    with ThreadPoolExecutor(8, "bench") as pool:
        list(pool.map(pack, packed.items()))


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
    tallies, sorting = remembered(), Sorting(months, store.find, lambda: NOW)

    def dashboard(viewer: Whose, days: int) -> None:
        since = NOW - timedelta(days=days)
        wanted = Wanted(since, NOW, ZoneInfo("Europe/Berlin"))
        found = dashboard_of(months.read(viewer, since, NOW, 60.0), wanted, tallies)
        assert found.total.mails
        assert not found.unread
        msgspec.json.encode(found)

    def ordered(viewer: Whose, order: str) -> None:
        page = sorting.page(viewer, order_of(order), "", PAGE, MessageSearch(), lambda fact: True)
        assert page.rows

    def one_row() -> None:
        store.tables.call(MESSAGE_LIST, lambda table: table.get_entity("state", "state"))

    result = {"one row": _timed(one_row)}
    search, campaign = MessageSearch(words=("needle",)), MessageSearch(campaign="campaign 7")
    for who, viewer in (("an admin", EVERY_OWNER), ("a sender", "sender-7")):
        result[f"the newest page, for {who}"] = _timed(lambda of=viewer: store.list_page(of, "", PAGE))  # type: ignore[misc]
        result[f"a search's first answer, for {who}"] = _timed(
            lambda of=viewer: store.list_page(of, "", PAGE, search)  # type: ignore[misc]
        )
        result[f"a campaign's newest page, for {who}"] = _timed(
            lambda of=viewer: store.list_page(of, "", PAGE, campaign)  # type: ignore[misc]
        )
        result[f"sorted by name, for {who}"] = _timed(lambda of=viewer: ordered(of, "name"))  # type: ignore[misc]
        result[f"sorted by opened, for {who}"] = _timed(lambda of=viewer: ordered(of, "-opened"))  # type: ignore[misc]
        result[f"the dashboard of a year, for {who}"] = _timed(lambda of=viewer: dashboard(of, 365))  # type: ignore[misc]
        result[f"the dashboard of ten years, for {who}"] = _timed(lambda of=viewer: dashboard(of, DAYS))  # type: ignore[misc]
    return result


def purged(connection: str, store: MessageTable) -> dict[str, Any]:
    """What the hourly purge takes: where nothing is due, and where what was registered within a day is."""
    account, at = StorageAccount.by_connection(connection), [NOW]
    opt_outs = OptOuts(lambda: OptOutTable(account.tables, lambda: at[0]), of_shown=lambda digest: digest)
    journal, summaries = JournalTable(account.tables, lambda: store.tables), SummaryTable(store.tables)
    publisher = Publisher(Terms(), lambda: lambda *_: 0)
    nobody: Any = lambda *_: frozenset()  # noqa: E731
    reports = Reports(store, journal, summaries, lambda agent: False, lambda: at[0], publisher, nobody)
    unheard: Any = Unheard()

    def forget(message: Message) -> None:
        forget_events(message, opt_outs, (journal, summaries))

    messages = Messages(store, unheard, forget, list(Mode), lambda: at[0], unheard, Notice.NONE)
    kept = Kept(timedelta(days=DAYS), timedelta(days=DAYS))
    purge = Purge(messages, reports, (journal, summaries), opt_outs, kept, unheard)
    purge.run()  # enters all of them into the calendar
    at[0] += timedelta(days=1, hours=1)
    purge.run()  # and once more
    idle = _timed(purge.run)
    oldest = store.calendar.list_due(Step.KEPT, at[0], 1)[0].since
    at[0] = oldest + kept.messages + timedelta(days=1)
    due = len(store.calendar.list_due(Step.KEPT, at[0] - kept.messages, 1_000))
    return {"the purge, nothing due": idle, f"the purge, {due} messages due": _timed(purge.run, 0)}


class Unheard:
    """Whoever tells it something is heard by nobody."""

    def __getattr__(self, name: str) -> Any:
        return lambda *_, **__: None


def _no_report(message: Message) -> Report:
    raise AssertionError("every number is at hand")


def _timed(act: Callable[[], object], repeated: int = REPEATED) -> dict[str, float]:
    """What it takes the first time, and how long when it is repeated; requests are those of the last."""
    sent, send = 0, requests.adapters.HTTPAdapter.send

    def counted(*given: Any, **more: Any) -> requests.Response:
        nonlocal sent
        sent += 1
        return send(*given, **more)

    seconds = []
    requests.adapters.HTTPAdapter.send = counted  # type: ignore[method-assign]
    try:
        for _ in range(repeated + 1):
            sent, began = 0, time.perf_counter()
            act()
            seconds.append(time.perf_counter() - began)
    finally:
        requests.adapters.HTTPAdapter.send = send  # type: ignore[method-assign]
    first, *others = seconds
    others = sorted(others) or [first]
    return {
        "first_ms": round(first * 1000, 1),
        "half_ms": round(others[len(others) // 2] * 1000, 1),
        "p95_ms": round(others[-1 - len(others) // 20] * 1000, 1),
        "requests": sent,
    }


if __name__ == "__main__":
    main()

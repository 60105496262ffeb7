"""Registering, and reports, as a process of its own: `python -m bench._tracking_storage` prints JSON."""

from __future__ import annotations

import json
import os
import random
import secrets
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import Mock

from shared.adapters.crawlers import is_crawler
from shared.adapters.storage.rest import StorageAccount
from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.expansions import ExpansionTable
from shared.adapters.storage.tables.journal import JournalTable
from shared.adapters.storage.tables.messages import MessageTable
from shared.adapters.storage.tables.summaries import SummaryTable
from shared.audience.expansion_store import Expansion, State
from shared.audience.expansions import Expansions
from shared.audience.limits import Limits
from shared.audience.pace import Pace
from shared.audience.planner import Planner
from shared.audience.result import Audience, Balance
from shared.tracking.mail.links import TrackingUrls, parse_links
from shared.tracking.mail.messages import Message, Messages, Sender
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.tokens import Click, Keyring, Opening, Signer
from shared.tracking.recording.events import Event, Flag, key_of, pack
from shared.tracking.reporting.publishing import Publisher, Terms
from shared.tracking.reporting.reports import Reports

RECIPIENTS = 100_000
EVENTS = 1_000_000
TOGETHER = 100  # events in an entry, as under load
ORIGIN = "https://rollcall.company.example"
TARGETS = [f"https://intranet.company.example/news/2026/11/item-{n}?from=newsletter" for n in range(10)]
SENT = datetime.now(UTC) - timedelta(days=30)
AGENTS = (
    "Mozilla/5 Windows AppleWebKit/537 Chrome/130 Safari/537",
    "Mozilla/4 MSIE Windows Trident ms-office",
)


def main() -> None:
    """Do it all, print what it took."""
    connection = os.environ["ROLLCALL_STORAGE_CONNECTION"]
    tables, calls = Tables.by_connection(connection), Calls()
    tables.call = calls.counting(tables.call)  # type: ignore[method-assign]
    found = tokens()
    message, seconds, transactions = register(tables, calls)
    journal = JournalTable(StorageAccount.by_connection(connection).tables, lambda: tables)
    fill(journal, message)
    found |= {"register_seconds": seconds, "register_calls": transactions}
    for name, unit in (("report_first_seconds", 1), ("report_second_ms", 1000)):
        began = time.perf_counter()
        reports = Reports(
            MessageTable(tables),
            journal,
            SummaryTable(tables),
            is_crawler,
            lambda: datetime.now(UTC),
            Publisher(Terms(smallest=1), lambda: Signer(Keyring.new()).place),
        )
        report = reports.get(message)
        found[name] = (time.perf_counter() - began) * unit
        assert report.opened
        assert report.clicked
        assert report.opened.all + report.clicked.all == EVENTS
    print(json.dumps(found))


class Calls:
    """Counts calls."""

    count = 0

    def counting(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """`call`, counted."""

        def counted(*arguments: Any) -> Any:
            self.count += 1
            return call(*arguments)

        return counted


def tokens() -> dict[str, float]:
    """What a token costs, in microseconds, and how long its URL is."""
    signer, message = Signer(Keyring.new()), secrets.token_hex(16)
    urls = TrackingUrls(ORIGIN, signer)
    opening, click = Opening(message, 7), Click(message, 7, 1, TARGETS[0])
    signed_open, signed_click = signer.sign_open(opening), signer.sign_click(click)
    measured: dict[str, Callable[[], object]] = {
        "sign_open_us": lambda: signer.sign_open(opening),
        "read_open_us": lambda: signer.read_open(signed_open),
        "sign_click_us": lambda: signer.sign_click(click),
        "read_click_us": lambda: signer.read_click(signed_click),
    }
    found: dict[str, float] = {}
    for name, call in measured.items():
        began = time.process_time()
        for _ in range(20_000):
            call()
        found[name] = (time.process_time() - began) / 20_000 * 1e6
    found["pixel_url_length"] = len(urls.pixel(message, 7, bytes(8)))
    found["click_url_length"] = len(urls.links(message, 7, bytes(8), TARGETS[:1])[0])
    found["target_length"] = len(TARGETS[0])
    return found


def register(tables: Tables, calls: Calls) -> tuple[Message, float, int]:
    """A message of 100,000 recipients; how long its registration took, and how many calls."""
    store = ExpansionTable(tables)
    now = datetime.now(UTC)
    identifier = str(uuid.uuid4())
    addresses = sorted(f"{uuid.uuid4()}@company.example" for _ in range(RECIPIENTS))
    row = store.add(
        Expansion(
            "bench",
            identifier,
            "",
            "",
            State.RUNNING,
            now,
            now,
            now + timedelta(hours=1),
            recipients=RECIPIENTS,
        )
    )
    assert row
    audience = Audience(True, RECIPIENTS, [], Balance(0, 0, 0, 0, 0, 0, 0), [], None, [])
    store.keep(row, audience, addresses)
    expansions = Expansions(store, lambda: Planner(None, []), Limits(), Pace(), lambda: datetime.now(UTC))  # type: ignore[arg-type]
    messages = Messages(MessageTable(tables), expansions, lambda message: None, Mode, lambda: SENT, Mock())
    links = parse_links(TARGETS, "$.links", ORIGIN)
    before, began = calls.count, time.perf_counter()
    sender = Sender("Mia", "mia@company.example")
    message = messages.register("bench", identifier, Mode.INDIVIDUAL, sender, links)
    seconds, count = time.perf_counter() - began, calls.count - before
    return messages.mark_sent("bench", message.id), seconds, count


def fill(journal: JournalTable, message: Message) -> None:
    """A million events over 29 days, most of them in the first hours."""
    randomly = random.Random(1)
    sent = SENT.timestamp() * 1000
    spread = 29 * 86_400_000
    times = sorted(round(sent + spread * randomly.random() ** 4) for _ in range(EVENTS))

    def put(start: int) -> None:
        some = [
            Event(
                at,
                Flag.CLICKED if randomly.random() < 0.3 else 0,
                randomly.randrange(1, RECIPIENTS + 1),
                randomly.randrange(len(TARGETS)),
                0,
                0,
                randomly.choice(AGENTS),
            )
            for at in times[start : start + TOGETHER]
        ]
        for entry in pack(message.id, key_of(some[-1].at / 1000, "bench", start), some):
            journal.put(entry)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(put, range(0, EVENTS, TOGETHER)))


if __name__ == "__main__":
    main()

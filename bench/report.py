"""What a report on very many events costs: the first, which reads them all, and the second.

    python dev.py bench report [--events N] [--json]

Ten million events of one mail to 100,000 recipients, in Azurite, in entries as full as a process under load
writes them. A report is made by a process of its own, beside one that only reads the same entries: no report
can be quicker than that. Memory is what the process takes at most, above what it took before.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

from sandbox.stack.stack import azurite
from shared.adapters.crawlers import is_crawler
from shared.adapters.storage.rest import StorageAccount
from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.journal import JournalTable
from shared.adapters.storage.tables.messages import MessageTable
from shared.adapters.storage.tables.summaries import SummaryTable
from shared.tracking.mail.links import parse_links
from shared.tracking.mail.messages import Message, Sender, Stage
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.notice import Notice
from shared.tracking.mail.tokens import Keyring, Signer
from shared.tracking.recording.events import Event, Flag, key_of, pack
from shared.tracking.reporting.publishing import Publisher, Terms
from shared.tracking.reporting.reports import Reports

RECIPIENTS, LINKS = 100_000, 10
TOGETHER = 1_400  # events in an entry: as many as fit
ORIGIN = "https://rollcall.company.example"
TARGETS = [f"https://intranet.company.example/news/item-{n}" for n in range(LINKS)]
IDENTIFIER = "0123456789abcdef0123456789abcdef"
DAYS = 29
AGENTS = (
    "Mozilla/5 Windows AppleWebKit/537 Chrome/130 Safari/537",
    "Mozilla/4 MSIE Windows Trident ms-office",
)


def main() -> None:
    """Fill the journal, make the reports, print what they took."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    parser.add_argument("--events", type=int, default=10_000_000)
    parser.add_argument("--in-process", choices=("read", "report"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.in_process:
        print(json.dumps(measured(os.environ["ROLLCALL_STORAGE_CONNECTION"], options.in_process)))
        return
    with azurite({"blob": 0, "queue": 0, "table": 0}) as connection:
        began = time.perf_counter()
        fill(connection, options.events)
        result: dict[str, Any] = {"events": options.events, "prepare_seconds": time.perf_counter() - began}
        for what in ("read", "report"):
            command = [sys.executable, "-m", "bench.report", "--in-process", what]
            environment = os.environ | {"ROLLCALL_STORAGE_CONNECTION": connection}
            said = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout
            result |= json.loads(said)
    assert result.pop("events_read") == result.pop("events_told") == options.events
    if options.json:
        print(json.dumps({name: round(value, 4) for name, value in result.items()}))
        return
    print(
        f"{result['events']:,} events, prepared in {result['prepare_seconds']:.0f} s\n"
        f"read and unpacked alone: {result['read_seconds']:.1f} s, CPU {result['read_cpu_seconds']:.1f} s\n"
        f"first report: {result['first_seconds']:.1f} s, CPU {result['first_cpu_seconds']:.1f} s, "
        f"{result['memory_mb']:.0f} MB\n"
        f"second report: {result['second_ms']:.0f} ms"
    )


def fill(connection: str, events: int) -> None:
    """Events of 29 days, most of them in the first hours, packed as the app packs them."""
    tables, sent = Tables.by_connection(connection), datetime.now(UTC) - timedelta(days=DAYS + 1)
    store, journal = (
        MessageTable(tables),
        JournalTable(StorageAccount.by_connection(connection).tables, lambda: tables),
    )
    message = Message(
        "bench", IDENTIFIER, "", Mode.INDIVIDUAL, Stage.SENT, Sender("Mia", "mia@company.example"),
        RECIPIENTS, True, sent, sent, notice=Notice.LINE,
    )  # fmt: skip
    store.add(message)
    store.keep_links(message, parse_links(TARGETS, "$.links", ORIGIN))
    randomly, start = random.Random(1), sent.timestamp() * 1000
    spread = DAYS * 86_400_000
    # In the order of time without being sorted: the n-th of so many lies about there.
    times = (round(start + spread * ((n + randomly.random()) / events) ** 4) for n in range(events))
    with ThreadPoolExecutor(4) as pool:
        waiting = []
        for number, left in enumerate(range(events, 0, -TOGETHER)):
            some = [
                Event(
                    next(times),
                    Flag.CLICKED if (roll := randomly.getrandbits(30)) % 10 < 3 else 0,
                    roll % RECIPIENTS + 1,
                    (roll >> 20) % LINKS,
                    0,
                    0,
                    AGENTS[roll >> 29],
                )
                for _ in range(min(TOGETHER, left))
            ]
            entries = pack(IDENTIFIER, key_of(some[-1].at / 1000, "bench", number), some)
            waiting += [pool.submit(journal.put, entry) for entry in entries]
            while len(waiting) > 200:
                waiting.pop(0).result()
        for each in waiting:
            each.result()


def measured(connection: str, what: str) -> dict[str, float]:
    """What reading all entries takes, or a first and a second report."""
    from shared.tracking.recording.events import unpack

    tables = Tables.by_connection(connection)
    journal = JournalTable(StorageAccount.by_connection(connection).tables, lambda: tables)
    before, began, cpu = memory(), time.perf_counter(), time.process_time()
    if what == "read":
        events = sum(sum(1 for _ in unpack(entry.data)) for entry in journal.read(IDENTIFIER))
        seconds, busy = time.perf_counter() - began, time.process_time() - cpu
        return {"events_read": events, "read_seconds": seconds, "read_cpu_seconds": busy}
    store = MessageTable(tables)
    message = store.find("bench", IDENTIFIER)
    assert message

    def report() -> int:
        reports = Reports(
            store,
            journal,
            SummaryTable(tables),
            is_crawler,
            lambda: datetime.now(UTC),
            Publisher(Terms(smallest=1), lambda: Signer(Keyring.new()).place),
        )
        found = reports.get(message)
        assert found.opened
        assert found.clicked
        return found.opened.all + found.clicked.all

    events = report()
    result = {
        "events_told": events,
        "first_seconds": time.perf_counter() - began,
        "first_cpu_seconds": time.process_time() - cpu,
        "memory_mb": memory() - before,
    }
    began = time.perf_counter()
    assert report() == events
    return result | {"second_ms": (time.perf_counter() - began) * 1000}


def memory() -> float:
    """What this process took at most so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()

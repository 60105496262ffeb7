"""A log brought home, from the command line."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path

from shared.adapters.storage.queues import OverflowQueue
from shared.adapters.storage.rest import StorageAccount
from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.journal import JournalTable
from shared.tracking.recording.events import Event, key_of, pack, unpack
from shared.tracking.recording.overflow import drain
from shared.tracking.recording.records import write_record

ROOT = Path(__file__).parents[2]
NOW = 1_800_000_000.0


def run(*arguments: str, connection: str = "", text: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ROLLCALL_STORAGE_CONNECTION": connection, "ROLLCALL_TABLES_URL": ""}
    return subprocess.run(
        [sys.executable, "-m", "tools.replay", *arguments],
        cwd=ROOT, env=environment, input=text, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_log_is_brought_home_once_however_often_it_is_replayed(azurite: str, tmp_path: Path) -> None:
    message = secrets.token_hex(16)
    events = [Event(1_800_000_000_000 + n, 0, n, 0, 0, 0, "agent") for n in range(3)]
    entries = [pack(message, key_of(NOW, "abc", n), [event])[0] for n, event in enumerate(events)]
    lines = [f'"{NOW}","an entry is not stored yet: {write_record(entry)}"' for entry in entries]
    export = tmp_path / "export.csv"
    export.write_text("\n".join(["timestamp,message", *lines, "something else"]))
    done = run(str(export), connection=azurite)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("3 entries are on their way home")
    assert run("-", connection=azurite, text=export.read_text()).returncode == 0
    account = StorageAccount.by_connection(azurite)
    journal = JournalTable(account.tables, lambda: Tables.by_connection(azurite))
    assert list(journal.read(message)) == []  # nobody has judged it yet
    assert drain(OverflowQueue(account.queues), journal, lambda: NOW) == 6
    assert [event for entry in journal.read(message) for event in unpack(entry.data)] == events


def test_it_says_what_it_lacks() -> None:
    assert run().returncode == 2
    done = run("nothing.csv")
    assert done.returncode == 1
    assert "ROLLCALL_STORAGE_CONNECTION" in done.stderr
    assert "Traceback" not in done.stderr
    unreachable = "AccountName=a;AccountKey=c2VjcmV0;TableEndpoint=http://127.0.0.1:9/a"
    assert "nothing.csv" in run("nothing.csv", connection=unreachable).stderr

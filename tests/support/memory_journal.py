"""The journal's stores in memory, without any wire, and with the troubles that storage has."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterator

from shared.errors import StoreUnavailable
from shared.tracking.recording.events import Entry, Event, encode, key_of, unpack


class MemoryEntries:
    """Entries by message and key. `down` refuses everything, `fail_next` that many calls, `lose_next` does
    what it is told and then loses its answer that many times; `delay` is in seconds."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], bytes] = {}
        self.calls = 0
        self.down = False
        self.fail_next = 0
        self.lose_next = 0
        self.delay = 0.0
        self.lock = threading.Lock()

    def put(self, entry: Entry) -> None:
        time.sleep(self.delay)
        with self.lock:
            self.calls += 1
            if self.down or self.fail_next > 0:
                self.fail_next -= 1
                raise StoreUnavailable
            self.rows.setdefault((entry.message, entry.key), entry.data)
            if self.lose_next > 0:
                self.lose_next -= 1
                raise StoreUnavailable

    def read(self, message: str, after: str = "") -> Iterator[Entry]:
        with self.lock:
            rows = sorted(self.rows.items())
        for (owner, key), data in rows:
            if owner == message and key > after and data:
                yield Entry(message, key, data)

    def bring_home(self, entry: Entry, at: float) -> None:
        with self.lock:
            if self.down:
                raise StoreUnavailable
            if (entry.message, entry.key) not in self.rows:
                self.rows[entry.message, entry.key] = b""
                self.rows[entry.message, f"{key_of(at, 'late', 0)}-{entry.key}"] = entry.data

    def erase(self, message: str, recipients: Collection[int]) -> None:
        for entry in list(self.read(message)):
            kept = [event for event in unpack(entry.data) if event.recipient not in recipients]
            self.rows[message, entry.key] = encode(kept) if kept else b""

    def delete(self, message: str) -> None:
        for row in [row for row in self.rows if row[0] == message]:
            del self.rows[row]


def events_in(entries: Iterator[Entry]) -> list[Event]:
    return sorted(event for entry in entries for event in unpack(entry.data))

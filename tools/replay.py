"""Events out of a log, sent on their way home: those that neither Table Storage nor the queue took in time.

    python3 dev.py replay EXPORT [EXPORT ..]      files that hold the app's log, in whatever form; - for input

They go into the overflow queue. Within minutes the app brings them home from there: it judges whether they
may be kept, as of then. What is home already stays as it is, so a log may be replayed twice. The storage
account is the app's: ROLLCALL_STORAGE_CONNECTION, or ROLLCALL_TABLES_URL (and ROLLCALL_QUEUES_URL, where the
app has that) with an identity that may add messages to its queues (`az login`).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from shared.adapters.storage.queues import OverflowQueue
from shared.adapters.storage.rest import StorageAccount
from shared.errors import RollcallError, SettingsError
from shared.tracking.recording.events import Entry
from shared.tracking.recording.overflow import replay
from shared.tracking.recording.records import read_records


def open_queue() -> OverflowQueue:
    """The overflow queue of the storage account that the environment names. Raises SettingsError."""
    connection, url = os.environ.get("ROLLCALL_STORAGE_CONNECTION"), os.environ.get("ROLLCALL_TABLES_URL")
    if connection:
        return OverflowQueue(StorageAccount.by_connection(connection).queues)
    if not url:
        raise SettingsError(["ROLLCALL_STORAGE_CONNECTION or ROLLCALL_TABLES_URL is required"])
    from shared.adapters.identity import own_identity

    queues = os.environ.get("ROLLCALL_QUEUES_URL", "")
    return OverflowQueue(StorageAccount.by_identity(url, queues, own_identity()).queues)


def read_logs(names: Sequence[str]) -> Iterator[Entry]:
    """Every entry in these files, line by line."""
    for name in names:
        with sys.stdin if name == "-" else Path(name).open(encoding="utf-8", errors="replace") as log:
            for line in log:
                yield from read_records(line)


def main() -> int:
    """Replay what the command line names; the exit code."""
    names = sys.argv[1:]
    if not names:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        count = replay(read_logs(names), open_queue().put)
    except (RollcallError, SettingsError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{count} entries are on their way home: the app judges and stores them within minutes.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

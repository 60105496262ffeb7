"""Events out of a log, brought home: those that neither Table Storage nor the overflow queue took in time.

    python3 dev.py replay EXPORT [EXPORT ..]      files that hold the app's log, in whatever form; - for input

The storage account is the app's: ROLLCALL_STORAGE_CONNECTION, or ROLLCALL_TABLES_URL with an identity that
may write its tables (`az login`). What is home already stays as it is, so a log may be replayed twice.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from shared.adapters.storage.rest import StorageAccount
from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.journal import JournalTable
from shared.errors import RollcallError, SettingsError
from shared.tracking.recording.events import Entry
from shared.tracking.recording.overflow import replay
from shared.tracking.recording.records import read_records


def open_journal() -> JournalTable:
    """The journal of the storage account that the environment names. Raises SettingsError."""
    connection, url = os.environ.get("ROLLCALL_STORAGE_CONNECTION"), os.environ.get("ROLLCALL_TABLES_URL")
    if connection:
        return JournalTable(
            StorageAccount.by_connection(connection).tables, lambda: Tables.by_connection(connection)
        )
    if not url:
        raise SettingsError(["ROLLCALL_STORAGE_CONNECTION or ROLLCALL_TABLES_URL is required"])
    from shared.adapters.identity import own_identity

    identity = own_identity()
    return JournalTable(
        StorageAccount.by_identity(url, url, identity).tables, lambda: Tables.by_identity(url, identity)
    )


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
        count = replay(read_logs(names), open_journal(), time.time)
    except (RollcallError, SettingsError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{count} entries are home.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

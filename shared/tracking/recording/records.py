"""Entries as text: in the overflow queue, and in the log as the last resort.

A record is one word without quotes or spaces, so that it survives whatever a log is exported as, with a
checksum, so that one that was cut is noticed.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator

from shared.tracking.recording.events import Entry

_RECORD = re.compile(r"rollcall-entry\.1\.([0-9a-f]{32})\.([0-9a-z-]{1,60})\.([A-Za-z0-9_-]+)\.([0-9a-f]{8})")


def write_record(entry: Entry) -> str:
    """The entry as a record."""
    data = base64.urlsafe_b64encode(entry.data).decode().rstrip("=")
    text = f"rollcall-entry.1.{entry.message}.{entry.key}.{data}"
    return f"{text}.{zlib.crc32(text.encode()):08x}"


def read_records(text: str) -> Iterator[Entry]:
    """Every whole record in `text`, whatever stands around them."""
    for found in _RECORD.finditer(text):
        message, key, data, checksum = found.groups()
        if f"{zlib.crc32(found[0][:-9].encode()):08x}" == checksum:
            yield Entry(message, key, base64.urlsafe_b64decode(data + "=="))

"""Events: what a recipient's client did, as it is kept, and many of them as bytes.

What is kept of a request cannot lead back to whoever made it: no network address, no more of the user
agent than its products. An entry is what one process stored of one message at once:

    version 1 · first event's time 8 · agents 2 · events 4
    agents: length 1 · text
    events: milliseconds after the first 4 · flags 1 · recipient 4 · link 2 · source 2 · network 1 · agent 2
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

VERSION = 1
# A log record holds an entry as base64url, and Application Insights cuts a message at 32,768 characters.
# So an entry fits a property of a table (64 KiB) and a message of a queue (48 KiB) as well.
MAX_ENTRY_BYTES = 23_000
MAX_AGENT_BYTES = 120

_HEAD = struct.Struct(">BQHI")
_EVENT = struct.Struct(">IBIHHBH")
EVENT_BYTES = _EVENT.size


NOTICE = 65_535
"""The `link` of the small line in a tracked mail that says it is measured. People seldom follow it, scanners
follow every link: it is the control by which machines are told. No mail has so many links of its own."""


class Flag:
    """What kind of event it is, and what its request said of itself: bits of plain numbers, because an
    IntFlag takes a microsecond to tell one."""

    CLICKED = 1  # else it was opened
    HEAD = 2
    PREFETCH = 4


class Network(IntEnum):
    """Whose network a request came from, where that says something."""

    UNKNOWN = 0
    MICROSOFT = 1
    SCANNER = 2


class Event(NamedTuple):
    """One event. `at` is in milliseconds since 1970; `agent` is a reduced user agent; `source` and
    `network` say where the request came from, as much as may be kept of that."""

    at: int
    flags: int
    recipient: int
    link: int
    source: int
    network: int
    agent: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Some events of one message as they are stored, once, under `key`. Keys sort by time."""

    message: str
    key: str
    data: bytes


def key_of(at: float, writer: str, number: int) -> str:
    """A key for the entry that `writer` makes `at` (seconds since 1970), its `number`th."""
    return f"{round(at * 1000):013}-{writer}-{number:06}"


def time_of(key: str) -> int:
    """When the key was made, in milliseconds since 1970."""
    return int(key.partition("-")[0])


def pack(message: str, key: str, events: Sequence[Event]) -> list[Entry]:
    """The events as entries: one under `key`, unless they are too many for that."""
    return [Entry(message, name, encode(some)) for name, some in split(key, events)]


def split(key: str, events: Sequence[Event]) -> list[tuple[str, Sequence[Event]]]:
    """The events in as few pieces as fit an entry each, in order, and the key of each."""
    if len(events) == 1 or _size(events) <= MAX_ENTRY_BYTES:
        return [(key, events)]
    middle = len(events) // 2
    return split(f"{key}a", events[:middle]) + split(f"{key}b", events[middle:])


def encode(events: Sequence[Event]) -> bytes:
    """What an entry of these events holds."""
    base = min(event.at for event in events)
    agents: dict[str, int] = {}
    rows = [
        _EVENT.pack(
            event.at - base,
            event.flags,
            event.recipient,
            event.link,
            event.source,
            event.network,
            agents.setdefault(event.agent, len(agents)),
        )
        for event in events
    ]
    texts = [_name(agent) for agent in agents]
    names = b"".join(bytes([len(text)]) + text for text in texts)
    return _HEAD.pack(VERSION, base, len(agents), len(rows)) + names + b"".join(rows)


def _size(events: Sequence[Event]) -> int:
    names = sum(1 + len(_name(agent)) for agent in {event.agent for event in events})
    return _HEAD.size + names + _EVENT.size * len(events)


def _name(agent: str) -> bytes:
    return agent.encode("ascii", "replace")[:MAX_AGENT_BYTES]


def unpack(data: bytes) -> Iterator[Event]:
    """The events of an entry. Raises ValueError when the bytes are none."""
    base, agents, rows = open_entry(data)
    try:
        for at, flags, recipient, link, source, network, agent in _EVENT.iter_unpack(rows):
            yield Event(base + at, flags, recipient, link, source, network, agents[agent])
    except IndexError as error:
        raise ValueError("not an entry") from error


def open_entry(data: bytes) -> tuple[int, list[str], bytes]:
    """The time from which an entry's events count theirs, its agents, and its events as bytes, EVENT_BYTES
    each. Raises ValueError when the bytes are none."""
    try:
        version, base, count, rows = _HEAD.unpack_from(data)
        position = _HEAD.size
        agents = []
        for _ in range(count):
            end = position + 1 + data[position]
            agents.append(data[position + 1 : end].decode("ascii"))
            position = end
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise ValueError("not an entry") from error
    if version != VERSION or len(data) - position != rows * EVENT_BYTES:
        raise ValueError("not an entry")
    return base, agents, data[position:]

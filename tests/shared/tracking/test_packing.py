"""What an entry is made of, and a record of it in a log: nothing is lost on the way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.tracking.recording.events import MAX_ENTRY_BYTES, Entry, Event, key_of, pack, time_of, unpack
from shared.tracking.recording.records import read_records, write_record
from tests.support.memory_journal import events_in

NOW = 1_800_000_000.0
AGENT = "Mozilla/5 Windows AppleWebKit/537 Chrome/130 Safari/537"

events = st.builds(
    Event,
    at=st.integers(1_800_000_000_000, 1_800_004_000_000),
    flags=st.integers(0, 255),
    recipient=st.integers(0, 2**32 - 1),
    link=st.integers(0, 2**16 - 1),
    source=st.integers(0, 2**16 - 1),
    network=st.integers(0, 255),
    agent=st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=120),
)


def event(number: int = 0, agent: str = AGENT) -> Event:
    return Event(round(NOW * 1000) + number, 1, number, 2, 3, 0, agent)


@given(st.lists(events, min_size=1, max_size=60))
def test_events_survive_packing(some: list[Event]) -> None:
    [entry] = pack("0" * 32, "key", some)
    assert list(unpack(entry.data)) == some


@given(st.lists(events, min_size=1, max_size=60))
def test_a_record_survives_a_log(some: list[Event]) -> None:
    [entry] = pack("0" * 32, key_of(NOW, "abc", 7), some)
    line = f'2027-01-15 "ERROR", an entry is not stored yet: {write_record(entry)}\\n", x'
    assert list(read_records(line + line)) == [entry, entry]


def test_a_record_that_was_cut_is_no_record() -> None:
    record = write_record(Entry("0" * 32, key_of(NOW, "abc", 7), b"some data"))
    assert list(read_records(record[:-1] + "x")) == []
    assert list(read_records(record.replace("abc", "abd"))) == []


def test_no_entry_is_larger_than_every_store_can_take() -> None:
    many = [event(n, f"{n:0120}") for n in range(3000)]
    entries = pack("0" * 32, key_of(NOW, "abc", 7), many)
    assert len({entry.key for entry in entries}) == len(entries) > 1
    assert all(len(entry.data) <= MAX_ENTRY_BYTES for entry in entries)
    assert all(len(write_record(entry)) < 32_000 for entry in entries)
    assert events_in(iter(entries)) == many
    assert {time_of(entry.key) for entry in entries} == {round(NOW * 1000)}


@given(st.binary(max_size=200))
def test_bytes_that_are_no_entry_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="not an entry"):
        list(unpack(data[:14] + b"\xff\xff" + data[14:]))

"""Events as columns are the same events."""

from __future__ import annotations

from bisect import insort

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.tracking.recording.columns import Columns
from shared.tracking.recording.events import Event, Flag, pack, unpack
from shared.tracking.reporting.arrival import Clock
from shared.tracking.reporting.bursts import first_of
from tests.shared.tracking.test_packing import events

many = st.lists(events, min_size=1, max_size=60)


@given(many)
def test_an_entry_has_the_same_events_as_columns(some: list[Event]) -> None:
    [entry] = pack("0" * 32, "key", some)
    assert list(Columns.unpack(entry.data)) == list(Columns.of(some)) == some


@given(many, many, st.integers(-70, 70), st.integers(-70, 70))
def test_columns_are_joined_and_cut_as_lists_are(
    some: list[Event], more: list[Event], start: int, stop: int
) -> None:
    columns = Columns.of(some)[:]
    columns.extend(Columns.of(more))
    assert len(columns) == len(some + more)
    assert list(columns[start:stop]) == (some + more)[start:stop]


@given(many, st.sets(st.integers(0, 4)))
def test_columns_without_somebody_hold_all_others(some: list[Event], gone: set[int]) -> None:
    few = [event._replace(recipient=event.recipient % 5) for event in some]
    assert list(Columns.of(few).without(gone)) == [event for event in few if event.recipient not in gone]


@given(many)
def test_each_event_is_a_click_or_an_open(some: list[Event]) -> None:
    columns = Columns.of(some)
    assert [*map(bool, columns.clicked())] == [bool(event.flags & Flag.CLICKED) for event in some]
    assert [*columns.opened()] == [1 - clicked for clicked in columns.clicked()]


@given(many, st.integers(0, 2000))
def test_bytes_are_an_entry_as_columns_where_they_are_one(some: list[Event], place: int) -> None:
    [entry] = pack("0" * 32, "key", some)
    data = bytearray(entry.data)
    data[place % len(data)] ^= 0x41
    try:
        expected = list(unpack(bytes(data)))
    except ValueError:
        with pytest.raises(ValueError, match="not an entry"):
            Columns.unpack(bytes(data))
    else:
        assert list(Columns.unpack(bytes(data))) == expected


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5), st.booleans())))
def test_the_first_of_each_is_the_earliest_and_of_several_at_once_what_came_first(
    some: list[tuple[int, int, bool]],
) -> None:
    found: dict[int, list[tuple[int, int]]] = {}
    for place, (key, at, chosen) in enumerate(some):
        if chosen:
            insort(found.setdefault(key, []), (at, place))
    keys, times = [key for key, _, _ in some], [at for _, at, _ in some]
    assert first_of(keys, times, bytes(chosen for *_, chosen in some)) == {
        key: those[0][1] for key, those in found.items()
    }


@given(
    st.integers(0, 10_000_000),
    st.none() | st.integers(0, 10_000_000),
    st.lists(st.integers(0, 10_000_000), max_size=4),
    st.lists(st.integers(0, 15_000_000)),
)
def test_many_ages_are_what_each_is_alone(
    sent_at: int, deliver_at: int | None, waves: list[int], times: list[int]
) -> None:
    clock = Clock(sent_at, deliver_at, waves)
    # The very ends of what is told apart, too.
    times += [
        start + apart for start in (sent_at, *waves) for apart in (-1, 0, 60_000, 60_001, 300_000, 300_001)
    ]
    assert [*clock.ages(times)] == [clock.age(at) for at in times]

"""No two numbers told of lists, subtracted, say anything of fewer than a group, however lists overlap."""

from __future__ import annotations

from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from shared.tracking.mail.by_list import Members, among, divide, draw_of, everybody_of, places_in, without


@st.composite
def divisions(draw: st.DrawFn) -> tuple[list[int], int, int, int]:
    """Random lists over some people, of whom some are gone; the least and the smallest size."""
    people = draw(st.integers(1, 120))
    lists = draw(st.lists(st.integers(0, 2**people - 1), max_size=8))
    gone = draw(st.sets(st.integers(1, people), max_size=people - 1))
    return lists, everybody_of(people, sorted(gone)), draw(st.integers(1, 40)), draw(st.integers(1, 10))


def known_of(lists: list[int]) -> Members:
    return Members((True,) * len(lists), tuple(members.to_bytes(16, "little") for members in lists))


@given(divisions())
def test_groups_are_large_enough_and_hold_each_recipient_once(given: tuple[list[int], int, int, int]) -> None:
    lists, everybody, least, smallest = given
    groups, sets = divide(known_of(lists), everybody, least, smallest)
    assert reduce(int.__or__, sets, 0) == everybody
    assert sum(map(int.bit_count, sets)) == everybody.bit_count()
    assert len(sets) == 1 or min(map(int.bit_count, sets)) >= least
    assert groups.sizes == tuple(map(int.bit_count, sets))


@given(divisions())
def test_each_list_is_in_one_row_and_those_that_are_too_small_share_one(
    given: tuple[list[int], int, int, int],
) -> None:
    lists, everybody, least, smallest = given
    groups, sets = divide(known_of(lists), everybody, least, smallest)
    assert sorted(place for row in groups.rows for place in row.lists) == list(range(len(lists)))
    for row in groups.rows:
        together = reduce(int.__or__, (lists[place] for place in row.lists)) & everybody
        assert row.recipients == together.bit_count()
        assert row.within == tuple((group & together).bit_count() for group in sets)
        assert len(row.lists) == 1 or all(
            (lists[place] & everybody).bit_count() < smallest for place in row.lists
        )
    assert sum(row.recipients < smallest for row in groups.rows) <= 1


@given(divisions())
def test_groups_do_not_tell_two_people_apart_who_are_in_the_same_lists(
    given: tuple[list[int], int, int, int],
) -> None:
    lists, everybody, least, smallest = given
    _, sets = divide(known_of(lists), everybody, least, smallest)
    drawn, people = draw_of(sets, everybody.bit_length()), list(places_in(everybody))
    group_of: dict[tuple[int, ...], int] = {}
    for place in people:
        lists_of = tuple(members >> place & 1 for members in lists)
        assert group_of.setdefault(lists_of, drawn[place]) == drawn[place]


@given(st.integers(0, 2**40 - 1), st.lists(st.booleans(), min_size=40, max_size=40), st.integers(1, 50))
def test_members_among_some_keep_their_order_and_whoever_is_taken_out_is_in_no_list(
    members: int, chosen: list[bool], number: int
) -> None:
    data = members.to_bytes(5, "little")
    found = among(Members((True,), (data,)), chosen).members[0]
    kept = [members >> place & 1 for place in range(40) if chosen[place]]
    assert [int.from_bytes(found, "little") >> place & 1 for place in range(len(kept))] == kept
    left = int.from_bytes(without(data, number), "little")
    assert left == members & ~(1 << number - 1)

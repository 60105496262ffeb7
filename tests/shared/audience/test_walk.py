"""The walk and what it amounts to, against the oracle and against awkward directories."""

from __future__ import annotations

import threading
import time
from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.tenant.tenant import Tenant
from shared import errors
from shared.audience.balance import audience
from shared.audience.directory import Cursor, DistributionList, Page
from shared.audience.limits import Limits, Progress
from shared.audience.patience import Patience
from shared.audience.planner import Planner
from shared.audience.result import Audience
from shared.audience.walk import walk
from tests.support.listed import NOW, assert_true, tenant_of
from tests.support.memory import MemoryDirectory
from tests.support.oracle import truth
from tests.support.tenants import DOMAIN, audiences


def count(
    directory: MemoryDirectory,
    typed: list[str],
    limits: Limits | None = None,
    patience: Patience | None = None,
) -> tuple[Audience, set[str]]:
    patience = patience or Patience(limit=5, deadline=30)
    planner = Planner(directory, [], dynamic_lists=False)
    found = walk(typed, planner, limits or Limits(concurrency=4), patience, Progress())
    return audience(found, NOW), set(found.numbers)


@settings(max_examples=300, deadline=None)
@given(audiences(), st.integers(1, 4), st.integers(1, 5), st.integers(1, 3))
def test_any_audience_equals_the_oracle(
    case: tuple[Tenant, list[str]], page_size: int, batch: int, concurrency: int
) -> None:
    tenant, typed = case
    directory = MemoryDirectory(tenant, page_size=page_size, batch=batch)
    found, recipients = count(directory, typed, Limits(concurrency=concurrency))
    assert_true(found, recipients, tenant, typed)
    balance = asdict(found.balance)
    assert balance.pop("members_read") == sum(balance.values())


@settings(max_examples=30, deadline=None)
@given(audiences(), st.integers(0, 1000))
def test_the_result_does_not_depend_on_the_order_of_answers(
    case: tuple[Tenant, list[str]], seed: int
) -> None:
    tenant, typed = case
    first, _ = count(MemoryDirectory(tenant, page_size=1, jitter=0.002, seed=seed), typed)
    second, _ = count(MemoryDirectory(tenant, page_size=1, jitter=0.002, seed=seed + 1), typed)
    assert first == second


@settings(max_examples=60, deadline=None)
@given(audiences(), st.integers(1, 3))
def test_a_list_is_whole_where_it_and_all_under_it_were_read(
    case: tuple[Tenant, list[str]], depth: int
) -> None:
    tenant, typed = case
    planner, patience = (
        Planner(MemoryDirectory(tenant), [], dynamic_lists=False),
        Patience(limit=5, deadline=30),
    )
    found = walk(typed, planner, Limits(max_depth=depth), patience, Progress())
    for entry in audience(found, NOW).lists:
        under, todo = set[str](), [entry.id]
        while todo:
            one = todo.pop()
            if one not in under:
                under.add(one)
                todo += found.lists[one].nested
        assert entry.whole == all(not found.lists[one].problem for one in under)


@pytest.mark.parametrize(("lists", "in_all"), [(2, 1), (10, 45), (11, 55), (64, 2016), (65, None)])
def test_the_overlaps_that_are_told_are_the_largest_of_so_many(lists: int, in_all: int | None) -> None:
    tenant = tenant_of({f"list{n}": ["ann", "ben"] for n in range(lists)})
    found, _ = count(MemoryDirectory(tenant), [f"list0@{DOMAIN}"])
    assert (found.overlaps, found.overlaps_in_all) == ([], 0)
    tenant = tenant_of(
        {"top": [f"list{n}" for n in range(lists)]} | {f"list{n}": ["ann"] for n in range(lists)}
    )
    found, _ = count(MemoryDirectory(tenant), [f"top@{DOMAIN}"])
    assert len(found.overlaps) == min(50, lists * (lists - 1) // 2)
    assert found.overlaps_in_all == in_all


@settings(max_examples=60, deadline=None)
@given(audiences(), st.integers(1, 3))
def test_a_list_is_left_out_only_when_its_shortest_way_is_too_long(
    case: tuple[Tenant, list[str]], depth: int
) -> None:
    tenant, typed = case
    found, _ = count(
        MemoryDirectory(tenant, page_size=2, jitter=0.001), typed, Limits(max_depth=depth, concurrency=3)
    )
    expected = truth(tenant, typed)
    read = {i for i, d in expected.depth.items() if d <= depth}
    assert {entry.id for entry in found.lists if entry.depth <= depth} == read
    for entry in found.lists:
        assert entry.depth == expected.depth[entry.id]
        assert (entry.problem == "too_deep") == (entry.depth > depth)


def test_the_mission_example_counts_four() -> None:
    tenant = tenant_of({"sales-team": ["user1", "user2", "regional"], "regional": ["user3", "user4"]})
    found, recipients = count(MemoryDirectory(tenant), [f"sales-team@{DOMAIN}"])
    assert found.complete
    assert recipients == {f"user{n}@{DOMAIN}" for n in range(1, 5)}
    assert [(entry.name, entry.members, entry.recipients) for entry in found.lists] == [
        ("sales-team", 3, 4),
        ("regional", 2, 2),
    ]


def test_a_list_is_read_once_however_often_it_is_nested_or_typed() -> None:
    tenant = tenant_of({"a": ["b", "c"], "b": ["c", "a"], "c": ["a", "b", "x"]})
    directory = MemoryDirectory(tenant, batch=1, page_size=10)
    found, _ = count(directory, [f"{name}@{DOMAIN}" for name in "abca"])
    assert sorted(directory.reads) == sorted(group.id for group in tenant.groups)
    assert found.count == 1


def test_a_tree_lists_every_list_behind_its_parent() -> None:
    tenant = tenant_of({"top": ["left", "right"], "left": ["deep"], "right": ["deep", "x"], "deep": ["y"]})
    found, _ = count(MemoryDirectory(tenant), [f"top@{DOMAIN}"])
    names = {entry.id: entry.name for entry in found.lists}
    shown = [(entry.name, entry.parent and names[entry.parent]) for entry in found.lists]
    assert shown == [("top", None), ("left", "top"), ("deep", "left"), ("right", "top")]


def test_more_recipients_than_allowed_are_reported_and_not_counted() -> None:
    tenant = tenant_of({"big": [f"p{n}" for n in range(20)], "small": ["p1"]})
    found, recipients = count(
        MemoryDirectory(tenant), [f"big@{DOMAIN}"], Limits(max_recipients=10, concurrency=2)
    )
    assert not found.complete
    assert found.count == len(recipients) <= 10
    assert [problem.code for problem in found.problems] == ["too_large"]


def test_more_lists_than_allowed_are_reported() -> None:
    tenant = tenant_of({"top": [f"l{n}" for n in range(9)]} | {f"l{n}": [f"p{n}"] for n in range(9)})
    directory = MemoryDirectory(tenant, page_size=20)
    found, _ = count(directory, [f"top@{DOMAIN}"], Limits(max_lists=4, concurrency=2))
    assert len(directory.reads) == 4
    assert found.count == 3
    assert [problem.code for problem in found.problems] == ["too_large"]
    assert "6 of them were not read" in found.problems[0].text


def test_a_list_that_fails_midway_is_named_and_the_rest_is_counted() -> None:
    tenant = tenant_of({"top": ["good", "bad", "x"], "good": ["y"], "bad": ["z", "w", "v", "u"]})
    bad = tenant.groups[2].id

    def interfere(cursor: Cursor) -> None:
        if cursor.list.id == bad and cursor.next:
            raise errors.AccessRefused

    found, _ = count(MemoryDirectory(tenant, interfere=interfere), [f"top@{DOMAIN}"])
    assert [(p.code, p.list) for p in found.problems] == [("no_permission", f"bad@{DOMAIN}")]
    assert found.count == 5  # x, y, and the first page of the bad one
    assert not found.complete


def test_pages_that_lead_in_a_circle_are_noticed() -> None:
    class Circle(MemoryDirectory):
        def read_one(self, cursor: Cursor) -> Page | errors.DirectoryError:
            page = super().read_one(cursor)
            if isinstance(page, Page):
                page.next = {None: "3", "3": "6", "6": "3"}[cursor.next]
            return page

    found, _ = count(Circle(tenant_of({"top": [f"p{n}" for n in range(9)]})), [f"top@{DOMAIN}"])
    assert (found.complete, found.count) == (False, 9)
    assert [problem.list for problem in found.problems] == [f"top@{DOMAIN}"]


def test_a_hidden_list_that_shows_nobody_is_not_an_empty_list() -> None:
    class Shy(MemoryDirectory):
        def read_one(self, cursor: Cursor) -> Page:
            return Page(next=None if cursor.next else "1")

    tenant = tenant_of({"top": ["x"]})
    tenant.groups[0].hidden = True
    found, _ = count(Shy(tenant), [f"top@{DOMAIN}"])
    assert [problem.code for problem in found.problems] == ["hidden_membership"]


def test_a_service_account_stopped_midway_leaves_an_incomplete_count_with_the_reason() -> None:
    tenant = tenant_of({"top": ["x", "a", "b"], "a": ["y"], "b": ["z"]})
    top = tenant.groups[0].id

    def interfere(cursor: Cursor) -> None:
        if cursor.list.id != top:
            raise errors.ServiceAccountError("account_disabled", "The service account is disabled.")

    found, _ = count(MemoryDirectory(tenant, interfere=interfere), [f"top@{DOMAIN}"])
    assert found.count == 1
    assert {(p.code, p.list) for p in found.problems} == {
        ("service_account", f"a@{DOMAIN}"),
        ("service_account", f"b@{DOMAIN}"),
    }


def test_a_service_account_stopped_before_anything_was_counted_is_an_error() -> None:
    tenant = tenant_of({"top": ["x"]})

    def interfere(cursor: Cursor) -> None:
        raise errors.ServiceAccountError("account_disabled")

    with pytest.raises(errors.ServiceAccountError):
        count(MemoryDirectory(tenant, interfere=interfere), [f"top@{DOMAIN}"])


@pytest.mark.parametrize("error", [errors.DirectoryDown(), errors.Throttled(9), errors.VaultUnavailable()])
def test_a_directory_that_cannot_be_asked_at_all_is_an_error(error: errors.RollcallError) -> None:
    class Down(MemoryDirectory):
        def find_one(self, address: str) -> DistributionList:
            raise error

    with pytest.raises(type(error)):
        count(Down(tenant_of({"top": ["x"]})), [f"top@{DOMAIN}", f"x@{DOMAIN}", f"y@{DOMAIN}"])


def test_unknown_domains_leave_external_untold_and_strangers_reported() -> None:
    class Narrow(MemoryDirectory):
        def domains(self, patience: Patience) -> frozenset[str]:
            raise errors.AccessRefused

    found, _ = count(Narrow(tenant_of({"top": ["x"]})), [f"top@{DOMAIN}", "who@partner.example"])
    assert found.external is None
    assert [(p.code, p.list) for p in found.problems] == [("not_found", "who@partner.example")]


def test_stopping_ends_a_walk_that_waits_for_its_directory() -> None:
    patience = Patience(limit=100, deadline=100)

    def interfere(cursor: Cursor) -> None:
        patience.hold(60)
        threading.Timer(0.05, patience.stop).start()
        patience.proceed()

    started = time.monotonic()
    with pytest.raises(errors.Cancelled):
        count(
            MemoryDirectory(tenant_of({"top": ["x"]}), interfere=interfere), [f"top@{DOMAIN}"], None, patience
        )
    assert time.monotonic() - started < 10

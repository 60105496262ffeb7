"""Which directory reads which list, and what happens when one fails."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.tenant.tenant import Tenant
from shared import errors
from shared.audience.balance import audience
from shared.audience.directory import PAGE_EXPIRED, Cursor, DistributionList, Mailbox, Page
from shared.audience.limits import Limits, Progress
from shared.audience.patience import Patience
from shared.audience.planner import Planner
from shared.audience.result import Audience
from shared.audience.walk import walk
from tests.support.listed import NOW, as_microsoft_has_it, assert_true, tenant_of
from tests.support.memory import MemoryDirectory, MemoryEws, MemoryExchange
from tests.support.oracle import truth
from tests.support.tenants import DOMAIN, audiences

FAILURES: dict[str, Callable[[], errors.DirectoryError]] = {
    "down": errors.DirectoryDown,
    "throttled": lambda: errors.Throttled(9),
    "refused": errors.AccessRefused,
    "role missing": lambda: errors.DirectoryClosed(),
    "blocked": lambda: errors.EwsBlocked(),
    "gone": errors.ListNotFound,
    "garbage": errors.UnreadableAnswer,
}
KINDS: dict[str, type[MemoryDirectory]] = {
    "graph": MemoryDirectory,
    "exchange": MemoryExchange,
    "ews": MemoryEws,
}


class Faulty:
    """Fails the reads of some lists, by name of directory and number of the list; -1 is every search."""

    def __init__(self, tenant: Tenant, faults: dict[tuple[str, int], str]) -> None:
        groups = tenant.groups
        self.faults = {
            (directory, None if number < 0 else groups[number % len(groups)].address): FAILURES[failure]
            for (directory, number), failure in faults.items()
        }

    def lost(self, directory: str) -> errors.DirectoryError | None:
        """What every search in the directory ends with, if anything."""
        failure = self.faults.get((directory, None))
        return failure() if failure else None

    def of(self, directory: str) -> Callable[[Cursor], None]:
        def interfere(cursor: Cursor) -> None:
            for (name, address), failure in self.faults.items():
                if name == directory and str(address).lower() == cursor.list.address:
                    raise failure()

        return interfere


def count(
    tenant: Tenant, typed: list[str], *names: str, faulty: Faulty | None = None, page_size: int = 3
) -> tuple[Audience, set[str], dict[str, MemoryDirectory]]:
    faulty = faulty or Faulty(tenant, {})
    made = {
        name: KINDS[name](tenant, page_size=page_size, interfere=faulty.of(name), lost=faulty.lost(name))
        for name in ("graph", *names)
    }
    planner = Planner(made["graph"], [made[name] for name in names])
    found = walk(typed, planner, Limits(concurrency=3), Patience(limit=5, deadline=30), Progress())
    return audience(found, NOW), set(found.numbers), made


def mixed() -> Tenant:
    """A static list that holds a dynamic one and a Microsoft 365 group."""
    tenant = tenant_of({"top": ["dyn", "m365", "x"], "dyn": ["y", "x"], "m365": ["z"]})
    tenant.groups[1].kind = "dynamic_distribution_list"
    tenant.groups[2].kind = "microsoft_365_group"
    return tenant


TOP = [f"top@{DOMAIN}"]


@pytest.mark.parametrize("names", [["exchange"], ["ews"], ["exchange", "ews"]], ids=str)
@settings(max_examples=150, deadline=None)
@given(case=audiences())
def test_with_exchange_connected_any_audience_equals_the_whole_truth(
    names: list[str], case: tuple[Tenant, list[str]]
) -> None:
    tenant, typed = as_microsoft_has_it(case[0]), case[1]
    # EWS cannot tell an empty dynamic list from one that it could not expand: see the test of that.
    for group in tenant.groups:
        if group.kind == "dynamic_distribution_list" and not group.members:
            group.members.append(tenant.service_account)
    found, recipients, _ = count(tenant, typed, *names)
    assert_true(found, recipients, tenant, typed, dynamic=True)


@settings(max_examples=500, deadline=None)
@given(
    audiences(),
    st.sampled_from([["exchange"], ["ews"], ["exchange", "ews"], []]),
    st.dictionaries(
        st.tuples(st.sampled_from(["graph", "exchange", "ews"]), st.integers(-1, 7)),
        st.sampled_from(sorted(FAILURES)),
        max_size=6,
    ),
)
def test_whatever_fails_a_count_is_the_whole_truth_or_says_which_list_it_lacks(
    case: tuple[Tenant, list[str]], names: list[str], faults: dict[tuple[str, int], str]
) -> None:
    tenant, typed = as_microsoft_has_it(case[0]), case[1]
    faulty = Faulty(tenant, faults)
    expected = truth(tenant, typed, dynamic=True)
    try:
        found, recipients, _ = count(tenant, typed, *names, faulty=faulty)
    except errors.DirectoryError:
        assert faulty.lost("graph")  # not one address could be looked for: an error, and no count
        return
    if found.complete:
        assert_true(found, recipients, tenant, typed, dynamic=True)
        return
    assert recipients <= expected.recipients
    addresses = {str(group.address).lower() for group in tenant.groups} | set(typed)
    assert all(problem.list is None or problem.list in addresses for problem in found.problems)
    told = {problem.list for problem in found.problems}
    for entry in found.lists:
        able = [n for n in names if n != "graph"] if entry.kind != "microsoft_365_group" else []
        able += ["graph"] if entry.kind != "dynamic_distribution_list" else []
        if able and all((name, entry.address) in faulty_by_address(faulty) for name in able):
            assert entry.problem
            assert entry.address in told
    balance = found.balance
    assert balance.members_read == sum(
        (
            balance.lists,
            balance.duplicates,
            balance.without_address,
            balance.unreadable,
            balance.not_mail,
            balance.recipients,
        )
    )


def faulty_by_address(faulty: Faulty) -> set[tuple[str, str]]:
    return {(name, str(address).lower()) for name, address in faulty.faults}


def test_the_plan_that_was_followed_is_in_the_result() -> None:
    found, _, _ = count(mixed(), TOP, "exchange", "ews")
    followed = {entry.name: (entry.directory, entry.kind.value) for entry in found.lists}
    assert followed == {
        "top": ("exchange", "distribution_list"),
        "dyn": ("exchange", "dynamic_distribution_list"),
        "m365": ("graph", "microsoft_365_group"),
    }
    ages = {entry.name: entry.as_of for entry in found.lists}
    assert ages == {"top": None, "m365": None, "dyn": NOW - timedelta(days=1)}
    assert (found.complete, found.count) == (True, 3)


def test_graph_alone_says_once_what_it_cannot_see() -> None:
    tenant = tenant_of({"top": ["a", "b"], "a": ["x"], "b": ["y"]})
    found, _, _ = count(tenant, TOP)
    assert [(p.code, p.list) for p in found.problems] == [("dynamic_not_visible", None)]
    assert not found.complete


def test_a_directory_that_fails_midway_is_followed_by_the_next_from_the_beginning() -> None:
    tenant = tenant_of({"top": [f"p{n}" for n in range(9)]})

    class Breaks(MemoryExchange):
        def read_one(self, cursor: Cursor) -> object:  # type: ignore[override]
            return errors.DirectoryDown() if cursor.next == "6" else super().read_one(cursor)

    planner = Planner(MemoryDirectory(tenant), [Breaks(tenant), MemoryEws(tenant)])
    found = audience(walk(TOP, planner, Limits(), Patience(limit=5, deadline=30), Progress()), NOW)
    assert (found.complete, found.count, found.balance.duplicates) == (True, 9, 0)
    assert [(entry.directory, entry.members) for entry in found.lists] == [("ews", 9)]


def test_a_directory_that_is_closed_is_not_asked_for_every_list() -> None:
    names = [f"l{n}" for n in range(20)]
    tenant = tenant_of({"top": names} | {name: [f"of-{name}"] for name in names})
    asked: list[str] = []

    class Closed(MemoryExchange):
        def read_one(self, cursor: Cursor) -> errors.DirectoryError:
            asked.append(cursor.list.address)
            return errors.DirectoryClosed("The service account lacks the Exchange role.")

    planner = Planner(MemoryDirectory(tenant), [Closed(tenant)])
    found = audience(walk(TOP, planner, Limits(), Patience(limit=5, deadline=30), Progress()), NOW)
    assert len(asked) == 1
    assert found.count == 20
    [problem] = found.problems
    assert (problem.code, problem.list) == ("dynamic_not_visible", None)
    assert "lacks the Exchange role" in problem.text


@pytest.mark.parametrize(("lost", "complete"), [(1, True), (2, True), (3, False)])
def test_a_list_whose_place_exchange_lost_is_read_from_its_first_page(lost: int, complete: bool) -> None:
    tenant = tenant_of({"top": [f"person{number}" for number in range(6)]})
    left = [lost]

    class Forgetful(MemoryExchange):
        def read_one(self, cursor: Cursor) -> Page | errors.DirectoryError:
            if left[0]:
                left[0] -= 1
                return errors.DirectoryDown(reason=PAGE_EXPIRED)
            return super().read_one(cursor)

    planner = Planner(MemoryDirectory(tenant), [Forgetful(tenant)])
    found = audience(walk(TOP, planner, Limits(), Patience(limit=5, deadline=30), Progress()), NOW)
    # Where Exchange has no more beginnings, Graph reads the list, and cannot see what may be nested in it.
    assert (found.count, found.complete) == (6, complete)


def test_a_typed_dynamic_list_is_found_in_exchange_and_a_misspelling_is_not() -> None:
    found, recipients, _ = count(mixed(), [f"dyn@{DOMAIN}", f"dym@{DOMAIN}"], "exchange")
    assert recipients == {f"x@{DOMAIN}", f"y@{DOMAIN}"}
    assert [(p.code, p.list) for p in found.problems] == [("not_found", f"dym@{DOMAIN}")]


def test_an_address_that_exchange_could_not_look_for_is_not_called_unknown() -> None:
    class Blocked(MemoryEws):
        def find_one(self, address: str) -> DistributionList | Mailbox | errors.DirectoryError | None:
            return errors.EwsBlocked()

    tenant = mixed()
    planner = Planner(MemoryDirectory(tenant), [Blocked(tenant)])
    typed = [f"dyn@{DOMAIN}", f"x@{DOMAIN}"]
    found = audience(walk(typed, planner, Limits(), Patience(limit=5, deadline=30), Progress()), NOW)
    assert [(p.code, p.list) for p in found.problems] == [("ews_blocked", f"dyn@{DOMAIN}")]


def test_exchange_is_asked_about_domains_that_entra_does_not_know() -> None:
    found, recipients, made = count(mixed(), ["who@partner.example"], "exchange", "ews")
    assert (found.complete, recipients) == (True, {"who@partner.example"})
    assert made["ews"].calls == 1  # an Exchange Server on premises may have domains of its own


@pytest.mark.parametrize("names", [["ews"], ["exchange", "ews"]], ids=str)
def test_a_list_of_a_domain_that_only_exchange_on_premises_knows_is_counted(names: list[str]) -> None:
    tenant = tenant_of({"all": ["x", "y"]})
    tenant.groups[0].kind = "dynamic_distribution_list"  # which Graph does not see
    tenant.groups[0].address = "all@corp.local.example"
    found, recipients, _ = count(tenant, ["all@corp.local.example"], *names)
    assert (found.complete, recipients) == (True, {f"x@{DOMAIN}", f"y@{DOMAIN}"})


def test_an_empty_answer_for_a_dynamic_list_is_not_taken_for_an_empty_list() -> None:
    tenant = mixed()
    tenant.groups[1].members = []
    found, _, _ = count(tenant, TOP, "ews")
    assert [(p.code, p.list) for p in found.problems] == [("truncated", f"dyn@{DOMAIN}")]


def test_without_consent_for_exchange_graph_still_counts_and_says_what_it_misses() -> None:
    class Unconsented(MemoryExchange):
        def answer_late(self, patience: Patience) -> None:
            raise errors.ServiceAccountError("consent_missing", "Consent for Exchange is missing.")

    tenant = mixed()
    planner = Planner(MemoryDirectory(tenant), [Unconsented(tenant)])
    found = audience(walk(TOP, planner, Limits(), Patience(limit=5, deadline=30), Progress()), NOW)
    assert found.count == 2
    assert [(p.code, p.list) for p in found.problems] == [("dynamic_not_visible", None)]

"""Which lists an admin lets Rollcall read: the rules, the walk that keeps them, and the settings."""

from __future__ import annotations

import copy
import time
from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.tenant.tenant import Tenant
from shared.audience.balance import audience
from shared.audience.directory import Cursor, DistributionList, ListKind
from shared.audience.limits import Limits, Progress
from shared.audience.patience import Patience
from shared.audience.planner import Planner
from shared.audience.result import Audience
from shared.audience.rules import Rules
from shared.audience.walk import walk
from shared.services.process import services
from tests.support.amounts import at_least
from tests.support.api import ALL, SALES, Api
from tests.support.listed import NOW, as_microsoft_has_it, tenant_of
from tests.support.memory import MemoryDirectory, MemoryEws, MemoryExchange
from tests.support.oracle import truth
from tests.support.tenants import DOMAIN, audiences

DYNAMIC = ListKind.DYNAMIC_DISTRIBUTION_LIST
BOARD, NEWS = f"board@{DOMAIN}", f"news-emea@{DOMAIN}"


def a_list(address: str, kind: str = "distribution_list", *, sure: bool = True) -> DistributionList:
    return DistributionList("id", address, "name", ListKind(kind), "graph", kind_is_sure=sure)


@pytest.mark.parametrize(
    ("allow", "deny", "found", "forbidden"),
    [
        ([], [], a_list(BOARD), False),
        ([], [BOARD], a_list(BOARD), True),
        ([], [BOARD], a_list(NEWS), False),
        ([], [f"news-*@{DOMAIN}"], a_list(NEWS), True),
        ([], [f"news*@{DOMAIN}"], a_list(f"news@{DOMAIN}"), True),
        ([], ["*@other.example"], a_list(BOARD), False),
        ([], ["board.company.example"], a_list(BOARD), False),
        ([], ["kind:microsoft_365_group"], a_list(BOARD, "microsoft_365_group"), True),
        ([], ["kind:microsoft_365_group"], a_list(BOARD), False),
        ([BOARD], [], a_list(BOARD), False),
        ([BOARD], [], a_list(NEWS), True),
        (["kind:distribution_list"], [BOARD], a_list(BOARD), True),
        (["kind:distribution_list"], [BOARD], a_list(NEWS), False),
        ([], [f"kind:{DYNAMIC}"], a_list(BOARD, sure=False), True),
        (["kind:distribution_list"], [], a_list(BOARD, sure=False), True),
        ([f"kind:{kind}" for kind in ListKind], [], a_list(BOARD, sure=False), False),
        ([BOARD], [], a_list(BOARD, sure=False), False),
    ],
)
def test_a_rule_names_lists_by_address_pattern_or_kind(
    allow: list[str], deny: list[str], found: DistributionList, forbidden: bool
) -> None:
    assert Rules(allow, deny).forbid(found) == forbidden


def test_a_rule_for_an_alias_holds_where_the_alias_is_typed() -> None:
    assert Rules(deny=[f"old-board@{DOMAIN}"]).forbid(a_list(BOARD), f"old-board@{DOMAIN}")


def expand(
    tenant: Tenant, typed: list[str], rules: Rules, *others: MemoryDirectory
) -> tuple[Audience, set[str], list[str]]:
    """What was found, whom, and the ids of the lists that were read by anybody."""
    graph = MemoryDirectory(tenant)
    planner = Planner(graph, list(others), dynamic_lists=False)
    limits = Limits(concurrency=3, rules=rules)
    found = walk(typed, planner, limits, Patience(limit=5, deadline=30), Progress())
    read = [identifier for directory in (graph, *others) for identifier in directory.reads]
    return audience(found, NOW), set(found.numbers), read


@pytest.mark.parametrize("others", [[], [MemoryExchange], [MemoryExchange, MemoryEws]], ids=len)
@settings(max_examples=150, deadline=None)
@given(audiences(), st.sets(st.integers(0, 7)))
def test_a_denied_list_is_never_read_and_all_else_is_the_truth(
    others: list[type[MemoryDirectory]], case: tuple[Tenant, list[str]], numbers: set[int]
) -> None:
    """For the oracle, a denied list is one whose members nobody shows."""
    tenant, typed = as_microsoft_has_it(case[0]), case[1]
    groups = [group for n, group in enumerate(tenant.groups) if n in numbers and group.address]
    denied = {str(group.address).lower() for group in groups}
    found, recipients, read = expand(
        tenant, typed, Rules(deny=sorted(denied)), *(kind(tenant) for kind in others)
    )
    assert not {group.id for group in groups} & set(read)
    closed = copy.deepcopy(tenant)
    for group in closed.groups:
        group.hidden = group.hidden or str(group.address).lower() in denied
    expected = truth(closed, typed, dynamic=bool(others))
    assert recipients == expected.recipients
    assert asdict(found.balance) == {name: expected.balance[name] for name in asdict(found.balance)}
    hidden = {("hidden_membership", address) for address in denied}
    named = (expected.problems - hidden) | {
        ("list_not_allowed", who) for _, who in expected.problems & hidden
    }
    assert {(problem.code, problem.list) for problem in found.problems} == named


@settings(max_examples=100, deadline=None)
@given(audiences(), st.sampled_from([*ListKind]))
def test_a_denied_kind_is_never_read_not_even_by_ews_which_cannot_tell_it(
    case: tuple[Tenant, list[str]], kind: ListKind
) -> None:
    tenant = as_microsoft_has_it(case[0])
    _, _, read = expand(tenant, case[1], Rules(deny=[f"kind:{kind}"]), MemoryEws(tenant))
    assert not {group.id for group in tenant.groups if group.kind == kind} & set(read)


def test_a_denied_list_that_comes_nearer_is_still_not_read() -> None:
    tenant = tenant_of({"a": ["b"], "b": ["c"], "c": ["denied"], "denied": ["x"], "near": ["denied"]})

    def near_is_late(cursor: Cursor) -> None:
        if cursor.list.name == "near":
            time.sleep(0.1)

    directory = MemoryDirectory(tenant, interfere=near_is_late)
    limits = Limits(concurrency=3, rules=Rules(deny=[f"denied@{DOMAIN}"]))
    typed = [f"{name}@{DOMAIN}" for name in ("a", "near")]
    found = walk(typed, Planner(directory, []), limits, Patience(limit=5, deadline=30), Progress())
    assert len(directory.reads) == 4
    assert not found.numbers


# -- through the public door


def test_a_list_that_is_not_allowed_is_named_and_not_read(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLLCALL_DENY_LISTS", "kind:dynamic_distribution_list, regional-*@company.com")
    services.cache_clear()
    body = api.expand(SALES).json()
    assert (body["complete"], body["count"]) == (False, at_least(2))
    [problem] = body["problems"]
    assert (problem["code"], problem["list"]) == ("list_not_allowed", "regional-managers@company.com")
    assert [entry["problem"] for entry in body["lists"]] == [None, "list_not_allowed"]
    assert not [a for a in api.sandbox.world.journal if "d8a52325" in a.path]


def test_only_lists_that_are_allowed_are_read(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLLCALL_ALLOW_LISTS", "*sales*@company.com,regional-managers@company.com")
    services.cache_clear()
    assert api.expand(SALES).json()["complete"]
    body = api.expand(ALL, "user1@company.com").json()
    assert (body["count"], [p["code"] for p in body["problems"]]) == (at_least(1), ["list_not_allowed"])

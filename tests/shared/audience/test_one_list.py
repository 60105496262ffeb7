"""One list under all its names, what stops a count, and shapes that Microsoft does not promise."""

from __future__ import annotations

from typing import Any

import pytest

from shared.audience.limits import Limits
from shared.audience.rules import Rules
from tests.support import fake_exchange, fake_graph
from tests.support.fake_exchange import DYNAMIC, STATIC, member
from tests.support.fake_graph import REFUSED, Reply, group, user
from tests.support.two_directories import P1, P2, UNIFIED, Tenant, codes

# -- one list


def test_hidden_members_of_a_group_inside_a_list_of_exchange_make_no_complete_count(tenant: Tenant) -> None:
    tenant.know("list@x.com", group("list", "list@x.com"))
    tenant.know("board@x.com", group(P1, "board@x.com", visibility="HiddenMembership", **UNIFIED))
    board = member("GroupMailbox", "board@x.com", ExternalDirectoryObjectId=P1)
    tenant.exchange.on(STATIC, fake_exchange.members(member(), board))
    tenant.show(P1, fake_graph.members(), fake_graph.members(), fake_graph.members())
    found = tenant.count("list@x.com")
    assert (found.complete, found.count, codes(found)) == (False, 1, [("hidden_membership", "board@x.com")])


@pytest.mark.parametrize("pages", [1, 3])
@pytest.mark.parametrize("kind", [{}, {"securityEnabled": True}], ids=["distribution", "security"])
def test_a_list_that_graph_alone_shows_empty_may_be_one_that_hides_its_members(
    tenant: Tenant, kind: dict[str, Any], pages: int
) -> None:
    tenant.know("list@x.com", group("list", "list@x.com", **kind))
    tenant.show("list", *[fake_graph.members() for _ in range(pages)])
    found = tenant.count("list@x.com", exchange=False)
    assert (found.complete, found.count, codes(found)) == (False, 0, [("empty_or_hidden", "list@x.com")])


def test_empty_pages_before_members_are_no_empty_list(tenant: Tenant) -> None:
    tenant.know("list@x.com", group("list", "list@x.com"))
    tenant.show("list", fake_graph.members(), fake_graph.members(user(P1, "a@x.com")), fake_graph.members())
    found = tenant.count("list@x.com", exchange=False)
    assert (found.complete, found.count) == (True, 1)


@pytest.mark.parametrize("is_typed", [True, False])
def test_a_dynamic_list_that_is_being_worked_out_is_not_empty(tenant: Tenant, is_typed: bool) -> None:
    tenant.know("list@x.com", group("list", "list@x.com"))
    tenant.exchange.on(DYNAMIC, fake_exchange.members())
    nested = member("DynamicDistributionGroup", "dyn@x.com", Guid=P2)
    tenant.exchange.on(STATIC, *([fake_exchange.MISSING] if is_typed else [fake_exchange.members(nested)]))
    found = tenant.count("dyn@x.com" if is_typed else "list@x.com")
    assert (found.complete, found.count, codes(found)) == (False, 0, [("being_worked_out", "dyn@x.com")])


def test_a_dynamic_list_typed_by_its_alias_and_nested_is_one_list(tenant: Tenant) -> None:
    tenant.know("list@x.com", group("list", "list@x.com"))
    proxies = ["SMTP:dyn@x.com", "smtp:dyn.alias@x.com"]
    nested = member("DynamicDistributionGroup", "dyn@x.com", Guid=P2, EmailAddresses=proxies)
    tenant.exchange.on(STATIC, fake_exchange.MISSING, fake_exchange.members(nested))
    tenant.exchange.on(DYNAMIC, fake_exchange.members(member(address="a@x.com"), member(address="b@x.com")))
    found = tenant.count("dyn.alias@x.com", "list@x.com")
    assert (found.complete, found.count) == (True, 2)
    assert sorted(one.address for one in found.lists) == ["dyn@x.com", "list@x.com"]
    assert [one.lists for one in found.overlaps] == [("dyn@x.com", "list@x.com")]


@pytest.mark.parametrize("exchange", [True, False])
def test_a_list_typed_and_nested_that_fails_is_told_once(tenant: Tenant, exchange: bool) -> None:
    tenant.know("top@x.com", group("top", "top@x.com", **UNIFIED))
    tenant.know("sub@x.com", group("sub", "sub@x.com", **UNIFIED))
    tenant.show("top", fake_graph.members(user(P1, "a@x.com"), group("sub", "sub@x.com", **UNIFIED)))
    tenant.show("sub", Reply(403, REFUSED))
    found = tenant.count("sub@x.com", "top@x.com", "sub@x.com", exchange=exchange)
    assert (found.count, [list for _, list in codes(found)]) == (1, ["sub@x.com"])


def test_what_fails_on_every_page_of_a_list_is_told_once(tenant: Tenant) -> None:
    tenant.know("list@x.com", group("list", "list@x.com"))
    unseen = [{"@odata.type": "#microsoft.graph.user", "id": id} for id in (P1, P2)]
    tenant.show("list", *(fake_graph.members(one) for one in unseen))
    found = tenant.count("list@x.com", exchange=False)
    assert (found.balance.unreadable, codes(found)) == (2, [("no_permission", "list@x.com")])


@pytest.mark.parametrize("rule", ["board@x.com", "board*@x.com", "BOARD@x.com", "*@x.com"])
@pytest.mark.parametrize("search", [200, 403])
def test_a_denied_list_is_not_read_by_an_alias_that_the_rule_does_not_name(
    tenant: Tenant, rule: str, search: int
) -> None:
    if search == 403:
        tenant.graph.on("/groups?", Reply(403, REFUSED))
    tenant.exchange.on(DYNAMIC, fake_exchange.members(member(address="chair@x.com")))
    found = tenant.count("the.alias@x.com", limits=Limits(rules=Rules(deny=(rule.lower(),))))
    assert (found.complete, found.count) == (False, 0)
    assert ("list_not_allowed", "the.alias@x.com") in codes(found)


# -- what stops a count


@pytest.mark.parametrize("exchange", [True, False])
def test_a_list_of_more_members_than_are_counted_comes_in_one_page_and_is_no_failure(
    tenant: Tenant, exchange: bool
) -> None:
    tenant.know("list@x.com", group("list", "list@x.com"))
    tenant.show("list", fake_graph.members(*(user(f"u{n}", f"u{n}@x.com") for n in range(6))))
    tenant.exchange.on(STATIC, fake_exchange.members(*(member(address=f"u{n}@x.com") for n in range(6))))
    found = tenant.count("list@x.com", exchange=exchange, limits=Limits(max_recipients=5))
    assert (found.complete, found.count, codes(found)) == (False, 5, [("too_large", None)])


def test_a_list_of_exactly_as_many_members_as_are_counted_is_complete(tenant: Tenant) -> None:
    tenant.know("list@x.com", group("list", "list@x.com"))
    tenant.show("list", fake_graph.members(*(user(f"u{n}", f"u{n}@x.com") for n in range(5))))
    found = tenant.count("list@x.com", exchange=False, limits=Limits(max_recipients=5))
    assert (found.complete, found.count) == (True, 5)


# -- shapes that Microsoft does not promise


@pytest.mark.parametrize("type", ["#microsoft.graph.agentUser", "#microsoft.graph.new", None])
def test_a_member_of_a_kind_that_is_not_known_is_not_called_unreachable(tenant: Tenant, type: Any) -> None:
    tenant.know("list@x.com", group("list", "list@x.com"))
    tenant.show(
        "list", fake_graph.members(user(P1, "a@x.com"), {"id": P2} | ({"@odata.type": type} if type else {}))
    )
    found = tenant.count("list@x.com", exchange=False)
    assert (found.complete, found.count, found.balance.unreadable) == (False, 1, 1)
    assert codes(found) == [("no_permission", "list@x.com")]


@pytest.mark.parametrize("proxies", [[None, "SMTP:zz@x.com"], [7, {}, "SMTP:zz@x.com"], [None], []], ids=str)
def test_addresses_that_are_none_take_nothing_from_the_others(tenant: Tenant, proxies: list[Any]) -> None:
    tenant.graph.on("/users?", fake_graph.members(user(P1, "zz@x.com", proxyAddresses=proxies)))
    found = tenant.count("zz@x.com", exchange=False)
    assert (found.complete, found.count, set(tenant.numbers)) == (True, 1, {"zz@x.com"})


@pytest.mark.parametrize(
    "odd",
    [{"proxyAddresses": "SMTP:a@x.com"}, {"groupTypes": [None]}, {"mail": 7}, {"id": None}],
    ids=str,
)
def test_an_answer_of_another_shape_makes_no_complete_count(tenant: Tenant, odd: dict[str, Any]) -> None:
    tenant.know("list@x.com", group("list", "list@x.com"))
    tenant.show("list", fake_graph.members(user(P1, "a@x.com"), {**group("sub", "sub@x.com"), **odd}))
    found = tenant.count("list@x.com", exchange=False)
    assert not found.complete

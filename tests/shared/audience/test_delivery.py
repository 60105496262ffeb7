"""Members complete is not delivery known: what is said of who gets the mail in the end."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from sandbox.tenant.tenant import Tenant
from shared.audience.balance import audience
from shared.audience.delivery import Delivery, Why, delivery_of
from shared.audience.limits import Limits, Progress
from shared.audience.patience import Patience
from shared.audience.planner import Planner
from shared.audience.result import Audience
from shared.audience.walk import walk
from tests.support.listed import NOW, as_microsoft_has_it, tenant_of
from tests.support.memory import MemoryDirectory
from tests.support.tenants import DOMAIN, audiences


def expand(tenant: Tenant, *typed: str) -> Audience:
    planner = Planner(MemoryDirectory(tenant), [], dynamic_lists=False)
    found = walk(list(typed), planner, Limits(concurrency=3), Patience(limit=5, deadline=30), Progress())
    return audience(found, NOW)


def codes(found: Delivery) -> list[Why]:
    return [doubt.code for doubt in found.doubts]


def at(name: str) -> str:
    return f"{name}@{DOMAIN}"


@settings(max_examples=200, deadline=None)
@given(audiences())
def test_it_is_known_who_gets_a_mail_only_where_there_is_nobody_to_get_it(
    case: tuple[Tenant, list[str]],
) -> None:
    found = expand(as_microsoft_has_it(case[0]), *case[1])
    delivery = delivery_of(found)
    assert delivery.known == (not delivery.doubts)
    if found.count or found.lists or not found.complete:
        assert not delivery.known
    assert len(set(codes(delivery))) == len(delivery.doubts)


def test_each_microsoft_365_group_of_the_tree_is_named_for_its_followers() -> None:
    tenant = tenant_of({"top": ["inner", "p0"], "inner": ["p1"]})
    tenant.groups[1].kind = "microsoft_365_group"
    found = expand(tenant, at("top"))
    assert (found.count, found.complete) == (2, True)
    [followers] = [one for one in delivery_of(found).doubts if one.code is Why.FOLLOWERS]
    assert followers.lists == [at("inner")]


def test_an_address_outside_may_be_a_list_of_somebody_else() -> None:
    tenant = tenant_of({"top": ["p0"]})
    assert codes(delivery_of(expand(tenant, at("p0")))) == [Why.FORWARDING]
    assert codes(delivery_of(expand(tenant, "news@elsewhere.example"))) == [Why.OUTSIDE, Why.FORWARDING]


@pytest.mark.parametrize("kind", ["distribution_list", "microsoft_365_group"])
def test_any_list_may_take_mail_from_some_alone_even_an_empty_one(kind: str) -> None:
    tenant = tenant_of({"quiet": []})
    tenant.groups[0].kind = kind
    found = delivery_of(expand(tenant, at("quiet")))
    assert not found.known
    assert Why.RESTRICTED in codes(found)

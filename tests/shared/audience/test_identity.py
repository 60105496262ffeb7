"""One mailbox is one recipient, and one list is one list, whatever directories and people call them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest

from shared.api.expansions import ExpansionAnswer, describe
from shared.audience.addresses import normalise
from shared.audience.balance import audience
from shared.audience.expansion_store import Expansion, State
from shared.audience.limits import Limits, Progress
from shared.audience.planner import Planner
from shared.audience.result import Audience
from shared.audience.rules import Rules
from shared.audience.walk import walk
from shared.audience.warnings import DEFAULTS, warnings_about
from tests.support import fake_exchange, fake_graph
from tests.support.fake_exchange import DYNAMIC, STATIC, FakeExchange, member
from tests.support.fake_graph import BASE, REFUSED, FakeGraph, QuickPatience, Reply, contact, group, user
from tests.support.listed import NOW

P1, P2 = "aaaaaaaa-0000-4000-8000-000000000001", "aaaaaaaa-0000-4000-8000-000000000002"
UNIFIED = {"groupTypes": ["Unified"]}


class Tenant:
    """Microsoft's two services, scripted at the wire, and the real adapters before them."""

    def __init__(self, *domains: str) -> None:
        self.graph, self.exchange = FakeGraph(), FakeExchange()
        named = [{"name": domain} for domain in domains or ("x.com", "t.onmicrosoft.com")]
        self.graph.on("/organization", Reply(body={"value": [{"verifiedDomains": named}]}))

    def know(self, address: str, entry: dict[str, Any], collection: str = "groups") -> None:
        """Graph finds `entry` in `collection` behind `address`."""
        known = self.graph.answer

        def answer(path: str) -> Reply:
            is_it = path.startswith(f"/{collection}?") and f"'smtp:{address}'" in unquote(path)
            return fake_graph.members(entry) if is_it else known(path)

        self.graph.answer = answer  # type: ignore[method-assign]

    def show(self, id: str, *pages: Reply) -> None:
        """What Graph answers for the list `id`, page by page."""
        for number, page in enumerate(pages):
            path = f"/groups/{id}/more{number}" if number else f"/groups/{id}/members?"
            if number + 1 < len(pages):
                page.body["@odata.nextLink"] = f"{BASE}/groups/{id}/more{number + 1}"
            self.graph.on(path, page)

    def count(self, *typed: str, exchange: bool = True, limits: Limits | None = None) -> Audience:
        self.numbers: dict[str, int] = {}
        others = [fake_exchange.directory_on(self.exchange)] if exchange else []
        planner = Planner(fake_graph.directory_on(self.graph), others, dynamic_lists=False)
        found = walk(typed, planner, limits or Limits(concurrency=1), QuickPatience(), Progress())
        self.numbers = found.numbers
        return audience(found, NOW)


def codes(found: Audience) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.list) for problem in found.problems]


@pytest.fixture
def tenant() -> Tenant:
    return Tenant()


# -- one mailbox


def test_a_renamed_mailbox_that_two_directories_call_differently_is_one_recipient(tenant: Tenant) -> None:
    tenant.know("list@x.com", group("list", "list@x.com"))
    tenant.know("team@x.com", group("team", "team@x.com", **UNIFIED))
    old = user(P2, "old.p2@x.com", proxyAddresses=["SMTP:p2@x.com", "smtp:old.p2@x.com"])
    tenant.show("team", fake_graph.members(old))
    tenant.exchange.on(
        STATIC, fake_exchange.members(member(address="P2@x.com", ExternalDirectoryObjectId=P2.upper()))
    )
    found = tenant.count("list@x.com", "team@x.com")
    assert (found.complete, found.count, set(tenant.numbers)) == (True, 1, {"p2@x.com"})


@pytest.mark.parametrize("order", [["list@x.com", "team@x.com"], ["team@x.com", "list@x.com"]], ids=str)
@pytest.mark.parametrize("proxies", [None, [], [None, "smtp:old@x.com"]], ids=str)
def test_the_id_decides_where_no_address_is_common(tenant: Tenant, order: list[str], proxies: Any) -> None:
    tenant.know("list@x.com", group("list", "list@x.com"))
    tenant.know("team@x.com", group("team", "team@x.com", **UNIFIED))
    tenant.show("team", fake_graph.members(user(P2, "old@x.com", proxyAddresses=proxies)))
    tenant.exchange.on(
        STATIC, fake_exchange.members(member(address="new@x.com", ExternalDirectoryObjectId=P2))
    )
    found = tenant.count(*order)
    assert (found.complete, found.count, set(tenant.numbers)) == (True, 1, {"new@x.com"})


def test_two_mailboxes_of_one_address_in_one_list_are_one_recipient(tenant: Tenant) -> None:
    tenant.know("team@x.com", group("team", "team@x.com", **UNIFIED))
    tenant.show("team", fake_graph.members(user(P1, "dup@x.com"), user(P2, "Dup@X.com")))
    found = tenant.count("team@x.com")
    assert (found.complete, found.count, found.balance.duplicates) == (True, 1, 1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (user(P1, "dup@x.com", proxyAddresses=["SMTP:dup@x.com"]), user(P2, "dup@x.com")),
        (user(P1, "dup@x.com"), user(P2, "dup@x.com")),
        (
            user(P1, "dup@x.com", proxyAddresses=["SMTP:other@x.com"]),
            user(P2, "dup@x.com", proxyAddresses=["SMTP:dup@x.com"]),
        ),
    ],
    ids=["one owns it", "nobody owns it", "one has a newer address"],
)
def test_a_typed_address_that_two_users_have_is_one_recipient(
    tenant: Tenant, one: dict[str, Any], other: dict[str, Any]
) -> None:
    tenant.graph.on("/users?", fake_graph.members(one, other))
    found = tenant.count("dup@x.com", exchange=False)
    assert (found.complete, found.count, set(tenant.numbers)) == (True, 1, {"dup@x.com"})


def test_a_guest_and_a_contact_of_one_person_outside_are_one_recipient(tenant: Tenant) -> None:
    tenant.know("g@f.example", user(P1, "g@f.example", proxyAddresses=["SMTP:g@f.example"]), "users")
    tenant.know("g@f.example", contact(P2, "g@f.example", proxyAddresses=["SMTP:g@f.example"]), "contacts")
    found = tenant.count("g@f.example", exchange=False)
    assert (found.complete, found.count, found.external) == (True, 1, 1)


# -- inside or outside


@pytest.mark.parametrize(
    ("entry", "shown", "external"),
    [
        (
            member(
                "GuestMailUser", "x_f.example#EXT#@t.onmicrosoft.com", ExternalEmailAddress="SMTP:X@f.example"
            ),
            "x@f.example",
            1,
        ),
        (member("GuestMailUser", "x_f.example#EXT#@t.onmicrosoft.com"), "x@f.example", 1),
        (member("GuestMailUser", "x@x.com", ExternalEmailAddress="x@f.example"), "x@f.example", 1),
        (member("MailUser", "x@x.com", ExternalEmailAddress="SMTP:x@f.example"), "x@x.com", 1),
        (member("MailContact", "x@x.com", ExternalEmailAddress="smtp:x@f.example"), "x@x.com", 1),
        (member("MailUser", "x@x.com", ExternalEmailAddress="SMTP:x@t.onmicrosoft.com"), "x@x.com", 0),
        (member("MailContact", "", ExternalEmailAddress="SMTP:x@f.example"), "x@f.example", 1),
        (member("UserMailbox", "x@x.com"), "x@x.com", 0),
    ],
)
def test_who_is_outside_is_said_by_where_mail_is_passed_on_to(
    tenant: Tenant, entry: dict[str, Any], shown: str, external: int
) -> None:
    tenant.know("list@x.com", group("list", "list@x.com"))
    tenant.exchange.on(STATIC, fake_exchange.members(entry))
    found = tenant.count("list@x.com")
    assert (found.complete, found.external, set(tenant.numbers)) == (True, external, {shown})


# -- one form of an address


@pytest.mark.parametrize(
    "typed", ["info@müller.example", "INFO@MU\u0308LLER.example", "info@xn--mller-kva.example"]
)
@pytest.mark.parametrize("domain", ["xn--mller-kva.example", "müller.example", "Mu\u0308ller.Example"])
def test_a_list_is_found_by_any_spelling_of_its_domain(typed: str, domain: str) -> None:
    tenant = Tenant(domain)
    tenant.graph.on("/groups?", fake_graph.members(group("info", f"info@{domain}")))
    tenant.show("info", fake_graph.members(user(P1, f"a@{domain}"), user(P2, "b@xn--mller-kva.example")))
    found = tenant.count(normalise(typed), exchange=False)
    assert (found.count, found.external, codes(found)) == (2, 0, [])


def test_a_sender_reads_the_spelling_that_people_use() -> None:
    tenant = Tenant("xn--mller-kva.example")
    top, sub = (group(name, f"{name}@xn--mller-kva.example") for name in ("top", "sub"))
    tenant.know("top@xn--mller-kva.example", top)
    tenant.know("sub@xn--mller-kva.example", sub)
    people = [user(f"u{n}", f"u{n}@xn--mller-kva.example") for n in range(12)]
    tenant.show("top", fake_graph.members(*people))
    tenant.show("sub", fake_graph.members(*people))
    found = tenant.count(
        *(f"{name}@xn--mller-kva.example" for name in ("top", "sub", "nobody")), exchange=False
    )
    found = replace(found, warnings=warnings_about(found, DEFAULTS))
    told = describe(Expansion("me", "12345678", "", "", State.DONE, NOW, NOW, NOW, audience=found))
    assert isinstance(told, ExpansionAnswer)
    assert {one.address for one in told.lists} == {"top@müller.example", "sub@müller.example"}
    assert [one.lists for one in told.overlaps] == [("sub@müller.example", "top@müller.example")]
    assert [one.list for one in told.problems] == ["nobody@müller.example"]
    assert told.warnings
    assert "xn--" not in str(told)


def test_what_is_no_address_is_named_and_all_else_is_counted(tenant: Tenant) -> None:
    tenant.know("team@x.com", group("team", "team@x.com", **UNIFIED))
    tenant.show("team", fake_graph.members(user(P1, "a@x.com")))
    found = tenant.count("team@x.com", "sales team", "foo..bar@docomo.example", "", exchange=False)
    assert (found.complete, found.count) == (False, 2)
    assert sorted(codes(found)) == [("not_an_address", ""), ("not_an_address", "sales team")]


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

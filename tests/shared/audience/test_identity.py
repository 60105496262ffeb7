"""One mailbox is one recipient, and one list is one list, whatever directories and people call them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from shared.api.expansions import ExpansionAnswer, describe
from shared.audience.addresses import normalise
from shared.audience.expansion_store import Expansion, State
from shared.audience.thresholds import DEFAULTS
from shared.audience.warnings import warnings_about
from tests.support import fake_exchange, fake_graph
from tests.support.fake_exchange import STATIC, member
from tests.support.fake_graph import contact, group, user
from tests.support.listed import NOW
from tests.support.two_directories import P1, P2, UNIFIED, Tenant, codes

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

"""What a sender is warned of before Send, against definitions written down again here."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, replace

import msgspec
import pytest
from hypothesis import given, settings

from sandbox.tenant.tenant import Tenant
from shared.audience.balance import audience
from shared.audience.limits import Limits, Progress
from shared.audience.patience import Patience
from shared.audience.planner import Planner
from shared.audience.result import Audience, SenderWarning
from shared.audience.thresholds import Thresholds
from shared.audience.walk import walk
from tests.support.listed import NOW, as_microsoft_has_it, tenant_of
from tests.support.memory import MemoryDirectory, MemoryExchange
from tests.support.oracle import truth
from tests.support.tenants import DOMAIN, audiences

# Small, so that random small tenants pass them now and then.
SMALL = Thresholds(large_list=2, daily_recipients=3, overlap_recipients=1, overlap_percent=80)


def expand(
    tenant: Tenant, typed: list[str], thresholds: Thresholds | None = None, *, exchange: bool = False
) -> Audience:
    others = [MemoryExchange(tenant)] if exchange else []
    planner = Planner(MemoryDirectory(tenant), others, dynamic_lists=exchange)
    found = walk(typed, planner, Limits(concurrency=3), Patience(limit=5, deadline=30), Progress())
    return audience(found, NOW, thresholds or Thresholds())


def told(found: Audience) -> dict[tuple[str, str | None], str]:
    assert len({(w.code, w.list) for w in found.warnings}) == len(found.warnings)
    return {(warning.code, warning.list): warning.text for warning in found.warnings}


def address(name: str) -> str:
    return f"{name}@{DOMAIN}"


def people(first: int, last: int) -> list[str]:
    return [f"p{number}" for number in range(first, last)]


# -- against the oracle


@settings(max_examples=300, deadline=None)
@given(audiences())
def test_any_audience_gets_the_warnings_that_it_should_and_no_other(
    case: tuple[Tenant, list[str]],
) -> None:
    tenant, typed = as_microsoft_has_it(case[0]), case[1]
    found = expand(tenant, typed, SMALL, exchange=True)
    assert told(found).keys() == expected_warnings(tenant, typed, found)


def expected_warnings(tenant: Tenant, typed: list[str], found: Audience) -> set[tuple[str, str | None]]:
    """By the truth about the tenant; of what was found only the shape of the tree is taken."""
    true = truth(tenant, typed, dynamic=True)
    groups = {group.id: group for group in tenant.groups}
    name = {identifier: str(groups[identifier].address).lower() for identifier in true.under}
    size = {name[identifier]: len(held) for identifier, held in true.under.items()}
    expected: set[tuple[str, str | None]] = set()
    if true.external:
        expected.add(("external_recipients", None))
    if len(true.recipients) > 3:
        expected.add(("daily_limit", None))
    for identifier, depth in true.depth.items():
        if depth == 1 and size[name[identifier]] > 2:
            expected.add(("large_list", name[identifier]))
        unread = name[identifier] in {where for _, where in true.problems}
        is_bare = not true.members[identifier] or not true.problems
        if not size[name[identifier]] and not unread and is_bare:
            expected.add(("empty_list", name[identifier]))
        if groups[identifier].kind == "dynamic_distribution_list":
            expected.add(("stale", name[identifier]))
    for pair, shared in true.overlaps.items():
        smaller = min(pair, key=lambda one: (size[one], one))
        if shared >= 0.8 * size[smaller] and not pair_on_one_branch(pair, found):
            expected.add(("lists_overlap", smaller))
    return expected


def pair_on_one_branch(pair: tuple[str, str], found: Audience) -> bool:
    by_id = {entry.id: entry for entry in found.lists}

    def branch(one: str) -> set[str]:
        entry = next(entry for entry in found.lists if entry.address == one)
        above = {one}
        while entry.parent:
            entry = by_id[entry.parent]
            above.add(entry.address)
        return above

    return pair[0] in branch(pair[1]) or pair[1] in branch(pair[0])


@settings(max_examples=200, deadline=None)
@given(audiences())
def test_every_shared_room_and_equipment_mailbox_that_exchange_tells_of_is_counted_once(
    case: tuple[Tenant, list[str]],
) -> None:
    tenant, typed = as_microsoft_has_it(case[0]), case[1]
    found = expand(tenant, typed, exchange=True)
    read_from_exchange = {entry.address for entry in found.lists if entry.directory == "exchange"}
    persons = {person.id: person for person in tenant.people if person.readable and not person.guest}
    kinds = {
        str(persons[member].address).lower(): persons[member].kind
        for group in tenant.groups
        if str(group.address).lower() in read_from_exchange and not group.hidden
        for member in group.members
        if member in persons and persons[member].address
    }
    counts = Counter(kinds.values())
    assert asdict(found.mailboxes) == {kind: counts[kind] for kind in ("shared", "room", "equipment")}


def test_graph_does_not_tell_which_mailboxes_are_shared() -> None:
    tenant = tenant_of({"top": ["x", "y"]})
    tenant.people[0].kind = "shared"
    assert asdict(expand(tenant, [address("top")]).mailboxes) == {"shared": 0, "room": 0, "equipment": 0}
    assert expand(tenant, [address("top")], exchange=True).mailboxes.shared == 1


# -- each warning


def test_an_ordinary_mail_gets_no_warning() -> None:
    tenant = tenant_of({"top": ["a", *people(0, 5)], "a": people(3, 9)})
    assert expand(tenant, [address("top"), address("p0")]).warnings == []


def test_external_recipients_are_counted_in_words() -> None:
    tenant = tenant_of({"top": ["x", "y"]})
    typed = [address("top"), "who@partner.example"]
    assert told(expand(tenant, typed)) == {
        ("external_recipients", None): "1 of 3 recipients is outside your organisation."
    }
    text = told(expand(tenant, [*typed, "another@partner.example", address("nobody")]))
    assert text == {
        ("external_recipients", None): "At least 2 of at least 4 recipients are outside your organisation."
    }


def test_domains_that_could_not_be_read_are_no_reason_to_call_everybody_internal() -> None:
    tenant = tenant_of({"top": ["x"]})
    tenant.domains = []
    assert told(expand(tenant, [address("top")])).keys() == {("external_unknown", None)}


def test_a_typed_list_above_the_size_that_the_admin_set_is_pointed_out() -> None:
    tenant = tenant_of({"top": ["all", "x"], "all": people(0, 1000)})
    assert told(expand(tenant, [address("top")])) == {
        ("large_list", address("top")): "This list reaches 1,001 recipients, more than 1,000."
    }
    assert told(expand(tenant, [address("all")])) == {}


def test_more_recipients_than_the_mailbox_may_send_to_in_a_day_are_pointed_out() -> None:
    tenant, limit = tenant_of({"top": people(0, 31)}), Thresholds(daily_recipients=30)
    text = told(expand(tenant, [address("top")], limit))["daily_limit", None]
    assert text.startswith("There are 31 recipients, and a mailbox may send to 30 within 24 hours.")
    assert told(expand(tenant, [address(name) for name in people(0, 30)], limit)) == {}


@pytest.mark.parametrize(
    ("one", "other", "warned"),
    [
        (people(0, 10), people(0, 10), True),
        (people(0, 10), people(1, 40), False),  # 9 shared: too few to matter
        (people(0, 11), people(1, 40), True),  # 10 of 11
        (people(0, 20), people(2, 40), True),  # 18 of 20: just nine tenths
        (people(0, 20), people(3, 40), False),
    ],
    ids=["the same", "few", "10 of 11", "18 of 20", "17 of 20"],
)
def test_lists_that_overlap_almost_wholly_are_pointed_out_at_the_smaller_one(
    one: list[str], other: list[str], warned: bool
) -> None:
    tenant = tenant_of({"a": one, "b": other})
    texts = told(expand(tenant, [address("b"), address("a")]))
    assert list(texts) == ([("lists_overlap", address("a"))] if warned else [])
    assert all(address("b") in text for text in texts.values())


def test_that_a_list_is_inside_another_is_no_news() -> None:
    nested = {"top": ["middle", *people(0, 20)], "middle": ["low", "x"], "low": people(0, 20)}
    assert told(expand(tenant_of(nested), [address("top")])) == {}
    typed = [address("top"), address("low")]
    assert told(expand(tenant_of(nested), typed)).keys() == {("lists_overlap", address("low"))}


def test_of_many_lists_that_overlap_each_is_named_once() -> None:
    tenant = tenant_of({name: people(0, 20) for name in "abcde"})
    texts = told(expand(tenant, [address(name) for name in "abcde"]))
    assert list(texts) == [("lists_overlap", address(name)) for name in "abcd"]


def test_a_list_that_exists_but_is_empty_is_pointed_out() -> None:
    tenant = tenant_of({"top": ["none", "x"], "none": []})
    assert told(expand(tenant, [address("top")])) == {
        ("empty_list", address("none")): "This list exists, but it shows no members."
    }


def test_a_list_whose_members_mail_does_not_reach_is_as_good_as_empty() -> None:
    tenant = tenant_of({"top": ["x"]})
    tenant.people[0].address = None
    assert told(expand(tenant, [address("top")])) == {
        ("empty_list", address("top")): "This list exists, but mail reaches none of its members."
    }


@pytest.mark.parametrize("kind", ["distribution_list", "microsoft_365_group"])
def test_a_list_that_could_not_be_read_is_not_called_empty(kind: str) -> None:
    tenant = tenant_of({"top": ["secret"], "secret": ["x"]})
    tenant.groups[1].kind, tenant.groups[1].hidden = kind, True
    found = expand(tenant, [address("top")])
    assert (found.count, found.complete, found.warnings) == (0, False, [])


def test_a_list_that_only_graph_could_read_is_called_empty_all_the_same() -> None:
    tenant = tenant_of({"top": []})
    planner = Planner(MemoryDirectory(tenant), [])
    found = walk([address("top")], planner, Limits(), Patience(limit=5, deadline=30), Progress())
    assert told(audience(found, NOW)).keys() == {("empty_list", address("top"))}


# -- stored


def test_warnings_and_mailboxes_survive_storage_and_older_rows_have_none() -> None:
    tenant = tenant_of({"top": []})
    found = expand(tenant, [address("top")], exchange=True)
    stored = msgspec.json.encode(found)
    assert msgspec.json.decode(stored, type=Audience) == found
    older = msgspec.json.decode(stored)
    del older["warnings"], older["mailboxes"]
    assert msgspec.convert(older, Audience) == replace(found, warnings=[])


def test_a_warning_is_told_in_a_sentence() -> None:
    tenant = tenant_of({"a": people(0, 20), "b": people(0, 20), "none": []})
    typed = [address("a"), address("b"), address("none"), "who@partner.example"]
    found = expand(tenant, typed, Thresholds(large_list=1, daily_recipients=1))
    assert {warning.code for warning in found.warnings} == {
        "daily_limit",
        "external_recipients",
        "large_list",
        "lists_overlap",
        "empty_list",
    }
    assert all(isinstance(warning, SenderWarning) for warning in found.warnings)
    assert all(warning.text[0].isupper() or warning.text[0].isdigit() for warning in found.warnings)
    assert all(warning.text.endswith(".") for warning in found.warnings)

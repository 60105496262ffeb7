"""The generated tenants are as large and as awkward as they claim, and the same every time."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from sandbox.tenant import enterprise
from sandbox.tenant.tenant import Contact, Group, Person, Tenant
from sandbox.tenant.world import World


@pytest.fixture(scope="module")
def tenant() -> Tenant:
    return enterprise.generate()


def walk(tenant: Tenant, address: str) -> tuple[set[str], int, int]:
    """The unique addresses a list reaches, through how many lists, and how deep the deepest is."""
    by_id = World(tenant, "https://localhost:1").by_id
    first = next(group for group in tenant.groups if group.address == address)
    depths = {first.id: 1}
    todo = [first]
    reached = set()
    for group in todo:
        for id in group.members:
            entry = by_id[id]
            if isinstance(entry, Group) and entry.address and id not in depths:
                depths[id] = depths[group.id] + 1
                todo.append(entry)
            elif isinstance(entry, Person | Contact) and entry.address:
                reached.add(entry.address.lower())
    return reached, len(depths), max(depths.values())


def test_the_enterprise_has_its_size_and_every_kind_of_thing(tenant: Tenant) -> None:
    assert (len(tenant.people), len(tenant.groups)) == (120_000, 3_000)
    kinds = Counter(group.kind for group in tenant.groups)
    assert min(kinds.values()) >= 10
    assert len(kinds) == 6
    assert {person.kind for person in tenant.people} == {"user", "shared", "room", "equipment"}
    for awkward in (
        sum(person.guest for person in tenant.people),
        sum(person.address is None for person in tenant.people),
        sum(bool(person.aliases) for person in tenant.people),
        sum(not person.mail_property for person in tenant.people),
    ):
        assert awkward > 100
    assert sum(group.hidden for group in tenant.groups) == 25
    assert {len(group.members) for group in tenant.groups} >= set(enterprise.SIZES)


def test_everyone_is_reached_through_ten_levels(tenant: Tenant) -> None:
    reached, lists, depth = walk(tenant, "everyone@enterprise.example")
    assert len(reached) > 100_000
    assert (lists, depth) == (sum(enterprise.LEVELS), 10)


def test_graph_can_see_all_of_everyone_but_not_of_everything(tenant: Tenant) -> None:
    unseen = {
        group.id
        for group in tenant.groups
        if group.hidden or group.kind in ("dynamic_distribution_list", "public_folder")
    }
    by_address = {group.address: group for group in tenant.groups}
    organisation = [
        group for group in tenant.groups if group.name.startswith("Unit") or group.name == "Everyone"
    ]
    assert not any(unseen & set(group.members) for group in organisation)
    assert unseen & set(by_address["everything@enterprise.example"].members)


def test_only_people_are_in_microsoft_365_groups(tenant: Tenant) -> None:
    people = {person.id for person in tenant.people}
    assert all(people.issuperset(g.members) for g in tenant.groups if g.kind == "microsoft_365_group")


def test_no_address_is_used_twice_but_the_twins(tenant: Tenant) -> None:
    by_address = World(tenant, "https://localhost:1").by_address
    shared = [address for address, entries in by_address.items() if len(entries) > 1]
    assert shared == ["twins@enterprise.example"]


def test_it_is_the_same_again_from_a_file(tenant: Tenant, tmp_path: Path) -> None:
    path = tmp_path / "enterprise.json"
    enterprise.save(tenant, path)
    assert Tenant.load(path) == tenant == enterprise.generate()


@pytest.mark.parametrize(
    ("recipients", "lists", "levels", "widest"),
    [(2_000, 10, 5, 400), (5_000, 300, 5, 1_000), (300, 3, 3, 60), (10, 2, 2, 2)],
)
def test_a_tree_has_exactly_the_recipients_and_lists_it_was_asked_for(
    recipients: int, lists: int, levels: int, widest: int
) -> None:
    tenant = enterprise.tree(recipients, lists, levels=levels)
    reached, seen, depth = walk(tenant, "everyone@bench.example")
    assert (len(reached), seen, depth) == (recipients, lists, levels)
    assert len(tenant.groups) == lists
    people = {person.id for person in tenant.people}
    assert max(len(people.intersection(group.members)) for group in tenant.groups) >= widest


def test_a_tree_has_one_list_as_wide_as_it_was_asked_for() -> None:
    tenant = enterprise.tree(1_000, 20, widest=500)
    people = {person.id for person in tenant.people}
    assert sorted(len(people.intersection(group.members)) for group in tenant.groups)[-2:] == [27, 500]


def test_a_tree_with_more_levels_than_lists_is_refused() -> None:
    with pytest.raises(ValueError, match="levels"):
        enterprise.tree(10, 3, levels=4)

"""Typed lists, walked and compared with what is true."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime

from sandbox.tenant.tenant import Contact, Group, Person, Tenant
from shared.audience.recipients import particulars, recipients
from shared.audience.record import Walk
from shared.audience.result import Audience
from tests.support.oracle import truth
from tests.support.tenants import DOMAIN, identifier


def as_microsoft_has_it(tenant: Tenant) -> Tenant:
    """`tenant` without what cannot be: a Microsoft 365 group holds people and nothing else."""
    people = {person.id for person in tenant.people}
    for group in tenant.groups:
        if group.kind == "microsoft_365_group":
            group.members = [member for member in group.members if member in people]
    return tenant


NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def tenant_of(members: dict[str, list[str]]) -> Tenant:
    """A tenant of the lists `members` names; whatever is no list is a person."""
    names = list(members) + sorted({m for held in members.values() for m in held} - set(members))
    ids = {name: identifier(n) for n, name in enumerate(names, 1)}
    return Tenant(
        name="small",
        tenant_id=identifier(0),
        client_id=identifier(0),
        domains=[DOMAIN],
        service_account="",
        people=[
            Person(id=ids[n], name=n, upn=f"{n}@{DOMAIN}", address=f"{n}@{DOMAIN}")
            for n in names
            if n not in members
        ],
        groups=[
            Group(
                id=ids[n],
                name=n,
                kind="distribution_list",
                address=f"{n}@{DOMAIN}",
                members=[ids[m] for m in members[n]],
            )
            for n in members
        ],
    )


def assert_told(found: Audience, walked: Walk, tenant: Tenant, typed: list[str]) -> None:
    """Each recipient has a name that is theirs, and the lists that the oracle says hold them."""
    addresses = sorted(walked.numbers)
    held = truth(tenant, typed).direct
    entries: list[Person | Contact] = [*tenant.people, *tenant.contacts]
    for one in recipients(addresses, particulars(walked, found.lists, addresses), found.lists):
        called = {entry.name for entry in entries if (entry.address or "").lower() == one.address}
        assert one.name in called if called else one.name is None
        through = [entry.id for entry in found.lists if one.address in held[entry.id]]
        assert (one.list, one.more_lists) == (through[0] if through else None, max(len(through) - 1, 0))


def assert_true(
    found: Audience, recipients: set[str], tenant: Tenant, typed: list[str], *, dynamic: bool = False
) -> None:
    """`found` is what the oracle says, in every figure."""
    expected = truth(tenant, typed, dynamic=dynamic)
    assert recipients == expected.recipients
    assert found.count == len(expected.recipients)
    assert asdict(found.balance) == {name: expected.balance[name] for name in asdict(found.balance)}
    address = {group.id: str(group.address).lower() for group in tenant.groups}
    assert {entry.address: (entry.recipients, entry.members, entry.depth) for entry in found.lists} == {
        address[i]: (len(expected.under[i]), expected.members[i], expected.depth[i]) for i in expected.under
    }
    assert {overlap.lists: overlap.recipients for overlap in found.overlaps} == expected.overlaps
    assert found.external == expected.external
    assert {(problem.code, problem.list) for problem in found.problems} == expected.problems
    assert found.complete == (not expected.problems)

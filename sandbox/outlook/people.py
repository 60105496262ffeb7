"""Who can write here, and to whom: the tenant as an address book."""

from __future__ import annotations

from typing import Any

from sandbox.outlook import sign_in
from sandbox.tenant.tenant import Group, Person
from sandbox.tenant.world import World

_SENDERS = 40
_SUGGESTED = 400


def describe(world: World) -> dict[str, Any]:
    """The tenant, who may write, and addresses to suggest."""
    tenant = world.tenant
    able = [p for p in tenant.people[: 50 * _SENDERS] if p.enabled and not p.guest and p.address]
    able.sort(key=lambda person: "Rollcall.Sender" not in person.app_roles)
    lists = [group for group in tenant.groups if group.address]
    some = (lists, tenant.people, tenant.contacts)
    suggested = [entry.address for kind in some for entry in kind[:_SUGGESTED]]
    return {
        "tenant": tenant.name,
        "client_id": world.addin.client_id,
        "people": [_writer(world, person) for person in able[:_SENDERS]],
        "addresses": [resolve(world, address) for address in suggested if address],
    }


def resolve(world: World, address: str) -> dict[str, str]:
    """A recipient as Outlook's own resolution shows it."""
    entries = world.by_address.get(address.lower(), [])
    if not entries:
        domain = address.rpartition("@")[2].lower()
        kind = "other" if domain in world.tenant.domains else "externalUser"
        return {"emailAddress": address, "displayName": address, "recipientType": kind}
    entry = entries[0]
    is_inside = isinstance(entry, Person) and not entry.guest
    kind = "distributionList" if isinstance(entry, Group) else "user" if is_inside else "externalUser"
    return {"emailAddress": address, "displayName": entry.name, "recipientType": kind}


def _writer(world: World, person: Person) -> dict[str, Any]:
    return {
        "emailAddress": person.address,
        "displayName": person.name,
        "roles": person.app_roles,
        "account": sign_in.account(world, person.id),
    }

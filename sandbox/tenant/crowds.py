"""Crowds: lists of many people, so that a mail can go to a thousand."""

from __future__ import annotations

from sandbox.tenant.maker import Maker
from sandbox.tenant.tenant import Person, Tenant


def join(tenant: Tenant) -> None:
    """Have the crowds' people and lists among the tenant's own, the same ones each time. After that they are
    no crowds any more."""
    while tenant.crowds:
        crowd = tenant.crowds.pop()
        make = Maker(tenant.domains[0], crowd.seed)
        members = []
        for number in range(crowd.people):
            name = make.name()
            address = f"{name.lower().replace(' ', '.').replace(chr(39), '')}.{number}@{make.domain}"
            members.append(Person(make.id(), name, address, address))
        tenant.people += members
        tenant.groups.append(make.group(crowd.local, crowd.name, members=[person.id for person in members]))

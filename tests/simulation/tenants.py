"""A tenant drawn from the seed, and who a mail truly reaches there."""

from __future__ import annotations

import random
from dataclasses import replace

from sandbox.tenant.tenant import Contact, Device, Group, Person, Tenant
from tests.support.oracle import truth
from tests.support.tenants import DOMAIN, OTHER, identifier

ADMIN, SERVICE = identifier(1), identifier(2)
SENDERS = 3
_LISTS = (
    *["distribution_list"] * 5,
    *["mail_enabled_security_group", "microsoft_365_group", "security_group", "dynamic_distribution_list"],
)


def draw_tenant(draw: random.Random) -> Tenant:
    """People, contacts and lists that hold one another, cycles, hidden ones and members nobody may see."""
    admin = Person(ADMIN, "Ada", f"ada@{DOMAIN}", f"ada@{DOMAIN}", app_roles=["Rollcall.Admin"])
    service = Person(SERVICE, "Rollcall", f"rollcall@{DOMAIN}", f"rollcall@{DOMAIN}")
    service.exchange_roles = ["View-Only Recipients"]
    senders = [
        Person(
            identifier(10 + n),
            f"Sender {n}",
            f"s{n}@{DOMAIN}",
            f"s{n}@{DOMAIN}",
            app_roles=["Rollcall.Sender"],
        )
        for n in range(SENDERS)
    ]
    people = [
        Person(
            identifier(100 + n),
            f"Person {n}",
            f"p{n}@{DOMAIN}",
            draw.choice([f"p{n}@{DOMAIN}"] * 8 + [f"P{n}@Company.example", None]),
            [f"alias{n}@{DOMAIN}"] if draw.random() < 0.2 else [],
            readable=draw.random() > 0.02,
            guest=False,
        )
        for n in range(draw.randint(8, 40))
    ]
    contacts = [Contact(identifier(500 + n), f"Contact {n}", f"c{n}@{OTHER}") for n in range(3)]
    devices = [Device(identifier(600), "Device")]
    groups = [
        Group(
            identifier(700 + n),
            f"List {n}",
            kind,
            None if kind == "security_group" else f"list{n}@{DOMAIN}",
            hidden=kind == "microsoft_365_group" and draw.random() < 0.2,
        )
        for n, kind in enumerate(draw.choices(_LISTS, k=draw.randint(3, 9)))
    ]
    humans = [*senders, *people]
    members: list[Person | Contact | Device | Group] = [*humans, *contacts, *devices, *groups]
    for group in groups:
        choice = [*humans] if group.kind == "microsoft_365_group" else members
        group.members = [one.id for one in draw.sample(choice, draw.randint(0, min(12, len(choice))))]
    return Tenant(
        name="simulated",
        tenant_id="11111111-1111-4111-8111-111111111111",
        client_id="22222222-2222-4222-8222-222222222222",
        domains=[DOMAIN],
        service_account=SERVICE,
        people=[admin, service, *humans],
        contacts=contacts,
        groups=groups,
        devices=devices,
    )


def reached(tenant: Tenant, typed: list[str]) -> set[str]:
    """Everybody whom a mail to `typed` reaches, whoever may see them."""
    open_to_all = replace(
        tenant,
        groups=[replace(group, hidden=False) for group in tenant.groups],
        people=[replace(person, readable=True) for person in tenant.people],
    )
    return truth(open_to_all, typed, dynamic=True).recipients

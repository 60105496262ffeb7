"""Random small tenants, for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from sandbox.tenant.tenant import Contact, Device, Group, Person, Tenant

DOMAIN, OTHER = "company.example", "partner.example"
SERVICE_ACCOUNT = "00000000-0000-4000-8000-00000000ffff"


def identifier(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012x}"


@st.composite
def tenants(draw: st.DrawFn) -> Tenant:
    """A tenant in which anything may hold anything: cycles, diamonds, aliases, guests, hidden lists,
    people without a mailbox, members nobody may see, and now and then one address for two."""
    numbers = iter(range(1, 1000))
    people = [
        Person(
            id=identifier(next(numbers)),
            name=f"Person {n}",
            upn=f"p{n}@{DOMAIN}",
            address=draw(st.sampled_from([f"p{n}@{DOMAIN}", f"P{n}@Company.example", f"p{n}@{OTHER}", None])),
            aliases=[],
            kind=draw(st.sampled_from(["user"] * 3 + ["shared", "room", "equipment"])),
            guest=draw(st.booleans()),
            enabled=draw(st.booleans()),
            readable=draw(st.sampled_from([True] * 9 + [False])),
            mail_property=draw(st.sampled_from([True] * 4 + [False])),
        )
        for n in range(draw(st.integers(1, 8)))
    ]
    for n, person in enumerate(people):
        if person.address and draw(st.booleans()):
            person.aliases.append(f"Alias{n}@{DOMAIN}")
    contacts = [
        # The partner's address may be a guest's too: one recipient, two directory objects.
        Contact(id=identifier(next(numbers)), name=f"Contact {n}", address=f"p{n}@{OTHER}")
        for n in range(draw(st.integers(0, 3)))
    ]
    devices = [Device(id=identifier(next(numbers)), name="Device") for _ in range(draw(st.integers(0, 1)))]
    groups = [
        Group(
            id=identifier(next(numbers)),
            name=f"List {n}",
            kind=kind,
            address=None if kind == "security_group" else f"list{n}@{DOMAIN}",
            aliases=[]
            if kind == "security_group"
            else draw(st.sampled_from([[], [f"old-list{n}@{DOMAIN}"]])),
            hidden=kind == "microsoft_365_group" and draw(st.sampled_from([False] * 3 + [True])),
        )
        for n, kind in enumerate(
            draw(
                st.lists(
                    st.sampled_from(
                        ["distribution_list"] * 4
                        + ["mail_enabled_security_group", "microsoft_365_group", "security_group"]
                        + ["dynamic_distribution_list"]
                    ),
                    min_size=1,
                    max_size=8,
                )
            )
        )
    ]
    entries: list[Person | Contact | Device | Group] = [*people, *contacts, *devices, *groups]
    everyone = [entry.id for entry in entries]
    for group in groups:
        group.members = draw(st.lists(st.sampled_from(everyone), max_size=10, unique=True))
    return Tenant(
        name="random",
        tenant_id="11111111-1111-4111-8111-111111111111",
        client_id="22222222-2222-4222-8222-222222222222",
        domains=[DOMAIN],
        service_account=SERVICE_ACCOUNT,
        people=[*people, Person(id=SERVICE_ACCOUNT, name="Rollcall", upn=f"rollcall@{DOMAIN}")],
        contacts=contacts,
        groups=groups,
        devices=devices,
    )


@st.composite
def audiences(draw: st.DrawFn) -> tuple[Tenant, list[str]]:
    """A tenant and what a sender types there: primaries, aliases, strangers, misspellings."""
    tenant = draw(tenants())
    addressed: list[Person | Contact | Group] = [*tenant.people, *tenant.contacts, *tenant.groups]
    known = [
        address.lower()
        for entry in addressed
        if not (isinstance(entry, Person) and not entry.readable)
        for address in [entry.address, *entry.aliases]
        if address
    ]
    lists = [str(group.address) for group in tenant.groups if group.address]
    strangers = [f"stranger@{OTHER}", f"nobody@{DOMAIN}"]
    typed = draw(st.lists(st.sampled_from([*known, *strangers] + lists * 3), min_size=1, max_size=6))
    return tenant, typed

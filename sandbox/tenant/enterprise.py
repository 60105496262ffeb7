"""Generated tenants: `enterprise`, as large and as awkward as a real one, and `tree`, exactly as large as
a benchmark asks.

    python -m sandbox.tenant.enterprise FILE     writes the enterprise tenant as plain JSON
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import MISSING, fields
from itertools import pairwise
from pathlib import Path
from typing import Any

from sandbox.tenant.maker import Maker
from sandbox.tenant.tenant import Contact, Device, Group, Person, Tenant

PEOPLE = 120_000
LISTS = 3_000
DOMAIN = "enterprise.example"
LEVELS = (1, 4, 12, 30, 60, 100, 150, 200, 250, 300)  # lists per level under everyone@, ten levels
# Around Graph's page of 999, the Admin API's of 1,000 and Graph's default of 100; then the long ones.
SIZES = (0, 1, 2, 99, 100, 101, 998, 999, 1_000, 1_001, 1_998, 2_000, 5_000, 10_000, 20_000, 40_000, 60_000)


def generate(seed: int = 2026) -> Tenant:
    """The enterprise tenant.

    `everyone@` reaches over 100,000 recipients through ten levels of lists, cycles among them, without
    anything that Graph cannot see; `everything@` adds what it cannot: dynamic and hidden lists.
    """
    make = Maker(DOMAIN, seed)
    random = make.random
    people = make.staff()
    people += [make.person(number) for number in range(len(people), PEOPLE)]
    contacts = [make.contact(number) for number in range(4_000)]
    devices = [Device(make.id(), f"meeting-screen-{number}") for number in range(50)]
    addressed = [p.id for p in people if p.address]

    organisation = _organisation(make, people, contacts, devices)
    sized = [make.group(f"size-{n}", f"{n} people", members=random.sample(addressed, n)) for n in SIZES]
    sized[-1].aliases = [f"newsletter@{DOMAIN}"]
    unseen = _unseen(make, addressed)
    odd = _odd(make, addressed)
    everything = make.group("everything", "Everything", members=[organisation[0].id, *(g.id for g in unseen)])
    groups = [*organisation, *sized, *unseen, *odd, everything]
    groups += _projects(make, LISTS - len(groups), addressed, [contact.id for contact in contacts])
    return make.tenant(people, groups, contacts=contacts, devices=devices)


def _organisation(
    make: Maker, people: list[Person], contacts: list[Contact], devices: list[Device]
) -> list[Group]:
    """everyone@ and what is under it, top first: each person in one list of it, some in a second."""
    random = make.random
    levels: list[list[Group]] = []
    for depth, width in enumerate(LEVELS, 1):
        level = [
            make.group(f"unit-{depth}-{n}", f"Unit {depth}.{n}", synced=n % 3 == 0) for n in range(width)
        ]
        for number, unit in enumerate(level):
            unit.aliases = [f"u{depth}.{number}@mail.{DOMAIN}"] if number % 5 == 0 else []
            if number % 7 == 3:
                unit.kind = "mail_enabled_security_group"
            elif depth == len(LEVELS) and number % 7 == 5:
                unit.kind = "microsoft_365_group"  # holds people only, so no level but the deepest has one
            if levels:
                levels[-1][number % len(levels[-1])].members.append(unit.id)
        levels.append(level)
    everyone = levels[0][0]
    everyone.address, everyone.name, everyone.aliases = f"everyone@{DOMAIN}", "Everyone", [f"all@{DOMAIN}"]
    units = [unit for level in levels[2:] for unit in level]
    others = [unit for unit in units if unit.kind != "microsoft_365_group"]
    for person in people[: len(people) * 9 // 10]:
        random.choice(units).members.append(person.id)
        if random.random() < 0.05:
            random.choice(units).members.append(person.id)
    for outsider in [*(contact.id for contact in contacts[:2_000]), *(device.id for device in devices)]:
        random.choice(others).members.append(outsider)
    for deep in [unit for unit in levels[-1] if unit in others][:3]:
        deep.members.append(random.choice(levels[4]).id)  # back up: a cycle where the fifth level leads here
    levels[-1][0].members.append(levels[0][0].id)
    for unit in units:
        unit.members = list(dict.fromkeys(unit.members))
    return [unit for level in levels for unit in level]


def _unseen(make: Maker, addressed: list[str]) -> list[Group]:
    """What Graph cannot show: dynamic lists (most of them nested in static ones), public folders, hidden
    memberships."""
    random = make.random
    groups = []
    for n in range(40):
        dynamic = make.group(f"dynamic-{n}", f"Dynamic {n}", "dynamic_distribution_list")
        dynamic.members = random.sample(addressed, 20 * n)
        static = make.group(f"with-dynamic-{n}", f"Around dynamic {n}", members=random.sample(addressed, 5))
        static.members.insert(random.randrange(6), dynamic.id)
        groups += [dynamic, static]
    dynamics, statics = groups[::2], groups[1::2]
    dynamics[1].members.append(statics[2].id)  # a dynamic list's filter may match a list
    for n in range(10):
        folder = make.group(f"folder-{n}", f"Public folder {n}", "public_folder")
        statics[n].members.append(folder.id)
        groups.append(folder)
    for n in range(25):
        kind = "microsoft_365_group" if n % 2 else "distribution_list"
        groups.append(
            make.group(f"board-{n}", f"Board {n}", kind, members=random.sample(addressed, 5 + n), hidden=True)
        )
    return groups


def _odd(make: Maker, addressed: list[str]) -> list[Group]:
    """Lists that each hold one trap: rings, a list in itself, groups that get no mail, two on one address."""
    random = make.random
    ring = [make.group(f"ring-{n}", f"Ring {n}", members=random.sample(addressed, 3)) for n in range(3)]
    for here, there in zip(ring, [*ring[1:], ring[0]], strict=True):
        here.members.append(there.id)
    selfish = make.group("self", "In itself", members=random.sample(addressed, 2))
    selfish.members.append(selfish.id)
    groups = [*ring, selfish]
    for n in range(60):
        silent = make.group("", f"Access {n}", "security_group", members=random.sample(addressed, 10))
        silent.dynamic = n % 4 == 0
        groups.append(silent)
        if n % 2:
            members = [silent.id, *random.sample(addressed, 4)]
            groups.append(make.group(f"with-access-{n}", f"Around access {n}", members=members))
    groups += [make.group("twins", f"Twin {n}", members=random.sample(addressed, 4)) for n in range(2)]
    quiet = [make.group(f"quiet-{n}", f"Quiet {n}", members=random.sample(addressed, n)) for n in range(20)]
    for group in quiet:
        group.hidden_from_address_lists = True
    groups += quiet
    return groups


def _projects(make: Maker, count: int, people: list[str], contacts: list[str]) -> list[Group]:
    """`count` ordinary lists that overlap, some of them holding others in any direction."""
    random = make.random
    kinds = ["distribution_list"] * 5 + ["mail_enabled_security_group"] * 2 + ["microsoft_365_group"] * 3
    groups = []
    for n in range(count):
        group = make.group(f"project-{n}", f"Project {n}", random.choice(kinds))
        unified = group.kind == "microsoft_365_group"
        size = min(2_000, int(random.paretovariate(1.1) * 4))
        group.members = random.sample(people if unified else [*people, *contacts], size)
        group.synced = not unified and random.random() < 0.3
        group.dynamic = unified and random.random() < 0.2
        groups.append(group)
    for group in groups:
        if group.kind != "microsoft_365_group" and random.random() < 0.15:
            group.members.insert(random.randrange(len(group.members)), random.choice(groups).id)
    return groups


def tree(
    recipients: int = 100_000,
    lists: int = 300,
    *,
    levels: int = 5,
    widest: int | None = None,
    seed: int = 2026,
) -> Tenant:
    """A tenant whose everyone@bench.example reaches so many recipients through so many lists, exactly.

    One list of the second level holds `widest` people (a fifth of all when not given), so that its pages
    must be read one after the other; the others share the rest evenly. Raises ValueError when there are
    fewer lists than levels, or no level below the first.
    """
    if not 2 <= levels <= lists:
        raise ValueError("a tree needs at least two levels and a list on each")
    make = Maker("bench.example", seed)
    people = make.staff()
    members = []
    for number in range(recipients):
        address = f"{make.name().lower().replace(' ', '.')}{number}@bench.example"
        members.append(Person(make.id(), f"Person {number}", address, address))
    rows = [
        [make.group(f"list-{depth}-{n}", f"List {depth}.{n}") for n in range(width)]
        for depth, width in enumerate(_widths(lists, levels))
    ]
    for above, below in pairwise(rows):
        for number, group in enumerate(below):
            above[number % len(above)].members.append(group.id)
    groups = [group for row in rows for group in row]
    groups[0].address, groups[0].name = "everyone@bench.example", "Everyone"
    wide = rows[1][0]
    count = recipients // 5 if widest is None else widest
    wide.members += [person.id for person in members[:count]]
    narrow = [group for group in groups if group is not wide]
    for number, person in enumerate(members[count:]):
        narrow[number % len(narrow)].members.append(person.id)
    return make.tenant(people + members, groups)


def _widths(lists: int, levels: int) -> list[int]:
    """How many lists stand on each level: one on the first, then about four times those of the one above."""
    whole = sum(4**depth for depth in range(1, levels))
    widths = [1] + [max(1, (lists - 1) * 4**depth // whole) for depth in range(1, levels - 1)]
    return [*widths, lists - sum(widths)]


def save(tenant: Tenant, path: Path) -> None:
    """Write `tenant` to `path` as JSON, fields at their defaults left out."""
    data = _plain([tenant])[0]
    for name in ("people", "contacts", "groups", "devices"):
        data[name] = _plain(getattr(tenant, name))
    path.write_text(json.dumps(data, separators=(",", ":")), encoding="utf-8")


def _plain(records: Sequence[Any]) -> list[dict[str, Any]]:
    defaults = [
        (field.name, field.default if field.default_factory is MISSING else field.default_factory())
        for record in records[:1]
        for field in fields(record)
    ]
    return [
        {name: value for name, default in defaults if (value := getattr(record, name)) != default}
        for record in records
    ]


if __name__ == "__main__":
    save(generate(), Path(sys.argv[1]))

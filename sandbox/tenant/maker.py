"""Makes the people, contacts and lists of generated tenants."""

from __future__ import annotations

import uuid
from random import Random
from typing import Any

from sandbox.tenant.tenant import Contact, Group, Person, Tenant

_FIRST_NAMES = (
    "Adele Alex Amara Ana Anil Astrid Ben Bianca Carlos Chen Chloe Daan Dana Diego Elif Emma Fatima Felix "
    "Grace Hana Hugo Ines Ivan Jana Joao Jonas Kai Kofi Lena Liam Lucia Mei Mia Milan Nadia Noah Nora "
    "Omar Priya Rosa Sami Sara Tariq Tessa Uma Victor Wanda Xenia Yusuf Zoe"
)
_LAST_NAMES = (
    "Adeyemi Ahmed Almeida Andersen Bauer Becker Bianchi Brown Carter Costa Cruz Davis Dubois Evans "
    "Fischer Garcia Gomez Haddad Hansen Ito Ivanov Jansen Jensen Kaya Keller Khan Kim Kowalski Larsen "
    "Lopez Martin Meyer Mori Novak O'Brien Okafor Patel Perez Popov Rossi Russo Sato Schmidt Silva Singh "
    "Tanaka Torres Vance Weber Wong Yilmaz Zhang"
)


class Maker:
    """Makes directory objects, the same ones for the same seed."""

    def __init__(self, domain: str, seed: int) -> None:
        self.random = Random(seed)
        self.domain = domain
        self._first_names = _FIRST_NAMES.split()
        self._last_names = _LAST_NAMES.split()

    def id(self) -> str:
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))

    def name(self) -> str:
        return f"{self.random.choice(self._first_names)} {self.random.choice(self._last_names)}"

    def person(self, number: int) -> Person:
        """Somebody; `number` makes the address unique and decides what is awkward about them."""
        name = self.name()
        local = f"{name.lower().replace(' ', '.')}{number}"
        address = f"{local}@{self.domain}"
        person = Person(self.id(), name, address, address)
        draw = self.random.random()
        if draw < 0.02:
            person.guest = True
            person.address = f"{local}@partner.example"
            person.upn = f"{local}_partner.example#EXT#@{self.domain}"
        elif draw < 0.03:
            person.address = None
        elif draw < 0.05:
            person.kind = "shared" if draw < 0.043 else "room" if draw < 0.048 else "equipment"
            person.enabled = False
        elif draw < 0.06:
            person.enabled = False
        elif draw < 0.21:
            person.aliases = [f"{name[0].lower()}{number}@{self.domain}"]
        elif draw < 0.212:
            person.mail_property = False
        return person

    def contact(self, number: int) -> Contact:
        name = self.name()
        return Contact(self.id(), name, f"{name.lower().replace(' ', '.')}{number}@supplier.example")

    def group(self, local: str, name: str, kind: str = "distribution_list", **more: Any) -> Group:
        address = None if kind == "security_group" else f"{local}@{self.domain}"
        return Group(self.id(), name, kind, address, **more)

    def staff(self) -> list[Person]:
        """The people every tenant needs: who reads the directory, who administers, who sends."""
        service = Person(self.id(), "Rollcall Service", f"rollcall@{self.domain}", f"rollcall@{self.domain}")
        service.exchange_roles = ["View-Only Recipients"]
        admin = Person(self.id(), "Robin Admin", f"admin@{self.domain}", f"admin@{self.domain}")
        admin.app_roles = ["Rollcall.Admin"]
        admin.directory_roles = ["Global Administrator"]
        sender = Person(self.id(), "Sam Sender", f"sender@{self.domain}", f"sender@{self.domain}")
        sender.app_roles = ["Rollcall.Sender"]
        return [service, admin, sender]

    def tenant(self, people: list[Person], groups: list[Group], **more: Any) -> Tenant:
        """The tenant of these objects; the first of `people` is its service account."""
        name = self.domain.partition(".")[0].capitalize()
        domains = [self.domain, f"mail.{self.domain}"]
        return Tenant(name, self.id(), self.id(), domains, people[0].id, people=people, groups=groups, **more)

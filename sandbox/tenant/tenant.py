"""A tenant as plain data: who is there, which lists, how they nest. The sandbox's services answer from it.

The file is JSON with the fields of these classes; what has a default may be left out. The lists of a
list are members like any other, named by id, so cycles are possible and allowed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(slots=True)
class Person:
    """A user object of Entra. `address` is the primary mail address (None: no mailbox), `aliases` the
    others. `kind` is what Exchange says: user, shared, room, equipment. `readable` False makes Graph
    return the object with every property null, as it does when a permission is missing."""

    id: str
    name: str
    upn: str
    address: str | None = None
    aliases: list[str] = field(default_factory=list)
    kind: str = "user"
    guest: bool = False
    enabled: bool = True
    readable: bool = True
    mail_property: bool = True  # False: `mail` is null although proxyAddresses holds the primary
    app_roles: list[str] = field(default_factory=list)  # Rollcall.Sender, Rollcall.Admin, Rollcall.Auditor
    directory_roles: list[str] = field(default_factory=list)  # "Global Administrator", ...
    exchange_roles: list[str] = field(default_factory=list)  # "View-Only Recipients", ...
    takes_from: list[str] = field(default_factory=list)  # ids; empty: anybody may write to them
    mailbox_full: bool = False
    automatic_reply: str = ""


@dataclass(slots=True)
class Contact:
    """A mail contact (Graph's orgContact)."""

    id: str
    name: str
    address: str
    aliases: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """Anything that holds members. `kind`: distribution_list, mail_enabled_security_group,
    microsoft_365_group, security_group (no mail), dynamic_distribution_list (unknown to Graph),
    public_folder (unknown to Graph, no members). `hidden` hides the membership; `dynamic` marks a
    Microsoft 365 or security group whose members a rule decides."""

    id: str
    name: str
    kind: str
    address: str | None = None
    aliases: list[str] = field(default_factory=list)
    members: list[str] = field(default_factory=list)
    hidden: bool = False
    hidden_from_address_lists: bool = False
    dynamic: bool = False
    synced: bool = False  # from on-premises
    takes_from: list[str] = field(default_factory=list)  # ids; empty: anybody may write to it
    moderated: bool = False
    largest: int | None = None  # bytes of a mail; None: as anywhere
    counted: int | None = None  # by group metrics, some time ago; None: just now


@dataclass(slots=True)
class Device:
    """A member that is no recipient."""

    id: str
    name: str


@dataclass(slots=True)
class Crowd:
    """A distribution list at the tenant's first domain with so many people, who are in no other, and of whom
    nothing is worth writing down."""

    local: str
    name: str
    people: int
    seed: int


@dataclass(slots=True)
class Program:
    """A registration that signs in as itself. `id` is its service principal's, `app_roles` what an admin
    assigned to it."""

    id: str
    client_id: str
    name: str
    secret: str
    app_roles: list[str] = field(default_factory=list)  # Rollcall.Report.Reader, ...


@dataclass(slots=True)
class Tenant:
    """One organisation. `domains` are its verified domains, the first the default one."""

    name: str
    tenant_id: str
    client_id: str  # the backend's app registration
    domains: list[str]
    service_account: str  # a person's id
    people: list[Person] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    devices: list[Device] = field(default_factory=list)
    crowds: list[Crowd] = field(default_factory=list)
    programs: list[Program] = field(default_factory=list)
    assigned_groups: list[str] = field(default_factory=list)  # ids, to Rollcall's enterprise application
    faults: list[dict[str, Any]] = field(default_factory=list)  # see sandbox/tenant/faults.py
    latency: dict[str, float] = field(default_factory=dict)  # seconds per call, by service

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Tenant:
        """The tenant in `data`. Raises TypeError for a field that does not exist."""
        kinds: dict[str, type] = {
            "people": Person, "contacts": Contact, "groups": Group, "devices": Device, "crowds": Crowd,
            "programs": Program,
        }  # fmt: skip
        values: dict[str, Any] = {
            name: [kinds[name](**item) for item in value] if name in kinds else value
            for name, value in data.items()
        }
        return cls(**values)

    @classmethod
    def load(cls, path: Path) -> Tenant:
        """The tenant in the JSON file at `path`."""
        return cls.from_dict(json.loads(path.read_text(encoding="utf-8")))

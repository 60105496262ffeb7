"""The compatibility matrix: every kind of list that people write to, against what can be connected.

A row is a list of one small organisation, what a sender types, and how many mailboxes that reaches. A
cell is that row expanded with the app's own services, over TLS, in the sandbox.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from unittest.mock import patch
from urllib.parse import parse_qsl, urlsplit

from sandbox.exchange import quirks
from sandbox.server.server import Running, serve
from sandbox.stack import stack
from sandbox.tenant.tenant import Contact, Group, Person, Tenant
from shared.audience.addresses import parse_address
from shared.audience.balance import audience
from shared.audience.limits import Limits, Progress
from shared.audience.patience import Patience
from shared.audience.result import Audience
from shared.audience.walk import walk
from shared.errors import InvalidRequest
from shared.services.process import Services
from shared.settings import Settings

GRAPH, EXCHANGE, EWS = "graph", "exchange", "ews"
COLUMNS = ((GRAPH,), (GRAPH, EXCHANGE), (GRAPH, EWS), (GRAPH, EXCHANGE, EWS))
DOMAIN, SUBSIDIARY, ELSEWHERE = "company.example", "subsidiary.example", "partner.example"
_CALLBACK = "http://localhost:7071/api/connection/callback"
_ON_PREMISES_USER = ("company\\rollcall", "secret")


@dataclass(frozen=True, slots=True)
class Row:
    """`true` mailboxes are reached by a mail to `typed`. `on_premises`: EWS is that of an Exchange Server,
    not Exchange Online's."""

    name: str
    title: str
    typed: str
    true: int
    on_premises: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What came of a row with the directories `connected`; `audience` is None where what was typed was
    refused as no address."""

    row: Row
    connected: tuple[str, ...]
    audience: Audience | None

    @property
    def complete(self) -> bool:
        """Whether the count is called the truth."""
        return self.audience is not None and self.audience.complete

    @property
    def codes(self) -> list[str]:
        """Why it is not, each reason once."""
        problems = self.audience.problems if self.audience else []
        return sorted({problem.code for problem in problems})

    @property
    def answered(self) -> list[str]:
        """Which directories the lists were read from, in the order in which they are asked."""
        read = {entry.directory for entry in self.audience.lists} if self.audience else set()
        return [name for name in self.connected if name in read]


# -- the organisation


def _id(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012x}"


def _person(number: int, name: str, domain: str = DOMAIN) -> Person:
    address = f"{name.lower()}@{domain}"
    return Person(_id(number), name, address, address)


def _list(number: int, name: str, kind: str, *members: Person | Contact | Group) -> Group:
    return Group(_id(number), name.title(), kind, f"{name}@{DOMAIN}", members=[entry.id for entry in members])


SERVICE = _person(1, "Rollcall")
SERVICE.exchange_roles = ["View-Only Recipients"]
ANNA, BEN, CLEO, DAN = (_person(10 + n, name) for n, name in enumerate(("Anna", "Ben", "Cleo", "Dan")))
FARAH = _person(20, "Farah", SUBSIDIARY)
GUEST = Person(_id(21), "Guest", f"guest_{ELSEWHERE}#EXT#@{DOMAIN}", f"guest@{ELSEWHERE}", guest=True)
PARTNER = Contact(_id(22), "Partner", f"partner@{ELSEWHERE}")

STATIC, DYNAMIC = "distribution_list", "dynamic_distribution_list"
TEAM = _list(40, "team", STATIC, ANNA, BEN, CLEO)
SECURITY = _list(41, "security", "mail_enabled_security_group", ANNA, BEN)
ACCESS = Group(_id(42), "Access", "security_group", members=[ANNA.id, BEN.id])
PROJECT = _list(43, "project", STATIC, CLEO, ACCESS)
UNIVERSAL = _list(44, "universal", STATIC, ANNA, FARAH)
EVERYONE = _list(45, "everyone", DYNAMIC, ANNA, BEN, CLEO, DAN)
PLANNING = _list(46, "planning", "microsoft_365_group", ANNA, DAN)
NEWCOMERS = _list(47, "newcomers", "microsoft_365_group", BEN, CLEO)
NEWCOMERS.dynamic = True
BOARD = _list(48, "board", "microsoft_365_group", ANNA, BEN)
COUNCIL = _list(49, "council", STATIC, ANNA, BEN)
BOARD.hidden = COUNCIL.hidden = True
QUIET = _list(50, "quiet", STATIC, ANNA, BEN)
QUIET.hidden_from_address_lists = True
SUPPLIERS = _list(51, "suppliers", STATIC, ANNA, GUEST, PARTNER)
SYNCED = _list(52, "synced", STATIC, BEN, CLEO)
SYNCED.synced = True
IDEAS = _list(53, "ideas", "public_folder")
FORUM = _list(54, "forum", STATIC, ANNA, IDEAS)
MIXED = _list(55, "mixed", STATIC, ANNA, EVERYONE)
OFFICE = _list(56, "office", STATIC, BEN, PLANNING)
PLANT = _list(60, "plant", STATIC, CLEO, DAN)  # known to the Exchange Server on premises alone

_LISTS = [
    *(TEAM, SECURITY, ACCESS, PROJECT, UNIVERSAL, EVERYONE, PLANNING, NEWCOMERS, BOARD, COUNCIL, QUIET),
    *(SUPPLIERS, SYNCED, IDEAS, FORUM, MIXED, OFFICE),
]
_PEOPLE = [SERVICE, ANNA, BEN, CLEO, DAN]


def _tenant(people: list[Person], groups: list[Group], contacts: Sequence[Contact] = ()) -> Tenant:
    return Tenant(
        name="Company",
        tenant_id=_id(2),
        client_id=_id(3),
        domains=[DOMAIN, SUBSIDIARY],
        service_account=SERVICE.id,
        people=people,
        contacts=list(contacts),
        groups=groups,
    )


CLOUD = _tenant([*_PEOPLE, FARAH, GUEST], _LISTS, [PARTNER])
ON_PREMISES = _tenant(_PEOPLE, [PLANT])


def _row(name: str, title: str, typed: Group, true: int, *, on_premises: bool = False) -> Row:
    return Row(name, title, str(typed.address), true, on_premises)


ROWS = [
    _row("static", "Static distribution list", TEAM, 3),
    Row("personal", "Personal contact group, not opened in Outlook", "My friends", 3),
    _row("mail_enabled_security", "Mail-enabled security group", SECURITY, 2),
    Row("security", "Security group without mail", f"access@{DOMAIN}", 0),
    _row("nested_security", "Security group without mail, inside a list", PROJECT, 1),
    _row("universal", "Universal group, members in several domains", UNIVERSAL, 2),
    _row("dynamic", "Dynamic distribution list", EVERYONE, 4),
    _row("nested_dynamic", "Dynamic distribution list inside a list", MIXED, 4),
    _row("microsoft_365", "Microsoft 365 group", PLANNING, 2),
    _row("dynamic_microsoft_365", "Microsoft 365 group with dynamic membership", NEWCOMERS, 2),
    _row("nested_microsoft_365", "Microsoft 365 group inside a list", OFFICE, 3),
    _row("hidden_microsoft_365", "Microsoft 365 group, members hidden", BOARD, 2),
    _row("hidden", "Distribution list, members hidden", COUNCIL, 2),
    _row("unlisted", "Distribution list, hidden from address lists", QUIET, 2),
    _row("external", "External recipients: a guest and a mail contact", SUPPLIERS, 3),
    _row("synced", "List synchronised from on premises", SYNCED, 2),
    _row("on_premises", "List on premises only, EWS of Exchange Online", PLANT, 2),
    _row("on_premises_ews", "List on premises only, EWS of the Exchange Server", PLANT, 2, on_premises=True),
    _row("public_folder", "Mail-enabled public folder", IDEAS, 1),
    _row("nested_public_folder", "Mail-enabled public folder inside a list", FORUM, 2),
]


# -- running it


def run() -> list[Cell]:
    """Every cell, row by row."""
    with _outside() as environment:
        services = {
            (connected, on_premises): Services(
                Settings.from_env(_settings(environment, connected, on_premises))
            )
            for connected in COLUMNS
            for on_premises in (False, True)
        }
        _sign_in(services[COLUMNS[-1], False], environment.cloud)
        return [
            Cell(row, connected, _expand(services[connected, row.on_premises], row.typed))
            for row in ROWS
            for connected in COLUMNS
        ]


@dataclass(frozen=True, slots=True)
class _Outside:
    cloud: Running
    on_premises: Running


@contextmanager
def _outside() -> Iterator[_Outside]:
    """Both halves of the organisation, and an environment that leads nowhere else."""
    user, password = _ON_PREMISES_USER
    with serve(CLOUD) as cloud, serve(ON_PREMISES) as on_premises:
        quirks.of(on_premises.world).ews_basic = f"{user}:{password}"
        cloud.world.set_secret("rollcall-ews-credentials", f"{user}\n{password}")
        with patch.dict(os.environ, cloud.settings_env() | stack.DIRECT):
            yield _Outside(cloud, on_premises)


def _settings(outside: _Outside, connected: Sequence[str], on_premises: bool) -> dict[str, str]:
    settings = outside.cloud.settings_env() | {
        "ROLLCALL_DIRECTORIES": ",".join(connected),
        "ROLLCALL_STORAGE_CONNECTION": "unused",
        "ROLLCALL_PUBLIC_URL": "http://localhost:7071",
    }
    if on_premises:
        settings["ROLLCALL_EWS_URL"] = f"{outside.on_premises.origin}/EWS/Exchange.asmx"
        settings["ROLLCALL_EWS_SIGN_IN"] = "password"
    return settings


def _sign_in(services: Services, cloud: Running) -> None:
    """Connect the service account, once for all: the vault keeps its sign-in."""
    flow = services.service_account.start(_CALLBACK)
    callback = cloud.sign_in_service_account(flow["auth_uri"])
    services.service_account.finish(flow, dict(parse_qsl(urlsplit(callback).query)))


def _expand(services: Services, typed: str) -> Audience | None:
    """What the app makes of `typed`, from the request's address to the result."""
    try:
        address = parse_address(typed, "$.addresses[0]")
    except InvalidRequest:
        return None
    found = walk([address], services.plan(), Limits(), Patience(limit=5, deadline=30), Progress())
    return audience(found, datetime.now(UTC))

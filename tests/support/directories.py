"""What the tests of the simulated directories share: a tenant with one of everything, and access to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

import requests

from sandbox.entra import tokens
from sandbox.server.server import Running
from sandbox.tenant.permissions import Permission
from sandbox.tenant.tenant import Contact, Device, Group, Person, Tenant
from tests.support.tenants import identifier

DOMAIN = "company.example"
LONG = 2_500
AUDIENCES = {"graph": "https://graph.microsoft.com", "exchange": "https://outlook.office365.com"}

SERVICE = Person(identifier(1), "Rollcall", f"rollcall@{DOMAIN}", f"rollcall@{DOMAIN}")
SERVICE.exchange_roles = ["View-Only Recipients"]
ALICE = Person(identifier(2), "Alice Arden", f"alice@{DOMAIN}", f"Alice@{DOMAIN}", [f"ali@{DOMAIN}"])
BOB = Person(identifier(3), "Bob", f"bob@{DOMAIN}", f"bob@{DOMAIN}", mail_property=False)
CAROL = Person(identifier(4), "Carol", f"carol@{DOMAIN}", f"carol@{DOMAIN}", readable=False)
GUEST = Person(identifier(5), "Guest", f"guest_x.example#EXT#@{DOMAIN}", "guest@x.example", guest=True)
KIOSK = Person(identifier(6), "Kiosk", f"kiosk@{DOMAIN}")
RECEPTION = Person(
    identifier(7), "Reception", f"reception@{DOMAIN}", f"reception@{DOMAIN}", kind="shared", enabled=False
)
OBRIEN = Person(identifier(8), "Una O'Brien", f"o'brien@{DOMAIN}", f"o'brien@{DOMAIN}")
PARTNER = Contact(identifier(20), "Partner", "partner@x.example")
SCREEN = Device(identifier(30), "Screen")

TEAM = Group(identifier(40), "Team", "distribution_list", f"team@{DOMAIN}", [f"Crew@{DOMAIN}"], synced=True)
NESTED = Group(identifier(41), "Nested", "mail_enabled_security_group", f"nested@{DOMAIN}")
ACCESS = Group(identifier(42), "Access", "security_group", members=[ALICE.id])
DYNAMIC = Group(identifier(43), "Dynamic", "dynamic_distribution_list", f"dynamic@{DOMAIN}")
FOLDER = Group(identifier(44), "Folder", "public_folder", f"folder@{DOMAIN}")
UNIFIED = Group(identifier(45), "Unified", "microsoft_365_group", f"unified@{DOMAIN}", dynamic=True)
BOARD = Group(identifier(46), "Board", "microsoft_365_group", f"board@{DOMAIN}", hidden=True)
SECRET = Group(identifier(47), "Secret", "distribution_list", f"secret@{DOMAIN}", hidden=True)
QUIET = Group(identifier(48), "Quiet", "distribution_list", f"quiet@{DOMAIN}", hidden_from_address_lists=True)
EMPTY = Group(identifier(49), "Empty", "distribution_list", f"empty@{DOMAIN}")
CROWD = Group(identifier(50), "Crowd", "distribution_list", f"crowd@{DOMAIN}")
TWINS = [Group(identifier(51 + n), f"Twin {n}", "distribution_list", f"twins@{DOMAIN}") for n in range(2)]

TEAM.members = [
    *(entry.id for entry in (ALICE, BOB, CAROL, GUEST, KIOSK, RECEPTION, PARTNER, SCREEN)),
    *(group.id for group in (NESTED, ACCESS, DYNAMIC, FOLDER, UNIFIED)),
]
NESTED.members = [OBRIEN.id, TEAM.id]
DYNAMIC.members = [ALICE.id, NESTED.id]
for _group in (UNIFIED, BOARD, SECRET, QUIET):
    _group.members = [ALICE.id, BOB.id]
_PEOPLE = [SERVICE, ALICE, BOB, CAROL, GUEST, KIOSK, RECEPTION, OBRIEN]
_CROWD = [
    Person(identifier(1000 + n), f"Person {n}", f"p{n}@{DOMAIN}", f"p{n}@{DOMAIN}") for n in range(LONG)
]
CROWD.members = [person.id for person in _CROWD]

NARROW = ("GroupMember.Read.All", "User.Read.All", "OrgContact.Read.All")
DIRECTORY = ("Directory.Read.All", "User.Read.All")
MEMBERS = f"/groups/{TEAM.id}/members"
SELECT = "id,displayName,mail,proxyAddresses,mailEnabled"
EVENTUAL = {"ConsistencyLevel": "eventual"}
UNSEEN = {DYNAMIC.id, FOLDER.id}  # members of TEAM of which Graph knows nothing


def tenant() -> Tenant:
    """A tenant of the objects above."""
    return Tenant(
        name="Company",
        tenant_id="11111111-1111-4111-8111-111111111111",
        client_id="22222222-2222-4222-8222-222222222222",
        domains=[DOMAIN, "company.onmicrosoft.example"],
        service_account=SERVICE.id,
        people=_PEOPLE + _CROWD,
        contacts=[PARTNER],
        groups=[
            *(TEAM, NESTED, ACCESS, DYNAMIC, FOLDER, UNIFIED, BOARD, SECRET, QUIET, EMPTY, CROWD),
            *TWINS,
        ],
        devices=[SCREEN],
    )


def access_token(running: Running, *scopes: str, person: Person = SERVICE, **claims: Any) -> str:
    """An access token of `person` with the permissions `scopes`, all of one resource; `claims` replace
    the true ones."""
    world = running.world
    resource = "exchange" if scopes[0].startswith(("EWS", "Exchange")) else "graph"
    granted = [Permission(resource, scope, AUDIENCES[resource], scope) for scope in scopes]
    true = tokens.access_token(world, world.apps[world.tenant.client_id], person, granted)
    return world.keys.sign(world.keys.read(true) | claims)


def session(running: Running, *scopes: str, person: Person = SERVICE) -> requests.Session:
    """An HTTP session that trusts the sandbox and carries an access token."""
    session = requests.Session()
    session.trust_env = False
    session.verify = str(running.ca_path)
    if scopes:
        session.headers["Authorization"] = f"Bearer {access_token(running, *scopes, person=person)}"
    return session


class Graph:
    """A caller of Graph with the permissions it is made with."""

    def __init__(self, running: Running, *scopes: str, person: Person = SERVICE) -> None:
        self.world = running.world
        self.root = f"{running.origin}/v1.0"
        self.session = session(running, *scopes, person=person)

    def get(self, path: str, **headers: str) -> requests.Response:
        return self.session.get(self.root + path, headers=headers, timeout=10)

    def post(self, path: str, body: Any) -> requests.Response:
        return self.session.post(self.root + path, json=body, timeout=10)

    def find(self, collection: str, filter: str) -> list[str]:
        answer = self.get(f"/{collection}?$filter={quote(filter)}&$select=id")
        assert answer.status_code == 200, answer.text
        return [item["id"] for item in answer.json()["value"]]

    def pages(self, path: str, **headers: str) -> Iterator[dict[str, Any]]:
        """This page and all that follow."""
        answer = self.get(path, **headers)
        while True:
            assert answer.status_code == 200, answer.text
            yield answer.json()
            following = answer.json().get("@odata.nextLink")
            if following is None:
                return
            assert urlsplit(following).netloc == urlsplit(self.root).netloc
            answer = self.session.get(following, headers=headers, timeout=10)

    def batch(self, *urls: str, **more: Any) -> list[dict[str, Any]]:
        items = [{"id": str(n), "method": "GET", "url": url} | more for n, url in enumerate(urls)]
        answer = self.post("/$batch", {"requests": items})
        assert answer.status_code == 200, answer.text
        responses: list[dict[str, Any]] = answer.json()["responses"]
        return responses


def error_of(answer: requests.Response) -> str:
    """The code of an error, once its form is right."""
    error = answer.json()["error"]
    assert set(error) == {"code", "message", "innerError"}
    assert set(error["innerError"]) == {"date", "request-id", "client-request-id"}
    assert error["innerError"]["request-id"] == answer.headers["request-id"]
    return str(error["code"])

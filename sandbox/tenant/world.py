"""Everything the sandbox's services share while they run: the tenant, what Entra issued, the vault."""

from __future__ import annotations

import secrets
import time
import uuid
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, cast

import jwt
from starlette.requests import Request
from starlette.responses import Response

from sandbox.tenant import crowds, permissions
from sandbox.tenant.faults import Faults
from sandbox.tenant.registrations import App, managed_identity, registrations
from sandbox.tenant.signing import SigningKeys
from sandbox.tenant.tenant import Contact, Device, Group, Person, Tenant

Entry = Person | Contact | Group | Device

VAULT_AUDIENCE = "https://vault.azure.net"
CLIENT_SECRET_NAME = "rollcall-client-secret"
_JOURNAL = 500


class Refused(Exception):
    """Ends a request with `response`, from however deep inside a service."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_code)
        self.response = response


@dataclass(slots=True)
class Switches:
    """What is wrong with the tenant at the moment. All off is a healthy tenant.

    Those of the first block concern `account` (id, user name or address; empty: the service
    account). A later sign-in mends the first five for the tokens it gives out; refresh tokens
    that were refused stay ended when the switch goes off.
    """

    account: str = ""
    mfa_required: bool = False  # AADSTS50076
    password_expired: bool = False  # 50055
    sign_in_frequency: bool = False  # 70043
    sessions_revoked: bool = False  # 50173
    refresh_token_unused: bool = False  # 700082
    account_disabled: bool = False  # 50057
    account_locked: bool = False  # 50053
    conditional_access: bool = False  # 53003
    user_not_assigned: bool = False  # 50105

    consent_missing: list[str] = field(default_factory=list)  # 65001; permission names, "*" for all
    consent_beyond: list[str] = field(default_factory=list)  # granted to every app, though none asked
    client_secret_expired: bool = False  # 7000222
    client_secret_wrong: bool = False  # 7000215
    app_disabled: bool = False  # 700016
    busy: bool = False  # 90055
    access_tokens_revoked: bool = False  # Graph and Exchange refuse those issued before

    vault_denied: bool = False  # 403 from Key Vault
    ews_disabled: bool = False  # as Exchange Online is by default since October 2026
    exchange_api_disabled: bool = False  # the Admin API's preview is not there
    hidden_membership_empty: bool = False  # hidden members come as an empty list, not as 403
    mail_tips: str = ""  # off, silent, partial: sandbox/graph/tips.py
    sending_limited: bool = False  # 30 mails a minute from one mailbox, then 429
    empty_pages: bool = False  # Graph puts an empty page with a nextLink before each page

    def set(self, **changes: Any) -> None:
        """Change some. Raises ValueError for an unknown name or a value of another type."""
        known = {switch.name: type(getattr(self, switch.name)) for switch in fields(self)}
        for name, value in changes.items():
            if known.get(name) is not type(value):
                raise ValueError(f"no switch {name} that takes {value!r}")
        for name, value in changes.items():
            setattr(self, name, value)


@dataclass(slots=True)
class Session:
    """One interactive sign-in and every refresh token that came of it."""

    person_id: str
    client_id: str
    signed_in_at: datetime
    mended: frozenset[str]  # the switches that were on, and that this sign-in put right
    spa: bool = False  # its tokens are for pages of another origin only
    ended_by: str = ""  # the switch that ended it for good


@dataclass(slots=True)
class Code:
    """An authorization code: good once, for one client, one redirect URI and one PKCE verifier."""

    session: Session
    redirect_uri: str
    challenge: str
    scopes: list[str]
    nonce: str
    expires_at: float  # of time.time()
    used: bool = False


@dataclass(slots=True)
class SecretVersion:
    """One version of a Key Vault secret."""

    version: str
    value: str
    created_at: int
    attributes: dict[str, Any] = field(default_factory=dict)  # tags, contentType, as they were set


@dataclass(frozen=True, slots=True)
class Arrival:
    """One request that was answered. `status` 0: the connection was closed instead."""

    at: datetime
    service: str
    method: str
    path: str
    status: int
    client_request_id: str
    seconds: float


class World:
    """One simulated tenant that runs at `origin`. Keys, sign-ins and the vault outlive `load`."""

    def __init__(self, tenant: Tenant, origin: str) -> None:
        self.origin = origin
        self.keys = SigningKeys()
        self.faults = Faults()
        self.switches = Switches()
        self.journal: deque[Arrival] = deque(maxlen=_JOURNAL)
        self.access_token_lifetime = 4500  # seconds; Entra picks 60 to 90 minutes
        self.codes: dict[str, Code] = {}
        self.refresh_tokens: dict[str, Session] = {}
        self.issued_while_revoked: set[str] = set()  # `uti` of access tokens
        self.consented: dict[str, set[str]] = {}  # permission names that an app asked for and has, by its id
        self.apps: dict[str, App] = {}
        self.client_secret = secrets.token_urlsafe(30)
        self.secrets: dict[str, list[SecretVersion]] = {}
        self.deleted_secrets: dict[str, list[SecretVersion]] = {}
        self.set_secret(CLIENT_SECRET_NAME, self.client_secret)
        self.browsers: dict[str, list[str]] = {}  # who is signed in there, by cookie; the latest last
        self.host_sessions: dict[str, Session] = {}  # of nested app authentication, by person's id
        self.app_url = self.outlook_url = ""  # where the app is, and Outlook's stand-in
        self.on_load: list[Callable[[], None]] = []  # called when another tenant runs
        self.load(tenant)

    def load(self, tenant: Tenant) -> None:
        """Run `tenant` from now on, with its own faults and latency and every switch off.

        Raises ValueError when an id is used twice, or a member or the service account is unknown.
        """
        crowds.join(tenant)
        entries: list[Entry] = [*tenant.people, *tenant.contacts, *tenant.groups, *tenant.devices]
        by_id = {entry.id: entry for entry in entries}
        if len(by_id) < len(entries):
            raise ValueError("an id is used twice in the tenant")
        unknown = {member for group in tenant.groups for member in group.members if member not in by_id}
        if unknown or not isinstance(by_id.get(tenant.service_account), Person):
            raise ValueError(f"unknown in the tenant: {sorted(unknown) or tenant.service_account}")
        by_address: dict[str, list[Entry]] = {}
        for entry in entries:
            for address in addresses_of(entry):
                by_address.setdefault(address.lower(), []).append(entry)
        self.tenant, self.by_id, self.by_address = tenant, by_id, by_address
        self.faults.set(tenant.faults)
        self.faults.latency = dict(tenant.latency)
        self.switches = Switches()
        self.browsers.clear()
        self.consented.clear()
        self.host_sessions.clear()
        for tell in self.on_load:
            tell()
        if tenant.client_id not in self.apps:
            self.apps = registrations(tenant, self.client_secret)
        self.managed_identity = managed_identity(tenant)

    def members(self, group: Group) -> list[Entry]:
        """Direct members of `group`, in the tenant's order; what was removed since is not among them."""
        return [self.by_id[member] for member in group.members if member in self.by_id]

    def remove(self, entry_id: str) -> None:
        """Delete an object of the directory, as an admin would in the middle of somebody's reading."""
        entry = self.by_id.pop(entry_id)
        for address in addresses_of(entry):
            self.by_address[address.lower()].remove(entry)

    def find_person(self, name: str) -> Person | None:
        """The person whose id, user name or address (primary or alias, any case) is `name`."""
        by_id = self.by_id.get(name)
        found = [by_id] if by_id else self.by_address.get(name.lower(), [])
        for entry in found:
            if isinstance(entry, Person):
                return entry
        return next((p for p in self.tenant.people if p.upn.lower() == name.lower()), None)

    @property
    def service_account(self) -> Person:
        """The account whose sign-in the backend keeps."""
        return cast(Person, self.by_id[self.tenant.service_account])

    @property
    def addin(self) -> App:
        """The add-in's registration: a public client that asks for the backend's own scope."""
        return next(app for app in self.apps.values() if app.public)

    def set_secret(self, name: str, value: str, **attributes: Any) -> SecretVersion:
        """Add a version of a Key Vault secret."""
        version = SecretVersion(uuid.uuid4().hex, value, int(time.time()), attributes)
        self.secrets.setdefault(name.lower(), []).append(version)
        return version

    def check_bearer(
        self, request: Request, audience: str, unauthorized: Callable[[str], Response]
    ) -> dict[str, Any]:
        """The claims of the request's access token, which must be for `audience`: `graph`,
        `exchange`, or a resource URI of the managed identity.

        Raises Refused with what `unauthorized` makes of the reason: `missing`, `malformed`,
        `expired`, `audience` or `revoked`.
        """
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Refused(unauthorized("missing"))
        try:
            claims = self.keys.read(token)
        except jwt.InvalidTokenError:
            raise Refused(unauthorized("malformed")) from None
        is_signed_in = audience in permissions.TITLES  # or the managed identity
        if is_signed_in:
            is_ours = permissions.is_for(claims, audience, origin=self.origin)
        else:
            is_ours = claims.get("aud") == audience
        if not is_ours or claims.get("tid") != self.tenant.tenant_id:
            raise Refused(unauthorized("audience"))
        if claims["exp"] <= time.time():
            raise Refused(unauthorized("expired"))
        revoked = is_signed_in and self.switches.access_tokens_revoked
        if revoked and claims["uti"] not in self.issued_while_revoked:
            raise Refused(unauthorized("revoked"))
        return claims


def addresses_of(entry: Entry) -> list[str]:
    """The primary address, then the aliases."""
    if isinstance(entry, Device):
        return []
    return [*([entry.address] if entry.address else []), *entry.aliases]

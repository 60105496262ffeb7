"""Which apps are registered in the simulated tenant, and how they prove who they are."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from sandbox.tenant.tenant import Tenant


@dataclass(slots=True)
class App:
    """An app registration. `redirect_uris` are regular expressions; a public client has no secret."""

    client_id: str
    name: str
    redirect_uris: list[str]
    public: bool = False
    secrets: list[str] = field(default_factory=list)
    certificates: list[str] = field(default_factory=list)  # PEM
    federated: list[str] = field(default_factory=list)  # subjects whose assertions are taken
    principal: str = ""  # the service principal's id, where it signs in as itself
    app_roles: list[str] = field(default_factory=list)  # of the backend, assigned to it


@dataclass(frozen=True, slots=True)
class ManagedIdentity:
    """The identity this "Azure" gives to its Functions app."""

    client_id: str
    object_id: str
    header: str  # X-IDENTITY-HEADER


def registrations(tenant: Tenant, client_secret: str) -> dict[str, App]:
    """Those of the tenant, by client id."""
    here = r"https?://(localhost|127\.0\.0\.1)(:\d+)?"
    backend = App(tenant.client_id, "Rollcall", [rf"{here}/api/connection/callback"], secrets=[client_secret])
    backend.federated.append(managed_identity(tenant).object_id)
    # In Entra these are literal, for one origin; here the app may have any port.
    addin_redirects = [rf"{here}/addin/(pages|dialog)\.html", r"brk-multihub://localhost(:\d+)?"]
    addin = App(_derived(tenant, "add-in"), "Rollcall add-in", addin_redirects, public=True)
    programs = [
        App(one.client_id, one.name, [], secrets=[one.secret], principal=one.id, app_roles=one.app_roles)
        for one in tenant.programs
    ]
    return {app.client_id: app for app in (backend, addin, *programs)}


def managed_identity(tenant: Tenant) -> ManagedIdentity:
    """The function app's."""
    return ManagedIdentity(
        *(_derived(tenant, use) for use in ("managed identity", "managed identity object", "identity header"))
    )


def _derived(tenant: Tenant, use: str) -> str:
    """A stable GUID, so that a client's settings survive a restart of the sandbox."""
    return str(uuid.uuid5(uuid.UUID(tenant.client_id), use))

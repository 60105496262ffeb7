"""What the simulated Entra's tokens say."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Mapping, Sequence
from typing import Any

from sandbox.tenant.permissions import Permission
from sandbox.tenant.registrations import App, ManagedIdentity
from sandbox.tenant.tenant import Person
from sandbox.tenant.world import World

FEDERATION_AUDIENCE = "api://AzureADTokenExchange"


def issuer(world: World) -> str:
    """The `iss` of version 2 tokens."""
    return f"{world.origin}/{world.tenant.tenant_id}/v2.0"


def client_info(world: World, person_id: str) -> str:
    """Which account this is, in the form MSAL reads; without it MSAL keeps no account."""
    content = json.dumps({"uid": person_id, "utid": world.tenant.tenant_id})
    return base64.urlsafe_b64encode(content.encode()).rstrip(b"=").decode()


def id_token(world: World, app: App, person: Person, nonce: str) -> str:
    """Tells the client who signed in."""
    claims = _times(world) | _who(world, person, app.client_id)
    claims |= {"aud": app.client_id, "iss": issuer(world), "ver": "2.0"}
    return world.keys.sign(claims | ({"nonce": nonce} if nonce else {}))


def access_token(world: World, app: App, person: Person, granted: Sequence[Permission]) -> str:
    """Lets `app` act for `person` on the one resource that all of `granted` are about."""
    claims = _times(world) | _who(world, person, granted[0].audience)
    names = " ".join(sorted(permission.name for permission in granted))
    claims |= {"aud": granted[0].audience, "scp": names}
    if granted[0].resource == "backend":
        claims |= {"iss": issuer(world), "ver": "2.0", "azp": app.client_id}
        claims |= {"azpacr": "0" if app.public else "1"}
        if person.app_roles:
            claims["roles"] = list(person.app_roles)
        if groups := _groups_of(world, person):
            claims["groups"] = groups
    else:
        # Microsoft's own services still take version 1 tokens.
        claims |= {"iss": _issuer_v1(world), "ver": "1.0", "appid": app.client_id, "upn": person.upn}
    if world.switches.access_tokens_revoked:
        world.issued_while_revoked.add(claims["uti"])
    return world.keys.sign(claims)


def caller_token(world: World, person: str, changes: Mapping[str, Any]) -> str:
    """An access token for the backend, as the add-in gets one for `person` (the first sender of the
    tenant when empty), with `changes`; a claim changed to None is left out.

    Raises LookupError when there is no such person.
    """
    senders = (p for p in world.tenant.people if "Rollcall.Sender" in p.app_roles)
    caller = world.find_person(person) if person else next(senders, None)
    if caller is None:
        raise LookupError(f"nobody in the tenant is {person or 'a sender'}")
    client_id = world.tenant.client_id
    permission = Permission("backend", "access_as_user", client_id, f"api://{client_id}/access_as_user")
    true = world.keys.read(access_token(world, world.addin, caller, [permission]))
    return world.keys.sign({k: v for k, v in {**true, **changes}.items() if v is not None})


def program_token(world: World, app: App, audience: str) -> str:
    """Lets the program itself call the backend. `idtyp` is there because the backend's registration asks for
    it."""
    claims = _times(world) | {
        "aud": audience,
        "iss": issuer(world),
        "ver": "2.0",
        "tid": world.tenant.tenant_id,
        "oid": app.principal,
        "sub": app.principal,
        "azp": app.client_id,
        "azpacr": "1",
        "idtyp": "app",
    }
    return world.keys.sign(claims | ({"roles": list(app.app_roles)} if app.app_roles else {}))


def managed_identity_token(world: World, identity: ManagedIdentity, resource: str) -> tuple[str, int]:
    """A token for `resource`, and when it expires (unix time)."""
    is_federation = resource == FEDERATION_AUDIENCE
    claims = _times(world) | {
        "aud": resource,
        "iss": issuer(world) if is_federation else _issuer_v1(world),
        "ver": "2.0" if is_federation else "1.0",
        "tid": world.tenant.tenant_id,
        "oid": identity.object_id,
        "sub": identity.object_id,
        "azp" if is_federation else "appid": identity.client_id,
        "idtyp": "app",
    }
    return world.keys.sign(claims), claims["exp"]


def _issuer_v1(world: World) -> str:
    return f"https://sts.windows.net/{world.tenant.tenant_id}/"


def _groups_of(world: World, person: Person) -> list[str]:
    """As the application asks for by `groupMembershipClaims: ApplicationGroup`: the groups assigned to it of
    which the person is a member, without the nested ones, to which an assignment does not reach."""
    assigned = world.tenant.assigned_groups
    return [group.id for group in world.tenant.groups if group.id in assigned and person.id in group.members]


def _times(world: World) -> dict[str, Any]:
    now = int(time.time())
    return {
        "iat": now,
        "nbf": now,
        "exp": now + world.access_token_lifetime,
        "uti": secrets.token_urlsafe(16),
    }


def _who(world: World, person: Person, audience: str) -> dict[str, Any]:
    pairwise = hashlib.sha256(f"{person.id} {audience}".encode()).digest()
    return {
        "oid": person.id,
        "tid": world.tenant.tenant_id,
        "sub": base64.urlsafe_b64encode(pairwise).rstrip(b"=").decode(),
        "name": person.name,
        "preferred_username": person.upn,
    }

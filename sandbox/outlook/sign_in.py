"""Nested app authentication: the host signs the add-in in with the account it already has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sandbox.entra import clients, grants, sign_in, tokens
from sandbox.entra.aadsts import EntraError
from sandbox.tenant.world import Session, World


def answer(world: World, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What the bridge hands to MSAL.js for `asked`: `person`, `client_id`, `scope`, and `interactive` when
    somebody has just agreed in the host's dialog. Raises EntraError."""
    app = clients.find_app(world, str(asked.get("client_id", "")))
    person = world.find_person(str(asked.get("person", "")))
    if person is None:
        raise EntraError(50034, tenant=world.tenant.name)
    if not app.public:
        raise EntraError(7000218)
    grants.check_may_sign_in(world, app, person)
    scopes = str(asked.get("scope", "")).split()
    if asked.get("interactive"):
        sign_in.consent(world, person, grants.parse_scopes(world, scopes))
        mended = grants.mended_by_sign_in(world, person)
        world.host_sessions[person.id] = Session(person.id, app.client_id, datetime.now(UTC), mended)
    started = Session(person.id, app.client_id, datetime.now(UTC), frozenset())
    session = world.host_sessions.setdefault(person.id, started)
    body = grants.issue(world, app, session, ["openid", "profile", *scopes])
    return {
        "token": {name: body[name] for name in ("access_token", "id_token", "expires_in", "scope")},
        "account": account(world, person.id),
    }


def account(world: World, person_id: str) -> dict[str, str]:
    """The account as MSAL.js describes it."""
    person = world.find_person(person_id)
    assert person is not None
    tenant = world.tenant.tenant_id
    return {
        "homeAccountId": f"{person.id}.{tenant}",
        "environment": tokens.issuer(world).split("/")[2],
        "tenantId": tenant,
        "username": person.upn,
        "localAccountId": person.id,
        "name": person.name,
    }


def needs_a_person(error: EntraError) -> bool:
    """Whether signing in again, or agreeing, can mend `error`."""
    return error.number in (65001, 50058, 70000, 70008, *grants.MENDED_BY_SIGN_IN.values())

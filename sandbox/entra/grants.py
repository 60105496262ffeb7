"""The token endpoint: an authorization code or a refresh token becomes an access token."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sandbox.entra import tokens
from sandbox.entra.aadsts import EntraError
from sandbox.tenant.permissions import FOR_PUBLIC_CLIENTS, OPENID, TITLES, Permission, parse_scope
from sandbox.tenant.registrations import App
from sandbox.tenant.tenant import Person
from sandbox.tenant.world import Code, Session, World

# Switch to AADSTS number. A sign-in mends the first ones: the person passes MFA, takes a new password.
MENDED_BY_SIGN_IN = {
    "mfa_required": 50076,
    "password_expired": 50055,
    "sign_in_frequency": 70043,
    "sessions_revoked": 50173,
    "refresh_token_unused": 700082,
}
BLOCKS_SIGN_IN = {
    "account_disabled": 50057,
    "account_locked": 50053,
    "conditional_access": 53003,
    "user_not_assigned": 50105,
}
_SPA_LIFETIME = 24 * 3600  # seconds that refresh tokens of a single-page app last
_ENDS_SESSION = ("sign_in_frequency", "sessions_revoked", "refresh_token_unused")


def answer(world: World, app: App, form: Mapping[str, str], *, cross_origin: bool = False) -> dict[str, Any]:
    """The body of a successful token answer, for a page of another origin or not. Raises EntraError."""
    grant = form.get("grant_type", "")
    if grant == "client_credentials":
        return _program_tokens(world, app, form.get("scope", ""))
    if grant == "authorization_code":
        session, body = _redeem_code(world, app, form, cross_origin)
    elif grant == "refresh_token":
        session, body = _refresh(world, app, form, cross_origin)
    else:
        raise EntraError(70003, grant=grant)
    if form.get("client_info") == "1":
        body["client_info"] = tokens.client_info(world, session.person_id)
    return body


def _program_tokens(world: World, app: App, scope: str) -> dict[str, Any]:
    """A program signs in as itself: no person, no refresh token, and what was assigned to it, which it
    cannot choose from."""
    if app.public or not app.principal:
        raise EntraError(700025 if app.public else 7000229, client=app.client_id, name=app.name)
    asked = parse_scopes(world, [scope])
    if [permission.name for permission in asked] != [".default"]:
        raise EntraError(1002012, scope=scope)
    return {
        "token_type": "Bearer",
        "expires_in": world.access_token_lifetime,
        "ext_expires_in": world.access_token_lifetime,
        "access_token": tokens.program_token(world, app, asked[0].audience),
    }


def issue(world: World, app: App, session: Session, scopes: Sequence[str]) -> dict[str, Any]:
    """Tokens for an app whose host holds the session: nested app authentication. Raises EntraError."""
    return _tokens(world, app, session, scopes, None)


def check_may_sign_in(world: World, app: App, person: Person) -> None:
    """Raises EntraError when nothing the person does at sign-in could help."""
    if not person.enabled:
        raise EntraError(50057)
    for switch in _on(world, person, BLOCKS_SIGN_IN):
        raise EntraError(BLOCKS_SIGN_IN[switch], client=app.client_id, name=app.name)


def mended_by_sign_in(world: World, person: Person) -> frozenset[str]:
    """The switches that a sign-in of `person`, now, puts right for the tokens it gives."""
    return frozenset(_on(world, person, MENDED_BY_SIGN_IN))


def parse_scopes(world: World, scopes: Sequence[str]) -> list[Permission]:
    """The permissions among `scopes`. Raises EntraError 70011 for one that does not exist."""
    try:
        parsed = [
            parse_scope(scope, origin=world.origin, client_id=world.tenant.client_id) for scope in scopes
        ]
    except ValueError as error:
        raise EntraError(70011, scope=str(error)) from None
    return [permission for permission in parsed if permission]


def check_registered(app: App, asked: Sequence[Permission]) -> None:
    """Raises EntraError 650057 when `app` is not registered for something it asks."""
    if not app.public and any(permission.name in FOR_PUBLIC_CLIENTS for permission in asked):
        raise EntraError(650057, client=app.client_id, name=app.name)


def lacks_consent(world: World, permission: Permission) -> bool:
    """Whether nobody consented to it so far."""
    missing = world.switches.consent_missing
    if permission.name == ".default":
        return "*" in missing or set(TITLES[permission.resource]) <= set(missing)
    return "*" in missing or permission.name in missing


def remember(world: World, app: App, asked: Sequence[Permission]) -> None:
    """What was asked for and not refused is granted from now on."""
    names = {permission.name for permission in asked} - {".default"}
    world.consented.setdefault(app.client_id, set()).update(names)


def _redeem_code(
    world: World, app: App, form: Mapping[str, str], cross_origin: bool
) -> tuple[Session, dict[str, Any]]:
    code = world.codes.get(form.get("code", ""))
    if code is None or code.session.client_id != app.client_id:
        raise EntraError(70000)
    _check_origin(code.session, cross_origin)
    if code.used:
        raise EntraError(54005)
    if code.expires_at <= time.time():
        raise EntraError(70008)
    if form.get("redirect_uri") != code.redirect_uri:
        raise EntraError(500112, redirect_uri=form.get("redirect_uri", ""))
    digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    if not hmac.compare_digest(challenge, code.challenge):
        raise EntraError(501481)
    body = _tokens(world, app, code.session, form.get("scope", "").split() or code.scopes, code)
    code.used = True
    return code.session, body


def _check_origin(session: Session, cross_origin: bool) -> None:
    """A single-page app's tokens are for pages alone, and a page gets no other app's."""
    if session.spa != cross_origin:
        raise EntraError(9002327 if session.spa else 9002326)


def _refresh(
    world: World, app: App, form: Mapping[str, str], cross_origin: bool
) -> tuple[Session, dict[str, Any]]:
    session = world.refresh_tokens.get(form.get("refresh_token", ""))
    if session is None or session.client_id != app.client_id:
        raise EntraError(70000)
    _check_origin(session, cross_origin)
    if session.spa and (datetime.now(UTC) - session.signed_in_at).total_seconds() > _SPA_LIFETIME:
        raise EntraError(700084)
    return session, _tokens(world, app, session, form.get("scope", "").split(), None)


def _tokens(
    world: World, app: App, session: Session, scopes: Sequence[str], code: Code | None
) -> dict[str, Any]:
    person = _check_session(world, app, session)
    asked = parse_scopes(world, scopes)
    check_registered(app, asked)
    if len({(permission.resource, permission.audience) for permission in asked}) > 1:
        raise EntraError(28000, scope=" ".join(scopes))
    granted = _granted(world, app, asked)
    openid = [scope for scope in scopes if scope in OPENID and scope != "offline_access"]
    names = [*openid, *dict.fromkeys(permission.scope for permission in [*granted, *asked])]
    body: dict[str, Any] = {
        "token_type": "Bearer",
        "scope": " ".join(names),
        "expires_in": world.access_token_lifetime,
        "ext_expires_in": world.access_token_lifetime,
        "access_token": tokens.access_token(world, app, person, granted),
    }
    if "offline_access" in (code.scopes if code else scopes):
        # The refresh token before this one stays good, as Entra's do.
        body["refresh_token"] = f"1.A{secrets.token_urlsafe(900)}"
        world.refresh_tokens[body["refresh_token"]] = session
    if "openid" in scopes:
        body["id_token"] = tokens.id_token(world, app, person, code.nonce if code else "")
    return body


def _check_session(world: World, app: App, session: Session) -> Person:
    """The person who signed in, if the session still counts for anything. Raises EntraError."""
    person = world.by_id.get(session.person_id)
    if not isinstance(person, Person):
        raise EntraError(50034, tenant=world.tenant.name)
    check_may_sign_in(world, app, person)
    for switch in _on(world, person, MENDED_BY_SIGN_IN):
        if switch not in session.mended:
            if switch in _ENDS_SESSION:
                session.ended_by = switch
            _refuse(world, session, switch)
    if session.ended_by:
        _refuse(world, session, session.ended_by)
    return person


def _refuse(world: World, session: Session, switch: str) -> None:
    issued_at = session.signed_in_at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    raise EntraError(MENDED_BY_SIGN_IN[switch], issued_at=issued_at, resource=world.origin)


def _granted(world: World, app: App, asked: Sequence[Permission]) -> list[Permission]:
    """What is consented to of `asked`. Raises EntraError 65001 when something is missing."""
    if any(lacks_consent(world, permission) for permission in asked):
        raise EntraError(65001, client=app.client_id, name=app.name)
    if not asked:  # signing in alone still gives a token for Graph
        return parse_scopes(world, ["User.Read"])
    remember(world, app, asked)
    everything = _everything(world, app, asked[0])
    if not everything:
        raise EntraError(65001, client=app.client_id, name=app.name)
    return everything


def _everything(world: World, app: App, like: Permission) -> list[Permission]:
    """All that is granted on the API of `like`: a token says so by design, whatever it was asked for."""
    names = world.consented.get(app.client_id, set()) | set(world.switches.consent_beyond)
    prefix = like.scope.rpartition("/")[0]
    granted = [
        Permission(like.resource, name, like.audience, f"{prefix}/{name}" if prefix else name)
        for name in TITLES[like.resource]
        if name in names
    ]
    return [permission for permission in granted if not lacks_consent(world, permission)]


def _on(world: World, person: Person, switches: Mapping[str, int]) -> list[str]:
    concerned = world.find_person(world.switches.account) if world.switches.account else world.service_account
    if concerned is not person:
        return []
    return [switch for switch in switches if getattr(world.switches, switch)]

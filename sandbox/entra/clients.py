"""Which app asks for a token, and how it proves itself: secret, certificate or federation."""

from __future__ import annotations

import hmac
import re
import time
from collections.abc import Mapping
from typing import Any

import jwt
from cryptography import x509

from sandbox.entra import tokens
from sandbox.entra.aadsts import EntraError
from sandbox.tenant.registrations import App
from sandbox.tenant.world import World

_ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


def find_app(world: World, client_id: str) -> App:
    """The registration of `client_id`. Raises EntraError 700016 when there is none, or it is disabled."""
    app = world.apps.get(client_id)
    if app is None or world.switches.app_disabled:
        raise EntraError(700016, client=client_id, tenant=world.tenant.name)
    return app


def may_redirect(app: App, redirect_uri: str) -> bool:
    """Whether `redirect_uri` is one of those that `app` is registered with: exactly, but for the port."""
    return any(re.fullmatch(known, redirect_uri) for known in app.redirect_uris)


def identify(world: World, form: Mapping[str, str]) -> App:
    """The app behind a token request. Raises EntraError unless its proof is good."""
    app = find_app(world, form.get("client_id", ""))
    if app.public:
        return app
    if "client_secret" in form:
        _check_secret(world, app, form["client_secret"])
    elif form.get("client_assertion_type") == _ASSERTION_TYPE and form.get("client_assertion"):
        _check_assertion(world, app, form["client_assertion"])
    else:
        raise EntraError(7000218)
    return app


def _check_secret(world: World, app: App, secret: str) -> None:
    is_known = any(hmac.compare_digest(secret.encode(), known.encode()) for known in app.secrets)
    if world.switches.client_secret_wrong or not is_known:
        raise EntraError(7000215, client=app.client_id)
    if world.switches.client_secret_expired:
        raise EntraError(7000222, client=app.client_id)


def _check_assertion(world: World, app: App, assertion: str) -> None:
    try:
        claims: dict[str, Any] = jwt.decode(assertion, options={"verify_signature": False})
    except jwt.InvalidTokenError:
        raise EntraError(700027) from None
    if not isinstance(claims.get("exp"), int | float) or claims["exp"] <= time.time():
        raise EntraError(700024)
    if claims.get("iss") == tokens.issuer(world):
        _check_federation(world, app, assertion)
    else:
        _check_certificate(world, app, assertion)


def _check_federation(world: World, app: App, assertion: str) -> None:
    """The assertion is a token of a managed identity that the app's registration names."""
    try:
        claims = world.keys.read(assertion)
    except jwt.InvalidTokenError:
        raise EntraError(700027) from None
    if claims["aud"] != tokens.FEDERATION_AUDIENCE or claims["sub"] not in app.federated:
        raise EntraError(700213)


def _check_certificate(world: World, app: App, assertion: str) -> None:
    """The app signed the assertion itself, with the key of a certificate on its registration."""
    audience = f"{world.origin}/{world.tenant.tenant_id}/oauth2/v2.0/token"
    for pem in app.certificates:
        key: Any = x509.load_pem_x509_certificate(pem.encode()).public_key()
        try:
            claims = jwt.decode(assertion, key, algorithms=["PS256", "RS256"], audience=audience)
        except jwt.InvalidTokenError:
            continue
        if claims.get("iss") == claims.get("sub") == app.client_id:
            return
    raise EntraError(700027)

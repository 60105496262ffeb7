"""Entra ID: metadata, the sign-in page, tokens, keys."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from sandbox.entra import clients, grants, pages, sign_in, tokens
from sandbox.entra.aadsts import NO_STORE, EntraError
from sandbox.tenant.world import Refused, World

_COOKIE = "sandbox_browser"
_ANY_TENANT = ("common", "organizations")


def routes(world: World) -> list[Route]:
    """Everything under `/{tenant}/`, and the instance discovery under `/common/`."""

    async def metadata(request: Request) -> Response:
        try:
            check_tenant(request)
        except EntraError as error:
            return _cors(request, error.response(world.origin))
        return _cors(request, JSONResponse(_metadata(world)))

    async def keys(request: Request) -> Response:
        return _cors(request, JSONResponse(world.keys.published(tokens.issuer(world))))

    async def instance_discovery(request: Request) -> Response:
        return _cors(request, JSONResponse(_instances(world, request.query_params)))

    async def authorize(request: Request) -> Response:
        try:
            check_tenant(request)
            asked = sign_in.parse_request(world, request.query_params)
        except EntraError as error:
            return HTMLResponse(pages.refusal(world, error), 400)
        try:
            permissions = sign_in.check_request(world, asked)
        except EntraError as error:
            return _send_back(asked.refuse(error))
        if request.method == "GET":
            prompt = asked.query.get("prompt", "")
            # The service account is picked on purpose, whoever else is signed in.
            if prompt == "none" or (not prompt and asked.app.public):
                try:
                    return _send_back(sign_in.complete_silently(world, asked, signed_in(request)))
                except EntraError as error:
                    if prompt == "none":
                        return _send_back(asked.refuse(error))
            return HTMLResponse(pages.sign_in(world, asked, permissions), headers=NO_STORE)
        form = _form(await request.body())
        if form.get("action") != "accept":
            return _send_back(asked.refuse(EntraError(65004)))
        try:
            answer = _send_back(sign_in.complete(world, asked, form.get("account", "")))
        except EntraError as error:
            return HTMLResponse(pages.sign_in(world, asked, permissions, error), headers=NO_STORE)
        remember(request, answer, form.get("account", ""))
        return answer

    def signed_in(request: Request) -> list[str]:
        """The ids of the people whose sign-in this browser remembers."""
        return world.browsers.get(request.cookies.get(_COOKIE, ""), [])

    def remember(request: Request, answer: Response, account: str) -> None:
        person = world.find_person(account)
        assert person is not None
        name = request.cookies.get(_COOKIE, "")
        if name not in world.browsers:
            name = secrets.token_urlsafe(24)
        others = [id for id in world.browsers.get(name, []) if id != person.id]
        world.browsers[name] = [*others, person.id]
        # It has to come along in the frame of another site in which MSAL.js renews a sign-in.
        answer.set_cookie(_COOKIE, name, secure=True, httponly=True, samesite="none")

    async def logout(request: Request) -> Response:
        world.browsers.pop(request.cookies.get(_COOKIE, ""), None)
        back = request.query_params.get("post_logout_redirect_uri", "")
        if back and any(clients.may_redirect(app, back) for app in world.apps.values()):
            return RedirectResponse(back, 302, NO_STORE)
        return HTMLResponse(pages.signed_out(world), headers=NO_STORE)

    async def token(request: Request) -> Response:
        if request.method == "OPTIONS":
            return _cors(request, Response())
        form = _form(await request.body())
        try:
            check_tenant(request)
            if world.switches.busy:
                raise EntraError(90055)
            app = clients.identify(world, form)
            body = grants.answer(world, app, form, cross_origin="origin" in request.headers)
            return _cors(request, JSONResponse(body, headers=NO_STORE))
        except EntraError as error:
            return _cors(request, error.response(world.origin))

    def check_tenant(request: Request) -> None:
        name = request.path_params["tenant"].lower()
        if name not in (world.tenant.tenant_id, *world.tenant.domains, *_ANY_TENANT):
            raise EntraError(90002, tenant=name)

    return [
        Route("/common/discovery/instance", instance_discovery),
        Route("/{tenant}/v2.0/.well-known/openid-configuration", metadata),
        Route("/{tenant}/discovery/v2.0/keys", keys),
        Route("/{tenant}/oauth2/v2.0/authorize", authorize, methods=["GET", "POST"]),
        Route("/{tenant}/oauth2/v2.0/logout", logout),
        Route("/{tenant}/oauth2/v2.0/token", token, methods=["POST", "OPTIONS"]),
    ]


def _metadata(world: World) -> dict[str, Any]:
    base = f"{world.origin}/{world.tenant.tenant_id}"
    return {
        "token_endpoint": f"{base}/oauth2/v2.0/token",
        "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"],
        "jwks_uri": f"{base}/discovery/v2.0/keys",
        "response_modes_supported": ["query", "fragment", "form_post"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "response_types_supported": ["code"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "issuer": tokens.issuer(world),
        "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
        "claims_supported": [
            "sub",
            "iss",
            "aud",
            "exp",
            "iat",
            "nonce",
            "preferred_username",
            "name",
            "tid",
            "ver",
        ],
        "end_session_endpoint": f"{base}/oauth2/v2.0/logout",
        "cloud_instance_name": urlsplit(world.origin).hostname,
    }


def _instances(world: World, query: Any) -> dict[str, Any]:
    authority = str(query.get("authorization_endpoint", "")).partition("/oauth2/")[0]
    host = urlsplit(world.origin).netloc
    return {
        "tenant_discovery_endpoint": f"{authority}/v2.0/.well-known/openid-configuration",
        "api-version": "1.1",
        "metadata": [{"preferred_network": host, "preferred_cache": host, "aliases": [host]}],
    }


def _send_back(reply: sign_in.Reply) -> Response:
    if reply.mode == "form_post":
        return HTMLResponse(pages.form_post(reply.redirect_uri, reply.fields), headers=NO_STORE)
    return RedirectResponse(reply.location, 302, NO_STORE)


def _form(body: bytes) -> dict[str, str]:
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True))
    except UnicodeDecodeError:
        raise Refused(Response(status_code=400)) from None


def _cors(request: Request, response: Response) -> Response:
    """Let a page of another origin read the answer, as MSAL.js in the add-in must."""
    if "origin" in request.headers:
        response.headers["Access-Control-Allow-Origin"] = request.headers["origin"]
        response.headers["Access-Control-Allow-Headers"] = "*"
        response.headers["Access-Control-Allow-Methods"] = "GET, POST, OPTIONS"
        response.headers["Vary"] = "Origin"
    return response

"""The simulated Entra over plain HTTP, as a browser and an app ask it."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import requests

from sandbox.server.server import Running

CALLBACK = "http://localhost:7071/api/connection/callback"


VERIFIER = "a-verifier-of-at-least-forty-three-characters-as-rfc-7636-asks"


CHALLENGE = "nnKRlee_lv0qPCepIO74-HrICquTe_bjoQo-qtV_Vk4"


def graph_scopes(running: Running) -> list[str]:
    return [f"{running.origin}/Directory.Read.All", f"{running.origin}/User.Read.All"]


def exchange_scopes(running: Running) -> list[str]:
    return [f"{running.origin}/EWS.AccessAsUser.All"]


def start(running: Running, app: Any) -> dict[str, Any]:
    scopes = graph_scopes(running) + exchange_scopes(running)
    return dict(app.initiate_auth_code_flow(scopes, redirect_uri=CALLBACK, response_mode="form_post"))


def sign_in(running: Running, app: Any) -> dict[str, Any]:
    flow = start(running, app)
    answer = dict(parse_qsl(urlsplit(running.sign_in_service_account(flow["auth_uri"])).query))
    return dict(app.acquire_token_by_auth_code_flow(flow, answer, scopes=graph_scopes(running)))


def refresh(app: Any, scopes: list[str]) -> dict[str, Any]:
    account = app.get_accounts()[0]
    return dict(app.acquire_token_silent_with_error(scopes, account=account, force_refresh=True))


def authorize_url(running: Running, **changes: str | None) -> str:
    query = {
        "client_id": running.world.tenant.client_id,
        "response_type": "code",
        "redirect_uri": CALLBACK,
        "scope": " ".join(["openid", "profile", "offline_access", *graph_scopes(running)]),
        "state": "st&te",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        **changes,
    }
    known = {name: value for name, value in query.items() if value is not None}
    return f"{running.origin}/{running.world.tenant.tenant_id}/oauth2/v2.0/authorize?{urlencode(known)}"


def get_code(running: Running) -> str:
    callback = running.sign_in_service_account(authorize_url(running))
    return dict(parse_qsl(urlsplit(callback).query))["code"]


def redeem(
    running: Running, http: requests.Session, code: str, /, **changes: str | None
) -> requests.Response:
    form = {
        "client_id": running.world.tenant.client_id,
        "client_secret": running.world.client_secret,
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": CALLBACK,
        "code_verifier": VERIFIER,
        "scope": " ".join(["openid", "offline_access", *graph_scopes(running)]),
        **changes,
    }
    known = {name: value for name, value in form.items() if value is not None}
    return http.post(token_url(running), data=known, timeout=10)


def token_url(running: Running) -> str:
    return f"{running.origin}/{running.world.tenant.tenant_id}/oauth2/v2.0/token"

"""Requests to the simulated Entra that do not fit."""

from __future__ import annotations

import json
import time
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests

from sandbox.server.server import Running
from tests.support.entra_http import (
    CALLBACK,
    authorize_url,
    get_code,
    graph_scopes,
    redeem,
)


@pytest.mark.parametrize(
    ("changes", "status", "error", "number"),
    [
        ({"code_verifier": "another"}, 400, "invalid_grant", 501481),
        ({"code_verifier": None}, 400, "invalid_grant", 501481),
        ({"redirect_uri": f"{CALLBACK}/"}, 401, "invalid_client", 500112),
        ({"code": "invented"}, 400, "invalid_grant", 70000),
        ({"client_secret": None}, 401, "invalid_client", 7000218),
        ({"client_id": "00000000-0000-0000-0000-000000000000"}, 400, "unauthorized_client", 700016),
        ({"scope": "Nonsense.Read.All"}, 400, "invalid_scope", 70011),
        ({"grant_type": "password"}, 400, "unsupported_grant_type", 70003),
        ({"grant_type": "refresh_token", "refresh_token": "invented"}, 400, "invalid_grant", 70000),
    ],
    ids=lambda value: (
        ",".join(f"{k}={v}" for k, v in value.items()) if isinstance(value, dict) else str(value)
    ),
)
def test_a_token_request_that_does_not_fit_is_refused_in_entras_form(
    running: Running, http: requests.Session, changes: dict[str, str], status: int, error: str, number: int
) -> None:
    answer = redeem(running, http, get_code(running), **changes)
    body = answer.json()
    assert (answer.status_code, body["error"], body["error_codes"]) == (status, error, [number])
    assert body["error_description"].startswith(f"AADSTS{number}: ")
    assert {"timestamp", "trace_id", "correlation_id", "error_uri"} <= set(body)


def test_two_resources_at_once_are_refused(running: Running, http: requests.Session) -> None:
    scope = " ".join([*graph_scopes(running), "https://outlook.office365.com/EWS.AccessAsUser.All"])
    assert redeem(running, http, get_code(running), scope=scope).json()["error_codes"] == [28000]


def test_a_code_is_good_once_and_for_ten_minutes(running: Running, http: requests.Session) -> None:
    code = get_code(running)
    assert redeem(running, http, code).status_code == 200
    assert redeem(running, http, code).json()["error_codes"] == [54005]
    late = get_code(running)
    assert running.world.codes[late].expires_at == pytest.approx(time.time() + 600, abs=30)
    running.world.codes[late].expires_at = time.time()
    assert redeem(running, http, late).json()["error_codes"] == [70008]


def test_the_demand_for_mfa_carries_the_claims_to_hand_back(running: Running, http: requests.Session) -> None:
    code = get_code(running)
    running.world.switches.mfa_required = True
    body = redeem(running, http, code).json()
    assert body["suberror"] == "basic_action"
    assert "capolids" in json.loads(body["claims"])["access_token"]


@pytest.mark.parametrize(
    ("changes", "number"),
    [
        ({"redirect_uri": "https://evil.example/api/connection/callback"}, 50011),
        ({"redirect_uri": f"{CALLBACK}/../elsewhere"}, 50011),
        ({"redirect_uri": None}, 50011),
        ({"client_id": "00000000-0000-0000-0000-000000000000"}, 700016),
    ],
)
def test_where_the_app_is_in_doubt_the_person_sees_a_page_and_goes_nowhere(
    running: Running, http: requests.Session, changes: dict[str, str], number: int
) -> None:
    for method in ("GET", "POST"):
        answer = http.request(method, authorize_url(running, **changes), timeout=10, allow_redirects=False)
        assert answer.status_code == 400
        assert f"AADSTS{number}" in answer.text


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "Nonsense.Read.All"}, "invalid_scope"),
        ({"scope": None}, "invalid_request"),
        ({"prompt": "none"}, "login_required"),
    ],
)
def test_an_authorize_request_that_is_no_good_goes_back_to_the_app(
    running: Running, http: requests.Session, changes: dict[str, str], error: str
) -> None:
    answer = http.get(authorize_url(running, **changes), timeout=10, allow_redirects=False)
    location = urlsplit(answer.headers["Location"])
    fields = dict(parse_qsl(location.query))
    assert answer.headers["Location"].startswith(f"{CALLBACK}?")
    assert (fields["error"], fields["state"]) == (error, "st&te")


def test_cancelling_goes_back_to_the_app(running: Running, http: requests.Session) -> None:
    answer = http.post(authorize_url(running), {"action": "cancel"}, timeout=10, allow_redirects=False)
    fields = dict(parse_qsl(urlsplit(answer.headers["Location"]).query))
    assert fields["error"] == "access_denied"
    assert "AADSTS65004" in fields["error_description"]


def test_the_page_shows_accounts_and_what_the_app_wants(running: Running, http: requests.Session) -> None:
    page = http.get(authorize_url(running, login_hint="NOAH.sender@company.com"), timeout=10).text
    assert "rollcall-service@company.com" in page
    assert "Read directory data" in page
    assert 'value="a65d3749-f432-58d3-9cba-cdfba439f781" checked' in page


def test_nothing_a_tenant_or_a_request_says_becomes_markup(running: Running, http: requests.Session) -> None:
    running.world.service_account.name = "<script>alert(1)</script>"
    for url in (authorize_url(running, state="<script>x"), authorize_url(running, client_id="<script>x")):
        assert "<script>" not in http.get(url, timeout=10).text
    form = http.post(
        authorize_url(running, state='"><script>', response_mode="form_post"), {"action": "no"}, timeout=10
    )
    assert '"><script>' not in form.text


def test_the_answer_may_come_as_a_form_or_behind_a_hash(running: Running, http: requests.Session) -> None:
    accept = {"account": "rollcall-service@company.com", "action": "accept"}
    form = http.post(authorize_url(running, response_mode="form_post"), accept, timeout=10)
    assert f'<form method="post" action="{CALLBACK}">' in form.text
    assert 'name="code"' in form.text
    url = authorize_url(running, response_mode="fragment")
    behind = http.post(url, accept, timeout=10, allow_redirects=False).headers["Location"]
    assert "code" in dict(parse_qsl(urlsplit(behind).fragment))

"""Programs that sign in as themselves."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from sandbox.server.server import Running
from tests.support.entra_http import token_url

DASHBOARD = "5d0b7a86-3f0e-5c59-9f64-8e5a3a9b6e11"


def ask(running: Running, http: requests.Session, **changes: str) -> requests.Response:
    form = {
        "grant_type": "client_credentials",
        "client_id": DASHBOARD,
        "client_secret": "dashboard-secret",
        "scope": f"api://{running.world.tenant.client_id}/.default",
    }
    return http.post(token_url(running), form | changes, timeout=10)


@pytest.fixture
def company(running: Running) -> Running:
    return running


def test_a_program_gets_a_token_that_is_its_own(company: Running, http: requests.Session) -> None:
    body: Any = ask(company, http).json()
    claims = company.world.keys.read(body["access_token"])
    assert (claims["idtyp"], claims["azp"], claims["azpacr"]) == ("app", DASHBOARD, "1")
    assert claims["roles"] == ["Rollcall.Report.Reader"]
    assert claims["sub"] == claims["oid"]
    assert not {"scp", "name", "preferred_username"} & claims.keys()
    assert not {"refresh_token", "id_token"} & body.keys()


def test_a_program_is_refused_in_entras_words(company: Running, http: requests.Session) -> None:
    client = company.world.tenant.client_id
    for changes, number in (
        ({"client_secret": "wrong"}, 7000215),
        ({"scope": f"api://{client}/access_as_user"}, 1002012),
        ({"client_id": company.world.addin.client_id}, 700025),
        ({"client_id": client, "client_secret": company.world.client_secret}, 7000229),
    ):
        answer = ask(company, http, **changes)
        assert answer.status_code in (400, 401)
        assert answer.json()["error_codes"] == [number]

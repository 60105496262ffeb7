"""The app through its public door, as tests call it; tests/conftest.py offers the fixtures to all tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
import requests

import function_app
from sandbox.host.host import Host
from sandbox.server.server import Running
from sandbox.stack.cookies import taken

MIA, NOAH, ADA = "mia.sender@company.com", "noah.sender@company.com", "ada.admin@company.com"
DANIEL = "daniel.osei@company.com"
"""An auditor, who may neither send nor administer."""


DASHBOARD, MONITOR, SCRIPT = "Dashboard of Communications", "Security Monitor", "Somebody's Script"
"""Programs: with the role for reports, with the one for the audit trail, and without any."""


SALES, ALL = "sales-team@company.com", "all-company@company.com"


@dataclass
class Api:
    """Calls the app as `person`, or as the program of that name."""

    origin: str
    sandbox: Running
    person: str = MIA

    def call(self, method: str, path: str, **options: Any) -> requests.Response:
        is_program = self.person in (DASHBOARD, MONITOR, SCRIPT)
        token = (self.sandbox.program_token if is_program else self.sandbox.caller_token)(self.person)
        headers = {"Authorization": f"Bearer {token}"}
        headers |= options.pop("headers", {})
        return requests.request(
            method, self.origin + path, headers=headers, timeout=60, allow_redirects=False, **options
        )

    def expand(self, *addresses: str, **more: Any) -> requests.Response:
        return self.call("POST", "/api/expansions", json={"addresses": list(addresses), **more})

    def as_person(self, person: str) -> Api:
        return Api(self.origin, self.sandbox, person)

    def connect(self, account: str = "") -> requests.Response:
        """What an admin and the service account do once, in one browser."""
        start = self.as_person(ADA).call("GET", "/api/connection/start")
        callback = self.sandbox.sign_in_service_account(start.json()["authorize_url"], account)
        return requests.get(callback, cookies=taken(start), timeout=30)


@pytest.fixture
def unconnected(host: Host, sandbox: Running, monkeypatch: pytest.MonkeyPatch) -> Api:
    """Graph alone, in an organisation whose admin says that there are no dynamic lists."""
    monkeypatch.setenv("ROLLCALL_DIRECTORIES", "graph")
    monkeypatch.setenv("ROLLCALL_DYNAMIC_LISTS", "absent")
    return Api(host.origin, sandbox)


@pytest.fixture
def api(unconnected: Api) -> Api:
    assert unconnected.connect().status_code == 200
    return unconnected


def assert_problem(answer: requests.Response, status: int, code: str, field: str | None = None) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    body = answer.json()
    assert (body["status"], body["code"], body.get("field")) == (status, code, field)
    assert body["detail"].endswith(".")
    assert body["remedy"].endswith(".")
    assert "Traceback" not in answer.text


def functions() -> list[Any]:
    return [builder._function for builder in function_app.app._function_builders]

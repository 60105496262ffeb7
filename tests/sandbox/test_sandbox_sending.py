"""Graph's sendMail in the sandbox: who may, what it takes, how it throttles, what a browser may read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from sandbox.outlook import sign_in
from sandbox.server.server import Running

MIA = "mia.sender@company.com"
APP = "http://localhost:7071"


@pytest.fixture(params=["tls", "plain"])
def send_url(sandbox: Running, request: pytest.FixtureRequest) -> str:
    """Where mail is sent, on either listener."""
    sandbox.world.app_url = APP
    sandbox.post_office.agents.speed = 0
    plain = sandbox.outlook_url.removesuffix("/outlook")
    return f"{sandbox.origin if request.param == 'tls' else plain}/v1.0/me/sendMail"


@pytest.fixture
def http(sandbox: Running) -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.verify = str(sandbox.ca_path)
        session.headers["Authorization"] = f"Bearer {token(sandbox, 'Mail.Send')}"
        yield session


def token(sandbox: Running, name: str) -> str:
    asked = {"person": MIA, "client_id": sandbox.world.addin.client_id, "scope": name}
    return str(sign_in.answer(sandbox.world, asked)["token"]["access_token"])


def mail(*to: str, **changes: Any) -> dict[str, Any]:
    return {
        "message": {
            "subject": "News",
            "body": {"contentType": "HTML", "content": "<p>Hello</p>"},
            "toRecipients": [{"emailAddress": {"address": address}} for address in to],
            **changes,
        },
        "saveToSentItems": False,
    }


def delivered(sandbox: Running) -> list[str]:
    return [copy.address for mail in sandbox.post_office.mails for copy in mail.copies]


def test_a_mail_is_accepted_and_delivered(sandbox: Running, http: requests.Session, send_url: str) -> None:
    answer = http.post(send_url, json=mail("user1@company.com"), timeout=10)
    assert (answer.status_code, answer.content) == (202, b"")
    assert delivered(sandbox) == ["user1@company.com"]
    sent = sandbox.post_office.mails[0].outgoing
    assert (sent.sender, sent.subject, sent.html) == (MIA, "News", "<p>Hello</p>")


@pytest.mark.parametrize("scope", ["User.Read", "Directory.Read.All"])
def test_another_permission_does_not_send(
    sandbox: Running, http: requests.Session, send_url: str, scope: str
) -> None:
    # A token names everything that was consented to for its API, whatever it was asked for.
    sandbox.world.switches.consent_missing = ["Mail.Send"]
    http.headers["Authorization"] = f"Bearer {token(sandbox, scope)}"
    assert http.post(send_url, json=mail("user1@company.com"), timeout=10).status_code == 403
    assert not delivered(sandbox)


def test_a_token_for_the_backend_does_not_send(
    sandbox: Running, http: requests.Session, send_url: str
) -> None:
    http.headers["Authorization"] = f"Bearer {sandbox.caller_token(MIA)}"
    assert http.post(send_url, json=mail("user1@company.com"), timeout=10).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"message": 1}',
        {"message": {"subject": "x"}},
        mail(),
        mail("no address"),
        mail("user1@company.com", nonsense=1),
        mail("user1@company.com") | {"extra": True},
        mail("user1@company.com") | {"saveToSentItems": "no"},
        mail(*(f"x{number}@else.example" for number in range(501))),
    ],
)
def test_what_graph_would_not_take_is_refused(
    sandbox: Running, http: requests.Session, send_url: str, body: Any
) -> None:
    content = {"data": body} if isinstance(body, bytes) else {"json": body}
    answer = http.post(send_url, timeout=10, **content)
    assert answer.status_code == 400
    assert answer.json()["error"]["code"]
    assert not delivered(sandbox)


def test_the_thirty_first_mail_of_a_minute_waits(
    sandbox: Running, http: requests.Session, send_url: str
) -> None:
    sandbox.world.switches.set(sending_limited=True)
    statuses = [
        http.post(send_url, json=mail("user1@company.com"), timeout=10).status_code for _ in range(31)
    ]
    assert statuses == [202] * 30 + [429]
    answer = http.post(send_url, json=mail("user1@company.com"), headers={"Origin": APP}, timeout=10)
    assert 1 <= int(answer.headers["Retry-After"]) <= 61
    assert "Retry-After" in answer.headers["Access-Control-Expose-Headers"]


def test_a_fault_throttles_too_and_the_page_can_read_it(
    sandbox: Running, http: requests.Session, send_url: str
) -> None:
    sandbox.world.faults.add(
        service="graph", path="/me/sendMail", status=429, headers={"Retry-After": "2"}, times=1
    )
    answer = http.post(send_url, json=mail("user1@company.com"), headers={"Origin": APP}, timeout=10)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "2")
    assert answer.headers["Access-Control-Allow-Origin"] == APP
    assert http.post(send_url, json=mail("user1@company.com"), timeout=10).status_code == 202


def test_the_apps_pages_may_ask_others_may_not(
    sandbox: Running, http: requests.Session, send_url: str
) -> None:
    asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    allowed = http.options(send_url, headers={"Origin": APP, **asks}, timeout=10)
    assert allowed.status_code == 200
    assert allowed.headers["Access-Control-Allow-Origin"] == APP
    assert "authorization" in allowed.headers["Access-Control-Allow-Headers"]
    refused = http.options(send_url, headers={"Origin": "http://evil.example", **asks}, timeout=10)
    assert "Access-Control-Allow-Origin" not in refused.headers
    answer = http.post(
        send_url, json=mail("user1@company.com"), headers={"Origin": "http://x.example"}, timeout=10
    )
    assert "Access-Control-Allow-Origin" not in answer.headers

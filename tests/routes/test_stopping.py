"""Disabled means stopped: every way in which an admin, or time, takes the service account away from us.

Each stops expansion at the next call with its own sentence and remedy, shows in the connection and in
health, raises an alert, and leaves reading and tracking alone. Then it is mended, and expansion goes on.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
import requests

from shared.services.process import services
from tests.support.amounts import exactly
from tests.support.api import ADA, SALES, Api
from tests.support.tracked_mails import register

ANOTHER = "rollcall-standin@company.com"
TOLD_OF = 1.0  # seconds after which Rollcall asks Microsoft again; 300 by default


@dataclass(frozen=True)
class Stop:
    """`switches` are the sandbox's; `account` who is connected to mend it (nobody: undoing it suffices)."""

    what: str
    switches: Mapping[str, Any]
    code: str
    sentence: str
    remedy: str
    account: str = ""
    undone: Mapping[str, Any] = field(default_factory=dict)


# Graph refuses the access tokens of an account that was stopped; where it is Rollcall that was, they go on.
REFUSED = {"access_tokens_revoked": True}
STOPS = [
    Stop(
        "the account is disabled",
        {"account_disabled": True} | REFUSED,
        "disabled",
        "The service account is disabled.",
        "Enable it in Entra, or connect another account.",
        account=ANOTHER,
    ),
    Stop(
        "its sessions are revoked",
        {"sessions_revoked": True} | REFUSED,
        "sign_in_revoked",
        "The service account's sign-in was revoked.",
        "An administrator must connect the service account again.",
        account=ANOTHER,
    ),
    Stop(
        "consent is withdrawn",
        {"consent_missing": ["*"]} | REFUSED,
        "consent_missing",
        "The permissions Rollcall needs have not all been granted.",
        "A tenant administrator must grant consent to Rollcall's permissions; then connect the account "
        "again.",
        undone={"consent_missing": []},
    ),
    Stop(
        "it is removed from the enterprise application",
        {"user_not_assigned": True} | REFUSED,
        "not_assigned",
        "The service account is not assigned to Rollcall.",
        "Assign it to Rollcall in Entra's enterprise applications, or connect another account.",
        account=ANOTHER,
    ),
    Stop(
        "Rollcall's client secret expires",
        {"client_secret_expired": True},
        "client_secret_expired",
        "Rollcall's client secret has expired.",
        "Create a new one in the app registration and store it in Key Vault.",
        undone={"client_secret_expired": False},
    ),
    Stop(
        "Key Vault is closed to Rollcall",
        {"vault_denied": True},
        "vault_denied",
        "Key Vault refuses Rollcall's identity.",
        "Give the function app's managed identity the role Key Vault Secrets Officer on the vault.",
        undone={"vault_denied": False},
    ),
]


@pytest.fixture
def running(api: Api, monkeypatch: pytest.MonkeyPatch) -> Api:
    """Rollcall with somebody connected, which asks Microsoft every second whether that still holds."""
    monkeypatch.setenv("ROLLCALL_RECHECK_AFTER", str(TOLD_OF))
    services.cache_clear()
    return api


def test_each_way_to_stop_rollcall_stops_it_and_is_mended(
    running: Api, caplog: pytest.LogCaptureFixture
) -> None:
    admin, switches = running.as_person(ADA), running.sandbox.world.switches
    kept = running.expand(SALES).json()["id"]
    mail = register(running)
    running.call("POST", f"/api/messages/{mail['message_id']}/sent")
    for stop in STOPS:
        assert running.connect().status_code == 200, stop.what
        assert running.expand(SALES).json()["complete"], stop.what
        caplog.clear()

        switches.set(**stop.switches)
        time.sleep(TOLD_OF)

        answer = running.expand(SALES)
        assert answer.status_code == 503, stop.what
        told = answer.json()
        assert told["code"] in (stop.code, "vault_denied")
        # A sender is told whom to tell, with what; an admin what to do.
        assert told["remedy"].startswith("Tell ")
        assert f"{stop.sentence} {stop.remedy}" in told["forward"]
        told = admin.expand(SALES).json()
        assert (told["code"], told["detail"], told["remedy"]) == (stop.code, stop.sentence, stop.remedy)
        assert "forward" not in told

        connection = admin.call("GET", "/api/connection").json()
        assert (connection["state"], connection["code"]) == ("stopped", stop.code)
        assert (connection["text"], connection["remedy"]) == (stop.sentence, stop.remedy)
        [graph] = connection["directories"]
        assert (graph["ok"], graph["text"]) == (False, stop.sentence)

        health = admin.call("GET", "/api/health").json()
        assert health["status"] == "degraded"
        [check] = [check for check in health["checks"] if check["name"] == "service_account"]
        assert (check["ok"], check["text"]) == (False, stop.sentence)

        alerts = [r.getMessage() for r in caplog.records if r.getMessage().startswith("alert connection_")]
        assert alerts == [f"alert connection_stopped: {stop.code}"], stop.what

        assert running.call("GET", f"/api/expansions/{kept}").json()["count"] == exactly(4)
        assert running.call("GET", f"/api/expansions/{kept}/recipients").json()["total"] == 4
        assert running.call("GET", "/api/messages").json()["rows"]
        assert reads(mail["pixel_url"]).content.startswith(b"GIF89a")
        [(target, link), *_] = mail["links"].items()
        assert reads(link).headers["location"] == target

        if stop.account:
            assert running.connect(stop.account).status_code == 200, stop.what
        else:
            switches.set(**stop.undone)
            assert admin.call("GET", "/api/connection").json()["state"] == "connected", stop.what
        assert running.expand(SALES).json()["complete"], stop.what
        assert "alert connection_recovered" in caplog.text, stop.what
        switches.set(**{name: type(value)() for name, value in stop.switches.items()})


def reads(url: str) -> requests.Response:
    """What a recipient's mail client gets."""
    return requests.get(url, timeout=10, allow_redirects=False)

"""Words planted where people's data goes, and a whole day of the app that they go through."""

from __future__ import annotations

import uuid

import pytest
import requests

from routes.timers import keep
from tests.support.api import ADA, ALL, MIA, SALES, Api

TYPED = "canary.typed@canary.example"


NAMED = "Canary Sender-Name"


CALLED = "canary-called-51c2"


LINK = "https://canary.example/canary-path?canary=query"


PLANTED = "canary-planted-7f3a"  # where no input belongs


class Answers:
    """Every answer of the app, headers and body, with the access token that was sent."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, origin: str) -> None:
        self.texts: list[str] = []
        self.sent: set[str] = set()
        send = requests.Session.send

        def listening(session: requests.Session, request: requests.PreparedRequest, **more: object) -> object:
            answer = send(session, request, **more)  # type: ignore[arg-type]
            if str(request.url).startswith(origin):
                shown = {k: v for k, v in answer.headers.items() if k.lower() != "set-cookie"}
                self.texts.append(f"{shown}\n{answer.text}")
                self.sent.add(request.headers.get("Authorization", "").removeprefix("Bearer "))
            return answer

        monkeypatch.setattr(requests.Session, "send", listening)


def live(api: Api, answers: Answers) -> None:
    """What happens on a day on which much goes wrong."""
    admin, faults = api.as_person(ADA), api.sandbox.world.faults
    body = api.expand(SALES, ALL, TYPED, "user1@company.com", "nobody-canary@company.com").json()
    api.call("GET", f"/api/expansions/{body['id']}/recipients")
    message = api.call(
        "POST",
        "/api/messages",
        json={
            "expansion_id": body["id"],
            "mode": "counting",
            "sender": {"name": NAMED, "address": MIA},
            "links": [LINK],
            "labels": {"name": CALLED, "campaign": CALLED, "tags": [CALLED], "links": [CALLED]},
        },
    ).json()
    api.call("PATCH", f"/api/messages/{message['message_id']}", json={"name": f"{CALLED} again"})
    api.call("PATCH", f"/api/messages/{message['message_id']}", json={"purpose": CALLED})
    api.call("GET", f"/api/messages?q={CALLED}&campaign={CALLED}&tag={CALLED}")
    api.call("GET", f"/api/headlines?ids={message['message_id']}")
    api.call("POST", f"/api/messages/{message['message_id']}/sent")
    headers = {
        "User-Agent": PLANTED,
        "Referer": f"https://{PLANTED}.example",
        "X-Forwarded-For": "203.0.113.77",
    }
    for url in (message["pixel_url"], *message["links"].values(), f"{api.origin}/c/{PLANTED}"):
        requests.get(url, headers=headers, timeout=10, allow_redirects=False)
    api.call("GET", "/api/messages")

    for rules in (
        [{"service": "graph", "status": 500, "body": {"error": {"code": f"to {TYPED}", "message": PLANTED}}}],
        [{"service": "graph", "status": 403, "body": f"<html>{TYPED}"}],
        [{"service": "exchange", "status": 400, "body": {"error": {"message": f"{PLANTED} {TYPED}"}}}],
        [{"service": "graph", "drop": True}],
        [{"service": "graph", "path": "members", "truncate": 30}],
        [{"service": "entra", "status": 400, "body": {"error": PLANTED, "error_description": TYPED}}],
    ):
        faults.set(rules)
        api.expand(SALES, TYPED)
        admin.call("GET", "/api/connection")
    faults.clear()

    for planted in (
        b'{"addresses": ["' + PLANTED.encode() + b'"]}',
        b'{"' + PLANTED.encode() + b'": 1}',
        b"{",
    ):
        api.call("POST", "/api/expansions", data=planted, headers={"Content-Type": "application/json"})
    for authorization in (
        "Bearer bearer-" + PLANTED,
        "Basic basic-" + PLANTED,
        f"Bearer {PLANTED}.{PLANTED}.x-{PLANTED}",
    ):
        requests.get(f"{api.origin}/api/connection", headers={"Authorization": authorization}, timeout=10)
    api.call("GET", f"/api/expansions/{uuid.uuid4()}?{PLANTED}={PLANTED}")
    requests.get(
        f"{api.origin}/api/connection/callback",
        params={"state": PLANTED, "code": PLANTED, "error_description": PLANTED},
        cookies={"rollcall-sign-in": PLANTED},
        timeout=10,
    )
    admin.call("POST", "/api/connection/test", json={"address": SALES})
    admin.call("GET", "/api/audit")
    admin.call("GET", "/api/audit.csv")
    admin.call("GET", "/api/health")
    keep()

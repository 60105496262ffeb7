"""An app of their own for readers: a second process, beside the one for everything."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
import requests
from azure.data.tables import TableServiceClient

from sandbox.stack.processes import choose_port, running, tethered
from sandbox.stack.stack import environment_of
from shared.services.process import services
from tests.infra.azure_rules import READERS_ROLES
from tests.support.api import ADA, Api
from tests.support.people import USER, choose, opened, person, sent_mail, set_of
from tests.support.storage_proxy import StorageProxy, Weather
from tests.support.tracked_mails import LINKS, SENDER, visit

READS = "76199698-9eea-4c19-bc75-cec21354c6b6"


@dataclass
class Readers:
    """The app for readers, and the ways to its storage."""

    url: str
    api: Api
    proxies: list[StorageProxy]

    def refused(self) -> list[str]:
        """What it asked of storage, and is not granted."""
        return [asked for proxy in self.proxies for asked in proxy.requests if re.search(ungranted(), asked)]

    def secrets(self) -> set[str]:
        """What it asked of Key Vault."""
        arrived = self.api.sandbox.world.journal
        return {f"{one.method} {one.path}" for one in arrived if one.path.startswith("/secrets")}


def ungranted() -> str:
    """All requests to storage but those that infra/ grants the app's identity."""
    granted = []
    for (kind, name, role), _ in READERS_ROLES.items():
        if kind == "tables":
            granted.append(rf"{'GET' if role == READS else '[A-Z]+'} /\w+/{name}(\(|\?|$)")
        elif kind == "queues":
            granted.append(rf"POST /\w+/{name}/messages")
    return rf"^(?!{'|'.join(granted)})"


@pytest.fixture
def readers(
    individual: Api, azurite: str, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Readers]:
    port = choose_port()
    url = f"http://127.0.0.1:{port}"
    monkeypatch.setenv("ROLLCALL_TRACKING_URL", url)
    services.cache_clear()
    with TableServiceClient.from_connection_string(azurite) as account:  # as the template makes them
        for _, name, _ in (one for one in READERS_ROLES if one[0] == "tables"):
            account.create_table_if_not_exists(name)
    services().tracking.account.queues.send("PUT", "/rollcall-overflow")
    with ExitStack() as stack:
        connection, proxies = azurite, []
        for target in map(int, re.findall(r"(?:Table|Queue)Endpoint=http://127\.0\.0\.1:(\d+)/", azurite)):
            weather = Weather(ungranted(), status=403, code="AuthorizationPermissionMismatch")
            proxies.append(stack.enter_context(StorageProxy(target, weather=[weather]).running()))
            connection = connection.replace(f":{target}/", f":{proxies[-1].port}/")
        own = {
            "ROLLCALL_ROLE": "tracking",
            "ROLLCALL_TRACKING_URL": url,
            "ROLLCALL_STORAGE_CONNECTION": connection,
            "ROLLCALL_MODES": "counting,pseudonymous,individual",
            "ROLLCALL_INDIVIDUAL_BASIS": "objection",
        }
        command = tethered("sandbox.host.host", "--port", str(port))
        child = stack.enter_context(
            running("app-for-readers", command, environment_of(os.environ, environment | own))
        )
        child.wait_for_answer(port, "/p", [])
        yield Readers(url, individual, proxies)
    individual.as_person(ADA).call("DELETE", f"{person(USER)}/objection")  # for whoever comes next


def test_new_mails_lead_to_the_app_for_readers_and_those_of_before_to_where_they_led(
    readers: Readers,
) -> None:
    body = sent_mail(readers.api)
    mail = set_of(body, USER)
    urls = [mail["pixel_url"], mail["notice_url"], *mail["links"].values()]
    assert all(url.startswith(f"{readers.url}/") for url in urls)
    before = mail["pixel_url"].replace(readers.url, readers.api.origin)
    for url in (mail["pixel_url"], before):
        assert visit(url).headers["content-type"] == "image/gif"
    assert visit(mail["links"][LINKS[2]]).headers["location"] == LINKS[2]
    assert opened(readers.api, body["message_id"]) == 1


def test_an_objection_there_holds_everywhere_and_is_recorded(readers: Readers) -> None:
    mail = set_of(sent_mail(readers.api), USER)
    assert 'name="choice"' in requests.get(mail["notice_url"], timeout=10).text
    assert choose(mail["notice_url"], "object").status_code == 200
    [record, *_] = readers.api.as_person(ADA).call("GET", "/api/audit").json()["rows"]
    assert (record["kind"], record["actor"]) == ("objected", "link")
    later = sent_mail(readers.api)
    for url in (set_of(later, USER)["pixel_url"], mail["pixel_url"].replace(readers.url, readers.api.origin)):
        visit(url)
    assert opened(readers.api, later["message_id"]) == 0


def test_it_answers_readers_and_nobody_else(readers: Readers) -> None:
    for path in ("/api/health", "/api/expansions", "/addin/pane.html", "/me", "/api/openapi.json"):
        token = readers.api.sandbox.caller_token(readers.api.person)
        headers = {"Authorization": f"Bearer {token}"}
        assert requests.get(readers.url + path, headers=headers, timeout=10).status_code == 404, path


def test_it_asks_for_nothing_that_it_is_not_granted(readers: Readers) -> None:
    mail = set_of(sent_mail(readers.api), USER)
    readers.api.sandbox.world.journal.clear()
    for url in (mail["pixel_url"], mail["links"][LINKS[2]], mail["pixel_url"] + "x", f"{readers.url}/c/x"):
        visit(url)
    choose(mail["notice_url"], "object")
    assert readers.refused() == []
    assert {asked.partition("?")[0] for asked in readers.secrets()} == {"GET /secrets/rollcall-signing-keys/"}


def test_a_link_to_either_app_is_not_tracked_once_more(readers: Readers) -> None:
    found = readers.api.expand("sales-team@company.com").json()["id"]
    for origin in (readers.url, readers.api.origin):
        body = {"expansion_id": found, "mode": "counting", "sender": SENDER, "links": [f"{origin}/c/token"]}
        answer = readers.api.call("POST", "/api/messages", json=body)
        assert (answer.status_code, answer.json()["field"]) == (400, "$.links[0]")


def test_a_role_that_there_is_not_is_said_and_answers_nothing(
    individual: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLLCALL_ROLE", "trackign")
    services.cache_clear()
    assert individual.call("GET", "/api/me").json()["code"] == "not_configured"

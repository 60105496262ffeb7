"""The pixel and the redirect through the public door, whatever is wrong behind it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
import requests

from sandbox.host.host import Host
from shared.errors import SettingsError
from shared.services.process import services
from shared.tracking.mail.tokens import EVERYBODY, NOBODY, Click, Keyring, Opening, Signer
from shared.tracking.privacy.opt_outs import of_person, of_recipient
from shared.tracking.recording.events import Event, Flag, unpack
from tests.support.api import Api
from tests.support.tracked_mails import register

BROWSER = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0 Safari/537.36"
)
TARGET = "https://company.com/caf%C3%A9?a=1&b=%zz#top"


@pytest.fixture
def signer(host: Host) -> Signer:
    return services().tracking.signing_keys.get()


@pytest.fixture
def message() -> str:
    return Keyring.new().anchor[:16].hex()


def get(host: Host, path: str, method: str = "GET", **headers: str) -> requests.Response:
    sent = {"User-Agent": BROWSER, **headers}
    return requests.request(method, host.origin + path, headers=sent, timeout=10, allow_redirects=False)


def recorded(message: str) -> list[Event]:
    return [
        event for entry in services().tracking.journal_table.read(message) for event in unpack(entry.data)
    ]


def is_pixel(answer: requests.Response) -> bool:
    return answer.status_code == 200 and answer.content[:6] == b"GIF89a" and len(answer.content) == 43


def test_the_pixel_is_an_image_that_nothing_caches_and_nothing_blocks(
    host: Host, signer: Signer, message: str
) -> None:
    answer = get(host, f"/o/{signer.sign_open(Opening(message, 7))}")
    assert is_pixel(answer)
    headers = answer.headers
    assert headers["content-type"] == "image/gif"
    assert headers["content-length"] == "43"
    assert "no-store" in headers["cache-control"]
    assert headers["cross-origin-resource-policy"] == "cross-origin"
    assert not {"set-cookie", "etag", "last-modified", "location", "transfer-encoding"} & set(
        name.lower() for name in headers
    )
    [event] = recorded(message)
    assert (event.flags, event.recipient, event.link) == (0, 7, 0)
    assert abs(event.at / 1000 - time.time()) < 10


@pytest.mark.parametrize("token", ["x", "A" * 60, "%00", "..%2f", "é", "a" * 4000, "%F0%9F%98%80", "x.gif"])
def test_a_forged_pixel_is_an_image_too(host: Host, token: str) -> None:
    answer = get(host, f"/o/{token}")
    assert is_pixel(answer) or (token == "%00" and answer.status_code == 400)  # the host's own refusal


def test_a_click_lands_and_is_recorded(host: Host, signer: Signer, message: str) -> None:
    answer = get(host, f"/c/{signer.sign_click(Click(message, 7, 3, TARGET))}")
    assert (answer.status_code, answer.headers["location"], answer.content) == (302, TARGET, b"")
    assert answer.headers["cache-control"].startswith("no-store")
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in answer.headers
    [event] = recorded(message)
    assert (event.flags, event.recipient, event.link) == (Flag.CLICKED, 7, 3)


@pytest.mark.parametrize("glued", [".", ")", ",", "%3E", "%3D", "%22", "%E2%80%9D", ".gif", "%20Register"])
def test_what_a_mail_program_glued_to_a_link_or_a_pixel_changes_nothing(
    host: Host, signer: Signer, message: str, glued: str
) -> None:
    answer = get(host, f"/c/{signer.sign_click(Click(message, 7, 3, TARGET))}{glued}")
    assert (answer.status_code, answer.headers["location"]) == (302, TARGET)
    assert is_pixel(get(host, f"/o/{signer.sign_open(Opening(message, 8))}{glued}"))
    assert [event.recipient for event in recorded(message)] == [7, 8]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda token: token[:-1],
        lambda token: "B" + token[1:],
        lambda token: token[:40] + "/https://evil.example",
        lambda token: "https://evil.example",
        lambda token: f"{token}?url=https://evil.example",
        lambda token: "%0d%0aLocation:%20https://evil.example",
        lambda token: "<script>alert(1)</script>",
    ],
)
def test_a_forged_click_goes_nowhere_and_echoes_nothing(
    host: Host, signer: Signer, message: str, spoil: Callable[[str], str]
) -> None:
    path = spoil(signer.sign_click(Click(message, 7, 3, TARGET)))
    answer = get(host, f"/c/{path}")
    if "?" in path:  # the query is not part of the token
        assert answer.headers["location"] == TARGET
        return
    assert answer.status_code == 404
    assert "location" not in answer.headers
    assert "evil" not in answer.text
    assert "script>alert" not in answer.text
    assert recorded(message) == []


def test_head_answers_and_is_told_apart(host: Host, signer: Signer, message: str) -> None:
    opened = get(host, f"/o/{signer.sign_open(Opening(message, 1))}", "HEAD")
    clicked = get(host, f"/c/{signer.sign_click(Click(message, 1, 0, TARGET))}", "HEAD")
    assert (opened.status_code, opened.headers["content-length"], opened.content) == (200, "43", b"")
    assert (clicked.status_code, clicked.headers["location"]) == (302, TARGET)
    assert sorted(event.flags for event in recorded(message)) == [Flag.HEAD, Flag.HEAD | Flag.CLICKED]


@pytest.mark.parametrize("headers", [{"DNT": "1"}, {"Sec-GPC": "1"}])
def test_a_browser_that_declines_is_not_recorded_until_somebody_clicks(
    host: Host, signer: Signer, message: str, headers: dict[str, str]
) -> None:
    assert is_pixel(get(host, f"/o/{signer.sign_open(Opening(message, 1))}", **headers))
    assert recorded(message) == []
    get(host, f"/c/{signer.sign_click(Click(message, 1, 0, TARGET))}", **headers)
    assert len(recorded(message)) == 1


def test_an_objection_holds_for_mails_already_delivered(
    individual: Api, host: Host, signer: Signer, message: str
) -> None:
    alice, bob = signer.person("alice@company.com"), signer.person("bob@company.com")
    tokens = [
        signer.sign_open(Opening(message, number, person))
        for number, person in enumerate([alice, bob, NOBODY], 1)
    ]
    opt_outs = services().tracking.opt_outs
    opt_outs.add(of_person(alice))
    opt_outs.add(of_recipient(message, 3))
    assert all(is_pixel(get(host, f"/o/{token}")) for token in tokens)
    assert [event.recipient for event in recorded(message)] == [2]
    click = get(host, f"/c/{signer.sign_click(Click(message, 1, 0, TARGET, alice))}")
    assert click.headers["location"] == TARGET
    assert [event.recipient for event in recorded(message)] == [2]


def test_what_is_kept_of_a_request_leads_back_to_nobody(host: Host, signer: Signer, message: str) -> None:
    token = signer.sign_open(Opening(message, EVERYBODY))
    for address in ("203.0.113.7:51234", "203.0.113.7:51299", "198.51.100.1", "203.0.113.7, 198.51.100.1"):
        get(host, f"/o/{token}", **{"X-Forwarded-For": address, "Cookie": "canary", "Referer": "canary"})
    same, same_again, other, claimed = sorted(recorded(message), key=lambda event: event.at)
    assert same.source == same_again.source != other.source == claimed.source
    assert max(event.source for event in recorded(message)) < 2**16
    assert {event.agent for event in recorded(message)} == {
        "Mozilla/5 Windows AppleWebKit/537 Chrome/130 Safari/537"
    }
    stored = b"".join(entry.data for entry in services().tracking.journal_table.read(message))
    assert b"203.0.113" not in stored
    assert b"canary" not in stored


def test_a_deleted_message_records_no_more(api: Api, host: Host) -> None:
    body = register(api)
    path = body["pixel_url"].partition("/o/")[2]
    assert is_pixel(get(host, f"/o/{path}"))
    assert len(recorded(body["message_id"])) == 1
    assert api.call("DELETE", f"/api/messages/{body['message_id']}").status_code == 204
    assert is_pixel(get(host, f"/o/{path}"))
    assert recorded(body["message_id"]) == []


@pytest.fixture
def breaking(host: Host, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Starts the app anew with other settings."""

    def restart(**settings: str) -> None:
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        services.cache_clear()

    yield restart
    with suppress(SettingsError):
        services().tracking.journal.close()


NOWHERE = (
    "AccountName=a;AccountKey=c2VjcmV0;TableEndpoint=http://127.0.0.1:9/a;QueueEndpoint=http://127.0.0.1:9/a"
)


@pytest.mark.parametrize(
    "broken",
    [
        {"ROLLCALL_STORAGE_CONNECTION": NOWHERE},
        {"ROLLCALL_STORAGE_CONNECTION": "nonsense"},
        {"ROLLCALL_SIGNING_KEYS": "nonsense"},
        {"ROLLCALL_SIGNING_KEYS": "@Microsoft.KeyVault(SecretUri=https://vault.example)"},
        {"ROLLCALL_TENANT_ID": ""},
        {"ROLLCALL_KEY_VAULT_URL": "https://127.0.0.1:9"},
    ],
)
def test_whatever_is_wrong_with_us_the_pixel_is_an_image_in_time(
    host: Host, signer: Signer, message: str, breaking: Callable[..., None], broken: dict[str, str]
) -> None:
    breaking(**broken)
    began = time.monotonic()
    assert is_pixel(get(host, f"/o/{signer.sign_open(Opening(message, 1))}"))
    assert time.monotonic() - began < 0.7


@pytest.mark.parametrize("storage", [NOWHERE, "nonsense"])
def test_a_genuine_click_lands_even_with_storage_down(
    host: Host, breaking: Callable[..., None], message: str, storage: str
) -> None:
    keyring = Keyring.new()
    breaking(ROLLCALL_SIGNING_KEYS=keyring.text(), ROLLCALL_STORAGE_CONNECTION=storage)
    began = time.monotonic()
    answer = get(host, f"/c/{Signer(keyring).sign_click(Click(message, 1, 0, TARGET))}")
    assert answer.headers["location"] == TARGET
    assert time.monotonic() - began < 0.7


def test_a_click_that_cannot_be_judged_says_to_come_back(
    host: Host, signer: Signer, message: str, breaking: Callable[..., None]
) -> None:
    breaking(ROLLCALL_TENANT_ID="")
    answer = get(host, f"/c/{signer.sign_click(Click(message, 1, 0, TARGET))}")
    assert answer.status_code == 503
    assert "location" not in answer.headers


def test_a_link_signed_elsewhere_with_a_newer_key_works_here(
    host: Host, signer: Signer, message: str
) -> None:
    keys = services().tracking.signing_keys
    vault: Any = services().vault
    rotated = Keyring.parse(vault.get("rollcall-signing-keys", fresh=True)).rotated()
    vault.set("rollcall-signing-keys", rotated.text())
    keys._asked_at = float("-inf")
    click = Click(message, 1, 0, TARGET)
    for signing in (Signer(rotated), signer):
        assert get(host, f"/c/{signing.sign_click(click)}").headers["location"] == TARGET


COLD = """
import asyncio, json, sys, time
import azure.functions as func
import function_app
heavy = {"azure.core", "azure.data", "azure.identity", "azure.keyvault", "msal", "requests", "urllib3", "jwt"}
loaded = sorted(heavy & {".".join(name.split(".")[:2]) for name in sys.modules} | heavy & set(sys.modules))
for function in function_app.app.get_functions():
    if function.get_function_name() == "track_open":
        handler = function.get_user_function()
params = {"token": sys.argv[1]}
req = func.HttpRequest("GET", "http://x/o/t", headers={}, params={}, route_params=params, body=b"")
async def first():
    began = time.monotonic()
    answer = await handler(req)
    return time.monotonic() - began, len(answer.get_body())
seconds, size = asyncio.run(first())
print(json.dumps([loaded, seconds, size]))
"""


def test_a_cold_start_imports_no_azure_library_and_answers_in_time(
    host: Host, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring = Keyring.new()
    monkeypatch.setenv("ROLLCALL_SIGNING_KEYS", keyring.text())
    token = Signer(keyring).sign_open(Opening(message, 1))
    done = subprocess.run([sys.executable, "-c", COLD, token], capture_output=True, text=True, check=True)
    loaded, seconds, size = json.loads(done.stdout)
    assert (loaded, size) == ([], 43)
    assert seconds < 1
    assert len(recorded(message)) == 1  # stored by the time the process ended

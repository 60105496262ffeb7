"""Key Vault that refuses or does not answer; whom it trusts, what is logged, and its real answers."""

from __future__ import annotations

import json
import logging
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from shared.adapters.keyvault import Vault
from shared.errors import VaultUnavailable
from tests.support.fake_keyvault import CHALLENGE, Answer, FakeKeyVault, Identity, _numbers, error, vault_on

RECORDED = Path(__file__).parents[5] / "shared" / "data" / "key-vault"


class TestTrouble:
    @pytest.mark.parametrize(
        ("answer", "sentence", "remedy"),
        [
            (error(403, "Forbidden", "ForbiddenByRbac"), "refuses", "Key Vault Secrets Officer"),
            (error(403, "Forbidden", "AccessDenied"), "refuses", "Key Vault Secrets Officer"),
            (error(403, "Forbidden"), "refuses", "Key Vault Secrets Officer"),
            (error(403, "Forbidden", "ForbiddenByFirewall"), "network rules", "firewall"),
            (error(403, "Forbidden", "ForbiddenByConnection"), "public access is off", "private endpoint"),
            (error(403, "Forbidden", "ForbiddenByPolicy"), "refuses", "Key Vault Secrets Officer"),
            (error(403, "Forbidden", "ForbiddenOfTheFuture"), "ForbiddenOfTheFuture", "often helps"),
            (error(409, "Conflict", "ObjectIsBeingDeleted"), "being deleted", "minute"),
            (error(404, "VaultNotFound"), "deleted or suspended", "vault"),
            (error(418, "Teapot"), "418 Teapot", "code"),
            (error(403, "Forbidden", "SecretDisabled"), "disabled", "the secret the-name"),
            (error(409, "Conflict", "ObjectIsDeletedButRecoverable"), "deleted", "the secret the-name"),
            (error(429, "Throttled"), "busy", "minute"),
            (error(500, "InternalServerError"), "cannot be reached", "minute"),
            (error(503, "ServiceUnavailable"), "cannot be reached", "minute"),
            (error(404, "NotFound"), "not Rollcall's Key Vault", "ROLLCALL_KEY_VAULT_URL"),
            ((404, "<html>", {"Content-Type": "text/html"}), "not Rollcall's", "ROLLCALL_KEY_VAULT_URL"),
            ((200, "<html>", {"Content-Type": "text/html"}), "not Rollcall's", "ROLLCALL_KEY_VAULT_URL"),
            ((200, '{"value": "tru', {}), "not Rollcall's", "ROLLCALL_KEY_VAULT_URL"),
            ((200, {}, {}), "not Rollcall's", "ROLLCALL_KEY_VAULT_URL"),
            ((403, "", {}), "refuses", "Key Vault Secrets Officer"),
            ((502, "", {}), "cannot be reached", "minute"),
            (requests.ConnectTimeout("slow"), "cannot be reached", "minute"),
            (requests.ReadTimeout("slow"), "cannot be reached", "minute"),
            (requests.ConnectionError("refused"), "cannot be reached", "minute"),
            (requests.exceptions.SSLError("not trusted"), "cannot be reached", "minute"),
        ],
    )
    def test_each_kind_of_trouble_has_its_sentence_and_its_remedy(
        self, vault: Vault, wire: FakeKeyVault, answer: Any, sentence: str, remedy: str
    ) -> None:
        wire.planned = [answer, answer]
        with pytest.raises(VaultUnavailable) as caught:
            vault.get("the-name")
        assert sentence in caught.value.sentence
        assert remedy in caught.value.remedy
        assert "canary" not in caught.value.sentence + caught.value.remedy

    @pytest.mark.parametrize(
        "answer",
        [
            error(403, "Forbidden"),
            error(409, "Conflict", "ObjectIsDeletedButRecoverable"),
            error(500, "Internal"),
        ],
        ids=["403", "409", "500"],
    )
    def test_what_the_vault_did_not_take_is_not_remembered(
        self, vault: Vault, wire: FakeKeyVault, answer: Answer
    ) -> None:
        wire.planned = [answer, answer]
        with pytest.raises(VaultUnavailable):
            vault.set("name", "lost")
        wire.planned.clear()
        assert vault.get("name") is None

    @pytest.mark.parametrize(
        "answer",
        [error(503, "ServiceUnavailable"), error(429, "Throttled"), requests.ConnectionError("reset")],
        ids=["503", "429", "reset"],
    )
    def test_a_trouble_that_does_not_last_is_not_noticed(
        self, vault: Vault, wire: FakeKeyVault, answer: Any
    ) -> None:
        wire.secrets = {"name": "value"}
        wire.planned = [answer]
        assert vault.get("name") == "value"

    def test_nobody_waits_longer_than_two_seconds_for_a_vault_that_asks_for_an_hour(
        self, vault: Vault, wire: FakeKeyVault, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        slept: list[float] = []
        monkeypatch.setattr(time, "sleep", slept.append)
        throttled = error(429, "Throttled", **{"Retry-After": "3600"})
        wire.planned = [throttled, throttled]
        with pytest.raises(VaultUnavailable, match="busy"):
            vault.get("name")
        assert slept == [2]

    def test_every_request_is_bounded_so_that_two_take_no_ten_seconds(
        self, vault: Vault, wire: FakeKeyVault
    ) -> None:
        vault.get("name")
        for connecting, reading in wire.timeouts:
            assert 2 * max(connecting, reading) < 10

    def test_no_identity_is_told_as_such(self, vault: Vault, identity: Identity) -> None:
        identity.refuses = True
        with pytest.raises(VaultUnavailable) as caught:
            vault.get("name")
        assert "no identity" in caught.value.sentence
        assert "AZURE_CLIENT_ID" in caught.value.remedy
        assert "canary" not in caught.value.sentence + caught.value.remedy

    def test_an_identity_that_the_vault_does_not_take_is_told_as_such(
        self, vault: Vault, wire: FakeKeyVault
    ) -> None:
        wire.planned = [error(401, "Unauthorized", **{"WWW-Authenticate": CHALLENGE})] * 2
        with pytest.raises(VaultUnavailable, match="no identity"):
            vault.get("name")

    def test_a_host_that_is_unknown_is_told_as_such(
        self, identity: Identity, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def unknown(*args: Any, **kwargs: Any) -> Any:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")

        monkeypatch.setattr(socket, "getaddrinfo", unknown)
        with pytest.raises(VaultUnavailable, match="no Key Vault of that name"):
            Vault("https://no-such.vault.azure.net", identity).get("name")

    def test_a_port_that_nobody_listens_on_is_told_at_once(self, identity: Identity) -> None:
        started_at = time.monotonic()
        with pytest.raises(VaultUnavailable, match="cannot be reached"):
            Vault("https://localhost:1", identity).get("name")
        assert time.monotonic() - started_at < 5


class TestWhoIsAsked:
    @pytest.mark.parametrize("resource", ["https://vault.example.com", "https://evil.example", "x"])
    def test_a_stranger_that_asks_for_access_tokens_gets_none(
        self, vault: Vault, wire: FakeKeyVault, identity: Identity, resource: str
    ) -> None:
        wire.challenge = f'Bearer authorization="https://login.example.com/x", resource="{resource}"'
        with pytest.raises(VaultUnavailable, match="not Rollcall's Key Vault"):
            vault.get("name")
        assert not identity.asked

    @pytest.mark.parametrize(
        ("host", "taken"),
        [
            ("localhost", True),
            ("127.0.0.1", True),
            ("localhost.example.com", False),
            ("127.0.0.1.example.com", False),
            ("rollcall.example.com", False),
        ],
    )
    def test_only_on_this_machine_may_a_vault_be_under_another_domain(
        self, wire: FakeKeyVault, identity: Identity, host: str, taken: bool
    ) -> None:
        wire.secrets = {"name": "value"}
        vault = vault_on(wire, identity, f"https://{host}:{10_000 + next(_numbers)}")
        if taken:
            assert vault.get("name") == "value"
        else:
            with pytest.raises(VaultUnavailable, match="not Rollcall's Key Vault"):
                vault.get("name")
            assert not identity.asked


class TestSecrecy:
    def test_no_value_is_in_a_log_a_repr_or_an_error(
        self, vault: Vault, wire: FakeKeyVault, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        vault.set("name", "canary-value")
        vault.get("name", fresh=True)
        wire.planned = [(200, '{"value": "canary-value', {})]
        with pytest.raises(VaultUnavailable) as caught:
            vault.get("name", fresh=True)
        for text in (caplog.text, repr(vault), str(caught.value), caught.value.remedy):
            assert "canary-value" not in text
            assert "the-access-token" not in text


class Recording(FakeKeyVault):
    """Plays a recorded answer after the recorded challenge."""

    def __init__(self, exchange: dict[str, Any], challenge: str) -> None:
        super().__init__()
        self.challenge = challenge
        recorded = exchange["response"]
        headers = {name: values[0] for name, values in recorded["headers"].items()}
        del headers["content-length"]  # of the answer before it was anonymised
        self.planned = [(recorded["status"]["code"], recorded["body"]["string"], headers)]


def recorded_exchanges() -> Iterator[Any]:
    """Real exchanges in which one secret is read or written, with the challenge before them."""
    yaml = pytest.importorskip("yaml", reason="PyYAML reads the recordings, and is not installed")
    if not RECORDED.is_dir():
        pytest.skip("the recorded Key Vault exchanges are not beside this checkout, in ../shared/data")
    for path in sorted(RECORDED.glob("*.yaml")):
        challenge = ""
        for exchange in yaml.safe_load(path.read_text())["interactions"]:
            if exchange["response"]["status"]["code"] == 401:
                challenge = exchange["response"]["headers"]["www-authenticate"][0]
            parts = urlsplit(exchange["request"]["uri"]).path.strip("/").split("/")
            is_one_secret = parts[0] == "secrets" and len(parts) == 2
            if challenge and is_one_secret and exchange["request"]["method"] in ("GET", "PUT"):
                yield parts[1], exchange, challenge


def test_real_answers_of_key_vault_are_understood(identity: Identity) -> None:
    outcomes: dict[str, int] = {}
    for name, exchange, challenge in recorded_exchanges():
        status = exchange["response"]["status"]["code"]
        if status == 401:
            continue
        vault = vault_on(Recording(exchange, challenge), identity)
        body = json.loads(exchange["response"]["body"]["string"])
        if exchange["request"]["method"] == "GET":
            assert vault.get(name) == (body["value"] if status == 200 else None)
        elif status == 200:
            vault.set(name, json.loads(exchange["request"]["body"])["value"])
        else:
            with pytest.raises(VaultUnavailable, match="was deleted"):
                vault.set(name, "value")
        key = f"{exchange['request']['method']} {status}"
        outcomes[key] = outcomes.get(key, 0) + 1
    assert outcomes.keys() == {"GET 200", "GET 404", "PUT 200", "PUT 409"}

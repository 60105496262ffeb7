"""A working day with a canary in every input: no log holds a secret or an address, no answer a secret."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from sandbox.server.server import Running
from sandbox.stack.cookies import taken
from sandbox.tenant.world import addresses_of
from shared.services.process import services
from tests.support.api import ADA, ALL, Api
from tests.support.canaries import CALLED, LINK, NAMED, PLANTED, TYPED, Answers, live


def secrets_of(sandbox: Running, storage: str) -> Iterator[str]:
    """Everything that must stay where it is."""
    world = sandbox.world
    yield from world.refresh_tokens
    yield from world.codes
    yield world.managed_identity.header
    yield world.client_secret
    for version in world.secrets["rollcall-signing-keys"]:
        yield from re.findall(r"[A-Za-z0-9_~.+/=-]{20,}", version.value)
    yield from re.findall("AccountKey=([^;]+)", storage)
    for resource in ("graph", "exchange"):
        yield services().service_account.access_token(resource)


def test_no_log_and_no_answer_of_a_whole_day_holds_what_it_must_not(
    api: Api,
    azurite: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("ROLLCALL_DIRECTORIES", "graph,exchange,ews")
    monkeypatch.setenv("ROLLCALL_CANARY_LIST", ALL)
    monkeypatch.setenv("ROLLCALL_BY_LIST", "yes")
    services.cache_clear()
    caplog.set_level(logging.INFO)  # as the platform listens; libraries tell more at DEBUG
    caplog.set_level(logging.DEBUG, logger="shared")
    answers = Answers(monkeypatch, api.origin)
    start = api.as_person(ADA).call("GET", "/api/connection/start")
    url = start.json()["authorize_url"]
    callback = api.sandbox.sign_in_service_account(url)
    requests.get(callback, cookies=taken(start), timeout=30)
    verifiers = [taken(start)["rollcall-sign-in"], *parse_qs(urlsplit(callback).query)["code"]]

    live(api, answers)
    secrets = {*secrets_of(api.sandbox, azurite), *verifiers, *answers.sent} - {""}
    assert len(secrets) > 10

    logged = "\n".join(
        f"{record.getMessage()} {record.exc_text or ''} {json.dumps(record.args, default=repr)}"
        for record in caplog.records
    )
    assert len(caplog.records) > 50
    assert "alert connection_stopped" in logged
    told = "\n".join(answers.texts)
    assert "recipients" in told
    for secret in secrets:
        # Long ones begin alike (`eyJ..`), so their end is looked for.
        assert secret[-32:] not in logged
        assert secret[-32:] not in told
    people = {
        address.lower() for entry in api.sandbox.world.by_id.values() for address in addresses_of(entry)
    }
    private = {*people, TYPED, NAMED, CALLED, LINK, "canary-path", "nobody-canary", "203.0.113.77", PLANTED}
    assert {word for word in private if word in logged.lower() or word in logged} == set()
    shown = [text for text in answers.texts if PLANTED in text]
    assert [text[-300:] for text in shown if "There is no such field" not in text] == []

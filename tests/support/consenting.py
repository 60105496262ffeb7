"""An organisation in which only who said yes is measured by name, and people who say so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from azure.data.tables import TableServiceClient

from shared.adapters.storage.tables.consents import CONSENTS
from shared.adapters.storage.tables.opt_outs import OPT_OUTS
from shared.services.process import services
from tests.support.api import Api

PERSON = "user1@company.com"


@pytest.fixture
def nobody_answered(azurite: str) -> Iterator[None]:
    """Nobody said yes or no before, nor after."""
    _forget_answers(azurite)
    yield
    _forget_answers(azurite)


def _forget_answers(azurite: str) -> None:
    with TableServiceClient.from_connection_string(azurite) as account:
        for name, beginning in ((CONSENTS, ""), (OPT_OUTS, "digest-")):
            account.create_table_if_not_exists(name)
            table = account.get_table_client(name)
            for row in list(table.list_entities()):
                if row["RowKey"].startswith(beginning):
                    table.delete_entity(row["PartitionKey"], row["RowKey"])


@pytest.fixture
def consenting(api: Api, monkeypatch: pytest.MonkeyPatch, nobody_answered: None) -> Api:
    """Individual measuring rests on consent, and reports tell all."""
    monkeypatch.setenv("ROLLCALL_MODES", "counting,pseudonymous,individual")
    monkeypatch.setenv("ROLLCALL_INDIVIDUAL_BASIS", "consent")
    monkeypatch.setenv("ROLLCALL_SMALLEST_GROUP", "1")
    services.cache_clear()
    return api


def measuring(api: Api, person: str = PERSON) -> Any:
    """How the person stands."""
    answer = api.as_person(person).call("GET", "/api/me/measuring")
    assert answer.status_code == 200, answer.text
    return answer.json()


def say(api: Api, *, yes: bool, person: str = PERSON, language: str = "en") -> Any:
    """What the person is answered who says yes or no."""
    version = measuring(api, person)["question"]["version"]
    given = {"yes": yes, "version": version, "language": language}
    answer = api.as_person(person).call("PUT", "/api/me/measuring", json=given)
    assert answer.status_code == 200, answer.text
    return answer.json()

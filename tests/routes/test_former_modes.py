"""What was set, stored, stamped and sent when modes had other names is still understood."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from azure.data.tables import TableServiceClient

from shared.adapters.storage.tables.messages import MESSAGES
from shared.services.process import services
from shared.tracking.mail.modes import FORMER_MODES, Mode
from tests.support.api import SALES, Api
from tests.support.tracked_mails import LINKS, SENDER, visit


@pytest.fixture
def formerly(api: Api, monkeypatch: pytest.MonkeyPatch) -> Api:
    """A deployment whose administrator set the modes by the names that they had."""
    monkeypatch.setenv("ROLLCALL_MODES", "anonymous,overall")
    monkeypatch.setenv("ROLLCALL_SMALLEST_GROUP", "1")
    services.cache_clear()
    return api


def register(api: Api, mode: str, expansion_id: str) -> Any:
    body = {"expansion_id": expansion_id, "mode": mode, "sender": SENDER, "links": LINKS}
    answer = api.call("POST", "/api/messages", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_former_settings_allow_the_same_modes(formerly: Api) -> None:
    assert services().settings.modes == ("counting", "pseudonymous")
    refused = formerly.call(
        "POST",
        "/api/messages",
        json={"expansion_id": formerly.expand(SALES).json()["id"], "mode": "individual", "sender": SENDER},
    )
    assert refused.status_code == 403


@pytest.mark.parametrize(("former", "mode"), list(FORMER_MODES.items()))
def test_an_older_pane_registers_and_is_answered_with_the_modes_of_today(
    formerly: Api, former: str, mode: str
) -> None:
    identifier = formerly.expand(SALES).json()["id"]
    mail = register(formerly, former, identifier)
    assert mail["mode"] == mode
    # Its draft is opened again by a pane of today.
    assert register(formerly, mode, identifier)["message_id"] == mail["message_id"]


@pytest.mark.parametrize(("former", "mode"), list(FORMER_MODES.items()))
def test_a_message_of_before_goes_on_with_its_tokens_and_its_report(
    formerly: Api, azurite: str, former: str, mode: str
) -> None:
    identifier = formerly.expand(SALES).json()["id"]
    mail = register(formerly, mode, identifier)
    path = f"/api/messages/{mail['message_id']}"
    with TableServiceClient.from_connection_string(azurite) as account:
        table = account.get_table_client(MESSAGES)
        [row] = table.query_entities(f"RowKey eq '{mail['message_id']}'")
        # As the version before wrote it, its digest of the registration included.
        words = [former, SENDER["name"], SENDER["address"], *dict.fromkeys(LINKS)]
        digest = hashlib.sha256("\n".join(map(repr, words)).encode()).hexdigest()
        assert row["fingerprint"] == digest
        table.update_entity(row | {"mode": former})
    assert register(formerly, mode, identifier)["message_id"] == mail["message_id"]
    assert formerly.call("POST", f"{path}/sent").json()["mode"] == mode
    shared = mail["pixel_url"] or mail["recipients"]["rows"][0]["pixel_url"]
    assert visit(shared).status_code == 200
    report = formerly.call("GET", f"{path}/report").json()
    assert (report["mode"], report["recipients"]["at_least"], bool(report["sent_at"])) == (mode, 4, True)


def test_there_is_no_fourth_name() -> None:
    with pytest.raises(ValueError, match="nobody"):
        Mode("nobody")

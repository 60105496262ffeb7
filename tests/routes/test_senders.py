"""Who a mail says it is from: the caller, or said to be unchecked wherever it is shown."""

from __future__ import annotations

import json
from typing import Any

import pytest

from shared.audience.directory import DistributionList, ListKind, Mailbox
from shared.errors import AmbiguousAddress, DirectoryDown
from shared.services.process import services
from shared.tracking.mail.messages import Sender
from shared.tracking.mail.senders import check_sender
from tests.support.api import ADA, MIA, NOAH, Api
from tests.support.tracked_mails import register

CHIEF = {"name": "The Chief Executive", "address": "user1@company.com"}


def recorded(api: Api, message: str) -> Any:
    found = api.as_person(ADA).call("GET", "/api/audit?kind=message_registered&limit=200").json()["rows"]
    [facts] = [json.loads(one["facts"]) for one in found if one["subject"] == message]
    return facts


def listed(api: Api, message: str) -> Any:
    [found] = [one for one in api.call("GET", "/api/messages").json()["rows"] if one["message_id"] == message]
    return found["sender"]


def person(api: Api, address: str) -> Any:
    return api.as_person(ADA).call("GET", f"/api/people/{address}").json()


def ids(found: list[Any]) -> set[str]:
    return {one["message_id"] for one in found}


def test_a_caller_who_names_themselves_is_checked(api: Api) -> None:
    message = register(api)["message_id"]
    assert listed(api, message) == {"name": "Mia Sender", "address": MIA, "checked": True}
    assert message in ids(person(api, MIA)["sent"])


def test_somebody_elses_name_is_unchecked_in_the_list_and_in_what_is_kept_of_them(api: Api) -> None:
    message = register(api, sender=CHIEF)["message_id"]
    assert listed(api, message) == CHIEF | {"checked": False}
    assert api.call("POST", f"/api/messages/{message}/sent").json()["sender"]["checked"] is False
    chief = person(api, CHIEF["address"])
    assert message not in ids(chief["sent"])
    assert message in ids(chief["claimed"])


def test_the_trail_says_whether_the_sender_was_checked_and_names_nobody(api: Api) -> None:
    false, true = (register(api, sender=each)["message_id"] for each in (CHIEF, {"name": "", "address": MIA}))
    assert (recorded(api, false)["sender_checked"], recorded(api, true)["sender_checked"]) == (False, True)
    assert CHIEF["address"] not in json.dumps(recorded(api, false))


def test_whoever_got_a_mail_in_somebody_elses_name_is_told_so(api: Api) -> None:
    false, true = (register(api, sender=each)["message_id"] for each in (CHIEF, {"name": "", "address": MIA}))
    received = {
        one["message_id"]: one["sender_checked"] for one in person(api, "user2@company.com")["received"]
    }
    assert (received[false], received[true]) == (False, True)


def test_another_address_of_the_callers_is_theirs_as_the_directory_says(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    mia = api.sandbox.world.find_person(MIA)
    assert mia
    asked: list[Any] = []

    def find(addresses: Any) -> Any:
        asked.append(list(addresses))
        return {"sales@company.com": Mailbox(id=mia.id, address=MIA, signs_in=True)}

    monkeypatch.setattr(services().tracking, "find_people", find)
    message = register(api, sender={"name": "Mia", "address": "Sales@company.com"})["message_id"]
    assert listed(api, message)["checked"] is True
    assert asked == [["sales@company.com"]]


def test_while_nobody_can_be_asked_another_address_is_unchecked_and_ones_own_is_not(api: Api) -> None:
    counted = [api.expand("user1@company.com").json()["id"] for _ in range(2)]
    api.as_person(ADA).call("DELETE", "/api/connection")
    other, own = (
        register(api, expansion_id=expansion, sender=sender)["message_id"]
        for expansion, sender in zip(counted, (CHIEF, {"name": "Mia", "address": MIA}), strict=True)
    )
    assert (listed(api, other)["checked"], listed(api, own)["checked"]) == (False, True)


def test_an_address_that_the_token_only_says_by_email_is_no_proof(api: Api) -> None:
    token = api.sandbox.caller_token(MIA, email=CHIEF["address"])
    counted = api.expand("user2@company.com").json()["id"]
    new = {"expansion_id": counted, "mode": "counting", "sender": CHIEF}
    answer = api.call("POST", "/api/messages", json=new, headers={"Authorization": f"Bearer {token}"})
    assert listed(api, answer.json()["message_id"])["checked"] is False


def test_a_reader_and_an_admin_see_that_it_is_unchecked(api: Api) -> None:
    message = register(api, sender=CHIEF)["message_id"]
    api.call("PUT", f"/api/messages/{message}/readers", json={"addresses": [NOAH]})
    for reader in (NOAH, ADA):
        assert listed(api.as_person(reader), message)["checked"] is False
    api.call("DELETE", f"/api/messages/{message}")


def test_a_message_from_before_senders_were_checked_is_unchecked(api: Api) -> None:
    message = register(api)["message_id"]
    table = services().tracking.message_table
    kept = next(one for one in table.list_messages(person_id(api)) if one.id == message)

    def forget(client: Any) -> None:
        row = client.get_entity(kept.owner, kept.id)
        del row["sender_checked"]
        client.update_entity(row, mode="replace")

    table.tables.call("Messages", forget)
    assert listed(api, message)["checked"] is False


def person_id(api: Api) -> str:
    found = api.sandbox.world.find_person(MIA)
    assert found
    return found.id


@pytest.mark.parametrize(
    ("found", "checked"),
    [
        (Mailbox(id="mia", address="x@company.com", signs_in=True), True),
        (Mailbox(id="noah", address="x@company.com", signs_in=True), False),
        (DistributionList("mia", "x@company.com", "X", ListKind.DISTRIBUTION_LIST, "graph"), False),
        (AmbiguousAddress(), False),
        (DirectoryDown(), False),
        (None, False),
    ],
)
def test_only_a_mailbox_of_the_callers_own_is_theirs(found: Any, checked: bool) -> None:
    sender = Sender("X", "x@company.com")
    assert check_sender(sender, "mia", (), lambda addresses: {sender.address: found}).checked is checked

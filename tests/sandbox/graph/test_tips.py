"""Graph's getMailTips in the sandbox: who may ask, what is told of whom, and how it goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests

from sandbox.outlook import sign_in
from sandbox.server.server import Running
from sandbox.tenant.tenant import Group, Person

MIA, NOAH = "mia.sender@company.com", "noah.sender@company.com"
SALES, ALL, DYNAMIC = "sales-team@company.com", "all-company@company.com", "everyone-dynamic@company.com"
USER = "user1@company.com"
PERMISSION = "MailTips.ReadBasic.Shared"
EVERYTHING = (
    "automaticReplies, customMailTip, deliveryRestriction, externalMemberCount, mailboxFullStatus, "
    "maxMessageSize, moderationStatus, recipientScope, recipientSuggestions, totalMemberCount"
)
Ask = Callable[..., requests.Response]


@pytest.fixture
def ask(sandbox: Running) -> Iterator[Ask]:
    with requests.Session() as session:
        session.verify = str(sandbox.ca_path)

        def answered(
            *addresses: str,
            options: str = EVERYTHING,
            person: str = MIA,
            scope: str = PERMISSION,
            **more: Any,
        ) -> requests.Response:
            asked = {"person": person, "client_id": sandbox.world.addin.client_id, "scope": scope}
            token = sign_in.answer(sandbox.world, asked)["token"]["access_token"]
            body = {"EmailAddresses": list(addresses), "MailTipsOptions": options, **more}
            headers = {"Authorization": f"Bearer {token}"}
            url = f"{sandbox.origin}/v1.0/me/getMailTips"
            return session.post(url, json=body, headers=headers, timeout=10)

        yield answered


def told(answer: requests.Response) -> dict[str, dict[str, Any]]:
    assert answer.status_code == 200, answer.text
    return {tips["emailAddress"]["address"]: tips for tips in answer.json()["value"]}


def group(sandbox: Running, address: str) -> Group:
    [found] = sandbox.world.by_address[address]
    assert isinstance(found, Group)
    return found


def person(sandbox: Running, address: str) -> Person:
    [found] = sandbox.world.by_address[address]
    assert isinstance(found, Person)
    return found


def test_who_may_write_to_a_list_is_told_to_whoever_asks(sandbox: Running, ask: Ask) -> None:
    group(sandbox, SALES).takes_from = [person(sandbox, NOAH).id]
    assert told(ask(SALES))[SALES]["deliveryRestricted"] is True
    assert told(ask(SALES, person=NOAH))[SALES]["deliveryRestricted"] is False


def test_each_tip_is_told_of_those_it_is_about(sandbox: Running, ask: Ask) -> None:
    sales, someone = group(sandbox, SALES), person(sandbox, USER)
    sales.moderated, sales.largest = True, 1000
    someone.mailbox_full, someone.automatic_reply = True, "<p>Away</p>"
    found = told(ask(SALES, USER, "someone@elsewhere.example"))
    assert (found[SALES]["isModerated"], found[SALES]["maxMessageSize"]) == (True, 1000)
    assert (found[USER]["mailboxFull"], found[USER]["automaticReplies"]["message"]) == (True, "<p>Away</p>")
    assert "mailboxFull" not in found[SALES]
    assert found["someone@elsewhere.example"]["recipientScope"] == "external"
    assert "mailboxFull" not in found["someone@elsewhere.example"]


def test_totals_count_a_nested_list_as_one_and_may_be_old_or_missing(sandbox: Running, ask: Ask) -> None:
    assert told(ask(SALES))[SALES]["totalMemberCount"] == 3  # two people and a list of two
    group(sandbox, SALES).counted = 41
    assert told(ask(SALES))[SALES]["totalMemberCount"] == 41
    assert "totalMemberCount" not in told(ask(DYNAMIC))[DYNAMIC]
    assert told(ask(ALL))[ALL]["externalMemberCount"] == 2


def test_only_what_was_asked_for_is_told_and_in_another_order(ask: Ask) -> None:
    answer = ask(SALES, USER.upper(), options="mailboxFullStatus")
    first, last = answer.json()["value"]
    assert (first["emailAddress"]["address"], last["emailAddress"]["address"]) == (USER, SALES)
    assert first.keys() == {"emailAddress", "mailboxFull"}
    assert last.keys() == {"emailAddress"}


def test_of_an_address_that_nobody_has_there_is_an_error_and_nothing_else(ask: Ask) -> None:
    found = told(ask("nobody@company.com", SALES))
    assert found["nobody@company.com"].keys() == {"emailAddress", "error"}
    assert "error" not in found[SALES]


@pytest.mark.parametrize(
    ("switch", "said"),
    [("off", {"emailAddress", "error"}), ("silent", {"emailAddress"})],
)
def test_tips_that_are_turned_off_say_so_or_say_nothing(
    sandbox: Running, ask: Ask, switch: str, said: set[str]
) -> None:
    sandbox.world.switches.set(mail_tips=switch)
    assert told(ask(SALES))[SALES].keys() == said


def test_half_an_answer_leaves_addresses_out(sandbox: Running, ask: Ask) -> None:
    sandbox.world.switches.set(mail_tips="partial")
    assert set(told(ask(SALES, ALL, USER))) == {SALES}


def test_another_permission_is_refused(sandbox: Running, ask: Ask) -> None:
    sandbox.world.switches.consent_missing = [PERMISSION]
    answer = ask(SALES, scope="User.Read")
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "ErrorAccessDenied")


@pytest.mark.parametrize(
    ("addresses", "more"),
    [
        ([], {}),
        (["nobody"], {}),
        ([f"x{number}@company.com" for number in range(51)], {}),
        ([SALES], {"options": "everything"}),
        ([SALES], {"extra": 1}),
    ],
)
def test_what_exchange_would_not_take_is_refused(
    ask: Ask, addresses: list[str], more: dict[str, Any]
) -> None:
    answer = ask(*addresses, **more)
    assert answer.status_code == 400
    assert answer.json()["error"]["code"]


def test_fifty_addresses_are_one_request(ask: Ask) -> None:
    assert len(told(ask(*(f"x{number}@company.com" for number in range(50))))) == 50

"""The shapes of the Admin API's answers, and its pages."""

from __future__ import annotations

from typing import Any

import pytest

from shared.adapters.directories.exchange import ExchangeDirectory
from shared.audience.directory import Cursor, Page
from shared.errors import (
    Truncated,
    UnreadableAnswer,
)
from tests.support.fake_exchange import (
    BASE,
    STATIC,
    TENANT,
    FakeExchange,
    Reply,
    a_list,
    member,
    members,
    read_one,
    refused,
)
from tests.support.fake_graph import QuickPatience

LINK = f"{BASE}/{TENANT}/{STATIC}?$select=DisplayName%2cGuid&$skiptoken=X%27a+b%27"


# -- the shapes of an answer


@pytest.mark.parametrize(
    "body",
    [
        [member()],
        b'  [{"PrimarySmtpAddress": "a@x.com", "RecipientTypeDetails": "UserMailbox"}]',
        member(),
        {"value": member()},
        {"@odata.context": "x", "value": [member() | {"Guid@odata.type": "#Guid", "More": [1, {"a": None}]}]},
        {
            "adminapi.warnings@odata.type": "#Collection(String)",
            "@adminapi.warnings": [],
            "value": [member()],
        },
        {"@adminapi.warnings": None, "value": [member()], "@odata.nextLink": None},
    ],
)
def test_every_shape_that_was_seen_is_understood(exchange: FakeExchange, body: Any) -> None:
    assert read_one(exchange, Reply(body=body)) == Page(["a@x.com"])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\0\0\0\0",
        b"<html>Sign in to the hotel's network</html>",
        {},
        {"error": {"code": "BadRequest"}},
        {"value": None},
        {"value": "a@x.com"},
        {"value": ["a@x.com"]},
        {"value": [member(address=5)]},  # type: ignore[arg-type]
        {"value": [member()], "@odata.nextLink": 5},
        {"value": [member()], "@adminapi.warnings": "many"},
        b'{"value": [{"PrimarySmtpAddress": "a@x.com", "Recip',
        b"[" * 100_000,
    ],
)
def test_an_answer_without_sense_is_asked_for_once_more(
    exchange: FakeExchange, directory: ExchangeDirectory, patience: QuickPatience, body: Any
) -> None:
    exchange.on(STATIC, Reply(body=body), members(member()), Reply(body=body))
    assert directory.read([Cursor(a_list())], patience) == [Page(["a@x.com"])]
    (outcome,) = directory.read([Cursor(a_list())], patience)
    assert isinstance(outcome, UnreadableAnswer)
    assert len(exchange.sent) == 4


def test_an_answer_that_does_not_claim_to_be_json_is_not_taken_for_it(exchange: FakeExchange) -> None:
    reply = Reply(body={"value": []}, headers={"Content-Type": "text/html"})
    assert isinstance(read_one(exchange, reply), UnreadableAnswer)


# -- pages


def test_further_pages_are_fetched_by_the_same_post_to_the_link_verbatim(
    exchange: FakeExchange, directory: ExchangeDirectory, patience: QuickPatience
) -> None:
    exchange.on(STATIC, members(member(), next=LINK), members(member(address="b@x.com")))
    (first,) = directory.read([Cursor(a_list())], patience)
    assert isinstance(first, Page)
    assert (first.addresses, first.truncated) == (["a@x.com"], False)
    (second,) = directory.read([Cursor(a_list(), first.next)], patience)
    assert second == Page(["b@x.com"])
    assert exchange.asked[1].replace("%2C", "%2c") == LINK.removeprefix(f"{BASE}/{TENANT}/")
    assert exchange.sent[1].method == "POST"
    assert exchange.sent[1].body == exchange.sent[0].body
    assert exchange.sent[1].headers["X-AnchorMailbox"] == "AAD-UPN:rollcall@contoso.com"


@pytest.mark.parametrize(
    "link",
    [
        f"https://evil.example/adminapi/v2.0/{TENANT}/{STATIC}?$skiptoken=x",
        LINK.replace("https:", "http:"),
        LINK.replace("office365.com", "office365.com:8443"),
        LINK.replace("office365.com", "office365.com.evil.example"),
        LINK.replace("//", "//user@"),
        f"https://outlook.office365.com/elsewhere/{STATIC}",
        f"{BASE}/../{STATIC}",
        f"{BASE}/%2e%2e/{STATIC}",
        f"{BASE}//evil.example/{STATIC}",
        f"{BASE}/{TENANT}/{STATIC}#x",
        f"/adminapi/v2.0/{TENANT}/{STATIC}",
        "https://[broken",
        "",
    ],
)
def test_the_access_token_follows_no_link_that_leads_elsewhere(exchange: FakeExchange, link: str) -> None:
    reply = members(member(), **{"@odata.nextLink": link})
    assert isinstance(read_one(exchange, reply), UnreadableAnswer)
    assert len(exchange.sent) == 1


def test_a_link_to_another_endpoint_is_not_followed(exchange: FakeExchange) -> None:
    outcome = read_one(exchange, members(member()), next=f"/{TENANT}/Mailbox?$skiptoken=x")
    assert isinstance(outcome, UnreadableAnswer)
    assert not exchange.sent


def test_a_link_that_leads_to_itself_is_not_followed_for_ever(exchange: FakeExchange) -> None:
    outcome = read_one(exchange, members(member(), next=LINK), next=LINK.removeprefix(BASE))
    assert isinstance(outcome, UnreadableAnswer)


@pytest.mark.parametrize(
    "reply",
    [
        refused("System.ArgumentException", "The continuation token has expired."),
        Reply(400, b""),
        Reply(404, b""),
    ],
)
def test_a_link_that_has_expired_leaves_the_list_cut_short(exchange: FakeExchange, reply: Reply) -> None:
    outcome = read_one(exchange, reply, next=LINK.removeprefix(BASE))
    assert isinstance(outcome, Truncated)
    assert len(exchange.sent) == 1


@pytest.mark.parametrize("key", ["@adminapi.warnings", "@adapminapi.warnings"])
@pytest.mark.parametrize(
    ("warning", "next", "truncated"),
    [
        ("There are more results available. Increase the value for the ResultSize parameter.", None, True),
        ("There are more results available. Increase the value for the ResultSize parameter.", LINK, False),
        ("The object contoso.com/All has been corrupted, and it's in an inconsistent state.", None, True),
        ("The object contoso.com/All has been corrupted, and it's in an inconsistent state.", LINK, True),
    ],
)
def test_a_warning_may_mean_that_members_were_left_out(
    exchange: FakeExchange, key: str, warning: str, next: str | None, truncated: bool
) -> None:
    more: dict[str, Any] = {key: [warning]}
    page = read_one(exchange, members(member(), next=next, **more))
    assert isinstance(page, Page)
    assert page.truncated is truncated

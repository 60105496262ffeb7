"""What Exchange Web Services refuse, looking for an address, and what the directory says of itself."""

from __future__ import annotations

import tracemalloc
from datetime import date
from typing import Any

import pytest
from exchangelib.services import ExpandDL

from shared.adapters.directories.ews import EwsDirectory
from shared.adapters.directories.ews.services import Expand
from shared.audience.directory import Cursor, DistributionList, ListKind, Mailbox, Page
from shared.errors import (
    AccessRefused,
    AmbiguousAddress,
    EwsBlocked,
    ListNotFound,
    RollcallError,
    ServiceAccountError,
    UnreadableAnswer,
)
from tests.support.fake_ews import (
    DN,
    FakeEws,
    Reply,
    a_list,
    answer,
    directory_on,
    envelope,
    error,
    expansion,
    fault,
    find_one,
    hits,
    mailbox,
    members,
    message,
    nobody,
    read_one,
)
from tests.support.fake_graph import QuickPatience

# -- refusals of a list


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("ErrorNameResolutionNoResults", ListNotFound),
        ("ErrorMailRecipientNotFound", ListNotFound),
        ("ErrorInvalidSmtpAddress", ListNotFound),
        ("ErrorNameResolutionMultipleResults", AmbiguousAddress),
        ("ErrorAccessDenied", AccessRefused),
        ("ErrorInvalidOperation", UnreadableAnswer),
        ("ErrorItemNotFound", UnreadableAnswer),
        ("ErrorOfTheFuture", UnreadableAnswer),
    ],
)
@pytest.mark.parametrize("make", [error, fault])
def test_an_error_of_the_list_is_final(ews: FakeEws, code: str, expected: type, make: object) -> None:
    assert make in (error, fault)
    outcome = read_one(ews, error(code) if make is error else fault(code))
    assert type(outcome) is expected
    assert len(ews.asked) == 1


@pytest.mark.parametrize(
    "code", ["ErrorInvalidServerVersion", "ErrorInvalidRequest", "ErrorSchemaValidation"]
)
def test_no_older_version_of_the_schema_is_tried(ews: FakeEws, code: str) -> None:
    assert isinstance(read_one(ews, fault(code)), UnreadableAnswer)
    assert len(ews.asked) == 1


@pytest.mark.parametrize(
    "reply",
    [
        Reply(200, ""),
        Reply(200, "<html>Sign in to the hotel's network</html>"),
        Reply(200, b"\xff\xfe\0"),
        envelope(""),
        envelope("<m:ExpandDLResponse/>"),
        answer("ExpandDL"),
        answer("ExpandDL", message("ExpandDL")),
        answer("ResolveNames", message("ResolveNames", expansion(mailbox()))),
        members(mailbox(), attributes='TotalItemsInView="many"'),
        Reply(200, str(members(mailbox()).body).replace("</m:DLExpansion>", "")),
        Reply(200, str(members(mailbox()).body)[:-200]),
        Reply(
            200, "<!DOCTYPE x [<!ENTITY a 'b@x.com'>]>" + str(members(mailbox("&a;")).body).partition("?>")[2]
        ),
    ],
    ids=str,
)
def test_an_answer_without_sense_is_never_taken_for_a_list(ews: FakeEws, reply: Reply) -> None:
    reply_again = Reply(reply.status, reply.body)
    assert isinstance(read_one(ews, reply, reply_again), UnreadableAnswer)
    assert len(ews.asked) <= 2


def test_a_broken_answer_is_asked_for_once_more_and_counted_once(ews: FakeEws) -> None:
    whole = members(mailbox(), mailbox("b@x.com"))
    broken = Reply(200, str(whole.body).partition("b@x.com")[0])
    assert read_one(ews, broken, whole) == Page(["a@x.com", "b@x.com"])


def test_a_name_with_characters_that_xml_does_not_allow_spoils_nothing(ews: FakeEws) -> None:
    odd = members(mailbox(name="NAME"), mailbox("b@x.com", name="O'Brien"))
    reply = Reply(200, str(odd.body).replace("NAME", "A&#xB;B &amp; &#233;"))
    assert read_one(ews, reply) == Page(["a@x.com", "b@x.com"])


# -- looking for an address


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (nobody(), None),
        (hits(mailbox("A@X.com")), Mailbox("a@x.com", "a@x.com")),
        (hits(mailbox("A@x.com", "Contact")), Mailbox("a@x.com", "a@x.com")),
        (hits(mailbox("a@x.com", "PublicFolder")), Mailbox("a@x.com", "a@x.com")),
        (hits(mailbox("jane@y.com")), Mailbox("jane@y.com", "jane@y.com")),
        (
            hits(mailbox("All@x.com", "PublicDL", name="All")),
            DistributionList("all@x.com", "all@x.com", "All", ListKind.DISTRIBUTION_LIST, "ews"),
        ),
        (
            hits(mailbox("a@x.com", "GroupMailbox")),
            DistributionList("a@x.com", "a@x.com", "A", ListKind.MICROSOFT_365_GROUP, "ews"),
        ),
        (
            hits(mailbox(DN, "PublicDL", "EX")),
            DistributionList("a@x.com", "a@x.com", "A", ListKind.DISTRIBUTION_LIST, "ews"),
        ),
        # Exchange matches the beginning of an address.
        (hits(mailbox("a@x.com.au")), None),
        (hits(mailbox("a@x.com.au"), mailbox("a@x.com.nz")), None),
        (hits(mailbox("a@x.com.au", "PublicDL"), mailbox("a@x.com")), Mailbox("a@x.com", "a@x.com")),
        (hits(mailbox("a@x.com"), mailbox("jane@y.com")), Mailbox("a@x.com", "a@x.com")),
    ],
)
def test_what_stands_behind_an_address(ews: FakeEws, found: Reply, expected: object) -> None:
    assert find_one(ews, found) == expected
    assert ews.names == ["smtp:a@x.com"]
    assert b'SearchScope="ActiveDirectory"' in ews.asked[0].body


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (hits(mailbox("jane@y.com"), mailbox("joe@y.com")), AmbiguousAddress),
        (hits(mailbox("a@x.com"), mailbox("a@x.com", "PublicDL")), AmbiguousAddress),
        (hits(mailbox("a@x.com", "Unknown")), UnreadableAnswer),
        (hits(mailbox("a@x.com", "PrivateDL")), UnreadableAnswer),
        (hits(mailbox("a@x.com", None)), UnreadableAnswer),
        (error("ErrorAccessDenied", "ResolveNames"), AccessRefused),
        (error("ErrorItemNotFound", "ResolveNames"), UnreadableAnswer),
        (
            answer("ResolveNames", message("ResolveNames", "", "ErrorBatchProcessingStopped", "Warning")),
            UnreadableAnswer,
        ),
        (Reply(403), EwsBlocked),
    ],
)
def test_an_address_that_stays_unclear_is_not_called_unknown(
    ews: FakeEws, found: Reply, expected: type
) -> None:
    assert type(find_one(ews, found)) is expected


def test_more_hits_than_exchange_shows_do_no_harm(ews: FakeEws) -> None:
    many = hits(mailbox("a@x.com"), *(mailbox(f"a@x.com.{number}") for number in range(99)))
    cut = Reply(200, str(many.body).replace('Range="true"', 'Range="false"'))
    assert find_one(ews, cut) == Mailbox("a@x.com", "a@x.com")
    plain = Reply(200, str(hits(mailbox()).body).replace(' IncludesLastItemInRange="true"', ""))
    assert find_one(ews, plain) == Mailbox("a@x.com", "a@x.com")


# -- what it says of itself


ONLINE = [
    "https://outlook.office365.com/EWS/Exchange.asmx",
    "https://OUTLOOK.office365.us/EWS/Exchange.asmx",
    "https://outlook-dod.office365.us/EWS/Exchange.asmx",
    "https://partner.outlook.cn/EWS/Exchange.asmx",
]


def directory_at(url: str, today: date) -> EwsDirectory:
    def access_token(refused: str) -> str:
        raise AssertionError("nobody should want one")

    return EwsDirectory(url, access_token, timeout=1, connections=1, today=lambda: today)


@pytest.mark.parametrize("url", ONLINE)
@pytest.mark.parametrize("today", [date(2027, 4, 1), date(2031, 1, 1)])
def test_in_exchange_online_it_is_retired_without_a_request(
    url: str, today: date, patience: QuickPatience
) -> None:
    directory = directory_at(url, today)
    (page,) = directory.read([Cursor(a_list())], patience)
    for outcome in (page, directory.find(["a@x.com"], patience)["a@x.com"], directory.why_not()):
        assert isinstance(outcome, EwsBlocked)
        assert (outcome.code, outcome.reason) == ("ews_blocked", "retired")
        assert "1 April 2027" in outcome.sentence
    assert directory.requests_sent == 0


@pytest.mark.parametrize(
    ("url", "today"),
    [
        *((url, date(2027, 3, 31)) for url in ONLINE),
        ("https://mail.contoso.com/EWS/Exchange.asmx", date(2031, 1, 1)),
        ("https://notoffice365.com/EWS/Exchange.asmx", date(2031, 1, 1)),
        ("https://office365.com.contoso.com/EWS/Exchange.asmx", date(2031, 1, 1)),
    ],
)
def test_until_then_and_on_premises_it_is_not(url: str, today: date) -> None:
    assert directory_at(url, today).why_not() is None


def test_only_exchange_online_has_yesterday_s_dynamic_lists(patience: QuickPatience) -> None:
    today = date(2026, 12, 1)
    online, local = directory_at(ONLINE[0], today), directory_at("https://mail.contoso.com/EWS", today)
    assert dict(online.ages) == {ListKind.DYNAMIC_DISTRIBUTION_LIST: 86_400}
    assert not local.ages
    assert set(ListKind) - local.kinds == {ListKind.MICROSOFT_365_GROUP}
    assert local.domains(patience) == frozenset()


def test_it_remembers_why_it_reads_nothing_until_it_does(ews: FakeEws, patience: QuickPatience) -> None:
    ews.on("ExpandDL", Reply(403), Reply(404), members(mailbox()))
    directory = directory_on(ews)
    reasons: list[object] = []
    outcomes: list[Page | RollcallError] = []
    for _ in range(3):
        outcomes += directory.read([Cursor(a_list())], patience)
        closed = directory.why_not()
        reasons.append(closed and closed.reason)
    assert reasons == ["not_allowed", "not_enabled", None]
    assert isinstance(outcomes[0], RollcallError)
    assert "EwsAllowedAppIDs" in outcomes[0].remedy


@pytest.mark.parametrize("code", ["ErrorNonExistentMailbox", "ErrorInvalidLicense", "ErrorAccountDisabled"])
def test_an_account_that_exchange_turns_away_is_remembered_until_it_is_not(
    ews: FakeEws, patience: QuickPatience, code: str
) -> None:
    ews.on("ExpandDL", error(code), members(mailbox()))
    directory = directory_on(ews)
    with pytest.raises(ServiceAccountError) as caught:
        directory.read([Cursor(a_list())], patience)
    assert not caught.value.passing
    assert directory.why_not() is caught.value
    directory.read([Cursor(a_list())], patience)
    assert directory.why_not() is None


# -- size


def test_a_long_list_takes_little_memory(ews: FakeEws, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[int] = []

    def count(self: Expand, body: Any) -> Any:
        kept.append(sum(1 for _ in body.iter()))
        return ExpandDL._get_soap_messages(self, body)

    monkeypatch.setattr(Expand, "_get_soap_messages", count)
    crowd = (
        mailbox(f"person{number}@contoso.com", name=f"Person Number {number}") for number in range(20_000)
    )
    reply = members(*crowd)
    tracemalloc.start()
    page = read_one(ews, reply)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(page, Page)
    assert len(page.addresses) == 20_000
    # The body twice over as it comes in, and the addresses. lxml's tree is not seen, but its size is.
    assert peak < 4 * len(reply.body)
    assert kept[0] < 100

"""The simulated Exchange Web Services: lists expanded, names resolved."""

from __future__ import annotations

import pytest
from exchangelib.errors import (
    ErrorAccessDenied,
    ErrorMailRecipientNotFound,
    ErrorNameResolutionMultipleResults,
    ErrorNameResolutionNoMailbox,
    ErrorNameResolutionNoResults,
)

from sandbox.exchange import quirks
from sandbox.server.server import Running
from sandbox.tenant.tenant import Group
from tests.support import directories as those
from tests.support.sandbox_ews import Ews, expand_dl, resolve_names

# ExpandDL.


def test_direct_members_are_listed_with_their_kind(ews: Ews) -> None:
    kinds = {member.email_address: member.mailbox_type for member in ews.expand(those.TEAM.address)}
    assert kinds == {
        "Alice@company.example": "Mailbox",
        "bob@company.example": "Mailbox",
        "carol@company.example": "Mailbox",
        "guest@x.example": "Mailbox",
        "reception@company.example": "Mailbox",
        "partner@x.example": "Contact",
        "nested@company.example": "PublicDL",
        "dynamic@company.example": "PublicDL",
        "folder@company.example": "PublicFolder",
        "unified@company.example": "GroupMailbox",
    }


@pytest.mark.parametrize(
    "address", ["team@company.example", "CREW@company.example", "smtp:team@company.example"]
)
def test_a_list_is_expanded_by_any_of_its_addresses(ews: Ews, address: str) -> None:
    assert len(ews.expand(address)) == 10


def test_a_dynamic_list_is_expanded(ews: Ews) -> None:
    members = [member.email_address for member in ews.expand(those.DYNAMIC.address)]
    assert members == ["Alice@company.example", "nested@company.example"]


def test_a_long_list_comes_whole_in_one_answer(ews: Ews) -> None:
    assert len(ews.expand(those.CROWD.address)) == those.LONG


def test_an_empty_list_has_no_members(ews: Ews) -> None:
    assert ews.expand(those.EMPTY.address) == []


@pytest.mark.parametrize(
    "group",
    [those.QUIET, those.UNIFIED, those.FOLDER, Group("", "Nobody", "", "nobody@company.example")],
    ids=lambda group: group.name,
)
def test_what_is_no_list_of_the_address_book_is_not_found(ews: Ews, group: Group) -> None:
    with pytest.raises(ErrorNameResolutionNoResults):
        ews.expand(group.address)


def test_a_list_that_is_not_there_may_be_an_empty_success(ews: Ews) -> None:
    quirks.of(ews.world).ews_missing_is_empty = True
    assert ews.expand("nobody@company.example") == []


def test_hidden_members_are_refused(ews: Ews) -> None:
    with pytest.raises(ErrorAccessDenied):
        ews.expand(those.SECRET.address)


def test_an_address_of_two_lists_is_refused(ews: Ews) -> None:
    with pytest.raises(ErrorNameResolutionMultipleResults):
        ews.expand(those.TWINS[0].address)


def test_a_cut_list_says_so_where_exchangelib_does_not_look(ews: Ews) -> None:
    quirks.of(ews.world).ews_longest_list = 3
    assert len(ews.expand(those.TEAM.address)) == 3
    text = ews.post(expand_dl(those.TEAM.address)).text
    assert 'TotalItemsInView="10" IncludesLastItemInRange="false"' in text


def test_a_member_may_come_by_its_x500_name_that_can_be_resolved(ews: Ews) -> None:
    quirks.of(ews.world).ews_x500_member = True
    first = ews.expand(those.TEAM.address)[0]
    assert first.routing_type == "EX"
    assert first.email_address.startswith("/o=ExchangeLabs/")
    for name in (first.email_address, f"EX:{first.email_address}"):
        (resolved,) = ews.protocol.resolve_names([name])
        assert (resolved.email_address, resolved.routing_type) == ("Alice@company.example", "SMTP")


def test_an_error_may_stand_among_the_members(ews: Ews) -> None:
    quirks.of(ews.world).ews_broken_member = True
    *members, last = ews.expand(those.TEAM.address)
    assert len(members) == 10
    assert isinstance(last, ErrorMailRecipientNotFound)


def test_an_account_without_mailbox_gets_nothing(running: Running) -> None:
    with pytest.raises(ErrorNameResolutionNoMailbox):
        Ews(running, those.KIOSK).expand(those.TEAM.address)


# ResolveNames and ConvertId.


@pytest.mark.parametrize(
    ("entry", "address", "kind"),
    [
        ("smtp:team@company.example", "team@company.example", "PublicDL"),
        ("smtp:ali@company.example", "Alice@company.example", "Mailbox"),
        ("Alice", "Alice@company.example", "Mailbox"),
        ("partner@x.example", "partner@x.example", "Contact"),
        ("unified", "unified@company.example", "GroupMailbox"),
    ],
)
def test_a_name_is_resolved(ews: Ews, entry: str, address: str, kind: str) -> None:
    (found,) = ews.protocol.resolve_names([entry])
    assert (found.email_address, found.mailbox_type) == (address, kind)


@pytest.mark.parametrize("entry", ["smtp:nobody@company.example", "smtp:quiet@company.example", "Kiosk"])
def test_a_name_that_nothing_visible_has_is_told_as_an_error_in_its_place(ews: Ews, entry: str) -> None:
    (found,) = ews.protocol.resolve_names([entry])
    assert isinstance(found, ErrorNameResolutionNoResults)


def test_no_more_than_a_hundred_names_are_resolved(ews: Ews) -> None:
    text = ews.post(resolve_names("Person")).text
    assert "ErrorNameResolutionMultipleResults" in text
    assert 'TotalItemsInView="100" IncludesLastItemInRange="false"' in text


def test_a_client_that_asks_for_the_version_gets_it_with_a_refusal(ews: Ews) -> None:
    answer = ews.post(
        '<m:ConvertId DestinationFormat="EntryId"><m:SourceIds>'
        '<t:AlternateId Id="DUMMY" Format="EwsId" Mailbox="DUMMY"/></m:SourceIds></m:ConvertId>'
    )
    assert answer.status_code == 200
    assert "ErrorInvalidIdMalformed" in answer.text
    assert 'ServerVersionInfo MajorVersion="15" MinorVersion="20"' in answer.text

"""Sharing: whom the owner names sees a message, and nobody else. On Azurite and in memory alike."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shared import errors
from shared.audience.directory import DistributionList, ListKind, Mailbox
from shared.tracking.mail.messages import Message, Stage
from shared.tracking.mail.owners import Whose
from shared.tracking.mail.readers import Reader
from shared.tracking.mail.sharing import Found
from tests.support.desk import MIA, NOAH, Desk

# What the directory says of each address.
PEOPLE: dict[str, Found] = {
    "noah@company.example": Mailbox(NOAH, "noah@company.example", signs_in=True),
    "n.sender@company.example": Mailbox(NOAH, "noah@company.example", signs_in=True),
    "olivia@company.example": Mailbox("olivia", "olivia@company.example", signs_in=True),
    "mia@company.example": Mailbox(MIA, "mia@company.example", signs_in=True),
    "contact@partner.example": Mailbox("contact", "contact@partner.example"),
    "nobody@company.example": None,
    "sales@company.example": DistributionList(
        "1", "sales@company.example", "Sales", ListKind.DISTRIBUTION_LIST, "graph"
    ),
    "two@company.example": errors.AmbiguousAddress(),
    "later@company.example": errors.Throttled(60),
}


@pytest.fixture
def message(desk: Desk) -> Message:
    """A message of Mia's, in an organisation with a directory."""
    desk.sharing.find_people = lambda addresses: {address: PEOPLE[address] for address in addresses}
    return desk.register(desk.reviewed.add(3))


def share(desk: Desk, message: Message, *names: str, owner: Whose = MIA) -> list[str]:
    """Share with the people of these names; who was recorded."""
    recorded: list[str] = []
    addresses = [name if "@" in name else f"{name}@company.example" for name in names]
    desk.sharing.share(owner, message.id, addresses, recorded.extend)
    return recorded


def shown(desk: Desk, viewer: Whose) -> list[str]:
    return [message.id for message in desk.sharing.list_messages(viewer, "", 1000).rows]


def test_a_reader_sees_a_message_until_they_are_taken_off(desk: Desk, message: Message) -> None:
    assert share(desk, message, "noah", "olivia") == [NOAH, "olivia"]
    assert desk.sharing.get(NOAH, message.id).readers == (
        Reader(NOAH, "noah@company.example"),
        Reader("olivia", "olivia@company.example"),
    )
    assert message.id in shown(desk, NOAH)
    assert share(desk, message, "olivia") == ["olivia"]
    with pytest.raises(errors.NotFound):
        desk.sharing.get(NOAH, message.id)
    assert message.id not in shown(desk, NOAH)
    assert message.id not in [one.id for one in desk.store.index.list_shown(NOAH)]
    assert message.id in shown(desk, "olivia")


def test_a_reader_owns_nothing(desk: Desk, message: Message) -> None:
    share(desk, message, "noah")
    for act in (desk.messages.get, desk.messages.mark_sent, desk.messages.disarm, desk.messages.delete):
        with pytest.raises(errors.NotFound):
            act(NOAH, message.id)
    with pytest.raises(errors.NotFound):
        share(desk, message, "olivia", owner=NOAH)


def test_a_shared_message_can_be_armed_and_stays_shared(desk: Desk, message: Message) -> None:
    share(desk, message, "noah")
    desk.messages.mark_sent(MIA, message.id)
    assert desk.sharing.get(NOAH, message.id).stage is Stage.SENT
    desk.messages.disarm(MIA, message.id)
    assert desk.sharing.get(NOAH, message.id).stage is Stage.REGISTERED


def test_deleting_a_message_leaves_nothing_with_its_readers(desk: Desk, message: Message) -> None:
    share(desk, message, "noah")
    desk.messages.delete(MIA, message.id)
    assert message.id not in [one.id for one in desk.store.index.list_shown(NOAH)]
    with pytest.raises(errors.NotFound):
        desk.sharing.get(NOAH, message.id)


def test_the_same_person_twice_is_one_reader_and_the_owner_is_none(desk: Desk, message: Message) -> None:
    assert share(desk, message, "noah", "n.sender", "mia") == [NOAH]
    assert shown(desk, MIA).count(message.id) == 1


@pytest.mark.parametrize("name", ["nobody", "contact@partner.example", "sales", "two"])
def test_an_address_that_is_no_persons_of_ours_is_named_and_nobody_is_added(
    desk: Desk, message: Message, name: str
) -> None:
    with pytest.raises(errors.InvalidRequest) as refused:
        share(desk, message, "noah", name)
    assert refused.value.field == "$.addresses[1]"
    assert desk.messages.get(MIA, message.id).readers == ()


def test_nobody_is_a_reader_while_the_directory_cannot_say_who_they_are(desk: Desk, message: Message) -> None:
    with pytest.raises(errors.Throttled):
        share(desk, message, "later")
    assert desk.messages.get(MIA, message.id).readers == ()


def test_taking_somebody_off_needs_no_directory(desk: Desk, message: Message) -> None:
    share(desk, message, "noah", "olivia")

    def ask_nobody(addresses: object) -> dict[str, Found]:
        raise AssertionError(addresses)

    desk.sharing.find_people = ask_nobody
    assert share(desk, message, "olivia") == ["olivia"]
    assert share(desk, message) == []


def test_what_cannot_be_recorded_is_not_shared(desk: Desk, message: Message) -> None:
    def fail(readers: list[str]) -> None:
        raise errors.StoreUnavailable

    with pytest.raises(errors.StoreUnavailable):
        desk.sharing.share(MIA, message.id, ["noah@company.example"], fail)
    assert message.id not in shown(desk, NOAH)


def test_what_is_left_in_the_index_shows_nobody_anything(desk: Desk, message: Message) -> None:
    desk.store.index.add(NOAH, message)
    assert message.id not in shown(desk, NOAH)
    with pytest.raises(errors.NotFound):
        desk.sharing.get(NOAH, message.id)


def test_own_and_shared_messages_are_listed_together_newest_first(desk: Desk, message: Message) -> None:
    ids: list[str] = []
    for hour in range(3):
        desk.ahead = timedelta(hours=hour + 1)
        one = desk.register(desk.reviewed.add(1))
        share(desk, one, "noah")
        ids.insert(0, one.id)
    page = desk.sharing.list_messages(NOAH, "", 2)
    assert [one.id for one in page.rows] == ids[:2]
    assert page.next
    assert [one.id for one in desk.sharing.list_messages(NOAH, page.next, 2).rows][:1] == ids[2:]


def test_a_message_deleted_while_it_is_being_shared_is_shown_to_nobody(desk: Desk, message: Message) -> None:
    def delete(readers: list[str]) -> None:
        desk.messages.delete(MIA, message.id)

    with pytest.raises(errors.NotFound):
        desk.sharing.share(MIA, message.id, ["noah@company.example"], delete)
    assert message.id not in [one.id for one in desk.store.index.list_shown(NOAH)]


def test_two_who_share_at_once_leave_what_the_last_one_said(desk: Desk, message: Message) -> None:
    def meanwhile(readers: list[str]) -> None:
        share(desk, message, "olivia")

    desk.sharing.share(MIA, message.id, ["noah@company.example"], meanwhile)
    assert [reader.id for reader in desk.messages.get(MIA, message.id).readers] == [NOAH]
    assert message.id not in shown(desk, "olivia")

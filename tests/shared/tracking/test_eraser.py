"""Erasing one person without any wire: by all of their addresses, and after a crash in the middle."""

from __future__ import annotations

import pytest

from shared import errors
from shared.audience.directory import DistributionList, ListKind, Mailbox
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.owners import EVERY_OWNER
from shared.tracking.mail.sharing import Found
from tests.support.memory_journal import events_in
from tests.support.people_house import ADMIN, House

TOLD: dict[str, Found] = {
    "a mailbox": Mailbox("1", "main@a.example", addresses=frozenset({"main@a.example", "old@a.example"})),
    "a mailbox without addresses": Mailbox("1", "main@a.example"),
    "a mailbox without mail": Mailbox("1", None),
    "a list": DistributionList("1", "main@a.example", "Main", ListKind.DISTRIBUTION_LIST, "graph"),
    "nobody": None,
    "no answer": errors.DirectoryDown(),
}


@pytest.mark.parametrize(
    ("told", "addresses", "said"),
    [
        ("a mailbox", ["old@a.example", "main@a.example"], "all 2 were looked for"),
        ("a mailbox without addresses", ["old@a.example", "main@a.example"], "all 2 were looked for"),
        ("a mailbox without mail", ["old@a.example"], "no other address"),
        ("a list", ["old@a.example"], "it is a list's"),
        ("nobody", ["old@a.example"], "knows nobody by it"),
        ("no answer", ["old@a.example"], "could not be asked"),
    ],
)
def test_an_erasure_says_by_which_addresses_it_looked_and_why(
    told: str, addresses: list[str], said: str
) -> None:
    house = House()
    house.directory["old@a.example"] = TOLD[told]
    message = house.send(Mode.INDIVIDUAL, ["main@a.example", "ann@a.example", "old@a.example"])
    house.open(message, 1, 2, 3)
    erased = house.people.erase("old@a.example", ADMIN)
    assert erased.addresses == addresses
    assert said in erased.text
    left = [one for one in ["main@a.example", "ann@a.example"] if one not in addresses]
    kept = house.store.find(EVERY_OWNER, message.id)
    assert kept is not None
    assert [row.address for row in house.reports.list_recipients(kept, 0, 9)] == left
    assert len(events_in(house.entries.read(message.id))) == len(left)


def test_an_erasure_that_was_cut_off_is_done_again_from_the_beginning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for stop in ("update", "erase_recipient"):
        house = House()
        message = house.send(Mode.INDIVIDUAL, ["ann@a.example", "bob@a.example"])
        house.open(message, 1, 2)

        def cut_off(*_: object) -> None:
            raise errors.StoreUnavailable

        monkeypatch.setattr(house.store, stop, cut_off)
        with pytest.raises(errors.StoreUnavailable):
            house.people.erase("ann@a.example", ADMIN)
        monkeypatch.undo()
        assert house.people.erase("ann@a.example", ADMIN).messages == [message.id]
        kept = house.store.find(EVERY_OWNER, message.id)
        assert kept is not None
        assert (kept.gone, kept.left) == ((1,), 1)
        assert house.store.list_recipients(kept, 0, 9) == ["", "bob@a.example"]
        assert [event.recipient for event in events_in(house.entries.read(message.id))] == [2]

"""Recipients as Outlook really tells of them: some it keeps back, some have no address, some come later."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import FrameLocator, expect

from tests.browser.compose import ComposeWindow
from tests.support.api import MIA, SALES

MAIL: dict[str, Any] = {"from": MIA, "to": [SALES], "subject": "News", "html": "<p>Hello</p>"}
LENA = "lena.fischer@company.com"
GROUP = {"emailAddress": "", "displayName": "My customers", "recipientType": "other"}
ADDED: dict[str, Any] = {
    "a contact group": GROUP,
    "a list without an address": {"emailAddress": None, "recipientType": "distributionList"},
    "a name alone": {"displayName": "Bo"},
    "an X.500 name": {"emailAddress": "/o=ExchangeLabs/cn=bo", "displayName": "Bo"},
    "neither name nor address": {"emailAddress": "", "displayName": ""},
    "a blank": {"emailAddress": " ", "displayName": "Bo"},
    "somebody with an address": LENA,
}
KEPT_BACK = ["Sales Te", "bo", "nobody in particular", "Müller, Jörg", "team at company", "<Lena>"]


def counted(outlook: ComposeWindow, *recipients: Any) -> FrameLocator:
    """The pane beside a mail to these, once it has counted."""
    outlook.load(**MAIL | {"to": list(recipients)})
    pane = outlook.open_pane()
    expect(pane.get_by_test_id("count")).to_contain_text("4 people will get this mail")
    return pane


@pytest.mark.parametrize("name", KEPT_BACK)
def test_beside_a_name_that_outlook_keeps_back_no_more_is_claimed_than_outlook_told(
    outlook: ComposeWindow, name: str
) -> None:
    pane = counted(outlook, SALES, name)
    expect(pane.get_by_test_id("complete")).to_have_text("Everyone Outlook told us about is counted")


@pytest.mark.parametrize("name", [name for name in ADDED if ADDED[name] != LENA])
def test_a_recipient_without_an_address_is_named_and_nothing_is_called_complete(
    outlook: ComposeWindow, name: str
) -> None:
    pane = counted(outlook, SALES, ADDED[name])
    said = ADDED[name].get("displayName") or "somebody whom Outlook names neither by name nor by address"
    expect(pane.get_by_text("Names without an address are not counted")).to_be_visible()
    expect(pane.get_by_text(f"{said}. Have Outlook check the names")).to_be_visible()
    expect(pane.get_by_test_id("complete")).to_have_count(0)


@pytest.mark.parametrize("name", ADDED)
def test_whoever_is_added_after_the_count_makes_it_stale_in_the_pane_and_when_sending(
    outlook: ComposeWindow, name: str
) -> None:
    pane = counted(outlook, SALES)
    outlook.do("setRecipients", "to", [SALES, ADDED[name]])
    expect(pane.get_by_text("The recipients changed")).to_be_visible()
    outlook.do("closePane")
    assert outlook.send() == "alert"


@pytest.mark.parametrize("name", ADDED)
def test_a_group_without_an_address_that_is_replaced_or_taken_away_makes_it_stale(
    outlook: ComposeWindow, name: str
) -> None:
    pane = counted(outlook, SALES, GROUP)
    others = [] if ADDED[name] == GROUP else [ADDED[name]]
    outlook.do("setRecipients", "to", [SALES, *others])
    expect(pane.get_by_text("The recipients changed")).to_be_visible()
    outlook.do("closePane")
    assert outlook.send() == "alert"

"""Who gets the mail in the end: what the pane says of it, and what it asks Exchange as the sender."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import FrameLocator, Locator, expect

from sandbox.tenant.tenant import Group, Person
from shared.services.process import services
from tests.browser.compose import ComposeWindow, Traffic
from tests.browser.conftest import Rollcall
from tests.browser.test_accessibility import OVERFLOW, violations
from tests.support.api import ALL, MIA, SALES

PERMISSION = "MailTips.ReadBasic.Shared"
BOARD, PERSON = "board@company.com", "user1@company.com"


@pytest.fixture
def asking(rollcall: Rollcall, monkeypatch: pytest.MonkeyPatch) -> Rollcall:
    """An organisation that lets Exchange be asked."""
    monkeypatch.setenv("ROLLCALL_MAIL_TIPS", "yes")
    services.cache_clear()
    return rollcall


def begin(outlook: ComposeWindow, *to: str, **mail: object) -> FrameLocator:
    outlook.load(**({"from": MIA, "to": list(to), "subject": "News", "html": "<p>Hello</p>"} | mail))
    return outlook.open_pane()


def delivery(pane: FrameLocator) -> Locator:
    return pane.get_by_test_id("delivery")


def group(rollcall: Rollcall, address: str) -> Group:
    [found] = rollcall.sandbox.world.by_address[address]
    assert isinstance(found, Group)
    return found


def person(rollcall: Rollcall, address: str) -> Person:
    [found] = rollcall.sandbox.world.by_address[address]
    assert isinstance(found, Person)
    return found


def asked(traffic: Traffic) -> list[list[str]]:
    """The addresses of each request for mail tips."""
    requests = [one for one in traffic.requests if one.url.endswith("/me/getMailTips")]
    return [json.loads(one.post_data or "{}")["EmailAddresses"] for one in requests if one.method == "POST"]


def test_a_complete_count_says_calmly_that_nobody_knows_who_gets_the_mail(
    outlook: ComposeWindow, traffic: Traffic
) -> None:
    pane = begin(outlook, ALL)
    expect(pane.get_by_test_id("complete")).to_be_visible()
    expect(delivery(pane)).to_contain_text("nobody can know in advance")
    expect(delivery(pane)).to_contain_text("only those who follow it get a copy in their inbox")
    expect(delivery(pane)).to_contain_text("may be a list of another one")
    expect(delivery(pane).get_by_role("button")).to_have_count(0)
    assert asked(traffic) == []


def test_where_a_mail_reaches_nobody_nothing_is_said_of_who_gets_it(
    outlook: ComposeWindow, asking: Rollcall, traffic: Traffic
) -> None:
    pane = begin(outlook, "nobody-there@company.com")
    expect(pane.get_by_test_id("count")).to_contain_text("Nobody")
    expect(delivery(pane)).to_have_count(0)
    assert asked(traffic) == []


def test_exchange_is_asked_once_as_the_sender_who_learns_what_is_in_the_way(
    outlook: ComposeWindow, asking: Rollcall, traffic: Traffic
) -> None:
    group(asking, ALL).moderated = True
    group(asking, SALES).takes_from = [person(asking, PERSON).id]
    person(asking, PERSON).mailbox_full = True
    person(asking, PERSON).automatic_reply = "<p>Back on Monday</p>"
    pane = begin(outlook, ALL, PERSON)
    tips = pane.get_by_test_id("tips")
    for address, said in (
        (SALES, "Takes mail from certain senders only"),
        (ALL, "A moderator reads your mail first"),
        (PERSON, "The mailbox is full"),
        (PERSON, "Sends an automatic reply"),
    ):
        expect(tips.get_by_role("listitem").filter(has_text=said).first).to_contain_text(address)
    expect(delivery(pane)).to_contain_text("knows nothing that keeps your mail away")
    expect(delivery(pane)).not_to_contain_text("a list may take mail from some senders alone")
    [addresses] = asked(traffic)
    assert addresses[:2] == [ALL, PERSON]
    assert SALES in addresses
    pane.get_by_role("button", name="Continue with tracking").click()
    pane.get_by_role("button", name="Back").click()
    expect(tips).to_be_visible()
    assert len(asked(traffic)) == 1


def test_the_server_hears_nothing_of_mail_tips(
    outlook: ComposeWindow, asking: Rollcall, traffic: Traffic
) -> None:
    person(asking, PERSON).automatic_reply = "<p>heliotrope</p>"
    pane = begin(outlook, PERSON)
    expect(pane.get_by_test_id("tips")).to_be_visible()
    assert "heliotrope" not in pane.locator("body").inner_text()
    told = "\n".join(traffic.texts(asking.origin))
    assert "heliotrope" not in told
    assert "getMailTips" not in told


def test_a_mail_with_more_attached_than_an_address_takes_is_too_large(
    outlook: ComposeWindow, asking: Rollcall
) -> None:
    group(asking, SALES).largest = 1000
    attached = {"id": "a", "name": "report.pdf", "size": 900, "attachmentType": "file", "isInline": False}
    linked = attached | {"id": "c", "size": 5000, "attachmentType": "cloud"}
    pane = begin(outlook, SALES, attachments=[attached, linked])
    expect(delivery(pane)).to_contain_text("knows nothing that keeps your mail away")
    pane = begin(outlook, SALES, attachments=[attached, attached | {"id": "b", "size": 101}])
    expect(pane.get_by_test_id("tips")).to_contain_text("Takes no mail as large as yours")


@pytest.mark.parametrize(
    ("trouble", "said", "of"),
    [
        ("off", "has turned off what Exchange tells of recipients", SALES),
        ("silent", "Exchange told nothing of this", SALES),
        ("partial", "Exchange told nothing of this", "regional-managers@company.com"),
    ],
)
def test_what_exchange_does_not_tell_is_not_known_and_never_none(
    outlook: ComposeWindow, asking: Rollcall, trouble: str, said: str, of: str
) -> None:
    asking.sandbox.world.switches.set(mail_tips=trouble)
    pane = begin(outlook, SALES)
    expect(pane.get_by_test_id("tips-unknown")).to_contain_text(said)
    expect(pane.get_by_test_id("tips-unknown")).to_contain_text(of)
    expect(delivery(pane)).to_contain_text("a list may take mail from some senders alone")
    if trouble != "partial":
        expect(delivery(pane)).not_to_contain_text("knows nothing that keeps")


def test_a_refusal_leaves_the_count_as_it_is(outlook: ComposeWindow, asking: Rollcall) -> None:
    asking.sandbox.world.faults.add(service="graph", path="/me/getMailTips", status=403)
    pane = begin(outlook, SALES)
    expect(pane.get_by_test_id("tips-unknown")).to_contain_text("Exchange refused to answer you")
    expect(pane.get_by_test_id("count")).to_contain_text("4 people will get this mail")
    expect(pane.get_by_role("button", name="Continue with tracking")).to_be_enabled()


def test_the_count_does_not_wait_for_exchange(outlook: ComposeWindow, asking: Rollcall) -> None:
    asking.sandbox.world.faults.add(service="graph", path="/me/getMailTips", delay=8.0)
    pane = begin(outlook, SALES)
    expect(pane.get_by_text("Asking Exchange what it knows")).to_be_visible()
    expect(pane.get_by_test_id("count")).to_contain_text("4 people will get this mail")
    expect(pane.get_by_role("button", name="Continue with tracking")).to_be_enabled()


def test_who_has_not_consented_is_asked_only_at_the_press_of_a_button(
    outlook: ComposeWindow, asking: Rollcall, traffic: Traffic
) -> None:
    asking.sandbox.world.switches.set(consent_missing=[PERMISSION])
    group(asking, SALES).moderated = True
    pane = begin(outlook, SALES)
    expect(delivery(pane)).to_contain_text("It reads no mail.")
    assert asked(traffic) == []
    pane.get_by_role("button", name="Ask Exchange").click()
    outlook.page.get_by_role("button", name="Continue").click()
    expect(pane.get_by_test_id("tips")).to_contain_text("A moderator reads your mail first")


def test_exchanges_old_count_of_a_hidden_list_is_a_witness_and_not_the_number(
    outlook: ComposeWindow, asking: Rollcall
) -> None:
    group(asking, BOARD).counted = 41
    pane = begin(outlook, BOARD)
    expect(pane.get_by_test_id("tips")).to_contain_text("Had 41 members when Exchange last counted")
    expect(pane.get_by_test_id("count")).to_contain_text("Not known")
    expect(pane.get_by_test_id("count")).not_to_contain_text("41")


def test_what_is_said_of_delivery_can_be_used_by_everybody_and_fits(
    outlook: ComposeWindow, asking: Rollcall
) -> None:
    group(asking, SALES).moderated = True
    pane = begin(outlook, SALES, "nobody-there-with-a-very-long-name-indeed@company.com")
    expect(pane.get_by_test_id("tips-unknown")).to_be_visible()
    frame = next(one for one in outlook.page.frames if "/addin/pane.html" in one.url)
    assert violations(frame) == []
    assert frame.evaluate(OVERFLOW) == 0

"""The per-recipient modes: the sender's own Outlook sends a copy to each recipient."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, expect

from shared.services.process import services
from tests.browser.compose import ComposeWindow, Traffic
from tests.browser.conftest import OBJECTOR, Rollcall
from tests.support.api import ADA, MIA, SALES
from tests.support.tracked_mails import offer_every_mode

BODY = '<p>Hello, <a href="https://www.company.com/news">the news</a>.</p>'
WORD = "heliotrope"


@pytest.fixture
def every_mode(rollcall: Rollcall, monkeypatch: pytest.MonkeyPatch) -> Rollcall:
    """An organisation that allows all modes, at the quickest pace."""
    offer_every_mode(monkeypatch, ROLLCALL_COPIES_UNDO="0")
    return rollcall


def begin(outlook: ComposeWindow, mode: str) -> FrameLocator:
    outlook.load(**{"from": MIA, "to": [SALES], "subject": WORD, "html": BODY})
    pane = outlook.open_pane()
    pane.get_by_role("button", name="Continue with tracking").click()
    pane.get_by_role("radio", name=re.compile(mode)).check()
    pane.get_by_role("button", name="Check and send 4 copies").click()
    return pane


def run_to_the_end(outlook: ComposeWindow, mode: str = "Individual") -> FrameLocator:
    pane = begin(outlook, mode)
    pane.get_by_role("button", name="Send 4 copies now").click()
    expect(pane.get_by_text("Everybody has their copy")).to_be_visible()
    return pane


def wait_for_mails(outlook: ComposeWindow, number: int) -> None:
    for _ in range(200):
        if len(outlook.do("mailboxes")["mails"]) >= number:
            return
        outlook.page.wait_for_timeout(50)
    raise AssertionError(f"no {number} mails")


def delivered(outlook: ComposeWindow) -> list[dict[str, Any]]:
    """The copies in the mailboxes of the recipients, without the sender's own."""
    copies = [copy for mail in outlook.do("mailboxes")["mails"] for copy in mail["copies"]]
    return [copy for copy in copies if copy["address"] != MIA]


@pytest.mark.parametrize("mode", ["Individual", "Pseudonymous"])
def test_everybody_gets_a_copy_and_the_server_none_of_the_mails_words(
    outlook: ComposeWindow, every_mode: Rollcall, traffic: Traffic, mode: str
) -> None:
    run_to_the_end(outlook, mode)
    assert sorted(copy["address"] for copy in delivered(outlook)) == [
        f"user{n}@company.com" for n in range(1, 5)
    ]
    told = "\n".join(traffic.texts(every_mode.origin))
    assert "https://www.company.com/news" in told
    assert WORD not in told


def test_in_individual_mode_the_report_knows_who_clicked(
    outlook: ComposeWindow, every_mode: Rollcall
) -> None:
    pane = run_to_the_end(outlook)
    link = pane.get_by_role("link", name="Open the report")
    clicked = next(copy for copy in delivered(outlook) if copy["address"] == "user2@company.com")
    outlook.do("act", {"copy": clicked["id"], "does": "click", "link": 0})
    message = every_mode.api.call("GET", "/api/messages?limit=1").json()["rows"][0]["message_id"]
    assert str(link.get_attribute("href")).endswith(f"#/messages/{message}")
    rows = every_mode.api.call("GET", f"/api/messages/{message}/report/recipients").json()["rows"]
    assert [row["address"] for row in rows if row["clicked"] != "no"] == ["user2@company.com"]


def test_a_pane_that_was_closed_goes_on_where_it_stopped_and_sends_nobody_two(
    outlook: ComposeWindow, every_mode: Rollcall
) -> None:
    pane = begin(outlook, "Individual")
    pane.get_by_role("button", name="Send 4 copies now").click()
    wait_for_mails(outlook, 2)
    pane.get_by_role("button", name="Pause").click()
    expect(pane.get_by_text("Paused")).to_be_visible()
    outlook.do("closePane")
    pane = outlook.open_pane()
    pane.get_by_role("button", name="Go on", exact=True).click()
    expect(pane.get_by_text("Everybody has their copy")).to_be_visible()
    assert len(delivered(outlook)) == len({copy["address"] for copy in delivered(outlook)}) == 4


def test_where_graph_throttles_sending_waits_and_goes_on(
    outlook: ComposeWindow, every_mode: Rollcall
) -> None:
    faults = every_mode.sandbox.world.faults
    pane = begin(outlook, "Individual")
    faults.set(
        [{"service": "graph", "path": "sendMail", "status": 429, "headers": {"Retry-After": "2"}, "times": 2}]
    )
    pane.get_by_role("button", name="Send 4 copies now").click()
    expect(pane.get_by_text("Everybody has their copy")).to_be_visible()
    faults.clear()
    assert len(delivered(outlook)) == 4


def test_a_copy_tells_its_recipient_what_is_recorded_and_the_link_objects(
    outlook: ComposeWindow, every_mode: Rollcall
) -> None:
    run_to_the_end(outlook)
    copies = [mail for mail in outlook.do("mailboxes")["mails"] if mail["to"] == [OBJECTOR]]
    content = "id => fetch(`/outlook/api/mails/${id}`).then(answer => answer.json())"
    html = outlook.page.evaluate(content, copies[0]["id"])["html"]
    assert "its sender sees whether you opened it" in html
    (link,) = re.findall(r'href="([^"]+/p/[^"]+)"', html)
    tab = outlook.page.context.new_page()
    tab.goto(link)
    tab.get_by_role("button").first.click()
    answer = every_mode.api.as_person(ADA).call("GET", f"/api/people/{OBJECTOR}").json()
    assert answer["objected_at"]


FORGET_DEVICE = """() => new Promise((done, failed) => {
  const asked = indexedDB.deleteDatabase("rollcall");
  [asked.onsuccess, asked.onerror, asked.onblocked] = [done, failed, failed];
})"""


def test_what_is_about_to_go_out_is_said_before_anything_is_and_nothing_is_registered(
    outlook: ComposeWindow, every_mode: Rollcall
) -> None:
    pane = begin(outlook, "Individual")
    expect(pane.get_by_role("heading", name="4 copies are about to go out")).to_be_visible()
    expect(pane.get_by_test_id("confirming").get_by_text(SALES)).to_be_visible()
    expect(pane.get_by_text("It takes less than a minute until all have left.")).to_be_visible()
    pane.get_by_role("button", name="Back").click()
    expect(pane.get_by_role("radio", name=re.compile("Individual"))).to_be_checked()
    assert every_mode.api.call("GET", "/api/messages").json()["rows"] == []


def test_a_test_copy_goes_to_the_sender_alone_and_nothing_of_it_is_measured(
    outlook: ComposeWindow, every_mode: Rollcall
) -> None:
    pane = begin(outlook, "Individual")
    pane.get_by_role("button", name="Send me a test copy").click()
    expect(pane.get_by_text("The test copy is on its way")).to_be_visible()
    (mail,) = outlook.do("mailboxes")["mails"]
    assert (mail["subject"], [copy["address"] for copy in mail["copies"]]) == (f"Test: {WORD}", [MIA])
    content = "id => fetch(`/outlook/api/mails/${id}`).then(answer => answer.json())"
    html = outlook.page.evaluate(content, mail["id"])["html"]
    assert "its sender sees whether you opened it" in html
    assert not re.search(r"/(o|c|p)/[A-Za-z0-9_-]{20}", html)
    assert every_mode.api.call("GET", "/api/messages").json()["rows"] == []


def test_before_the_first_copy_leaves_all_are_taken_back(
    outlook: ComposeWindow, every_mode: Rollcall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLLCALL_COPIES_UNDO", "45")
    services.cache_clear()
    pane = begin(outlook, "Individual")
    expect(pane.get_by_text("The first leaves 45 seconds after you press Send.")).to_be_visible()
    pane.get_by_role("button", name="Send 4 copies now").click()
    expect(pane.get_by_role("timer")).to_contain_text(re.compile(r"leaves in (4|3)\d seconds"))
    assert len(every_mode.api.call("GET", "/api/messages").json()["rows"]) == 1
    pane.get_by_role("button", name="Take all back").click()
    expect(pane.get_by_role("button", name="Continue with tracking")).to_be_visible()
    assert outlook.do("mailboxes")["mails"] == []
    assert every_mode.api.call("GET", "/api/messages").json()["rows"] == []
    assert outlook.send() == "sent"  # it is a mail as any other again


def test_afterwards_the_draft_cannot_be_sent_by_accident(
    outlook: ComposeWindow, every_mode: Rollcall
) -> None:
    pane = run_to_the_end(outlook)
    expect(pane.get_by_text("The draft has no recipients any more")).to_be_visible()
    assert outlook.state["to"] == []
    assert outlook.send() != "sent"
    assert len(delivered(outlook)) == 4


@pytest.mark.parametrize("mails", [1, 2, 3])
def test_a_pane_that_died_while_sending_goes_on_at_once_on_the_same_device(
    outlook: ComposeWindow, every_mode: Rollcall, mails: int
) -> None:
    pane = begin(outlook, "Individual")
    pane.get_by_role("button", name="Send 4 copies now").click()
    wait_for_mails(outlook, mails)
    outlook.do("closePane")
    pane = outlook.open_pane()
    for _ in range(300):
        if pane.get_by_text("has their copy").or_(pane.get_by_text("have their copy")).is_visible():
            break
        for name in ("Go on", "Leave it"):  # the copy on whose answer the pane died is in doubt
            button = pane.get_by_role("button", name=name, exact=True)
            if button.is_visible() and button.is_enabled():
                button.click()
        outlook.page.wait_for_timeout(100)
    expect(pane.get_by_text("has their copy").or_(pane.get_by_text("have their copy"))).to_be_visible()
    copies = delivered(outlook)
    # What was left in doubt may not have been sent.
    assert 3 <= len(copies) == len({copy["address"] for copy in copies}) <= 4


def test_another_device_waits_while_one_sends_and_goes_on_once_that_has_stopped(
    outlook: ComposeWindow, every_mode: Rollcall
) -> None:
    pane = begin(outlook, "Individual")
    pane.get_by_role("button", name="Send 4 copies now").click()
    wait_for_mails(outlook, 2)
    outlook.do("closePane")
    page = outlook.page.context.new_page()
    page.goto(f"{every_mode.origin}/addin/pages.html")
    page.evaluate(FORGET_DEVICE)
    pane = outlook.open_pane()
    expect(pane.get_by_text("Another device is sending them")).to_be_visible()
    message = every_mode.api.call("GET", "/api/messages?limit=1").json()["rows"][0]["message_id"]
    run = services().tracking.runs.store.find(message)
    assert run
    every_mode.api.call(
        "PATCH", f"/api/messages/{message}/copies", json={"holder": run.holder, "lets_go": True}
    )
    expect(pane.get_by_text("Ready to go on")).to_be_visible(timeout=20_000)
    pane.get_by_role("button", name="Go on", exact=True).click()
    expect(pane.get_by_text(re.compile("Everybody|doubt"))).to_be_visible(timeout=30_000)
    copies = delivered(outlook)
    assert len(copies) == len({copy["address"] for copy in copies})


def test_a_pseudonymous_mail_goes_on_only_where_it_is_known_who_gets_which_copy(
    outlook: ComposeWindow, every_mode: Rollcall
) -> None:
    pane = begin(outlook, "Pseudonymous")
    pane.get_by_role("button", name="Send 4 copies now").click()
    wait_for_mails(outlook, 2)
    pane.get_by_role("button", name="Pause").click()
    expect(pane.get_by_text("Paused")).to_be_visible()
    outlook.do("closePane")
    page = outlook.page.context.new_page()
    page.goto(f"{every_mode.origin}/addin/pages.html")
    page.evaluate(FORGET_DEVICE)
    pane = outlook.open_pane()
    expect(pane.get_by_text("Which recipient gets which copy is known only where")).to_be_visible()

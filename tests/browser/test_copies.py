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

BODY = '<p>Hello, <a href="https://www.company.com/news">the news</a>.</p>'
WORD = "heliotrope"


@pytest.fixture
def every_mode(rollcall: Rollcall, monkeypatch: pytest.MonkeyPatch) -> Rollcall:
    """An organisation that allows all modes, at the quickest pace."""
    monkeypatch.setenv("ROLLCALL_MODES", "counting,pseudonymous,individual")
    monkeypatch.setenv("ROLLCALL_INDIVIDUAL_BASIS", "objection")
    monkeypatch.setenv("ROLLCALL_COPIES_PER_MINUTE", "30")
    services.cache_clear()
    return rollcall


def begin(outlook: ComposeWindow, mode: str) -> FrameLocator:
    outlook.load(**{"from": MIA, "to": [SALES], "subject": WORD, "html": BODY})
    pane = outlook.open_pane()
    pane.get_by_role("button", name="Continue with tracking").click()
    pane.get_by_role("radio", name=re.compile(mode)).check()
    return pane


def delivered(outlook: ComposeWindow) -> list[dict[str, Any]]:
    """The copies in the mailboxes of the recipients, without the sender's own."""
    copies = [copy for mail in outlook.do("mailboxes")["mails"] for copy in mail["copies"]]
    return [copy for copy in copies if copy["address"] != MIA]


@pytest.mark.parametrize("mode", ["Individual", "Pseudonymous"])
def test_everybody_gets_a_copy_and_the_server_none_of_the_mails_words(
    outlook: ComposeWindow, every_mode: Rollcall, traffic: Traffic, mode: str
) -> None:
    pane = begin(outlook, mode)
    pane.get_by_role("button", name="Send 4 copies now").click()
    expect(pane.get_by_text("Everybody has their copy")).to_be_visible()
    assert sorted(copy["address"] for copy in delivered(outlook)) == [
        f"user{n}@company.com" for n in range(1, 5)
    ]
    told = "\n".join(traffic.texts(every_mode.origin))
    assert "https://www.company.com/news" in told
    assert WORD not in told


def test_in_individual_mode_the_report_knows_who_clicked(
    outlook: ComposeWindow, every_mode: Rollcall
) -> None:
    pane = begin(outlook, "Individual")
    pane.get_by_role("button", name="Send 4 copies now").click()
    expect(pane.get_by_text("Everybody has their copy")).to_be_visible()
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
    for _ in range(200):
        if len(outlook.do("mailboxes")["mails"]) >= 2:
            break
        outlook.page.wait_for_timeout(50)
    assert len(outlook.do("mailboxes")["mails"]) >= 2
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
    pane = begin(outlook, "Individual")
    pane.get_by_role("button", name="Send 4 copies now").click()
    expect(pane.get_by_text("Everybody has their copy")).to_be_visible()
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

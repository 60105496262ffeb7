"""Mails are named in the pane and on the pages, and found again by it, with everything behind them real."""

from __future__ import annotations

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from shared.services.process import services
from tests.browser.compose import ComposeWindow, Traffic
from tests.browser.conftest import NewContext, Rollcall
from tests.browser.people import sign_in
from tests.browser.sending import address
from tests.support.api import MIA, SALES
from tests.support.tracked_mails import register

BODY = '<p>Hello, <a href="https://www.company.com/news">the news</a>.</p>'


@pytest.fixture
def tab(new_context: NewContext) -> Page:
    return new_context(viewport={"width": 1100, "height": 900}, locale="en-GB").new_page()


def choose(outlook: ComposeWindow, subject: str) -> FrameLocator:
    """A mail, and beside it the pane where it is named."""
    outlook.page.reload()
    outlook.page.evaluate("outlook.ready")
    outlook.knob("undoSeconds", 0)
    outlook.load(**{"from": MIA, "to": [SALES], "subject": subject, "html": BODY})
    pane = outlook.open_pane()
    pane.get_by_role("button", name="Continue with tracking").click()
    return pane


def name_in_pane(outlook: ComposeWindow, name: str, subject: str = "Canary subject") -> None:
    """A mail that is named and sent."""
    pane = choose(outlook, subject)
    pane.get_by_label("Name of this mail").fill(name)
    pane.get_by_role("button", name="Campaign and tags").click()
    pane.get_by_label("Campaign").fill("Ten mails")
    pane.get_by_label("Tags").fill(f"tag {name.split()[0]}, canary")
    pane.get_by_role("button", name="Add tracking").click()
    expect(pane.get_by_text("Tracking is in your mail")).to_be_visible()
    pane.get_by_role("button", name="Send now").click()
    outlook.page.wait_for_function("outlook.state().phase === 'sent'")


NAMES = ("Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India", "Juliett")


def test_ten_mails_that_were_named_are_found_again(
    outlook: ComposeWindow, rollcall: Rollcall, tab: Page
) -> None:
    for name in NAMES[2:]:
        labels = {"name": f"{name} newsletter", "campaign": "Ten mails", "tags": [f"tag {name}"]}
        message = register(rollcall.api.as_person(MIA), labels=labels)["message_id"]
        assert rollcall.api.as_person(MIA).call("POST", f"/api/messages/{message}/sent").status_code == 200
    for name in NAMES[:2]:
        name_in_pane(outlook, f"{name} newsletter")
    sign_in(tab, address(rollcall, "messages"), MIA)
    rows = tab.get_by_role("table").get_by_role("row")
    expect(rows).to_have_count(11)
    tab.get_by_label("Search names").fill("brav NEWS")
    tab.get_by_role("button", name="Search", exact=True).click()
    expect(rows).to_have_count(2)
    expect(tab.get_by_role("link", name="Bravo newsletter")).to_be_visible()

    tab.get_by_role("link", name="Show all").click()
    expect(rows).to_have_count(11)
    tab.get_by_role("link", name="All mails with the tag tag Golf").click()
    expect(rows).to_have_count(2)
    tab.get_by_role("link", name="Golf newsletter").click()
    expect(tab.get_by_role("heading", name="Golf newsletter")).to_be_visible()
    tab.get_by_role("button", name="Name", exact=True).click()
    tab.get_by_label("Name of this mail").fill("Golf tournament")
    tab.get_by_role("button", name="Keep").click()
    expect(tab.get_by_role("heading", name="Golf tournament")).to_be_visible()

    tab.go_back()  # to what was searched for
    expect(tab.get_by_role("link", name="Golf tournament")).to_be_visible()
    expect(rows).to_have_count(2)
    tab.get_by_label("Search names").fill("no such mail")
    tab.get_by_role("button", name="Search", exact=True).click()
    expect(tab.get_by_role("heading", name="No mail fits")).to_be_visible()

    tab.get_by_role("link", name="Show all").click()
    for name in ("Alpha", "Bravo", "Delta"):
        tab.get_by_role("checkbox", name=f"{name} newsletter").check()
    tab.get_by_role("button", name="Delete those chosen").click()
    tab.get_by_role("dialog").get_by_role("button", name="Delete for good").click()
    expect(tab.get_by_text("3 mails were deleted from Rollcall.")).to_be_visible()
    expect(rows).to_have_count(8)


def test_the_subject_is_offered_only_where_an_admin_allows_it_and_kept_only_where_it_is_taken(
    outlook: ComposeWindow, rollcall: Rollcall, monkeypatch: pytest.MonkeyPatch
) -> None:
    def named() -> list[str]:
        return [row["labels"]["name"] for row in rollcall.api.call("GET", "/api/messages").json()["rows"]]

    name_in_pane(outlook, "Typed", subject="Canary subject of a mail")
    assert "Canary" not in "".join(named())
    monkeypatch.setenv("ROLLCALL_NAMES", "subject")
    services.cache_clear()
    pane = choose(outlook, "Canary subject offered")
    offer = pane.get_by_role("button", name="Use the subject: \u201cCanary subject offered\u201d")
    expect(offer).to_be_visible()
    offer.click()
    expect(pane.get_by_label("Name of this mail")).to_have_value("Canary subject offered")
    pane.get_by_role("button", name="Add tracking").click()
    expect(pane.get_by_text("Tracking is in your mail")).to_be_visible()
    assert named()[0] == "Canary subject offered"


def test_a_link_is_named_in_the_pane_by_what_the_sender_types_or_takes_and_renamed_on_the_page(
    outlook: ComposeWindow, rollcall: Rollcall, tab: Page, traffic: Traffic, everything_told: None
) -> None:
    first, second = "https://www.company.com/news", "https://www.company.com/jobs"
    html = f'<p><a href="{first}">Canary words one</a> <a href="{second}">Canary words two</a></p>'
    outlook.load(**{"from": MIA, "to": [SALES], "subject": "Canary subject", "html": html})
    pane = outlook.open_pane()
    pane.get_by_role("button", name="Continue with tracking").click()
    pane.get_by_role("button", name="Names of links").click()
    pane.get_by_label("Name of www.company.com/news").fill("Typed name")
    expect(pane.get_by_role("button", name="Canary words two")).to_be_visible()
    pane.get_by_role("button", name="Add tracking").click()
    expect(pane.get_by_text("Tracking is in your mail")).to_be_visible()
    pane.get_by_role("button", name="Send now").click()
    outlook.page.wait_for_function("outlook.state().phase === 'sent'")
    said = "\n".join(traffic.texts(rollcall.origin))
    assert "Typed name" in said
    assert "Canary" not in said  # what the links say in the mail stays there, until it is taken

    [row] = rollcall.api.call("GET", "/api/messages?limit=1").json()["rows"]
    assert row["labels"]["links"] == ["Typed name"]
    sign_in(tab, address(rollcall, f"messages/{row['message_id']}"), MIA)
    expect(tab.get_by_role("rowheader", name="Typed name")).to_be_visible()
    tab.get_by_role("button", name="Name", exact=True).click()
    tab.get_by_text("Names of links").click()
    tab.get_by_label("Name of www.company.com/jobs").fill("Open jobs")
    tab.get_by_role("button", name="Keep").click()
    expect(tab.get_by_role("rowheader", name="Open jobs")).to_be_visible()
    expect(tab.get_by_role("rowheader", name="Typed name")).to_be_visible()


def test_the_words_of_a_link_are_its_name_where_the_sender_takes_them(
    outlook: ComposeWindow, rollcall: Rollcall
) -> None:
    html = '<p><a href="https://www.company.com/news">What <b>is</b> new</a></p>'
    outlook.load(**{"from": MIA, "to": [SALES], "html": html})
    pane = outlook.open_pane()
    pane.get_by_role("button", name="Continue with tracking").click()
    pane.get_by_role("button", name="Names of links").click()
    pane.get_by_role("button", name="Use its words: \u201cWhat is new\u201d").click()
    expect(pane.get_by_label("Name of www.company.com/news")).to_have_value("What is new")
    pane.get_by_role("button", name="Add tracking").click()
    expect(pane.get_by_text("Tracking is in your mail")).to_be_visible()
    [row] = rollcall.api.call("GET", "/api/messages?limit=1").json()["rows"]
    assert row["labels"]["links"] == ["What is new"]

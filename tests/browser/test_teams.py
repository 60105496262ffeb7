"""Shared work: a team finds each other's mails on the pages, manages them, and is told of it in the pane."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from shared.services.process import services
from tests.browser.compose import ComposeWindow
from tests.browser.conftest import NewContext, Rollcall
from tests.browser.people import sign_in
from tests.browser.sending import address
from tests.support.api import ADA, MIA, NOAH, SALES
from tests.support.tracked_mails import register


@pytest.fixture
def team(rollcall: Rollcall, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rollcall]:
    """Mia and Noah are the team Comms."""
    people = [rollcall.sandbox.world.find_person(person) for person in (MIA, NOAH)]
    members = ", ".join(person.id for person in people if person)
    monkeypatch.setenv("ROLLCALL_TEAMS", f"Comms: {members}")
    services.cache_clear()
    yield rollcall
    services.cache_clear()


def sent(rollcall: Rollcall, person: str, name: str) -> str:
    message: str = register(rollcall.api.as_person(person), labels={"name": name})["message_id"]
    rollcall.api.as_person(person).call("POST", f"/api/messages/{message}/sent").raise_for_status()
    return message


def test_a_colleague_finds_a_mail_of_the_team_renames_shares_and_deletes_it(
    team: Rollcall, new_context: NewContext
) -> None:
    for person, name in ((MIA, "Spring newsletter"), (NOAH, "Town hall")):
        sent(team, person, name)
    tab = new_context(viewport={"width": 1100, "height": 900}, locale="en-GB").new_page()
    sign_in(tab, address(team, "messages"), NOAH)
    rows = tab.get_by_role("table").get_by_role("row")
    expect(rows).to_have_count(3)
    expect(tab.get_by_text("team Comms")).to_have_count(1)
    expect(tab.get_by_label("Sender's address")).to_be_visible()
    tab.get_by_label("Search names").fill("spring")
    tab.get_by_label("Team", exact=True).select_option("Comms")
    tab.get_by_role("button", name="Search", exact=True).click()
    expect(rows).to_have_count(2)

    tab.get_by_role("link", name="Spring newsletter").click()
    expect(tab.get_by_text("Whoever is in it sees this report and manages it.")).to_be_visible()
    tab.get_by_role("button", name="Name", exact=True).click()
    tab.get_by_label("Name of this mail").fill("Spring, renamed")
    tab.get_by_role("button", name="Keep").click()
    expect(tab.get_by_role("heading", name="Spring, renamed")).to_be_visible()
    tab.get_by_role("button", name="Share …").click()
    tab.get_by_label("Work address").fill(ADA)
    tab.get_by_role("button", name="Add", exact=True).click()
    expect(tab.get_by_text("Saved.")).to_be_visible()
    tab.get_by_role("button", name="Close").click()

    tab.get_by_role("link", name="All messages").click()
    tab.get_by_role("button", name="Delete the mail of Spring, renamed").first.click()
    tab.get_by_role("dialog").get_by_role("button", name="Delete for good").click()
    expect(rows).to_have_count(2)
    assert team.api.as_person(MIA).call("GET", "/api/messages?q=spring").json()["rows"] == []


def test_the_pane_says_which_team_sees_the_report_before_the_mail_is_tracked(
    outlook: ComposeWindow, team: Rollcall
) -> None:
    outlook.load(**{"from": MIA, "to": [SALES], "html": "<p>Hello</p>"})
    pane = outlook.open_pane()
    pane.get_by_role("button", name="Continue with tracking").click()
    expect(pane.get_by_text("Your team sees the report and manages it too: Comms.")).to_be_visible()
    pane.get_by_role("button", name="Add tracking").click()
    expect(pane.get_by_text("Tracking is in your mail")).to_be_visible()
    [row] = team.api.as_person(NOAH).call("GET", "/api/messages").json()["rows"]
    assert (row["teams"], row["mine"], row["managed"]) == (["Comms"], False, True)


def test_beside_a_colleagues_mail_the_pane_tells_its_report(outlook: ComposeWindow, team: Rollcall) -> None:
    mia = team.api.as_person(MIA)
    body = register(mia)
    mia.call("POST", f"/api/messages/{body['message_id']}/sent").raise_for_status()
    outlook.load(**{"from": NOAH})
    outlook.do("read", {"html": f'<p>Hello</p><img src="{body["pixel_url"]}">', "properties": {}})
    expect(outlook.pane.get_by_test_id("reading")).to_be_visible()
    expect(outlook.pane.get_by_role("button", name="Share the report")).to_be_visible()

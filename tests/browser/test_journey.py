"""From a typed list to a report: as a sender does it, in a browser, with everything behind it real."""

from __future__ import annotations

import re
from typing import Any

import pytest
import requests
from playwright.sync_api import FrameLocator, Page, expect

from shared.services.process import services
from tests.browser.compose import ComposeWindow, Traffic
from tests.browser.conftest import Rollcall
from tests.browser.people import sign_in
from tests.support.amounts import exactly
from tests.support.api import MIA, SALES

pytestmark = pytest.mark.usefixtures("everything_told")

BODY = (
    '<p>Hello, <a href="https://www.company.com/news?a=1&amp;b=2">the news</a>'
    " and <a href='https://www.company.com/jobs'>the jobs</a>.</p>"
)


def begin(outlook: ComposeWindow, **mail: Any) -> FrameLocator:
    """A mail to the sales team, and the pane beside it."""
    outlook.load(**({"from": MIA, "to": [SALES], "subject": "News", "html": BODY} | mail))
    return outlook.open_pane()


def add_tracking(pane: FrameLocator) -> None:
    """From the count to a mail that is ready."""
    pane.get_by_role("button", name="Continue with tracking").click()
    pane.get_by_role("button", name="Add tracking").click()
    expect(pane.get_by_text("Tracking is in your mail")).to_be_visible()


def tracked_links(outlook: ComposeWindow) -> list[str]:
    return re.findall(r'href=["\']([^"\']+/c/[^"\']+)', outlook.state["html"])


def report_of(rollcall: Rollcall) -> dict[str, Any]:
    """What the app says became of the newest message."""
    newest = rollcall.api.call("GET", "/api/messages?limit=1").json()["rows"][0]
    report: dict[str, Any] = rollcall.api.call("GET", f"/api/messages/{newest['message_id']}/report").json()
    return report


def test_the_mission_a_list_is_counted_the_mail_is_sent_and_what_became_of_it_is_seen(
    outlook: ComposeWindow, rollcall: Rollcall, page: Page
) -> None:
    pane = begin(outlook)
    expect(pane.get_by_test_id("count")).to_contain_text("4 people will get this mail")
    add_tracking(pane)
    pane.get_by_role("button", name="Send now").click()
    page.wait_for_function("outlook.state().phase === 'sent'")
    (mail,) = outlook.do("mailboxes")["mails"]
    assert mail["recipients"] == 4
    first, second = mail["copies"][:2]
    outlook.do("act", {"copy": first["id"], "does": "open"})
    outlook.do("act", {"copy": second["id"], "does": "click", "link": 0})
    report = report_of(rollcall)
    assert report["recipients"] == exactly(4)
    everything = {kind: sum(report[kind].values()) for kind in ("opened", "clicked")}
    assert everything["opened"] >= 1
    assert everything["clicked"] == 1

    tab = page.context.new_page()
    sign_in(tab, f"{rollcall.origin}/addin/pages.html#/messages/{report['message_id']}", MIA)
    expect(tab.get_by_role("heading", name="Report", exact=True)).to_be_visible()
    expect(tab.get_by_role("table").get_by_text("/jobs").first).to_be_visible()


def test_only_the_links_values_change_and_one_pixel_is_added(outlook: ComposeWindow) -> None:
    pane = begin(outlook)
    add_tracking(pane)
    written = outlook.state["html"]
    first, second = tracked_links(outlook)
    pixel = re.findall(r'<img src="[^"]*/o/[^"]*" width="1" height="1" alt="" style="border:0">', written)
    assert len(pixel) == 1
    [notice] = re.findall(
        r'<p style="[^"]*">This mail is measured: [^<]*<a href="[^"]*/p/[^"]*">[^<]*</a></p>', written
    )
    plain = written.replace(pixel[0], "").replace(notice, "")
    plain = plain.replace(first, "https://www.company.com/news?a=1&amp;b=2")
    assert plain.replace(second, "https://www.company.com/jobs") == BODY
    assert [call["call"] for call in outlook.calls].count("body.setAsync") == 1


def test_tracking_taken_out_again_leaves_the_body_as_it_was(outlook: ComposeWindow) -> None:
    pane = begin(outlook)
    add_tracking(pane)
    pane.get_by_role("button", name="Remove tracking").click()
    expect(pane.get_by_text("Tracking is in your mail")).to_have_count(0)
    assert outlook.state["html"] == BODY


def test_who_writes_to_so_few_that_the_report_will_show_no_numbers_is_told_before(
    outlook: ComposeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROLLCALL_SMALLEST_GROUP", "5")
    services.cache_clear()
    pane = begin(outlook)
    pane.get_by_role("button", name="Continue with tracking").click()
    expect(pane.get_by_text("The report will show no numbers")).to_be_visible()


def test_the_last_screen_before_send_keeps_the_badge_and_what_to_look_at(outlook: ComposeWindow) -> None:
    pane = begin(outlook, to=["all-company@company.com", "sales-tema@company.com"])
    expect(pane.get_by_test_id("external")).to_contain_text("2")
    add_tracking(pane)
    expect(pane.get_by_test_id("external")).to_contain_text("2")
    expect(pane.get_by_test_id("problems")).to_contain_text("sales-tema@company.com")


def test_the_last_screen_of_a_draft_that_was_opened_again_still_says_that_everybody_is_counted(
    outlook: ComposeWindow,
) -> None:
    add_tracking(begin(outlook))
    outlook.do("closePane")
    pane = outlook.open_pane()
    expect(pane.get_by_text("Tracking is in your mail")).to_be_visible()
    expect(pane.get_by_test_id("complete")).to_be_visible()


def test_the_recipients_can_be_copied_all_or_those_that_were_searched_for(outlook: ComposeWindow) -> None:
    outlook.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    pane = begin(outlook)
    pane.get_by_role("button", name="All recipients").click()
    pane.get_by_role("button", name="Copy the addresses").click()
    expect(pane.get_by_text("Copied: 4 addresses.")).to_be_visible()
    read = "navigator.clipboard.readText()"
    assert outlook.page.evaluate(read).splitlines() == [f"user{n}@company.com" for n in range(1, 5)]
    pane.get_by_label("Search recipients").fill("user3")
    pane.get_by_role("button", name="Copy the addresses").click()
    expect(pane.get_by_text("Copied: 1 address.")).to_be_visible()
    assert outlook.page.evaluate(read) == "user3@company.com"


def test_each_recipient_shows_name_and_list_and_is_found_by_name(outlook: ComposeWindow) -> None:
    pane = begin(outlook)
    pane.get_by_role("button", name="All recipients").click()
    rows = pane.get_by_test_id("recipients").get_by_role("listitem")
    expect(rows).to_have_text(
        [re.compile("Olivia Hart.*user1@company.com.*through Sales Team"), *[re.compile("through")] * 3]
    )
    pane.get_by_label("Search recipients").fill("tomás")
    expect(rows).to_have_text([re.compile("Tomás Rivera.*user4@company.com.*through Regional Managers")])


def test_a_link_that_is_left_out_stays_as_it_is(outlook: ComposeWindow) -> None:
    pane = begin(outlook)
    pane.get_by_role("button", name="Continue with tracking").click()
    pane.get_by_role("checkbox", name="/jobs").uncheck()
    pane.get_by_role("button", name="Add tracking").click()
    expect(pane.get_by_text("Tracking is in your mail")).to_be_visible()
    assert len(tracked_links(outlook)) == 1
    assert "href='https://www.company.com/jobs'" in outlook.state["html"]


def test_a_body_that_outlook_mangles_is_restored_with_a_plain_notice(outlook: ComposeWindow) -> None:
    pane = begin(outlook, html=BODY + "<p>" + "All of this text must stay. " * 40 + "</p>")
    before = outlook.state["html"]
    pane.get_by_role("button", name="Continue with tracking").click()
    # Only the first writing goes wrong: what is put back arrives whole.
    once = "outlook.knobs.mangle = html => { outlook.knobs.mangle = []; return html.slice(0, -400) }"
    outlook.page.evaluate(f"() => {{ {once} }}")
    pane.get_by_role("button", name="Add tracking").click()
    expect(pane.get_by_role("alert")).to_be_visible()
    assert outlook.state["html"] == before
    assert "/o/" not in before


def test_events_count_from_the_moment_of_sending_and_not_before(
    outlook: ComposeWindow, rollcall: Rollcall
) -> None:
    pane = begin(outlook)
    add_tracking(pane)
    pixel = re.findall(r'src="([^"]+/o/[^"]+)"', outlook.state["html"])[0]
    assert requests.get(pixel, timeout=10).status_code == 200  # as Outlook does, which shows the draft
    pane.get_by_role("button", name="Send now").click()
    outlook.page.wait_for_function("outlook.state().phase === 'sent'")
    report = report_of(rollcall)
    assert report["sent_at"]
    assert sum(report["opened"].values()) == 0
    assert report["not_counted"].get("before_send", 0) >= 1


def test_a_failed_send_disarms_the_message(outlook: ComposeWindow, rollcall: Rollcall) -> None:
    pane = begin(outlook)
    add_tracking(pane)
    outlook.knob("sendFails", True)
    pane.get_by_role("button", name="Send now").click()
    expect(pane.get_by_role("alert")).to_be_visible()
    newest = rollcall.api.call("GET", "/api/messages?limit=1").json()["rows"][0]
    assert (newest["stage"], newest["sent_at"]) == ("registered", None)
    assert outlook.state["phase"] == "draft"


def test_a_send_that_was_undone_disarms_the_message_when_the_draft_is_looked_at_again(
    outlook: ComposeWindow, rollcall: Rollcall
) -> None:
    outlook.knob("undoSeconds", 60)
    pane = begin(outlook)
    add_tracking(pane)
    pane.get_by_role("button", name="Send now").click()
    outlook.page.wait_for_function("outlook.state().phase === 'undoable'")
    assert report_of(rollcall)["sent_at"]
    outlook.do("undo")
    expect(outlook.open_pane().get_by_role("button", name="Send now")).to_be_visible()
    assert report_of(rollcall)["sent_at"] is None


def test_without_send_from_the_pane_the_person_presses_send(
    outlook: ComposeWindow, rollcall: Rollcall
) -> None:
    outlook.do("asClient", "mac")
    pane = begin(outlook)
    add_tracking(pane)
    expect(pane.get_by_text("Now press Send").first).to_be_visible()
    expect(pane.get_by_role("button", name="Send now")).to_have_count(0)
    assert outlook.send() == "sent"
    assert report_of(rollcall)["sent_at"]


def test_sent_without_tracking_the_recipients_are_forgotten_at_once(
    outlook: ComposeWindow, rollcall: Rollcall, traffic: Traffic
) -> None:
    pane = begin(outlook)
    pane.get_by_role("button", name="Send without tracking").click()
    expect(pane.get_by_role("button", name="Send without tracking")).to_have_count(0)
    forgotten = [request for request in traffic.to(rollcall.origin) if request.method == "DELETE"]
    (url,) = [request.url for request in forgotten]
    assert rollcall.api.call("GET", url.removeprefix(rollcall.origin)).status_code == 404


def test_a_count_that_changed_since_it_was_reviewed_says_so(outlook: ComposeWindow) -> None:
    pane = begin(outlook)
    expect(pane.get_by_test_id("count")).to_contain_text("4")
    outlook.do("setRecipients", "to", [SALES, "lena.fischer@company.com"])
    again = pane.get_by_role("button", name="Count again").first
    again.click()
    expect(pane.get_by_test_id("count")).to_contain_text("5")
    expect(pane.get_by_text("4 → 5").or_(pane.get_by_text("from 4 to 5")).first).to_be_visible()


def test_everything_that_reaches_the_server_is_free_of_the_mails_words(
    outlook: ComposeWindow, rollcall: Rollcall, traffic: Traffic
) -> None:
    subject, text, link_text, title, comment, style = (
        "heliotrope",
        "quincunx",
        "sesquipedalian",
        "borborygmus",
        "callipygian",
        "tintinnabulation",
    )
    html = (
        f"<!-- {comment} --><style>.{style}{{color:red}}</style><p title='{title}'>{text} "
        f"<a href='https://www.company.com/news'>{link_text}</a></p>"
    )
    pane = begin(outlook, subject=subject, html=html)
    add_tracking(pane)
    pane.get_by_role("button", name="Send now").click()
    outlook.page.wait_for_function("outlook.state().phase === 'sent'")
    (mail,) = outlook.do("mailboxes")["mails"]
    outlook.do("act", {"copy": mail["copies"][0]["id"], "does": "click", "link": 0})
    told = "\n".join(traffic.texts(rollcall.origin))
    assert "https://www.company.com/news" in told  # so that bodies are looked into
    for canary in (subject, text, link_text, title, comment, style):
        assert canary not in told
    reached = {request.url.split("/")[2] for request in traffic.requests}
    assert reached <= {rollcall.origin[7:], outlook.page.url.split("/")[2], rollcall.sandbox.origin[8:]}

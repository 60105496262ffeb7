"""Awkward bodies, all the way: through Office, the pane and the API, and into a recipient's mailbox."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.compose import ComposeWindow
from tests.browser.conftest import Rollcall
from tests.support import bodies
from tests.support.api import MIA, SALES
from tests.support.mail_bodies import large

# Not those that are about the origin at which tests/addin/test_addin_body.py has the app.
ELSEWHERE = ("long-urls", "safelinks")
BODIES = [body for body in [*bodies.load(), *large()] if body.targets and body.name not in ELSEWHERE]


@pytest.mark.timeout(600)
def test_of_every_awkward_body_only_the_links_change_and_the_pixel_is_added(
    outlook: ComposeWindow, rollcall: Rollcall
) -> None:
    assert len(BODIES) >= 20
    for body in BODIES:
        outlook.load(
            **{"from": MIA, "to": [SALES], "subject": body.name, "html": body.html, "compose": "reply"}
        )
        pane = outlook.open_pane()
        pane.get_by_role("button", name="Continue with tracking").click()
        expect(pane.get_by_role("button", name="Add tracking")).to_be_enabled()
        signature = pane.get_by_test_id("links").locator("li").filter(has_text="in your signature")
        left_out = signature.filter(has_not_text="seems to").get_by_role("checkbox", checked=False)
        while left_out.count():
            left_out.first.check()
        with outlook.page.expect_response(f"{rollcall.origin}/api/messages") as registered:
            pane.get_by_role("button", name="Add tracking").click()
        urls = registered.value.json()
        expect(pane.get_by_text("Tracking is in your mail"), body.name).to_be_visible()
        pixel = f'<img src="{urls["pixel_url"]}" width="1" height="1" alt="" style="border:0">'
        html = outlook.state["html"]
        notice = re.escape(urls["notice_url"])
        (line,) = re.findall(rf'<p style="[^"]*">[^<]* <a href="{notice}">[^<]*</a></p>', html)
        assert html == body.tracked(urls["links"].__getitem__, pixel, line), body.name


def test_what_arrives_in_a_mailbox_is_what_was_written(outlook: ComposeWindow) -> None:
    body = next(body for body in BODIES if body.name == "word-classic")
    outlook.load(**{"from": MIA, "to": [SALES], "subject": body.name, "html": body.html})
    pane = outlook.open_pane()
    pane.get_by_role("button", name="Continue with tracking").click()
    pane.get_by_role("button", name="Add tracking").click()
    expect(pane.get_by_text("Tracking is in your mail")).to_be_visible()
    written = outlook.state["html"]
    pane.get_by_role("button", name="Send now").click()
    outlook.page.wait_for_function("outlook.state().phase === 'sent'")
    (mail,) = outlook.do("mailboxes")["mails"]
    arrived = outlook.page.evaluate(
        "id => fetch(`/outlook/api/mails/${id}`).then(answer => answer.json())", mail["id"]
    )
    assert arrived["html"] == written

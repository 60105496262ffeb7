"""A communications person looks at a year, and compares mails."""

from __future__ import annotations

import csv
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from shared.services.process import services
from shared.settings import Settings
from tests.browser.conftest import NewContext, Rollcall
from tests.browser.people import sign_in
from tests.browser.sending import address
from tests.support.api import MIA
from tools.history import __main__ as history
from tools.history import plan

MAILS = 30


@pytest.fixture
def tab(new_context: NewContext) -> Page:
    return new_context(viewport={"width": 1100, "height": 900}, locale="en-GB").new_page()


@pytest.fixture
def year(rollcall: Rollcall, monkeypatch: pytest.MonkeyPatch) -> int:
    """A small year of mails in the storage, made as `dev.py up --history` makes it."""
    monkeypatch.setattr(plan, "MAILS", MAILS)
    made = history.Year(Settings.from_env(os.environ)).make()
    services.cache_clear()
    return made


def test_a_newcomer_sees_a_year_and_compares_five_mails(
    year: int, rollcall: Rollcall, tab: Page, tmp_path: Path
) -> None:
    assert year == MAILS
    sign_in(tab, address(rollcall, "dashboard"), MIA)
    expect(tab.get_by_role("heading", name="Over time, by month")).to_be_visible()
    expect(tab.get_by_text("Not everything could be added up yet")).to_have_count(0)
    expect(tab.get_by_text("Different people reached: ")).to_be_visible()
    expect(tab.get_by_text("mails or more went to so many people")).to_be_visible()
    campaigns = tab.get_by_role("region", name="By campaign").get_by_role("link")
    expect(campaigns.first).to_be_visible()
    tab.get_by_text("As a table").nth(1).click()
    expect(tab.get_by_role("region", name="Opened").get_by_role("row").nth(1)).to_be_visible()
    name = campaigns.first.inner_text()
    campaigns.first.click()
    expect(tab.get_by_label("Campaign", exact=True)).to_have_value(name)
    expect(campaigns).to_have_count(1)
    since = (datetime.now(UTC) + timedelta(days=2)).strftime("%Y-%m-%d")
    tab.goto(address(rollcall, f"dashboard?until={since}&campaign=No%20such%20campaign"))
    expect(tab.get_by_role("heading", name="No mail was sent in this period")).to_be_visible()

    tab.goto(address(rollcall, "messages?sent=yes"))
    head = tab.get_by_role("columnheader", name="Recipients")
    for order, arrow in (("descending", "↓"), ("ascending", "↑")):
        head.get_by_role("link").click()
        expect(head).to_have_attribute("aria-sort", order)
        expect(head).to_have_text(f"Recipients {arrow}")
        cells = tab.get_by_role("row").locator("td:nth-child(3)")
        expect(cells.first).to_be_visible()
        sizes = [int(text.split("\n")[0].replace(",", "")) for text in cells.all_inner_texts()]
        assert sizes == sorted(sizes, reverse=order == "descending")
        assert len(set(sizes)) > 3
    tab.get_by_role("combobox", name="Order").select_option("Newest first")
    tab.get_by_role("button", name="Search").click()
    expect(head).not_to_have_attribute("aria-sort", "ascending")
    boxes = tab.get_by_role("checkbox")
    for place in range(5):
        boxes.nth(place).check()
    with tab.expect_download() as saved:
        tab.get_by_role("button", name="Export as CSV").click()
    path = tmp_path / "reports.csv"
    saved.value.save_as(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["part"] == "Mails"]
    assert len(rows) == 5
    tab.get_by_role("link", name="Compare those chosen").click()
    table = tab.get_by_role("region", name="Side by side").get_by_role("row")
    expect(table).to_have_count(6)
    for row in rows:
        expect(tab.get_by_role("link", name=row["name"], exact=True).first).to_be_visible()

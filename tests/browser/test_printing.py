"""A report on paper: two sides, all that it says, and nothing to press."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pypdf
import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Rollcall
from tests.browser.gallery.pages import PAGES
from tests.browser.gallery.stages import PagesStage

SCENES = {scene.name: scene for scene in PAGES}
# Those with as much on them as there can be.
FULL = [
    "report",
    "report-incomplete",
    "report-closed",
    "report-large",
    "report-ten-minutes",
    "report-published",
]
TO_PRESS = ["Download", "Share …", "Print", "Refresh", "Show recipients", "Copy the sentence", "As a table"]
TO_PRESS += ["Draw machines", "All messages", "Audit trail", "Signed in as", "Renewed every"]


@pytest.fixture(scope="module")
def stage(browser: Browser, gallery: Rollcall) -> Iterator[PagesStage]:
    stage = PagesStage(browser, gallery)
    yield stage
    stage.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("name", FULL)
def test_a_report_is_printed_on_two_sides_without_what_can_only_be_pressed(
    stage: PagesStage, name: str, paper: str
) -> None:
    stage.show(SCENES[name])
    sentence = stage.page.get_by_test_id("sentence").inner_text()
    if name != "report-published":
        stage.page.locator(".plot").first.wait_for()
    printed = pypdf.PdfReader(io.BytesIO(stage.page.pdf(format=paper, print_background=True)))
    text = " ".join(" ".join(page.extract_text().split()) for page in printed.pages)
    assert len(printed.pages) <= 2, text
    assert " ".join(sentence.split()) in text
    assert [what for what in TO_PRESS if what in text] == []
    for said in ("Opened", "Clicked a link", "Over time", "Links", "Recipients", "Mia Lambert", "As "):
        assert said in text


def test_on_paper_it_is_light_whatever_the_screen_is(stage: PagesStage) -> None:
    stage.show(SCENES["report"])
    stage.page.emulate_media(media="print", color_scheme="dark")
    colours = "() => [document.body, document.querySelector('.card h2')].map(x => getComputedStyle(x).color)"
    assert "rgb(255, 255, 255)" not in stage.page.evaluate(colours)
    stage.page.emulate_media(media="screen", color_scheme="dark")
    assert "rgb(255, 255, 255)" in stage.page.evaluate(colours)
    stage.page.emulate_media(media="screen", color_scheme="light")

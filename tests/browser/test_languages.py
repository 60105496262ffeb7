"""Every screen in another language: nothing is left in English, everything fits, and it is for everybody.

Each scene is in one of the languages here, turn by turn, and in English in test_accessibility;
`dev.py screenshots --language` shows all of them in one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from shared.languages.reader import LANGUAGES
from tests.browser.conftest import Rollcall
from tests.browser.gallery.copies import COPIES
from tests.browser.gallery.pages import PAGES
from tests.browser.gallery.pane import PANE
from tests.browser.gallery.scenes import PageScene, PaneScene
from tests.browser.gallery.stages import PagesStage, PaneStage, Stage
from tests.browser.gallery.tongues import LOCALES, known, speaking
from tests.browser.test_accessibility import OVERFLOW, violations

SHOWN = "() => document.body.innerText.split('\\n').map(line => line.trim()).filter(line => line)"
TURNS = {language: place for place, language in enumerate(LOCALES)}


def in_turn(scenes: list[Any]) -> list[Any]:
    """Each scene with a language, in the order of languages: a browser is opened once for each."""
    some = [(list(LOCALES)[place % len(LOCALES)], scene) for place, scene in enumerate(scenes)]
    some.sort(key=lambda one: TURNS[one[0]])
    return [pytest.param(*one, id=f"{one[1].name}-{one[0]}") for one in some]


@pytest.fixture(scope="module")
def panes(browser: Browser, gallery: Rollcall) -> Iterator[dict[str, PaneStage]]:
    stages = {one: PaneStage(browser, gallery, locale=locale) for one, locale in LOCALES.items()}
    yield stages
    for stage in stages.values():
        stage.close()


@pytest.fixture(scope="module")
def pages(browser: Browser, gallery: Rollcall) -> Iterator[dict[str, PagesStage]]:
    stages = {one: PagesStage(browser, gallery, locale=locale) for one, locale in LOCALES.items()}
    yield stages
    for stage in stages.values():
        stage.close()


def check(stage: Stage, language: str) -> None:
    """What is shown is in that language alone, is for everybody, fits, and has run without an error."""
    stage.look("light")
    frame = stage.frame
    assert frame.evaluate("document.documentElement.lang") == language
    ours = {english for english, other in known(language) if english != other and " " in english}
    assert [line for line in frame.evaluate(SHOWN) if line in ours] == []
    assert violations(frame) == []
    stage.look("narrow")
    assert frame.evaluate(OVERFLOW) == 0
    noises, stage.noises[:] = stage.noises[:], []
    assert noises == []


def test_every_language_has_its_turn() -> None:
    assert set(LOCALES) == set(LANGUAGES) - {"en"}


@pytest.mark.parametrize(("language", "scene"), in_turn([*PANE, *COPIES]))
def test_the_pane_speaks_outlooks_language(
    panes: dict[str, PaneStage], language: str, scene: PaneScene
) -> None:
    with speaking(language):
        panes[language].show(scene)
        check(panes[language], language)


@pytest.mark.parametrize(("language", "scene"), in_turn([scene for scene in PAGES if not scene.file]))
def test_the_pages_speak_the_browsers_language(
    pages: dict[str, PagesStage], language: str, scene: PageScene
) -> None:
    with speaking(language):
        pages[language].show(scene)
        check(pages[language], language)


@pytest.mark.parametrize("language", LOCALES)
def test_what_a_recipient_reads_is_in_the_browsers_language_and_fits(
    browser: Browser,
    gallery: Rollcall,
    language: str,
) -> None:
    context = browser.new_context(locale=LOCALES[language], viewport={"width": 320, "height": 640})
    page: Page = context.new_page()
    page.goto(f"{gallery.origin}/p")
    expect(page.locator("html")).to_have_attribute("lang", language)
    ours = {english for english, other in known(language) if english != other and " " in english}
    assert [line for line in page.evaluate(SHOWN) if line in ours] == []
    assert page.evaluate(OVERFLOW) == 0
    assert violations(page.main_frame) == []
    context.close()

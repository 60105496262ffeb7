"""Everybody can use the pane and the pages: whatever they see, hear, or have in place of a mouse."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Frame

from sandbox.stack.processes import ROOT
from tests.browser.conftest import Rollcall
from tests.browser.gallery.copies import COPIES
from tests.browser.gallery.pages import PAGES
from tests.browser.gallery.pane import PANE
from tests.browser.gallery.scenes import PageScene, PaneScene
from tests.browser.gallery.stages import PagesStage, PaneStage, Stage

AXE = ROOT / "addin" / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async rules => {
  const options = { resultTypes: ["violations"], ...(rules ? { runOnly: rules } : {}) };
  const { violations } = await axe.run(document, options);
  const bad = violations.filter(one => one.impact === "serious" || one.impact === "critical");
  const shown = one => one.nodes.slice(0, 3).map(node => node.html.slice(0, 200));
  return bad.map(one => `${one.id}: ${one.help}: ${shown(one)}`);
}"""
OVERFLOW = "Math.max(0, document.documentElement.scrollWidth - innerWidth)"
WHO_HAS_THE_FOCUS = """() => {
  const one = document.activeElement;
  if (one === document.body) return "";
  return (one.getAttribute("aria-label") || one.innerText || one.id).split("\\n")[0];
}"""
PANE_SCENES = [*PANE, *COPIES]
SOME_PAGES = [
    scene for scene in PAGES if scene.name in ("messages", "report", "compare", "connection", "audit")
]


@pytest.fixture(scope="module")
def panes(browser: Browser, gallery: Rollcall) -> Iterator[PaneStage]:
    stage = PaneStage(browser, gallery)
    yield stage
    stage.close()


@pytest.fixture(scope="module")
def pages(browser: Browser, gallery: Rollcall) -> Iterator[PagesStage]:
    stage = PagesStage(browser, gallery)
    yield stage
    stage.close()


def violations(frame: Frame, rules: list[str] | None = None) -> list[str]:
    """What axe finds serious or critical, by these rules alone or by all."""
    if not frame.evaluate("'axe' in window"):
        frame.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = frame.evaluate(RUN, rules)
    return found


def check(stage: Stage) -> None:
    """In any look, what is shown is for everybody, fits, and has run without an error."""
    stage.look("light")
    assert violations(stage.frame) == []
    stage.look("dark")
    assert violations(stage.frame, ["color-contrast"]) == []  # the rest is the same
    stage.look("narrow")
    assert stage.frame.evaluate(OVERFLOW) == 0
    noises, stage.noises[:] = stage.noises[:], []
    assert noises == []


@pytest.mark.parametrize("scene", PANE_SCENES, ids=lambda scene: scene.name)
def test_the_pane_is_for_everybody(panes: PaneStage, scene: PaneScene) -> None:
    panes.show(scene)
    check(panes)


@pytest.mark.parametrize("scene", PAGES, ids=lambda scene: scene.name)
def test_the_pages_are_for_everybody(pages: PagesStage, scene: PageScene) -> None:
    pages.show(scene)
    check(pages)


def by_name(name: str) -> PaneScene:
    return next(scene for scene in PANE_SCENES if scene.name == name)


def test_a_reviewed_count_is_gone_through_by_keyboard_in_the_order_in_which_it_is_read(
    panes: PaneStage,
) -> None:
    panes.show(by_name("pane-tree"))
    panes.look("light")
    frame = panes.frame
    frame.evaluate("() => { document.activeElement.blur(); document.querySelector('main').focus() }")
    met: list[str] = []
    while len(met) < 20:
        panes.page.keyboard.press("Tab")
        panes.page.wait_for_timeout(20)
        name = frame.evaluate(WHO_HAS_THE_FOCUS)
        if not name:
            break
        met.append(name)
    assert met == [
        "Count again",
        "Lists",
        "Sales Team",
        "How this number adds up",
        "All recipients",
        "people-search",
        "Copy the addresses",
        "Continue with tracking",
        "Send without tracking",
    ]
    visible = frame.locator("button:visible, a:visible, input:visible, summary:visible")
    assert visible.count() == len(met)


@pytest.fixture(scope="module")
def forced(browser: Browser, gallery: Rollcall) -> Iterator[PagesStage]:
    """A system with colours of its own."""
    stage = PagesStage(browser, gallery, forced_colors="active")
    yield stage
    stage.close()


@pytest.mark.parametrize("scene", SOME_PAGES, ids=lambda scene: scene.name)
def test_with_forced_colours_and_from_right_to_left_nothing_is_lost(
    forced: PagesStage, scene: PageScene
) -> None:
    forced.show(scene)
    forced.look("light")
    seen = forced.page.locator("button:visible, a:visible").count()
    assert violations(forced.frame, ["color-contrast", "aria-hidden-focus"]) == []
    forced.frame.evaluate("() => { document.documentElement.dir = 'rtl' }")
    assert forced.page.locator("button:visible, a:visible").count() == seen
    for look in ("light", "narrow"):
        forced.look(look)
        assert forced.frame.evaluate(OVERFLOW) == 0


def test_the_pane_is_the_same_with_forced_colours_and_from_right_to_left(
    browser: Browser, gallery: Rollcall
) -> None:
    stage = PaneStage(browser, gallery, forced_colors="active")
    try:
        stage.show(by_name("pane-incomplete"))
        stage.frame.evaluate("() => { document.documentElement.dir = 'rtl' }")
        check(stage)
    finally:
        stage.close()

"""Photographs the gallery: every page and every state of the pane, in light, dark and narrow.

python3 dev.py screenshots               all of it, into .dev/screenshots, with a contact sheet in index.html
python3 dev.py screenshots --only report whatever has that in its name
python3 dev.py screenshots --language de     in another language
python3 dev.py screenshots --readme      the few pictures of docs/images
Errors on a console, and anything wider than its window, end it with 1 and a list.
"""

from __future__ import annotations

import argparse
import html
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser

from sandbox.stack.processes import ROOT
from tests.browser.conftest import Rollcall
from tests.browser.gallery.copies import COPIES
from tests.browser.gallery.pages import PAGES
from tests.browser.gallery.pane import PANE
from tests.browser.gallery.scenes import PageScene, PaneScene
from tests.browser.gallery.stages import Look, PagesStage, PaneStage, Stage
from tests.browser.gallery.tongues import LOCALES, speaking
from tests.browser.gallery.whole import chromium_running, everything

FOLDER = ROOT / ".dev" / "screenshots"
IMAGES = ROOT / "docs" / "images"
LOOKS: tuple[Look, ...] = ("light", "dark", "narrow")
SCENES: tuple[PaneScene | PageScene, ...] = (*PANE, *COPIES, *PAGES)
# Also as a whole window, with the mail beside the pane.
WINDOWS = ("pane-complete", "pane-incomplete", "pane-choose")
OVERFLOW = "Math.max(0, document.documentElement.scrollWidth - innerWidth)"


class Photographer:
    """Makes pictures, and notes what is wrong with what it sees."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pictures: list[str] = []
        self.complaints: list[str] = []
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, stage: Stage, name: str) -> None:
        """A picture, and whether anything in it is wider than the window."""
        stage.photograph(self.folder / f"{name}.png")
        self.pictures.append(name)
        if overflow := stage.frame.evaluate(OVERFLOW):
            self.complaints.append(f"{name}: {overflow} px wider than its window")

    def take_all(self, stage: Stage, name: str) -> None:
        """In every look."""
        for look in LOOKS:
            stage.look(look)
            self.take(stage, f"{name}-{look}")
        self.listen(stage, name)

    def listen(self, stage: Stage, name: str) -> None:
        """What was said on the console since."""
        self.complaints += [f"{name}: {noise}" for noise in stage.noises]
        stage.noises.clear()

    def write_sheet(self) -> Path:
        """All pictures on one page."""
        figures = (
            f'<figure><a href="{name}.png"><img src="{name}.png" loading="lazy" alt=""></a>'
            f"<figcaption>{html.escape(name)}</figcaption></figure>"
            for name in self.pictures
        )
        style = (
            "body{font:13px system-ui;background:#ddd;display:flex;flex-wrap:wrap;gap:16px}"
            "figure{margin:0}img{max-width:380px;max-height:640px;border:1px solid #888}"
        )
        sheet = self.folder / "index.html"
        page = f"<!doctype html><meta charset=utf-8><title>Rollcall</title><style>{style}</style>"
        sheet.write_text(page + "".join(figures), encoding="utf-8")
        return sheet


def photograph(
    browser: Browser,
    rollcall: Rollcall,
    photographer: Photographer,
    scenes: Sequence[PaneScene | PageScene],
    locale: str,
) -> None:
    """Every one of `scenes`."""
    stages = PaneStage(browser, rollcall, locale=locale), PagesStage(browser, rollcall, locale=locale)
    for place, scene in enumerate(scenes, 1):
        print(f"{place:3} of {len(scenes)}  {scene.name}", flush=True)
        stage: Stage
        try:
            if isinstance(scene, PaneScene):
                stage = stages[0]
                stages[0].show(scene)
                if scene.name in WINDOWS:
                    stages[0].look_at_window("light")
                    photographer.take(stages[0], f"window-{scene.name}")
            else:
                stage = stages[1]
                stages[1].show(scene)
            photographer.take_all(stage, scene.name)
        except Exception as error:  # noqa: BLE001 - one that does not come must not keep the others away
            photographer.complaints.append(f"{scene.name}: {str(error).partition(chr(10) * 2)[0][:400]}")
    for used in stages:
        used.close()


def photograph_for_readme(browser: Browser, rollcall: Rollcall, photographer: Photographer) -> None:
    """The few that show best what this is."""
    panes, pages = PaneStage(browser, rollcall), PagesStage(browser, rollcall)
    scenes = {scene.name: scene for scene in SCENES}
    for name, picture, look in README_WINDOWS:
        scene = scenes[name]
        assert isinstance(scene, PaneScene)
        panes.show(scene)
        panes.look_at_window(look)
        photographer.take(panes, picture)
    for name, picture, look in README_PAGES:
        page_scene = scenes[name]
        assert isinstance(page_scene, PageScene)
        pages.show(page_scene)
        pages.look(look)
        pages.page.evaluate("scrollTo(0, 0)")  # a step may have led further down
        pages.page.wait_for_timeout(300)
        pages.page.screenshot(path=photographer.folder / f"{picture}.png")
        photographer.pictures.append(picture)
    panes.close()
    pages.close()


README_WINDOWS: tuple[tuple[str, str, Look], ...] = (
    ("pane-complete", "count", "light"),
    ("pane-incomplete", "incomplete", "light"),
    ("pane-choose", "links", "dark"),
)
README_PAGES: tuple[tuple[str, str, Look], ...] = (
    ("report-published", "report", "light"),
    ("connection", "connection", "light"),
)


def main() -> int:
    """0 where nothing is wrong."""
    parser = argparse.ArgumentParser(
        prog="dev.py screenshots", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", metavar="NAME", help="what a scene must have in its name")
    parser.add_argument("--language", default="en", choices=("en", *LOCALES))
    parser.add_argument("--readme", action="store_true", help="the pictures of docs/images instead")
    arguments = parser.parse_args()
    began = time.monotonic()
    chosen = [scene for scene in SCENES if arguments.only in scene.name]
    if not chosen:
        parser.error(f"no scene has {arguments.only} in its name")
    photographer = Photographer(IMAGES if arguments.readme else FOLDER)
    with everything() as rollcall, chromium_running() as browser:
        if arguments.readme:
            photograph_for_readme(browser, rollcall, photographer)
        else:
            with speaking(arguments.language):
                locale = LOCALES.get(arguments.language, "en-GB")
                photograph(browser, rollcall, photographer, chosen, locale)
            print(f"All on one page: {photographer.write_sheet()}")
    seconds = time.monotonic() - began
    print(f"{len(photographer.pictures)} pictures in {photographer.folder}, in {seconds:.0f} seconds.")
    for complaint in photographer.complaints:
        print(f"  {complaint}")
    return bool(photographer.complaints)


if __name__ == "__main__":
    sys.exit(main())

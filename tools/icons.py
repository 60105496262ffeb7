"""Draws the PNGs of addin/icons from its SVGs, with Chromium.

python -m tools.icons

Small sizes have a drawing of their own, with fewer and thicker strokes. Look at what changed.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tools import chromium

ICONS = Path(__file__).resolve().parent.parent / "addin" / "icons"
SMALL = (16, 20, 24)
LARGE = (32, 40, 48, 64, 80, 96, 128)


def main() -> None:
    """Draw them all."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=["--no-sandbox"])
        page = browser.new_page()
        for sizes, source in ((SMALL, "icon-small.svg"), (LARGE, "icon.svg")):
            for size in sizes:
                draw(page, source, size, f"icon-{size}.png")
        # What the unified manifest wants beside them.
        draw(page, "icon.svg", 192, "color.png")
        draw(page, "outline.svg", 32, "outline.png")
        browser.close()


def draw(page: Page, source: str, size: int, name: str) -> None:
    """`source` as a square of `size` pixels, transparent where nothing is drawn."""
    style = f"<style>body {{ margin: 0 }} svg {{ display: block; width: {size}px; height: {size}px }}</style>"
    page.set_viewport_size({"width": size, "height": size})
    page.set_content(style + (ICONS / source).read_text(encoding="utf-8"))
    page.screenshot(path=ICONS / name, omit_background=True)


if __name__ == "__main__":
    main()

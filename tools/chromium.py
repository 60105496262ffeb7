"""A Chromium for the tests of the pages: found on this machine, or installed.

python -m tools.chromium   finds one, else installs Playwright's own, else Debian's
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
_LIMIT = 600  # seconds for one way to install


def find() -> Path | None:
    """The program: what CHROMIUM names, one that is installed, or Playwright's."""
    return next((path for path in _candidates() if path.is_file()), None)


def install() -> Path | None:
    """One that was installed just now; None where neither way works."""
    ways = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get") and getattr(os, "geteuid", lambda: 1)() == 0:
        ways.append(["apt-get", "update", "--quiet"])
        ways.append(["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", "chromium"])
    for way in ways:
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(way, check=False, capture_output=True, timeout=_LIMIT, env=environment)
        if found := find():
            return found
    return None


def _candidates() -> Iterator[Path]:
    if named := os.environ.get("CHROMIUM"):
        yield Path(named)
    for name in NAMES:
        if program := shutil.which(name):
            yield Path(program)
    yield from map(Path, ELSEWHERE)
    yield from _of_playwright()


def _of_playwright() -> Iterator[Path]:
    # Playwright's own driver knows; asked last, as it is a process of its own.
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield Path(playwright.chromium.executable_path)


def main() -> int:
    """Find or install one; 1 where there is none."""
    if find():
        return 0
    print("Installing Chromium for the tests of the pages ...", flush=True)
    if install():
        return 0
    print(
        "No Chromium is here, and none could be installed: the tests of the pages are skipped.\n"
        "Install Chromium, Chrome or Edge, or set CHROMIUM to the program.",
        flush=True,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())

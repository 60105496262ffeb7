"""What the pane costs in Outlook: how much is loaded, how soon it can be used, how it bears a huge list.

    python dev.py bench pane [--json] [--runs N]

The pane in the stand-in for Outlook, in Chromium, four times slower than this machine, as office computers
are. Beside it, in the same run and loaded in the same way, the smallest page an add-in can have: Office.js
and one script of a kilobyte. Then a list of over 100,000 recipients in 3,000 lists is counted, and the
longest time is taken in which the pane could not have answered a key.
"""

from __future__ import annotations

import argparse
import json
import statistics
from typing import Any

import requests
from playwright.sync_api import Browser, Page, sync_playwright

from bench.expansion import spread
from sandbox.stack.choices import Choices
from sandbox.stack.cookies import keep
from sandbox.stack.stack import Stack, stack
from tools import chromium

SLOWER = 4
TENANT, DOMAIN = "enterprise", "enterprise.example"
# In every frame: when there was something to use, when the count stood there, and what blocked.
WATCH = """
{
  const told = window.bench = {usable: 0, counted: 0, blocked: 0};
  const look = () => {
    if (!told.usable && document.querySelector("main h1, main h2")) told.usable = performance.now();
    const count = document.querySelector("[data-testid=count]");
    if (!told.counted && count && /\\d/.test(count.textContent)) told.counted = performance.now();
  };
  new MutationObserver(look).observe(document, {childList: true, subtree: true, characterData: true});
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) told.blocked = Math.max(told.blocked, entry.duration);
  }).observe({type: "longtask", buffered: true});
}
"""

# How many bytes of ours had arrived when there was something to use, and in all, by the page's own clock.
LOADED = """() => {
  const files = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
    .filter(file => file.name.startsWith(`${location.origin}/addin/`));
  const bytes = which => which.reduce((sum, file) => sum + file.encodedBodySize, 0);
  return [bytes(files.filter(file => file.responseEnd <= window.bench.usable)), bytes(files)];
}"""


def main() -> None:
    """Print the table or the JSON object."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    program = chromium.find() or chromium.install()
    if program is None:
        parser.error("no Chromium is here, and none could be installed: set CHROMIUM to the program")
    with stack(Choices(TENANT, {})) as running, sync_playwright() as playwright:
        connect(running)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        loaded, usable, least = [], [], []
        for _ in range(options.runs + 1):
            told = opened(browser, running, f"size-100@{DOMAIN}")
            loaded.append(told["bytes"])
            usable.append(told["usable"])
            least.append(smallest(browser, running))
        huge = [opened(browser, running, f"everyone@{DOMAIN}", patience=120_000) for _ in range(2)][-1]
        browser.close()
    ratios = [ours / theirs for ours, theirs in zip(usable[1:], least[1:], strict=True)]
    first, whole = ([each[place] for each in loaded[1:]] for place in (0, 1))
    result = {
        "kilobytes_until_usable": round(statistics.median(first) / 1000, 1),
        "kilobytes_with_sign_in": round(statistics.median(whole) / 1000, 1),
        "usable_ms": round(statistics.median(usable[1:])),
        "usable_over_smallest_page": round(statistics.median(ratios), 2),
        "blocked_ms_at_100000": round(huge["blocked"]),
    }
    if options.json:
        print(json.dumps(result))
        return
    print(f"loaded until it can be used     {spread([each / 1000 for each in first])} kB, compressed")
    print(f"loaded with the sign-in         {spread([each / 1000 for each in whole])} kB, compressed")
    print(f"until it can be used            {spread(usable[1:])} ms, {SLOWER} times slower than here")
    print(f"the smallest page of an add-in  {spread(least[1:])} ms")
    print(f"the pane / the smallest page    {spread(ratios)}")
    print(f"{huge['count']} counted in            {huge['counted'] / 1000:8.2f} s")
    print(f"longest it could not answer     {huge['blocked']:8.0f} ms meanwhile and when it is shown")


def connect(running: Stack) -> None:
    """Sign the service account in, as its admin does."""
    with requests.Session() as http:
        http.trust_env = False
        http.verify = str(running.ca_path)
        asked = http.post(f"{running.sandbox_url}/_sandbox/tokens", json={"person": f"admin@{DOMAIN}"})
        bearer = {"Authorization": f"Bearer {asked.json()['access_token']}"}
        begun = http.get(f"{running.app_url}/api/connection/start", headers=bearer)
        keep(http, begun)
        form = {"account": f"rollcall@{DOMAIN}", "action": "accept"}
        http.post(begun.json()["authorize_url"], data=form).raise_for_status()


def opened(browser: Browser, running: Stack, address: str, patience: float = 60_000) -> dict[str, Any]:
    """The pane beside a mail to `address`, in a browser that has seen nothing yet: what it told."""
    context = browser.new_context()
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(running.outlook_url)
    page.evaluate("outlook.ready")
    page.evaluate("mail => outlook.load(mail)", {"from": f"sender@{DOMAIN}", "to": [address]})
    slow(page)
    page.evaluate("() => { outlook.openPane() }")
    pane = page.frame_locator("iframe#pane")
    pane.get_by_test_id("count").wait_for(timeout=patience)
    page.wait_for_timeout(500)
    frame = next(frame for frame in page.frames if "/addin/pane.html" in frame.url)
    told: dict[str, Any] = frame.evaluate("bench")
    told["bytes"] = frame.evaluate(LOADED)
    told["count"] = pane.get_by_test_id("count").inner_text().split()[0]
    context.close()
    return told


def smallest(browser: Browser, running: Stack) -> float:
    """Milliseconds until the page of the event handler has loaded, in such a frame."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(running.outlook_url)
    page.evaluate("outlook.ready")
    slow(page)
    milliseconds: float = page.evaluate(
        """url => new Promise(resolve => {
          const frame = document.createElement("iframe");
          const began = performance.now();
          frame.onload = () => resolve(performance.now() - began);
          frame.src = url;
          document.body.append(frame);
        })""",
        f"{running.app_url}/addin/events.html",
    )
    context.close()
    return milliseconds


def slow(page: Page) -> None:
    """From now on the page has a slower processor."""
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


if __name__ == "__main__":
    main()

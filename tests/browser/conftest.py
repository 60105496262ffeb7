"""A Chromium, and the whole of Rollcall for it to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from sandbox.host.host import Host
from sandbox.server.server import Running, find_tenant
from shared.services.process import services
from tests.browser.compose import ComposeWindow, Traffic
from tests.support.api import ADA, Api
from tools import chromium

ARGUMENTS = (
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
OBJECTOR = "user3@company.com"
PATIENCE = 20_000  # milliseconds until something must be there
expect.set_options(timeout=PATIENCE)
NewContext = Callable[..., BrowserContext]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Closed when the last test of this folder is done: a test elsewhere may want the thread's event loop."""
    program = chromium.find()
    if program is None:
        pytest.skip("no Chromium is here: install one, or set CHROMIUM to the program")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield launched
        launched.close()


@pytest.fixture
def new_context(browser: Browser) -> Iterator[NewContext]:
    """Makes browser contexts as empty as a private window. The sandbox's certificates are accepted."""
    made: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        context = browser.new_context(ignore_https_errors=True, **options)
        context.set_default_timeout(PATIENCE)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@dataclass(frozen=True, slots=True)
class Rollcall:
    """The app, connected to the simulated tenant."""

    origin: str
    sandbox: Running
    api: Api


@pytest.fixture
def everything_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports that tell all they know, of however few, at once."""
    monkeypatch.setenv("ROLLCALL_SMALLEST_GROUP", "1")
    services.cache_clear()


@pytest.fixture(scope="module")
def gallery(app_on_host: Host, tenant_company: Running) -> Iterator[Rollcall]:
    """The app, set up and connected once for all scenes."""
    from tests.browser.gallery.whole import SETTINGS  # which needs what stands here

    tenant_company.world.load(find_tenant("company"))
    tenant_company.world.secrets.pop("rollcall-token-cache", None)
    tenant_company.world.app_url = app_on_host.origin
    with pytest.MonkeyPatch.context() as environ:
        for name, value in SETTINGS.items():
            environ.setenv(name, value)
        services.cache_clear()
        api = Api(app_on_host.origin, tenant_company)
        assert api.connect().status_code == 200
        yield Rollcall(app_on_host.origin, tenant_company, api)
    services.cache_clear()


@pytest.fixture
def rollcall(host: Host, sandbox: Running) -> Iterator[Rollcall]:
    """Connected, with Graph and Exchange, as the sandbox sets it up. No mail was sent and nobody objects,
    whatever ran before, and so it is left: storage is the same for all tests of the run."""
    sandbox.world.app_url = host.origin
    api = Api(host.origin, sandbox)
    assert api.connect().status_code == 200
    forget_everything(api)
    yield Rollcall(host.origin, sandbox, api)
    forget_everything(api)


def forget_everything(api: Api) -> None:
    """Delete every message, and withdraw the objections of those whom tests have object."""
    admin = api.as_person(ADA)
    for message in admin.call("GET", "/api/messages?limit=1000").json()["rows"]:
        deleted = admin.call("DELETE", f"/api/messages/{message['message_id']}")
        assert deleted.status_code in (204, 404), deleted.text  # the pane deletes what it takes out, too
    admin.call("DELETE", f"/api/people/{OBJECTOR}/objection").raise_for_status()


@pytest.fixture
def traffic() -> Traffic:
    """What the browser asked for, from the beginning."""
    return Traffic()


@pytest.fixture
def page(new_context: NewContext, traffic: Traffic) -> Page:
    """A tab."""
    context = new_context()
    traffic.watch(context)
    return context.new_page()


@pytest.fixture
def outlook(rollcall: Rollcall, page: Page) -> ComposeWindow:
    """The compose window of Mia, a sender."""
    return ComposeWindow(page, rollcall.sandbox.outlook_url)

"""Everything behind the browser, for who is no test: storage, tenant and app, connected."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping

from playwright.sync_api import Browser, sync_playwright

from sandbox.host import host as local_host
from sandbox.server.server import serve
from sandbox.stack import stack
from sandbox.stack.processes import ROOT, choose_port
from shared.services.process import services
from tests.browser.conftest import ARGUMENTS, Rollcall
from tests.support.api import Api
from tools import chromium

# All that the scenes need: some modes allowed and one not, copies as fast as can be, as many counts, and
# a team, of which the pane asks.
SETTINGS = {
    "ROLLCALL_MODES": "counting,individual",
    "ROLLCALL_INDIVIDUAL_BASIS": "objection",
    "ROLLCALL_COPIES_UNDO": "0",
    "ROLLCALL_EXPANSIONS_PER_MINUTE": "600",
    "ROLLCALL_TEAMS": "Nobody's: 00000000-0000-4000-8000-000000000000",
}


@contextlib.contextmanager
def everything() -> Iterator[Rollcall]:
    """The app on its host, connected to the simulated tenant. Meanwhile this process's environment is its."""
    port = choose_port()
    url = f"http://localhost:{port}"
    outside = {name: value for name, value in os.environ.items() if name.startswith(stack.FOREIGN)}
    with (
        stack.azurite(dict.fromkeys(stack.STORAGE_PORTS, 0)) as storage,
        serve("company", app_url=url) as sandbox,
        _environment(
            {**dict.fromkeys(outside), **stack.DIRECT, **sandbox.settings_env(), **SETTINGS}
            | {"ROLLCALL_STORAGE_CONNECTION": storage, "ROLLCALL_PUBLIC_URL": url}
        ),
        local_host.serve(ROOT, port=port) as host,
    ):
        services.cache_clear()
        api = Api(host.origin, sandbox)
        api.connect().raise_for_status()
        yield Rollcall(host.origin, sandbox, api)


@contextlib.contextmanager
def chromium_running() -> Iterator[Browser]:
    """A browser without a window. Raises FileNotFoundError where there is none."""
    program = chromium.find()
    if program is None:
        raise FileNotFoundError("no Chromium is here: install one, or set CHROMIUM to the program")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield browser
        browser.close()


@contextlib.contextmanager
def _environment(changes: Mapping[str, str | None]) -> Iterator[None]:
    before = dict(os.environ)
    for name, value in changes.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)

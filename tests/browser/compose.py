"""Drives the stand-in for Outlook, and the pane in it, as a person would."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, FrameLocator, Page, Request


@dataclass
class Traffic:
    """Every request that a browser context made."""

    requests: list[Request] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> Traffic:
        """From now on."""
        context.on("request", lambda request: self.requests.append(request))
        return self

    def to(self, origin: str) -> list[Request]:
        """Those that went to `origin`."""
        return [request for request in self.requests if request.url.startswith(f"{origin}/")]

    def texts(self, origin: str) -> list[str]:
        """All that those said: URL, headers and body."""
        return [
            "\n".join([request.url, str(request.headers), request.post_data or ""])
            for request in self.to(origin)
        ]


class ComposeWindow:
    """A mail that is being written. `sandbox/outlook/__init__.py` says what its test door can do."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        page.goto(url)
        page.evaluate("outlook.ready")
        self.do("setSpeed", 0)  # mailboxes do nothing by themselves
        self.knob("undoSeconds", 0)

    def do(self, method: str, *arguments: Any) -> Any:
        """Call a method of the test door; what it answers."""
        return self.page.evaluate("([method, args]) => outlook[method](...args)", [method, list(arguments)])

    def load(self, **mail: Any) -> None:
        """Begin another mail."""
        self.do("load", mail)

    def knob(self, name: str, value: Any) -> None:
        """Have something go otherwise than well."""
        self.page.evaluate("([name, value]) => { outlook.knobs[name] = value }", [name, value])

    @property
    def state(self) -> dict[str, Any]:
        """How the mail stands."""
        found: dict[str, Any] = self.do("state")
        return found

    @property
    def calls(self) -> list[dict[str, Any]]:
        """Every call that reached Office."""
        found: list[dict[str, Any]] = self.page.evaluate("outlook.log")
        return found

    def open_pane(self) -> FrameLocator:
        """The add-in's pane, opened."""
        self.do("openPane")
        return self.pane

    @property
    def pane(self) -> FrameLocator:
        """The add-in's pane."""
        return self.page.frame_locator("iframe#pane")

    def send(self) -> str:
        """Press Send; `sent`, `undoable`, `alert` or `failed`."""
        said: str = self.do("send")
        return said

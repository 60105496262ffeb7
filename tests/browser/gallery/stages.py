"""Shows a scene in a browser, in any look, and listens for what goes wrong meanwhile."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, ConsoleMessage, Frame, Page, ViewportSize, expect

from tests.browser.compose import ComposeWindow
from tests.browser.conftest import PATIENCE, Rollcall
from tests.browser.gallery.answering import Answering
from tests.browser.gallery.scenes import PageScene, PaneScene
from tests.browser.people import accept

Look = Literal["light", "dark", "narrow"]
NARROW, PANE_WIDTH = 320, 360
WINDOW: ViewportSize = {"width": 1280, "height": 800}
PAGE: ViewportSize = {"width": 1180, "height": 800}
# Outlook's window keeps the pane as it is; the picture is of the pane alone.
_ALONE = "html.alone #pane { position: fixed; inset: 0; width: 100vw; height: 100vh; z-index: 9 }"
_DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
_SETTLE = 200  # milliseconds for what draws itself anew once its width is another


class _Stage:
    """A browser context with made-up answers; `noises` are the errors on its console."""

    def __init__(self, browser: Browser, rollcall: Rollcall, **options: Any) -> None:
        usual: dict[str, Any] = {"locale": "en-GB", "timezone_id": "Europe/Berlin"}
        self.rollcall = rollcall
        self.context = browser.new_context(ignore_https_errors=True, **usual | options)
        self.context.set_default_timeout(PATIENCE)
        self.answering = Answering(self.context, rollcall.origin, rollcall.sandbox.origin)
        self.noises: list[str] = []
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda error: self.noises.append(str(error.error)))

    def _hear(self, message: ConsoleMessage) -> None:
        where = message.location["url"]
        # A browser calls every refusal an error, also one that a scene is about.
        is_refusal = message.text.startswith("Failed to load") and ("/api/" in where or "/sendMail" in where)
        is_ours = where.startswith(self.rollcall.origin) or not where
        if message.type == "error" and is_ours and not is_refusal:
            self.noises.append(f"{message.text} {where}".strip())

    def close(self) -> None:
        """Closes its windows."""
        self.context.unroute_all(behavior="ignoreErrors")
        self.context.close()


class PaneStage(_Stage):
    """The compose window, and the pane beside it."""

    def __init__(self, browser: Browser, rollcall: Rollcall, **options: Any) -> None:
        super().__init__(browser, rollcall, viewport=WINDOW, **options)
        self.language = options.get("locale", "en-US")
        self.page = self.context.new_page()
        self.window = ComposeWindow(self.page, rollcall.sandbox.outlook_url)
        self.page.add_style_tag(content=_ALONE)

    def show(self, scene: PaneScene) -> None:
        """From an empty pane to the scene; its look is light."""
        self._put_alone(False)
        self.page.set_viewport_size(WINDOW)
        self.answering.begin(scene.answers, scene.copies)
        self.page.evaluate("outlook.closePane()")
        self.window.do("resetKnobs")
        self.window.knob("language", self.language)
        self._theme("light")
        if scene.client != "web":
            self.window.do("asClient", scene.client)
        for name, value in scene.knobs.items():
            self.window.knob(name, value)
        self.window.load(**scene.mail)
        self.window.open_pane()
        scene.steps(self.window)
        expect(self.window.pane.get_by_text(scene.shows).first).to_be_visible()

    def look(self, look: Look) -> None:
        """The pane alone."""
        self._theme("dark" if look == "dark" else "light")
        self._put_alone(True)
        width = NARROW if look == "narrow" else PANE_WIDTH
        self.page.set_viewport_size({"width": width, "height": 480})
        height = self.frame.evaluate("document.documentElement.scrollHeight")
        self.page.set_viewport_size({"width": width, "height": height})
        self.frame.evaluate(_DRAWN)

    def look_at_window(self, look: Look) -> None:
        """The whole compose window."""
        self._theme("dark" if look == "dark" else "light")
        self._put_alone(False)
        self.page.set_viewport_size(WINDOW)
        self.frame.evaluate(_DRAWN)

    @property
    def frame(self) -> Frame:
        """The pane's frame."""
        frames = [frame for frame in self.page.frames if "/addin/pane.html" in frame.url]
        return frames[-1]

    def photograph(self, path: Path) -> None:
        """What is seen, as a PNG."""
        self.page.wait_for_timeout(_SETTLE)
        self.page.screenshot(path=path)

    def _theme(self, name: Literal["light", "dark"]) -> None:
        self.page.emulate_media(color_scheme=name)
        self.window.do("theme", name)

    def _put_alone(self, is_alone: bool) -> None:
        self.page.evaluate("on => document.documentElement.classList.toggle('alone', on)", is_alone)


class PagesStage:
    """The pages, in a browser for each person; `noises` are the errors on their consoles."""

    def __init__(self, browser: Browser, rollcall: Rollcall, **options: Any) -> None:
        self.rollcall = rollcall
        self.noises: list[str] = []
        self.page: Page
        self._browser, self._options = browser, options
        self._rooms: dict[str, _Stage] = {}
        self._tabs: dict[str, Page] = {}

    def show(self, scene: PageScene) -> None:
        """The page anew, whatever was there before; its look is light."""
        room = scene.name if scene.apart else scene.file or scene.person or ""
        is_new = room not in self._rooms
        if is_new:
            self._rooms[room] = _Stage(self._browser, self.rollcall, viewport=PAGE, **self._options)
            self._rooms[room].noises = self.noises
            self._tabs[room] = self._rooms[room].context.new_page()
        self._rooms[room].answering.begin(scene.answers)
        self.page = self._tabs[room]
        self.page.set_viewport_size(PAGE)
        self.page.emulate_media(color_scheme="light")
        if is_new:
            self.page.goto(self._address(scene.address))
            if scene.person:
                _sign_in(self.page, scene.person)
        elif scene.file:
            self.page.goto(self._address(scene.address))
        else:
            self.page.goto(self._address("pages.html#/nowhere"))
            nowhere = self.page.get_by_text("There is no page at this address")
            expect(nowhere.or_(self.page.get_by_text("You have no role in Rollcall yet"))).to_be_visible()
            self.page.goto(self._address(scene.address))
        scene.steps(self.page)
        expect(self.page.get_by_text(scene.shows).first).to_be_visible()

    def look(self, look: Look) -> None:
        """The page in a window of its own."""
        self.page.emulate_media(color_scheme="dark" if look == "dark" else "light")
        self.page.set_viewport_size(PAGE | {"width": NARROW} if look == "narrow" else PAGE)
        self.frame.evaluate(_DRAWN)

    @property
    def frame(self) -> Frame:
        """The page's frame."""
        return self.page.main_frame

    def photograph(self, path: Path) -> None:
        """The page from top to bottom, as a PNG; with an open dialog, what is in the window."""
        self.page.wait_for_timeout(_SETTLE)
        has_dialog = self.page.locator("dialog[open]").count() > 0
        self.page.screenshot(path=path, full_page=not has_dialog)

    def close(self) -> None:
        """Closes its windows."""
        for room in self._rooms.values():
            room.close()

    def _address(self, place: str) -> str:
        return f"{self.rollcall.origin}/addin/{place}"


def _sign_in(page: Page, person: str) -> None:
    button = page.get_by_role("button", name="Sign in")
    with page.expect_popup() as opened:
        button.click()
    accept(opened.value, person)
    button.wait_for(state="detached")


Stage = PaneStage | PagesStage

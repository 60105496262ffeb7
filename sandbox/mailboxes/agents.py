"""Does what mail clients, scanners and people do, when its time has come: real requests, to the app alone."""

from __future__ import annotations

import contextlib
import heapq
import http.client
import itertools
import threading
import time
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sandbox.mailboxes.markup import Found
from sandbox.mailboxes.readers import Does, Step

if TYPE_CHECKING:
    from sandbox.mailboxes.mail import Copy

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_HANDS = 8
_TIMEOUT = 10.0  # seconds
_MOST = 200  # requests of one step
_FASTEST = 1000.0


@dataclass(frozen=True, slots=True)
class _Due:
    copy: Copy
    found: Found
    step: Step
    link: int
    counted: bool


class Agents:
    """Carries out steps. `app_url` says where the app is at the moment, `happened` is told of every step.

    Time goes `speed` times as fast as in readers.py; at 0 it stands still. A step keeps the distance it has
    left when the speed changes.
    """

    def __init__(self, app_url: Callable[[], str], happened: Callable[..., None]) -> None:
        self._app_url = app_url
        self._happened = happened
        self._queue: list[tuple[float, int, _Due]] = []  # by story time
        self._number = itertools.count()
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None
        self._pool: ThreadPoolExecutor | None = None
        self._speed = 1.0
        self._story, self._since = 0.0, time.monotonic()
        self._ended = False

    @property
    def speed(self) -> float:
        """How many times as fast as the demo."""
        return self._speed

    @speed.setter
    def speed(self, speed: float) -> None:
        if not 0 <= speed <= _FASTEST:
            raise ValueError(f"a speed is from 0 to {_FASTEST:.0f}")
        with self._wake:
            self._story, self._since = self._now(), time.monotonic()
            self._speed = speed
            self._wake.notify()

    def schedule(
        self, copy: Copy, found: Found, step: Step, *, link: int | None = None, now: bool = False
    ) -> None:
        """Have `step` done in its time, or `now`, whatever the speed. `link` is which one is followed."""
        chosen = zlib.crc32(copy.address.encode()) if link is None else link
        due = _Due(copy, found, step, chosen, not now)
        with self._wake:
            if self._ended:
                return
            self._start()
            at = -1.0 if now else self._now() + step.after
            heapq.heappush(self._queue, (at, next(self._number), due))
            self._wake.notify()

    def forget(self) -> None:
        """Do nothing of what was to come."""
        with self._wake:
            self._queue.clear()

    def close(self) -> None:
        """End for good."""
        with self._wake:
            self._ended = True
            self._queue.clear()
            self._wake.notify()
        if self._thread is not None:
            self._thread.join()
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def _now(self) -> float:
        return self._story + (time.monotonic() - self._since) * self._speed

    def _start(self) -> None:
        if self._thread is None:
            self._pool = ThreadPoolExecutor(_HANDS, "mail client")
            self._thread = threading.Thread(target=self._run, name="mailboxes", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while True:
            with self._wake:
                while not self._ended and (wait := self._wait()) != 0:
                    self._wake.wait(wait)
                if self._ended:
                    return
                due = heapq.heappop(self._queue)[2]
            assert self._pool is not None
            with contextlib.suppress(RuntimeError):  # it was closed meanwhile
                self._pool.submit(self._do, due)

    def _wait(self) -> float | None:
        """Seconds until the next step; None when there is none, or time stands still."""
        if not self._queue:
            return None
        left = self._queue[0][0] - self._now()
        if left <= 0:
            return 0
        return left / self._speed if self._speed else None

    def _do(self, due: _Due) -> None:
        requests = [self._ask(url, due) for url in _targets(due, self._app_url())][:_MOST]
        self._happened(due.copy, due.step, requests, counted=due.counted)

    def _ask(self, url: str, due: _Due) -> dict[str, Any]:
        """One request; what was asked and answered. Nobody but the app, on this machine, is ever asked."""
        app = self._app_url()
        parts = urlsplit(url)
        told: dict[str, Any] = {"url": url, "asked": False}
        if not is_apps(url, app):
            return told
        network, number = due.step.network.value, zlib.crc32(due.copy.address.encode())
        headers = {
            "User-Agent": due.step.agent,
            "Accept": "image/*" if due.step.does is Does.IMAGES else "text/html,*/*",
            # Nobody stands between here and the app, so this is whom it takes for the caller.
            "X-Forwarded-For": f"{network}.{number % 254 + 1}.{number // 254 % 254 + 1}",
        }
        if not due.step.agent:
            del headers["User-Agent"]
        told["asked"] = True
        try:
            connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=_TIMEOUT)
            with contextlib.closing(connection):
                target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
                connection.request("GET", target, headers=headers)
                answer = connection.getresponse()
                answer.read(1_000_000)
                told["status"] = answer.status
                if location := answer.getheader("Location"):
                    told["location"] = location  # for the person to see; it is not followed
        except (OSError, http.client.HTTPException, ValueError) as error:
            told["error"] = str(error)
        return told


def is_apps(url: str, app_url: str) -> bool:
    """Whether `url` is of the app, and the app on this machine, so that it may be asked."""
    try:
        asked, app = urlsplit(url), urlsplit(app_url)
        same = (asked.scheme, asked.hostname, asked.port) == (app.scheme, app.hostname, app.port)
    except ValueError:
        return False
    return same and asked.scheme == "http" and asked.hostname in _LOOPBACK


def _targets(due: _Due, app_url: str) -> list[str]:
    does, links = due.step.does, due.found.links
    if does is Does.IMAGES:
        return list(due.found.images)
    if does is Does.CLICK_ALL:
        return list(links)
    if does is Does.CLICK and links:
        if not due.counted:  # by hand: this very link
            return [links[due.link % len(links)]]
        # People seldom follow the line that says that a mail is measured; who scans a mail follows all.
        likely = [link for link in links if is_apps(link, app_url) and "/p/" not in link] or links
        return [likely[due.link % len(likely)]]
    return []

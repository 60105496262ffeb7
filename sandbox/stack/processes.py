"""Child processes that stop with their block, and by themselves when we are killed."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from sandbox.serving.loopback import listen

ROOT = Path(__file__).parents[2]
LOGS = ROOT / ".dev" / "logs"
START_LIMIT = 60.0  # seconds
STOP_LIMIT = 10.0  # seconds before a polite request becomes a kill


class StackError(Exception):
    """A process did not do what it should; the text is for the person at the terminal."""


class Child:
    """A running process. Its log is in .dev/logs."""

    def __init__(self, name: str, process: subprocess.Popen[bytes], log: Path) -> None:
        self.name = name
        self.process = process
        self.log = log

    def read_line(self) -> str:
        """The next line it prints. Raises StackError if it ends instead."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise self.failure("ended before it was ready")
        return line.decode()

    def wait_for_port(self, port: int) -> None:
        """Return when it listens on `port`. Raises StackError when it ends, or takes too long."""

        def listens() -> bool:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return True

        self._wait(listens, f"listen on port {port}")

    def wait_for_answer(self, port: int, path: str, hopeless: Sequence[str] = ()) -> None:
        """Return when a GET of `path` is answered with 200. StackError as above, and as soon as its log says
        one of the `hopeless` things."""

        def answers() -> bool:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            with contextlib.closing(connection):
                connection.request("GET", path)
                return connection.getresponse().status == 200

        self._wait(answers, f"answer {path} on port {port}", hopeless)

    def _wait(self, is_ready: Callable[[], bool], what: str, hopeless: Sequence[str] = ()) -> None:
        deadline = time.monotonic() + START_LIMIT
        while True:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if is_ready():
                    return
            if self.process.poll() is not None:
                raise self.failure("ended before it was ready")
            if hopeless and any(text in self._said() for text in hopeless):
                raise self.failure("did not come up")
            if time.monotonic() > deadline:
                raise self.failure(f"did not {what} within {START_LIMIT:.0f} seconds")
            time.sleep(0.02)

    def failure(self, what: str) -> StackError:
        """What to tell the person, with the first error in the log, or else its end."""
        lines = self._said().splitlines()
        first = next((place for place, line in enumerate(lines) if "Traceback (most recent" in line), None)
        where = "The end" if first is None else "The first error"
        shown = lines[-15:] if first is None else lines[first : first + 30]
        return StackError("\n".join([f"{self.name} {what}. {where} of {self.log}:", *shown]))

    def _said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


@contextlib.contextmanager
def running(
    name: str,
    command: Sequence[str],
    environment: Mapping[str, str],
    *,
    prints: bool = False,
    end: signal.Signals = signal.SIGTERM,
    stop_limit: float = STOP_LIMIT,
) -> Iterator[Child]:
    """`command` while the block lasts, which ends by the signal `end`, and is killed when that took more than
    `stop_limit` seconds. With `prints` its output can be read, else it goes to its log."""
    LOGS.mkdir(parents=True, exist_ok=True)
    path = LOGS / f"{name}.log"
    with path.open("wb") as log:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE if prints else log,
            stderr=log,
            env=dict(environment),
            cwd=ROOT,
        )
    try:
        yield Child(name, process, path)
    finally:
        _stop(process, end, stop_limit)


def tethered(module: str, *arguments: str) -> list[str]:
    """The command for one of our Python modules."""
    return [sys.executable, "-m", "sandbox.stack.tether", module, *arguments]


def choose_port(preferred: int = 0) -> int:
    """`preferred` if nobody listens there, else a free one; of the loopback interface."""
    try:
        sockets = listen(preferred)
    except OSError:
        sockets = listen()
    port: int = sockets[0].getsockname()[1]
    for probe in sockets:
        probe.close()
    return port


def _stop(process: subprocess.Popen[bytes], end: signal.Signals, limit: float) -> None:
    assert process.stdin is not None
    with contextlib.suppress(OSError):
        process.stdin.close()  # what is tethered ends by itself
    if os.name == "posix":
        process.send_signal(end)
    try:
        process.wait(limit)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()

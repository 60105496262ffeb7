"""Answers that end in time, whatever the other side does: the time limit is for the whole of one.

The timeout that sockets, urllib3 and requests know starts anew with every byte, so a server that sends one
each half second is waited for without an end. Here each read from the socket has what is left of the whole.
"""

from __future__ import annotations

import io
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from typing import Any

_now = threading.local()


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """What this thread asks through a Reader is answered within `seconds`, or raises TimeoutError."""
    before = getattr(_now, "ends_at", None)
    ends_at = time.monotonic() + seconds
    _now.ends_at = min(ends_at, before) if before is not None else ends_at
    try:
        yield
    finally:
        _now.ends_at = before


def left() -> float | None:
    """Seconds that are left to this thread; None where nobody set any. Raises TimeoutError past the end."""
    ends_at = getattr(_now, "ends_at", None)
    if ends_at is None:
        return None
    seconds = float(ends_at - time.monotonic())
    if seconds <= 0:
        raise TimeoutError("the whole answer took too long")
    return seconds


class TimedReader(io.RawIOBase):
    """Reads from a socket, each time with what is left."""

    def __init__(self, connected: socket.socket) -> None:
        self._sock = connected  # by this name requests-ntlm looks for it
        self._raw = connected.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        seconds = left()
        if seconds is not None:
            self._sock.settimeout(seconds)
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class BoundedResponse(HTTPResponse):
    """An answer whose status line and headers are read in time as well as its body."""

    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp.close()
        self.fp = io.BufferedReader(TimedReader(sock))

"""A gate before a server: open, busy (503 to everything), or shut (no connection)."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum

BUSY = (
    b"HTTP/1.1 503 Server Busy\r\nx-ms-error-code: ServerBusy\r\n"
    b"Content-Length: 0\r\nConnection: close\r\n\r\n"
)


class State(Enum):
    """How the gate stands."""

    OPEN = "open"
    BUSY = "busy"
    SHUT = "shut"


class Gate:
    """Passes connections on to `target`, a port of this machine, as long as it is open."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.port = 0
        self._state = State.OPEN
        self._lock = threading.Lock()
        self._passing: set[socket.socket] = set()

    def set(self, state: State) -> None:
        """Let nobody through, who is through already, but by the new state."""
        with self._lock:
            self._state = state
            passing, self._passing = self._passing, set()
        for side in passing:
            with suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)

    @contextmanager
    def running(self) -> Iterator[Gate]:
        """The gate while the block lasts."""
        with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
            self.port = listener.getsockname()[1]
            threads = [threading.Thread(target=self._admit, args=(listener,), daemon=True)]
            threads[0].start()
            try:
                yield self
            finally:
                self.set(State.SHUT)
                listener.shutdown(socket.SHUT_RDWR)
                threads[0].join(5)

    def _admit(self, listener: socket.socket) -> None:
        while True:
            try:
                outer, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(outer,), daemon=True).start()

    def _serve(self, outer: socket.socket) -> None:
        with outer, suppress(OSError):
            if self._state is State.BUSY:
                outer.recv(65536)
                outer.sendall(BUSY)
            elif self._state is State.OPEN:
                with socket.create_connection(("127.0.0.1", self.target), 2) as inner:
                    inner.settimeout(None)
                    with self._lock:
                        self._passing |= {outer, inner}
                    back = threading.Thread(target=_pump, args=(inner, outer), daemon=True)
                    back.start()
                    _pump(outer, inner)
                    back.join()
                    with self._lock:
                        self._passing -= {outer, inner}


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
    for side in (source, sink):
        with suppress(OSError):
            side.shutdown(socket.SHUT_RDWR)

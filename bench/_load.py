"""A closed loop of connections that ask for one path over and over."""

from __future__ import annotations

import asyncio
import time

_BROWSER = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0.0.0 Safari/537.36"
)


class Loop(asyncio.Protocol):
    """One connection. `times` has how long each answer took, in seconds."""

    def __init__(self, path: str, until: float, times: list[float]) -> None:
        self.request = (
            f"GET {path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: {_BROWSER}\r\n"
            "X-Forwarded-For: 203.0.113.7:40000\r\nAccept: image/*\r\n\r\n"
        ).encode()
        self.until = until
        self.times = times
        self.buffer = b""
        self.began = 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.ask()

    def ask(self) -> None:
        self.began = time.perf_counter()
        self.transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, found, body = self.buffer.partition(b"\r\n\r\n")
        if not found:
            return
        lowered = head.lower()
        place = lowered.find(b"content-length:")
        size = int(lowered[place + 15 :].split(b"\r\n", 1)[0])
        if len(body) < size:
            return
        if not head.startswith((b"HTTP/1.1 200", b"HTTP/1.1 302")):
            self.done.set_exception(RuntimeError(head.decode("latin-1")))
            self.transport.close()
            return
        now = time.perf_counter()
        self.times.append(now - self.began)
        self.buffer = b""
        if now < self.until:
            self.ask()
        else:
            self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)


def press(port: int, path: str, connections: int, seconds: float) -> list[float]:
    """How long each answer took, sorted, in seconds."""

    async def run() -> list[float]:
        loop, times = asyncio.get_running_loop(), list[float]()
        until = time.perf_counter() + seconds
        loops = [
            (await loop.create_connection(lambda: Loop(path, until, times), "127.0.0.1", port))[1]
            for _ in range(connections)
        ]
        await asyncio.gather(*(one.done for one in loops))
        return sorted(times)

    return asyncio.run(run())

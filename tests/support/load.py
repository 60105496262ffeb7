"""Many connections that ask for pixels and links, and what they were answered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import NamedTuple

_REQUEST = (
    "GET {} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 203.0.113.7:1234\r\n"
    "User-Agent: Mozilla/5.0 (Windows NT 10.0) Chrome/130.0\r\n\r\n"
)


class Answered(NamedTuple):
    """One answer: `status` is 0 when there was none; `location` is empty where it leads nowhere."""

    path: str
    status: int
    location: str
    size: int
    seconds: float


def load(port: int, paths: Sequence[str], connections: int, per_second: float) -> list[Answered]:
    """Ask for every path, over that many connections, `per_second` in all."""
    return asyncio.run(_load(port, paths, connections, per_second))


async def _load(port: int, paths: Sequence[str], connections: int, per_second: float) -> list[Answered]:
    began = time.monotonic()
    shares = [
        _Client(
            port,
            [
                (began + number / per_second, paths[number])
                for number in range(first, len(paths), connections)
            ],
        )
        for first in range(connections)
    ]
    found = await asyncio.gather(*(share.run() for share in shares))
    return [answered for share in found for answered in share]


class _Client:
    """One connection, one request at a time."""

    def __init__(self, port: int, timetable: Sequence[tuple[float, str]]) -> None:
        self.port = port
        self.timetable = timetable
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def run(self) -> list[Answered]:
        found = []
        for due, path in self.timetable:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            began = time.monotonic()
            try:
                status, location, size = await self._ask(path)
            except (OSError, asyncio.IncompleteReadError):
                status, location, size, self.writer = 0, "", 0, None
            found.append(Answered(path, status, location, size, time.monotonic() - began))
        if self.writer:
            self.writer.close()
        return found

    async def _ask(self, path: str) -> tuple[int, str, int]:
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        assert self.reader is not None
        self.writer.write(_REQUEST.format(path).encode())
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {
            name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:-2])
        }
        if "transfer-encoding" in headers:
            size = len(await self.reader.readuntil(b"\r\n0\r\n\r\n"))
        else:
            size = len(await self.reader.readexactly(int(headers["content-length"])))
        return int(head[0].split()[1]), headers.get("location", ""), size

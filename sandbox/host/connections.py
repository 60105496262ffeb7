"""The connections on which requests come in and answers go out, until the host is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable

from sandbox.host.kestrel import (
    MAX_HEADER_BYTES,
    MAX_HEADERS,
    MAX_LINE,
    Request,
    RequestRefused,
    WireResponse,
    make_request,
    read_header,
    read_line,
    to_wire,
)

KEEP_ALIVE = 130.0  # seconds that a connection may idle, as Kestrel's
_DRAIN = 5.0  # seconds for the rest of a body that nobody read
_GRACE = 3.0  # seconds for requests under way when the host stops


class Body:
    """A request's body, still on the wire."""

    def __init__(self, request: Request, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self._left = request.length
        self._chunked = request.chunked
        self._expected = "100-continue" in request.header("expect").lower()

    async def read(self) -> bytes:
        """All of it; of a chunked one nothing. Raises IncompleteReadError when the client breaks off."""
        if self._expected and self._left:
            self._writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        count, self._left = self._left, 0
        return await self._reader.readexactly(count) if count else b""

    async def drain(self) -> bool:
        """Read past what is left; whether the connection can serve another request."""
        if self._left and self._expected:
            return False  # the client waits to be told to send
        try:
            async with asyncio.timeout(_DRAIN):
                while self._left:
                    part = await self._reader.read(min(self._left, 1 << 16))
                    if not part:
                        return False
                    self._left -= len(part)
                while self._chunked:
                    await self._skip_chunk()
        except (TimeoutError, ValueError, OSError, EOFError, asyncio.LimitOverrunError):
            return False
        return True

    async def _skip_chunk(self) -> None:
        size = int((await self._reader.readuntil(b"\r\n")).partition(b";")[0], 16)
        if size:
            left = size + 2
            while left > 0:
                part = await self._reader.read(min(left, 1 << 16))
                if not part:
                    raise EOFError
                left -= len(part)
            return
        while await self._reader.readuntil(b"\r\n") != b"\r\n":  # trailers
            pass
        self._chunked = False


Respond = Callable[[Request, Body], Awaitable[WireResponse]]


class Connections:
    """Serves `respond` on sockets."""

    def __init__(self, respond: Respond) -> None:
        self._respond = respond
        self._busy: set[asyncio.Task[None]] = set()
        self._all: set[asyncio.Task[None]] = set()
        self._stopping = False
        self.started = False

    async def serve(self, listeners: list[socket.socket], until: asyncio.Event) -> None:
        """WireResponse until `until` is set; then requests under way get three seconds."""
        servers = [
            await asyncio.start_server(self._converse, sock=listener, limit=MAX_LINE + MAX_HEADER_BYTES)
            for listener in listeners
        ]
        self.started = True
        try:
            await until.wait()
        finally:
            self._stopping = True
            for server in servers:
                server.close()
            if self._busy:
                await asyncio.wait(self._busy, timeout=_GRACE)
            for task in self._all:
                task.cancel()
            await asyncio.gather(*self._all, return_exceptions=True)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, to its end."""
        task = asyncio.current_task()
        assert task is not None
        self._all.add(task)
        try:
            while not self._stopping and await self._exchange(reader, writer, task):
                self._busy.discard(task)
        except (OSError, EOFError, TimeoutError, asyncio.CancelledError):
            pass  # nobody listens any more
        finally:
            self._busy.discard(task)
            self._all.discard(task)
            with contextlib.suppress(OSError):
                writer.close()

    async def _exchange(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, task: asyncio.Task[None]
    ) -> bool:
        """One request and its answer; whether another may follow. Raises EOFError where none comes."""
        try:
            request = await _read_head(reader, lambda: self._busy.add(task))
        except RequestRefused as refused:
            writer.write(to_wire(WireResponse(refused.status, [], b""), None, close=True))
            await writer.drain()
            return False
        body = Body(request, reader, writer)
        answer = await self._respond(request, body)
        keep = request.keeps_alive and not self._stopping
        if request.version == "HTTP/1.0" and answer.body:
            keep = keep and any(name.lower() == b"content-length" for name, _ in answer.headers)
        writer.write(to_wire(answer, request, close=not keep))
        await writer.drain()
        # What the client still sends is read even where the connection ends: it would lose the answer.
        return await body.drain() and keep


async def _read_head(reader: asyncio.StreamReader, begun: Callable[[], None]) -> Request:
    """A request's head. Raises Refused; EOFError or TimeoutError where no request comes."""
    async with asyncio.timeout(KEEP_ALIVE):
        line = await _line(reader, 414)
    begun()
    method, target, version = read_line(line)
    headers: list[tuple[str, str]] = []
    size = 0
    async with asyncio.timeout(30):  # as Kestrel's RequestHeadersTimeout
        while (line := await _line(reader, 431)) != b"\r\n":
            size += len(line)
            if size > MAX_HEADER_BYTES or len(headers) == MAX_HEADERS:
                raise RequestRefused(431)
            headers.append(read_header(line))
    return make_request(method, target, version, headers)


async def _line(reader: asyncio.StreamReader, status: int) -> bytes:
    try:
        return await reader.readuntil(b"\n")
    except asyncio.LimitOverrunError as error:
        raise RequestRefused(status) from error

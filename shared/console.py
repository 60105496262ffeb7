"""What the app says where no request carries it to the platform's log.

The worker sends the host each line with the id of the invocation whose thread or task said it, and the host
drops what has none: whatever is said in a thread of our own, or by the loop between two requests. With an id
it becomes a row with the network address of whoever sent the request. What a worker prints is a row of the
category Host.Function.Console instead, which belongs to nobody's request.

Source: azure-functions-host, GrpcWorkerChannel.Log and WorkerConsoleLogService;
azure-functions-python-worker, get_current_invocation_id, and issue 1358.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_OURS = ("routes", "shared")
_Place = tuple[int, object]
# Threads may begin with a copy of it, and so do the loop's callbacks: only where it was set does it hold.
_invocation: ContextVar[_Place | None] = ContextVar("invocation", default=None)


def _here() -> _Place:
    try:
        task: object = asyncio.current_task()
    except RuntimeError:  # no loop runs in this thread
        task = None
    return threading.get_ident(), task


@contextmanager
def carried() -> Iterator[None]:
    """What this thread or task says in the block, the worker sends with the request that it works for."""
    before = _invocation.set(_here())
    try:
        yield
    finally:
        _invocation.reset(before)


class Console(logging.Handler):
    """Prints what nothing carries, a line each."""

    def emit(self, record: logging.LogRecord) -> None:
        if _invocation.get() == _here():
            return
        try:
            print(self.format(record).replace("\n", " | "), file=sys.stdout, flush=True)
        except (OSError, ValueError):  # nobody reads it any more
            self.handleError(record)


def listen() -> None:
    """From now on, print what our own code says and nothing carries. Once, however often it is called."""
    for name in _OURS:
        logger = logging.getLogger(name)
        if not any(isinstance(handler, Console) for handler in logger.handlers):
            logger.addHandler(Console())

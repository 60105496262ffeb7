"""The app, or what it is compared with, as a process of its own: `python -m bench._tracking_app CASE`.

It prints its port, and answers each line of its input with a line of JSON: `usage` with what it has used
so far, `expand` with how long an expansion of 100,000 recipients took beside everything else, `walks N` with
what N of them took at once on the threads that the platform gives to requests, `late` with how many events
were answered before they were stored.
"""

from __future__ import annotations

import asyncio
import functools
import json
import logging
import os
import sys
import threading
import time
import uuid
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from sandbox.host import host as local_host

if TYPE_CHECKING:
    from shared.audience.expansions import Expansions

TARGET = "https://intranet.company.example/news/2026/11/town-hall?from=newsletter"
calls = 0
events = 0


def count_calls() -> None:
    """Count what goes to storage over plain HTTP."""
    from shared.adapters.storage.wire import StorageConnections

    send = StorageConnections.send

    def counted(*arguments: Any) -> Any:
        global calls
        calls += 1
        return send(*arguments)

    StorageConnections.send = counted  # type: ignore[assignment, method-assign]


def rollcall() -> None:
    """The app as it is, but for counting."""
    from shared.tracking.recording.journal import Journal

    count_calls()
    add = Journal.add

    async def counted(self: Journal, *arguments: Any) -> None:
        global events
        events += 1
        await add(self, *arguments)

    Journal.add = counted  # type: ignore[assignment, method-assign]


def nothing() -> None:
    """The same app, in which nothing is recorded."""
    from shared.tracking.recording.tracker import Tracker

    async def opened(self: Tracker, token: str, method: str, headers: Mapping[str, str]) -> None:
        pass

    async def clicked(self: Tracker, token: str, method: str, headers: Mapping[str, str]) -> str:
        return TARGET

    Tracker.opened = opened  # type: ignore[method-assign]
    Tracker.clicked = clicked  # type: ignore[method-assign]


def insert_each() -> None:
    """The same app without group commit: each event is a row, inserted by Azure's client library."""
    from shared.services.process import services
    from shared.tracking.recording.events import Event, pack
    from shared.tracking.recording.journal import Journal

    def insert(message: str, event: Event) -> None:
        [entry] = pack(message, str(uuid.uuid4()), [event])
        row = {"PartitionKey": entry.message, "RowKey": entry.key, "data": entry.data}
        services().tables.call("Journal", lambda table: table.create_entity(row))

    async def add(self: Journal, message: str, event: Event, person: bytes, week: int = 0) -> None:
        global calls, events
        calls += 1
        events += 1
        await asyncio.get_running_loop().run_in_executor(self._stores, insert, message, event)

    Journal.add = add  # type: ignore[method-assign]


async def pytracking_app(scope: Any, receive: Any, send: Any) -> None:
    """The least that serves pytracking's URLs: decode, answer; nothing is stored."""
    pytracking = import_module("pytracking")
    from shared.web.response import _PIXEL

    path = scope["path"]
    settings = {
        "base_open_tracking_url": "http://localhost/o/",
        "base_click_tracking_url": "http://localhost/c/",
    }
    if path.startswith("/o/"):
        pytracking.get_open_tracking_result(path[3:], **settings)
        headers, status, body = [(b"content-type", b"image/gif"), (b"content-length", b"43")], 200, _PIXEL
    else:
        found = pytracking.get_click_tracking_result(path[3:], **settings)
        headers = [(b"location", found.tracked_url.encode()), (b"content-length", b"0")]
        status, body = 302, b""
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


CASES = {"rollcall": rollcall, "nothing": nothing, "insert_each": insert_each}


@functools.cache
def expansions() -> Expansions:
    """Expansions as the app has them: one for the process, with one pool of connections."""
    from datetime import UTC, datetime

    from bench.cases import directories
    from shared.adapters.storage.tables.account import Tables
    from shared.adapters.storage.tables.expansions import ExpansionTable
    from shared.audience.expansions import Expansions
    from shared.audience.limits import Limits
    from shared.audience.pace import Pace
    from shared.audience.planner import Planner

    graph, others = directories()
    store = ExpansionTable(Tables.by_connection(os.environ["ROLLCALL_STORAGE_CONNECTION"]))
    plan = functools.partial(Planner, graph, others)
    return Expansions(store, plan, Limits(), Pace(), lambda: datetime.now(UTC))


def expand() -> float:
    """Seconds that an expansion takes."""
    from bench.cases import TYPED

    began = time.perf_counter()
    done = expansions().expand("bench", str(uuid.uuid4()), [TYPED])
    assert done.recipients == 100_000, done
    return time.perf_counter() - began


def walks(pool: ThreadPoolExecutor, count: int) -> dict[str, float]:
    """So many expansions, all asked for at once, each on a thread of the worker's own `pool`: seconds until
    all are done, seconds until a request that came after them had a thread, and the most memory held."""
    from bench.cases import peak_mb

    began = time.perf_counter()
    waiting = [pool.submit(expand) for _ in range(count)]
    waited = pool.submit(lambda: time.perf_counter() - began)
    for one in waiting:
        one.result()
    return {"seconds": time.perf_counter() - began, "waited": waited.result(), "peak_mb": peak_mb()}


def obey(pool: ThreadPoolExecutor | None, answers: TextIO) -> None:
    """Answer the lines of our input."""
    from shared.services.process import services

    for line in sys.stdin:
        match line.split():
            case ["expand"]:
                found: Any = expand()
            case ["walks", count] if pool:
                found = walks(pool, int(count))
            case ["late"]:
                found = services().tracking.journal.counts.late
            case _:
                found = {"cpu": time.process_time(), "calls": calls, "events": events}
        print(json.dumps(found), file=answers, flush=True)
    os._exit(0)


def main() -> None:
    """Serve the case that the command line names."""
    logging.disable(logging.INFO)
    # The app prints what no request carries to the log.
    answers, sys.stdout = sys.stdout, sys.stderr
    pool = None
    if sys.argv[1] == "pytracking":
        import uvicorn

        from sandbox.serving.loopback import listen

        listeners = listen()
        server = uvicorn.Server(
            uvicorn.Config(pytracking_app, log_config=None, access_log=False, lifespan="off")
        )
        serving = server.serve(sockets=listeners)
        port = listeners[0].getsockname()[1]
    else:
        CASES[sys.argv[1]]()
        host = local_host.load_host(Path.cwd())
        listeners = host.bind(0)
        serving = host.run(listeners)
        port, pool = listeners[0].getsockname()[1], host.pool
    print(port, file=answers, flush=True)
    threading.Thread(target=obey, args=(pool, answers), daemon=True).start()
    asyncio.run(serving)


if __name__ == "__main__":
    main()

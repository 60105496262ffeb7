"""The Functions host for this machine, where Core Tools cannot be had: HTTP and timer triggers.

It answers as the platform does, also where that is inconvenient: routes in the order of function names, a
wrong method is a 404, a chunked body arrives empty, a failing function and a body over
FUNCTIONS_REQUEST_BODY_SIZE_LIMIT are a bare 500, and what Kestrel refuses never reaches a function
(`kestrel`). `tests/sandbox/test_host_wire.py` is the table.

It differs in this: function keys are not asked for, as `func start` does not; other triggers than HTTP and
timers are refused; there is no /admin, no CORS, no Easy Auth and no 429 of host.json's throttles; the app
runs in the host's own process, so none of its crashes is answered by a new worker; a timer's last run is not
stored, so it is never past due.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import functools
import json
import logging
import os
import re
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import azure.functions as func

from sandbox.host.connections import Body, Connections
from sandbox.host.kestrel import Request, WireResponse
from sandbox.host.routing import decode_path, find_route, parse_route
from sandbox.host.timers import Schedule, parse_schedule
from sandbox.host.worker import Function, build_request, encode, functions_of, load_app
from sandbox.serving.loopback import listen

log = logging.getLogger("rollcall.host")

MAX_BODY = 104_857_600  # bytes; the platform's default
DEFAULT_TIMEOUT = "00:30:00"  # the platform's on Flex Consumption
_HOME_PAGE = b"<!doctype html><title>Functions</title><p>Your function app is up and running."
_SETTING = re.compile("%([^%]+)%")


class Host:
    """Runs the functions of one app. `origin` is known once it is bound; `pool` has the threads on which
    functions run that are not async."""

    def __init__(
        self, app: func.FunctionApp, host_json: Mapping[str, Any], environ: Mapping[str, str]
    ) -> None:
        """Raises ValueError for a route, schedule or trigger that this host cannot serve."""
        self.functions = {function.name: function for function in functions_of(app)}
        prefix = host_json.get("extensions", {}).get("http", {}).get("routePrefix", "api")
        self.routes = [
            parse_route(function.name, prefix, function.trigger.route, _methods(function.trigger))
            for function in self.functions.values()
            if function.trigger.type == "httpTrigger"
        ]
        self._timers = [
            (function, _schedule(function.trigger.schedule, environ))
            for function in self.functions.values()
            if function.trigger.type == "timerTrigger"
        ]
        self._timeout = _seconds(host_json.get("functionTimeout", DEFAULT_TIMEOUT))
        self._max_body = int(environ.get("FUNCTIONS_REQUEST_BODY_SIZE_LIMIT") or MAX_BODY)
        self._has_home = environ.get("AzureWebJobsDisableHomepage", "").lower() != "true"
        self._folder = os.getcwd()
        # In Azure, and under `func`, it is 1000 where it is not set: the host hands that to the worker.
        threads = int(environ.get("PYTHON_THREADPOOL_THREAD_COUNT") or 1000)
        self.pool = ThreadPoolExecutor(threads, "function")
        self._connections = Connections(self._respond)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopped = asyncio.Event()
        self.origin = ""

    def bind(self, port: int) -> list[socket.socket]:
        """Take `port`, or a free one for 0. Raises OSError if somebody else has it."""
        listeners = listen(port)
        self.origin = f"http://localhost:{listeners[0].getsockname()[1]}"
        return listeners

    async def run(self, listeners: list[socket.socket]) -> None:
        """Serve on `listeners` and keep the timers until stopped."""
        self._loop = asyncio.get_running_loop()
        timers = [asyncio.create_task(self._keep(function, schedule)) for function, schedule in self._timers]
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                with contextlib.suppress(NotImplementedError):  # Windows
                    self._loop.add_signal_handler(number, self._stopped.set)
        try:
            await self._connections.serve(listeners, self._stopped)
        finally:
            for timer in timers:
                timer.cancel()
            self.pool.shutdown(wait=False, cancel_futures=True)

    @property
    def started(self) -> bool:
        """Whether requests are answered."""
        return self._connections.started

    def stop(self) -> None:
        """End `run` soon, from any thread; requests under way get three seconds."""
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # it has ended by itself
                self._loop.call_soon_threadsafe(self._stopped.set)

    async def _respond(self, request: Request, body: Body) -> WireResponse:
        """WireResponse one request."""
        started_at = time.monotonic()
        function, answer = await self._answer(request, body)
        if log.isEnabledFor(logging.INFO):
            # The function's name, not the path: tracking tokens do not belong in logs.
            elapsed = (time.monotonic() - started_at) * 1000
            log.info("%s %s: %d in %.0f ms", request.method, function, answer.status, elapsed)
        return answer

    async def _answer(self, request: Request, body: Body) -> tuple[str, WireResponse]:
        if b"%00" in request.path:
            return "(no function)", WireResponse(400, [], b"")
        path = decode_path(request.path)
        found = find_route(self.routes, request.method, path)
        if found is None:
            return "(no function)", self._home() if path == "/" else WireResponse(404, [], b"")
        route, params = found
        try:
            sent = await self._read(request, body)
            asked = build_request(
                request.method, _origin(request), path, request.query, request.headers, params, sent
            )
            return route.function, encode(await self._call(self.functions[route.function], asked))
        except Exception:
            log.exception("%s failed", route.function)
            return route.function, WireResponse(500, [], b"")

    async def _read(self, request: Request, body: Body) -> bytes:
        """The body: empty where its length is not known, for such a one never reaches a function. Raises
        ValueError over the limit, EOFError when the upload breaks off."""
        if request.length > self._max_body:
            raise ValueError("Request body too large.")
        return await body.read()

    async def _call(self, function: Function, value: object) -> object:
        """What `function` returns. Raises TimeoutError after functionTimeout; a thread goes on, unheard."""
        arguments = function.arguments(value, self._folder)
        async with asyncio.timeout(self._timeout):
            if function.is_async:
                return await function.call(**arguments)
            call = functools.partial(function.call, **arguments)
            return await asyncio.get_running_loop().run_in_executor(self.pool, call)

    def _home(self) -> WireResponse:
        return (
            WireResponse(200, [(b"content-type", b"text/html")], _HOME_PAGE)
            if self._has_home
            else WireResponse(204, [], b"")
        )

    async def _keep(self, function: Function, schedule: Schedule) -> None:
        """Call a timer's function whenever it is due, one call at a time."""
        if function.trigger.run_on_startup:
            await self._fire(function)
        due = datetime.now(UTC)
        while True:
            due = schedule.next_after(max(due, datetime.now(UTC)))
            await asyncio.sleep((due - datetime.now(UTC)).total_seconds())
            await self._fire(function)

    async def _fire(self, function: Function) -> None:
        try:
            await self._call(function, func.timer.TimerRequest(past_due=False))
        except Exception:
            log.exception("%s failed", function.name)
        else:
            log.info("timer %s: done", function.name)


def _methods(trigger: Any) -> list[str]:
    return [method.value for method in trigger.methods or ()]


def _schedule(text: str, environ: Mapping[str, str]) -> Schedule:
    """The schedule in `text`, in which %NAME% stands for a setting."""
    return parse_schedule(_SETTING.sub(lambda found: environ.get(found[1], found[0]), text))


def _seconds(timespan: str) -> float | None:
    if timespan == "-1":
        return None
    hours, minutes, seconds = map(int, timespan.split(":"))
    return timedelta(hours=hours, minutes=minutes, seconds=seconds).total_seconds()


def _origin(request: Request) -> str:
    """Scheme and host of the URL. Raises ValueError for a Host that no URL can have."""
    host = request.header("host")
    port = host.rpartition(":")[2] if ":" in host and not host.endswith("]") else ""
    if not host or host.startswith(":") or (port and int(port) > 65535):
        raise ValueError("no URL can be made of this Host")
    return f"http://{host}"


def load_host(folder: Path) -> Host:
    """The host for the function app in `folder`, as its host.json says. Raises ValueError as Host does."""
    host_json = json.loads((folder / "host.json").read_text(encoding="utf-8"))
    return Host(load_app(folder), host_json, os.environ)


@contextlib.contextmanager
def serve(
    app: func.FunctionApp | Path, *, port: int = 0, host_json: Mapping[str, Any] | None = None
) -> Iterator[Host]:
    """A running host for a test: of the app in a folder, or of a FunctionApp with `host_json`'s settings."""
    host = load_host(app) if isinstance(app, Path) else Host(app, host_json or {}, os.environ)
    listeners = host.bind(port)
    thread = threading.Thread(target=lambda: asyncio.run(host.run(listeners)), name="host", daemon=True)
    thread.start()
    try:
        while not host.started and thread.is_alive():
            time.sleep(0.005)
        yield host
    finally:
        host.stop()
        thread.join()


def main() -> None:
    """Serve the function app in the current folder until told to stop."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.host.host", description=main.__doc__)
    parser.add_argument("--port", type=int, default=7071)
    port = parser.parse_args().port
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    host = load_host(Path.cwd())
    try:
        listeners = host.bind(port)
    except OSError as error:
        sys.exit(f"The local host cannot use port {port}: {error.strerror}.")
    for route in host.routes:
        methods = ",".join(sorted(route.methods)) or "all"
        print(f"{route.function}: [{methods}] {host.origin}{route.template}", flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(host.run(listeners))
    # A synchronous function still at work would hold a normal exit up to its end.
    logging.shutdown()
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()

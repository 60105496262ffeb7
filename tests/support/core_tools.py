"""Stands in for Azure Functions Core Tools and the host behind them, as far as starting and ending goes.

They give the worker what local.settings.json says; look for its executable under a name with colons before
they set their own, which is the PATH's Python and beats a name with underscores; read its version from the
PATH's Python, and load nothing of another version; ignore SIGTERM; end within half a second of SIGINT; listen
and answer 404 while the app is not loaded, or does not load; start anew when a folder is made beside
host.json; and leave their worker behind when they are killed.

What they were asked, and what happened, goes to the file that CORE_TOOLS_NOTES names, a JSON object each line
(`notes`). With STUBBORN they ignore SIGINT too.
"""

from __future__ import annotations

import http.server
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

KEY = "languageWorkers:python:defaultExecutablePath"
VERSION = "import sys; print(*sys.version_info[:2], sep='.')"


class NotLoaded(http.server.BaseHTTPRequestHandler):
    """The host without an app."""

    def do_GET(self) -> None:
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        """Nothing."""


def notes(path: Path) -> list[dict[str, Any]]:
    """What was noted, in its order."""
    return [json.loads(line) for line in path.read_text().splitlines()]


def note(**said: object) -> None:
    """Note it, with the time."""
    with Path(os.environ["CORE_TOOLS_NOTES"]).open("a") as file:
        file.write(json.dumps(said | {"at": time.monotonic()}) + "\n")


def worker_of(port: str, environment: dict[str, str]) -> list[str]:
    """The command for a worker. Exits where it could not be loaded."""
    first_python = str(shutil.which("python", path=environment["PATH"]))
    executable = environment.get(KEY, first_python)
    versions = {
        subprocess.run([python, "-c", VERSION], check=True, stdout=subprocess.PIPE, text=True).stdout
        for python in (executable, first_python)
    }
    note(arguments=sys.argv[1:], executable=executable, first_python=first_python)
    if len(versions) > 1:
        sys.exit(f"Worker was unable to load: it is made for another of {versions}")
    return [executable, "-m", "sandbox.host.host", "--port", port]


def watch() -> None:
    """Note each folder that is made beside host.json: the host would start anew."""

    def folders() -> set[str]:
        return {path.name for path in Path().iterdir() if path.is_dir()}

    known = folders()
    while True:
        time.sleep(0.02)
        for made in folders() - known:
            known.add(made)
            note(restarts=made)


def main() -> None:
    """`func start --python --port PORT`."""
    port = sys.argv[sys.argv.index("--port") + 1] if "--port" in sys.argv else "7071"
    settings = Path("local.settings.json")
    values = json.loads(settings.read_text())["Values"] if settings.exists() else {}
    environment = values | dict(os.environ)
    stubborn = bool(os.environ.get("STUBBORN"))

    def hear(number: int, _: object) -> None:
        note(signal=signal.Signals(number).name)
        if number == signal.SIGINT and not stubborn:
            time.sleep(0.4)
            os.kill(worker.pid, signal.SIGKILL)
            os.waitpid(worker.pid, 0)  # the main thread is within the worker's own wait
            note(ended=True)
            os._exit(0)

    shutil.rmtree("__pycache__", ignore_errors=True)  # as in a checkout whose code nobody has run yet
    threading.Thread(target=watch, daemon=True).start()
    worker = subprocess.Popen(worker_of(port, environment), env=environment)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, hear)
    if worker.wait():
        print("Worker failed to index functions", file=sys.stderr, flush=True)
        http.server.HTTPServer(("127.0.0.1", int(port)), NotLoaded).serve_forever()
    threading.Event().wait()


if __name__ == "__main__":
    main()

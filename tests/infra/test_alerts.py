"""Which alert rings for what the host could not serve.

The queries are of one shape, which is checked word for word; what it means is then asked of rows by hand.
Kusto's own parser reads them in test_queries.
"""

from __future__ import annotations

import re
from itertools import groupby
from operator import itemgetter

from tests.infra.alert_rules import RULES
from tests.infra.azure_rules import World

STEP = re.compile(
    r'AppExceptions \| summarize refused = countif\(strcat\(ExceptionType, " ", InnermostType\) has "(\w+)"\)'
    r" > 0 by OperationId \| summarize number = todouble\(countif\((refused|not\(refused\))\)\)"
)
KESTREL = "Microsoft.AspNetCore.Server.Kestrel.Core.BadHttpRequestException"
INVOCATION = "Microsoft.Azure.WebJobs.Host.FunctionInvocationException"
GONE = "Microsoft.Azure.WebJobs.Script.Workers.WorkerProcessExitException"
Failure = tuple[str, str, str]  # operation, type, innermost type


def criteria(world: World, key: str) -> tuple[str, float]:
    """What an alert asks, and how much is too much."""
    [found] = (
        one["properties"]["criteria"]["allOf"][0]
        for where, one in world.of(RULES)
        if where == "production" and one["name"].endswith(f"-{key}")
    )
    return found["query"], found["threshold"]


def number(query: str, failures: list[Failure]) -> int:
    """What the query's part about exceptions comes to."""
    found = STEP.search(query)
    assert found, query
    word, counted = found.groups()
    operations = [
        any(re.search(rf"\b{word}\b", f"{kind} {innermost}") for _, kind, innermost in rows)
        for _, rows in groupby(sorted(failures), itemgetter(0))
    ]
    return sum(refused == (counted == "refused") for refused in operations)


def test_bodies_that_anybody_can_send_ring_an_alert_of_their_own_and_only_in_numbers(world: World) -> None:
    # Each in two rows, as the host tells them: by its own wrapper, and by what was inside.
    refused = [
        (f"refused-{n}", kind, innermost)
        for n in range(101)
        for kind, innermost in ((INVOCATION, KESTREL), (KESTREL, ""))
    ]
    errors, allowed = criteria(world, "server-errors")
    assert number(errors, refused) == 0
    bodies, many = criteria(world, "bodies-refused")
    assert number(bodies, refused[:12]) == 6 <= many
    assert number(bodies, refused) == 101 > many
    assert allowed == 5


def test_a_worker_that_is_gone_rings_as_before(world: World) -> None:
    gone = [(f"gone-{n}", GONE, GONE) for n in range(6)]
    other = [("refused-1", INVOCATION, KESTREL), ("broken", INVOCATION, "System.InvalidOperationException")]
    errors, allowed = criteria(world, "server-errors")
    assert number(errors, gone + other) == 7 > allowed
    bodies, _ = criteria(world, "bodies-refused")
    assert number(bodies, gone + other) == 1

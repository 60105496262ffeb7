"""The count against the oracle, through the real Graph adapter, over TLS, for random tenants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings

from sandbox.entra import tokens
from sandbox.server.server import Running, serve
from sandbox.tenant.permissions import parse_scope
from sandbox.tenant.tenant import Tenant
from shared.adapters.directories.graph import GraphDirectory
from shared.audience.balance import audience
from shared.audience.limits import Limits, Progress
from shared.audience.patience import Patience
from shared.audience.planner import Planner
from shared.audience.walk import walk
from tests.support.listed import assert_told, assert_true
from tests.support.tenants import audiences


@pytest.fixture(scope="module")
def tenant_host(tenant_company: Running) -> Iterator[Running]:
    """A sandbox of this module's own, whose tenant changes all the time."""
    with serve("company") as running:
        yield running


def graph_of(running: Running, tenant: Tenant) -> GraphDirectory:
    running.world.load(tenant)
    world = running.world
    person = world.find_person(tenant.service_account)
    assert person
    scopes = [f"{running.origin}/{name}" for name in ("Directory.Read.All", "User.Read.All")]
    granted = [parse_scope(scope, origin=running.origin, client_id=tenant.client_id) for scope in scopes]
    token = tokens.access_token(world, world.apps[tenant.client_id], person, [p for p in granted if p])
    return GraphDirectory(f"{running.origin}/v1.0", lambda refused: token, timeout=10, connections=4)


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(audiences())
def test_any_audience_read_from_graph_equals_the_oracle(
    tenant_host: Running, case: tuple[Tenant, list[str]]
) -> None:
    tenant, typed = case
    graph = graph_of(tenant_host, tenant)
    patience = Patience(limit=5, deadline=30)
    found = walk(typed, Planner(graph, [], dynamic_lists=False), Limits(concurrency=4), patience, Progress())
    result = audience(found, datetime.now(UTC))
    assert_true(result, set(found.numbers), tenant, typed)
    assert_told(result, found, tenant, typed)
    balance = asdict(result.balance)
    assert balance.pop("members_read") == sum(balance.values())

"""The simulated Graph of a small tenant, asked with every permission."""

from __future__ import annotations

import pytest

from sandbox.server.server import Running
from tests.support import directories as those
from tests.support.directories import DIRECTORY, Graph


@pytest.fixture
def running(tenant_company: Running) -> Running:
    tenant_company.world.load(those.tenant())
    return tenant_company


@pytest.fixture
def graph(running: Running) -> Graph:
    return Graph(running, *DIRECTORY)

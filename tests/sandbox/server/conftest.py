"""A sandbox of one's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from sandbox.server.server import Running, find_tenant, serve


@pytest.fixture(scope="module")
def served() -> Iterator[Running]:
    with serve("company") as running, pytest.MonkeyPatch.context() as environment:
        for name in ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"):
            environment.setenv(name, str(running.ca_path))
        yield running


@pytest.fixture
def running(served: Running) -> Running:
    served.world.load(find_tenant("company"))
    served.world.journal.clear()
    served.world.faults.hits.clear()
    return served


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as session:
        yield session

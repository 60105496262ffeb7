"""The simulated Entra, served on loopback."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msal
import pytest
import requests

from sandbox.server.server import Running, find_tenant


@pytest.fixture
def running(served: Running) -> Running:
    served.world.load(find_tenant("company"))
    return served


@pytest.fixture
def http() -> Iterator[requests.Session]:
    with requests.Session() as session:
        yield session


@pytest.fixture
def make_app(running: Running, http: requests.Session) -> Callable[..., Any]:
    """Makes MSAL's client anew: one keeps refusals in its memory for a minute."""

    def make(
        credential: Any = None, client_id: str = "", cache: msal.TokenCache | None = None
    ) -> msal.ConfidentialClientApplication:
        return msal.ConfidentialClientApplication(
            client_id or running.world.tenant.client_id,
            client_credential=credential or running.world.client_secret,
            authority=f"{running.origin}/{running.world.tenant.tenant_id}",
            instance_discovery=False,
            token_cache=cache,
            http_client=http,
        )

    return make


@pytest.fixture
def cache() -> msal.TokenCache:
    return msal.TokenCache()

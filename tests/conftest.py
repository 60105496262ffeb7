"""What several tests need: storage, a simulated tenant, and the function app on its host."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir

from sandbox.host import host as local_host
from sandbox.server.server import Running, find_tenant, serve
from sandbox.stack import stack
from sandbox.stack.processes import choose_port
from shared.brevity import Brief
from shared.services.process import services
from tests.support.api import api, unconnected

__all__ = ["api", "unconnected"]

ROOT = Path(__file__).parent.parent

# The machine's own settings must not lead a client out of the sandbox.
for _name in [name for name in os.environ if name.startswith(stack.FOREIGN)]:
    del os.environ[_name]
os.environ.update(stack.DIRECT)

set_hypothesis_home_dir(ROOT / ".dev" / "cache" / "hypothesis")
# How long one example takes says more about the machine than about the code.
settings.register_profile("rollcall", deadline=None)
settings.load_profile("rollcall")


@pytest.fixture(autouse=True)
def every_line_is_new() -> None:
    """What one test had logged does not keep another's lines out of the log."""
    for one in [*logging.root.manager.loggerDict.values()]:
        for kept in one.filters if isinstance(one, logging.Logger) else []:
            if isinstance(kept, Brief):
                kept.forget()


@pytest.fixture(scope="session")
def azurite() -> Iterator[str]:
    """The connection string of an empty storage account, for the whole run: use names of your own."""
    if not stack.AZURITE.exists():
        pytest.skip("Azurite is not installed: `python3 dev.py test` does that")
    with stack.azurite(dict.fromkeys(stack.STORAGE_PORTS, 0)) as connection:
        yield connection


@pytest.fixture(scope="session")
def tenant_company() -> Iterator[Running]:
    """The simulated tenant `company`, for the whole run; `sandbox` is the same, fresh for each test."""
    with serve("company") as running, pytest.MonkeyPatch.context() as environ:
        for name in ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"):
            environ.setenv(name, str(running.ca_path))
        yield running


@pytest.fixture(scope="session")
def environment(azurite: str, tenant_company: Running) -> Iterator[dict[str, str]]:
    """The app's environment, with the sandbox as its outside; set for the whole run."""
    settings = tenant_company.settings_env() | {
        "ROLLCALL_STORAGE_CONNECTION": azurite,
        "ROLLCALL_PUBLIC_URL": f"http://localhost:{choose_port()}",
    }
    with pytest.MonkeyPatch.context() as environ:
        for name, value in settings.items():
            environ.setenv(name, value)
        yield settings


@pytest.fixture(scope="session")
def app_on_host(environment: dict[str, str]) -> Iterator[local_host.Host]:
    """The function app on the local host, for the whole run; `host` is the same, fresh for each test."""
    port = int(environment["ROLLCALL_PUBLIC_URL"].rpartition(":")[2])
    with local_host.serve(ROOT, port=port) as running:
        yield running


@pytest.fixture
def sandbox(tenant_company: Running) -> Running:
    """The simulated tenant `company` as it ships: no faults, nobody signed in."""
    tenant_company.world.load(find_tenant("company"))
    tenant_company.world.secrets.pop("rollcall-token-cache", None)
    tenant_company.world.journal.clear()
    tenant_company.world.faults.hits.clear()
    return tenant_company


@pytest.fixture
def host(app_on_host: local_host.Host, sandbox: Running) -> Iterator[local_host.Host]:
    """The function app as after a start, with `sandbox` as its outside."""
    services.cache_clear()
    yield app_on_host
    services.cache_clear()

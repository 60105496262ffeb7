"""Storage behind a proxy that makes weather."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shared.adapters.storage.tables.account import Tables
from tests.support.storage_proxy import StorageProxy
from tests.support.storage_rows import port_of


@pytest.fixture
def proxy(azurite: str) -> Iterator[StorageProxy]:
    with StorageProxy(port_of(azurite)).running() as proxy:
        yield proxy


@pytest.fixture
def connection(azurite: str, proxy: StorageProxy) -> str:
    """The account, seen through the proxy."""
    return azurite.replace(f":{proxy.target}/", f":{proxy.port}/")


@pytest.fixture
def tables(connection: str) -> Tables:
    return Tables.by_connection(connection)

"""The Admin API as a directory, on a fake wire."""

from __future__ import annotations

import pytest

from shared.adapters.directories.exchange import ExchangeDirectory
from tests.support.fake_exchange import FakeExchange, directory_on


@pytest.fixture
def exchange() -> FakeExchange:
    return FakeExchange()


@pytest.fixture
def directory(exchange: FakeExchange) -> ExchangeDirectory:
    return directory_on(exchange)

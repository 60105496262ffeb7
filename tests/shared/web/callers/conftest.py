"""Callers, with the keys of a stand-in for Entra."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shared.settings import Settings
from shared.web.callers import Callers, EntraKeys
from tests.support.callers import (
    ADDIN,
    Jwks,
    served,
)
from tests.support.fake_entra import Clock, settings


@pytest.fixture
def jwks() -> Iterator[Jwks]:
    with served() as server:
        yield server


@pytest.fixture
def config() -> Settings:
    return settings(ADDIN_CLIENT_IDS=ADDIN)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def callers(config: Settings, jwks: Jwks, clock: Clock) -> Callers:
    callers = Callers(config)
    callers._keys = EntraKeys(jwks.url, clock=clock)
    return callers

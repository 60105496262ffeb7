"""The service account on a fake Entra and a fake vault, with a clock that a test turns."""

from __future__ import annotations

import pytest

from shared.adapters.entra import ServiceAccount, client
from tests.support.fake_entra import ALL_DIRECTORIES, Clock, FakeEntra, FakeVault, account_of, connect


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "_RETRY_PAUSE", 0)


@pytest.fixture
def entra() -> FakeEntra:
    return FakeEntra()


@pytest.fixture
def vault() -> FakeVault:
    return FakeVault()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def account(entra: FakeEntra, vault: FakeVault, clock: Clock) -> ServiceAccount:
    """Connected, in an organisation that reads Graph alone."""
    account = account_of(entra, vault, clock)
    connect(account, entra)
    return account


@pytest.fixture
def connected(entra: FakeEntra, vault: FakeVault, clock: Clock) -> ServiceAccount:
    """Connected, in an organisation that reads every directory."""
    account = account_of(entra, vault, clock, **ALL_DIRECTORIES)
    connect(account, entra)
    return account

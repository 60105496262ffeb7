"""A vault on a fake wire."""

from __future__ import annotations

import pytest

from shared.adapters.keyvault import Vault
from tests.support.fake_entra import Clock
from tests.support.fake_keyvault import FakeKeyVault, Identity, vault_on


@pytest.fixture
def wire() -> FakeKeyVault:
    return FakeKeyVault()


@pytest.fixture
def identity() -> Identity:
    return Identity()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def vault(wire: FakeKeyVault, identity: Identity, clock: Clock) -> Vault:
    return vault_on(wire, identity, clock=clock)

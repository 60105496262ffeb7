"""The simulated Exchange Web Services."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from sandbox.server.server import Running
from tests.support import directories as those
from tests.support.sandbox_ews import Ews


@pytest.fixture
def running(tenant_company: Running) -> Iterator[Running]:
    tenant_company.world.load(those.tenant())
    # It logs what it was refused, and the list's address with it.
    logging.getLogger("exchangelib").setLevel(logging.CRITICAL)
    yield tenant_company
    logging.getLogger("exchangelib").setLevel(logging.NOTSET)


@pytest.fixture
def ews(running: Running) -> Ews:
    return Ews(running)

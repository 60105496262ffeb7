"""An app whose figures are taken."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shared import telemetry
from shared.adapters.monitor import CONNECTION
from shared.services.process import services
from tests.support.api import Api
from tests.support.ingestion import Ingestion, ingestion


@pytest.fixture
def taken() -> Iterator[Ingestion]:
    with ingestion() as running:
        yield running


@pytest.fixture
def watched(api: Api, taken: Ingestion, monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    """Rollcall with somebody connected, whose figures go to `taken`; what was counted before is left out."""
    monkeypatch.setenv(CONNECTION, taken.connection_string)
    monkeypatch.setattr(telemetry.EVENTS, "read_from", dict)  # not those of another test's journal
    services.cache_clear()
    services().monitor.flush()
    taken.clear()
    yield api
    services().monitor.close()

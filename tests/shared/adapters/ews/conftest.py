"""Exchange Web Services, as a server on loopback."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.fake_ews import FakeEws, serve


@pytest.fixture(scope="package")
def listening() -> Iterator[FakeEws]:
    with serve() as ews:
        yield ews


@pytest.fixture
def ews(listening: FakeEws) -> FakeEws:
    listening.__init__(listening.url)  # type: ignore[misc]
    return listening

"""A small app on the local host."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox.host import host
from tests.support.host_calls import HOST_JSON, sample_app


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with host.serve(sample_app(), host_json=HOST_JSON) as running:
        yield running.origin

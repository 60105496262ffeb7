"""A simulated tenant with nobody else on it, for a module that changes what is never put back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox.server.server import Running, serve


@pytest.fixture(scope="module")
def served() -> Iterator[Running]:
    with serve("company") as running, pytest.MonkeyPatch.context() as environment:
        for name, value in running.settings_env().items():
            environment.setenv(name, value)
        yield running

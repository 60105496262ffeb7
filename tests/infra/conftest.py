"""The real compiler, and what it makes of infra/: once for all tests."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.infra.azure_rules import World
from tools.bicep import INFRA, MISSING, Bicep, environments, find_compiler


@pytest.fixture(scope="session")
def compiler() -> Path:
    program = find_compiler()
    if program is None:
        pytest.skip(MISSING)
    return program


@pytest.fixture(scope="session")
def ready(compiler: Path, tmp_path_factory: pytest.TempPathFactory) -> Bicep:
    """infra/ as it is, with what the compiler publishes and fetches: not to be written to."""
    return Bicep.of(compiler, INFRA, tmp_path_factory.mktemp("ready") / "infra")


@pytest.fixture
def fresh(ready: Bicep, tmp_path: Path) -> Bicep:
    """infra/ for one test, to plant mistakes in."""
    return ready.copy(tmp_path / "infra")


@pytest.fixture(scope="session")
def compiled(ready: Bicep, tmp_path_factory: pytest.TempPathFactory) -> Bicep:
    return ready.copy(tmp_path_factory.mktemp("compiled") / "infra")


@pytest.fixture(scope="session")
def world(compiled: Bicep) -> World:
    with ThreadPoolExecutor(2) as pool:
        template = pool.submit(compiled.build)
        made = {name: pool.submit(compiled.snapshot, name, one) for name, one in environments().items()}
        return World(
            template.result(), {name: one.result()["predictedResources"] for name, one in made.items()}
        )

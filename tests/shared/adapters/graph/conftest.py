"""Microsoft Graph as a directory, on a fake wire."""

from __future__ import annotations

import pytest

from shared.adapters.directories.graph import GraphDirectory
from tests.support.fake_graph import FakeGraph, directory_on


@pytest.fixture
def graph() -> FakeGraph:
    return FakeGraph()


@pytest.fixture
def directory(graph: FakeGraph) -> GraphDirectory:
    return directory_on(graph)

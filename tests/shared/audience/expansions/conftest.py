"""Expansions on a gate that a test opens."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest

from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.expansions import ExpansionTable
from tests.support.expansions import Clock, Gate


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(azurite: str) -> ExpansionTable:
    return ExpansionTable(Tables.by_connection(azurite))


@pytest.fixture
def identifier() -> str:
    return str(uuid.uuid4())


@pytest.fixture
def gate() -> Iterator[Gate]:
    gate = Gate()
    yield gate
    gate.opened.set()

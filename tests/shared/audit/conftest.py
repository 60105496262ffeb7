"""A trail in memory."""

from __future__ import annotations

import pytest

from shared.record_kinds import Kind
from tests.support.memory_trail import MemoryTrail
from tests.support.trails import table, writer

__all__ = ["table"]


@pytest.fixture
def trail() -> MemoryTrail:
    """Two processes' chains, of four and three records, and an anchor."""
    trail = MemoryTrail()
    one, other = writer(trail), writer(trail)
    for number in range(3):
        one.note(Kind.EXPANDED, "mia", f"list{number}@company.example", count=number)
    for _ in range(2):
        other.note(Kind.CONNECTED, "ada")
    one.anchor()
    return trail

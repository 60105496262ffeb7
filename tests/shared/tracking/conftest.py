"""What several tests of tracking need."""

from tests.support.desk import desk, store
from tests.support.house import cleared, house, memory

__all__ = ["cleared", "desk", "house", "memory", "store"]

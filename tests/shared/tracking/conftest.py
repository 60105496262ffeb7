"""What several tests of tracking need."""

from tests.support.desk import desk, store

__all__ = ["desk", "store"]

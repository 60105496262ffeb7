"""Whose messages are meant."""

from __future__ import annotations

from enum import Enum


class EveryOwner(Enum):
    """Whoever a message belongs to. It must be asked for: an owner that was forgotten finds nothing."""

    EVERY_OWNER = "every owner"


EVERY_OWNER = EveryOwner.EVERY_OWNER
Whose = str | EveryOwner
"""Whose messages are meant: one person's, by their id, or everybody's."""

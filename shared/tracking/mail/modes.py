"""Modes: three grades of how far a tracked mail tells its recipients apart."""

from __future__ import annotations

from enum import StrEnum

FORMER_MODES = {"overall": "counting", "anonymous": "pseudonymous"}
"""What modes were called once, and are called now."""


class Mode(StrEnum):
    """Who can be told apart, from nobody to everybody."""

    COUNTING = "counting"
    PSEUDONYMOUS = "pseudonymous"
    INDIVIDUAL = "individual"

    @classmethod
    def _missing_(cls, value: object) -> Mode | None:
        """What a mode was called once: in stored rows, and by a pane that Outlook still has."""
        return cls(FORMER_MODES[value]) if isinstance(value, str) and value in FORMER_MODES else None

    @property
    def former(self) -> str:
        """What the mode was called once."""
        return {now: once for once, now in FORMER_MODES.items()}.get(self.value, self.value)

"""From when on a sender is warned."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From when on a sender is warned. `overlap_percent` is of the smaller list's recipients."""

    large_list: int = 1000
    daily_recipients: int = 10_000
    overlap_recipients: int = 10
    overlap_percent: int = 90


DEFAULTS = Thresholds()

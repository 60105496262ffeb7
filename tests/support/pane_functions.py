"""The pane's functions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SCENARIOS = [Path(__file__).with_name(name) for name in ("pane_server.ts", "pane_scenarios.ts")]


def record(**changes: Any) -> str:
    """What a draft keeps after a count of 4 on the address TEAM."""
    return json.dumps({"r": "", "k": "", "e": "id-9", "n": 4, "c": True, "t": 5, **changes})

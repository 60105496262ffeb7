"""Examples of requests and answers, as the app gave them: `examples.json`, written by
`python -m tests.routes.declarations.recording`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

PLACE = Path(__file__).with_name("examples.json")


@cache
def examples() -> Mapping[str, Mapping[str, Any]]:
    """By operation (`GET /api/me`): `request`, where it has a body, and `answer`, where that is JSON."""
    found: Mapping[str, Mapping[str, Any]] = msgspec.json.decode(PLACE.read_bytes())
    return found

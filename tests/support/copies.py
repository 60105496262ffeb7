"""Copies as they are sent in a made-up world."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.node import Node

_ADDIN = Path(__file__).parents[1] / "addin"
WORLD = "\n".join(
    (_ADDIN / name).read_text(encoding="utf-8")
    for name in ("copies_server.ts", "copies_world.ts", "copies_lives.ts")
)
SENDER = "sender@contoso.example"
REPLIES = (
    *("taken", "throttled", "unavailable", "refused", "denied", "unauthorized"),
    *("error", "late_error", "no_network", "lost_answer"),
)
INTERVAL = 60_000 / 25


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with Node(WORLD) as node:
        yield node


def simulate(node: Node, recipients: int, **scenario: Any) -> dict[str, Any]:
    """What happened."""
    found: dict[str, Any] = node.call("simulate", {"recipients": recipients, **scenario})
    return found


def reply(name: str, **more: Any) -> dict[str, Any]:
    return {"is": name.replace("_", " "), **more}


def reached(happened: dict[str, Any]) -> Counter[str]:
    return Counter(copy["address"] for copy in happened["delivered"])

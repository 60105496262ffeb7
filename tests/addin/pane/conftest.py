"""The pane's functions in Node.js."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.node import Node
from tests.support.pane_functions import SCENARIOS


@pytest.fixture(scope="module")
def pane() -> Iterator[Node]:
    with Node(
        "\n".join(path.read_text(encoding="utf-8") for path in SCENARIOS),
        "--define:process.env.NODE_ENV='\"production\"'",
    ) as node:
        yield node

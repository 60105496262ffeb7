"""The pages' functions in Node.js."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.node import Node
from tests.support.page_functions import SOURCE


@pytest.fixture(scope="module")
def pages() -> Iterator[Node]:
    with pytest.MonkeyPatch.context() as environ:
        environ.setenv("TZ", "Europe/Berlin")
        environ.setenv("LC_ALL", "en_US.UTF-8")
        with Node(SOURCE) as node:
            yield node

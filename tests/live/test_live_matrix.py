"""The rows of the matrix with lists of a real organisation, counted by a deployed Rollcall.

Which lists, and how to run it: docs/operations.md, "The live tests".
"""

from __future__ import annotations

import os
from operator import attrgetter

import pytest

from tests.live.canary import expand, judge, parse_expected
from tests.support.matrix import ROWS, Row

URL, ACCESS_TOKEN = os.environ.get("LIVE_URL"), os.environ.get("LIVE_ACCESS_TOKEN")
LISTS = [row for row in ROWS if "@" in row.typed]  # what has no address, no server can be asked for


@pytest.mark.live
@pytest.mark.parametrize("row", LISTS, ids=attrgetter("name"))
def test_a_list_of_a_real_organisation_is_counted_as_it_should_be(row: Row) -> None:
    if not URL or not ACCESS_TOKEN:
        pytest.skip("LIVE_URL and LIVE_ACCESS_TOKEN name no deployment (docs/operations.md, The live tests)")
    if not (text := os.environ.get(f"LIVE_{row.name.upper()}")):
        pytest.skip("a LIVE_ variable of the row's name names no list (docs/operations.md, The live tests)")
    expected = parse_expected(text)
    assert list(judge(expected, expand(URL, ACCESS_TOKEN, expected.address))) == []

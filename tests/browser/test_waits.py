"""The tests of the browser themselves: what they wait for can be false."""

from __future__ import annotations

import re
from pathlib import Path


def test_no_wait_is_for_a_promise_which_is_always_true() -> None:
    waits = [
        f"{path.name}: {wait}"
        for path in Path(__file__).parent.rglob("*.py")
        if path != Path(__file__)
        for wait in re.findall(r"wait_for_function\((.+)", path.read_text(encoding="utf-8"))
    ]
    assert waits
    assert [wait for wait in waits if re.search(r"async|await|Promise|mailboxes\(\)", wait)] == []

"""A mail that is two messages, because only some said yes, is seen as one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.amounts import exactly
from tests.support.node import Node


def half(name: str, other: str | None, count: int) -> dict[str, Any]:
    mode = "counting" if name.startswith("rest") else "individual"
    return {"message_id": name, "other_half": other, "mode": mode, "count": exactly(count)}


def told(opened: tuple[int, int | None] | None, of: int, **more: Any) -> dict[str, Any]:
    ends = None if opened is None else {"at_least": opened[0], "at_most": opened[1]}
    return {
        "message_id": "named",
        "recipients": exactly(of),
        "withheld": None,
        "next_at": None,
        "opened_by": ends,
        "clicked_by": ends,
    } | more


NAMED, REST, LONE = half("named", "rest", 12), half("rest", "named", 88), half("lone", None, 5)


@pytest.mark.parametrize(
    ("rows", "seen"),
    [
        ([NAMED, REST, LONE], [("named", 100), ("lone", 5)]),
        ([REST, LONE, NAMED], [("lone", 5), ("named", 100)]),
        # The other half is on a page that was not asked for yet.
        ([LONE, NAMED], [("lone", 5), ("named", 12)]),
        ([REST, LONE], [("rest", 88), ("lone", 5)]),
        ([], []),
    ],
)
def test_two_halves_are_one_mail_wherever_they_stand(
    pages: Node, rows: list[Any], seen: list[tuple[str, int]]
) -> None:
    mails = [pages.call("asOne", mail) for mail in pages.call("mailsOf", rows)]
    assert [(mail["message_id"], mail["count"]["at_least"]) for mail in mails] == seen


def test_of_both_that_is_said_which_the_two_reports_add_up_to(pages: Node) -> None:
    both = pages.call("together", told((7, 9), 12), told((0, 44), 88))
    assert both["recipients"] == exactly(100)
    assert both["opened_by"] == {"at_least": 7, "at_most": 53}
    # Less what the one report tells, it is what the other tells, and no more.
    assert pages.call("together", told((7, None), 12), told((0, 44), 88))["opened_by"]["at_most"] is None


@pytest.mark.parametrize("first", [True, False])
def test_of_both_nothing_is_said_where_nothing_is_said_of_one(pages: Node, first: bool) -> None:
    silent = told(None, 3, withheld="too_few")
    halves = (silent, told((7, 9), 12)) if first else (told((7, 9), 12), silent)
    both = pages.call("together", *halves)
    assert both["opened_by"] is both["clicked_by"] is None
    assert both["withheld"] == "too_few"


def test_of_both_nothing_is_said_before_both_are_known(pages: Node) -> None:
    assert pages.call("together", told((7, 9), 12), None) is None

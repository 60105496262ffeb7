"""What is not known is not drawn as nought, and a cap is not drawn as a total."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.amounts import UNKNOWN, at_least, exactly
from tests.support.node import Node

SOURCE = """
import { standingOf, mayReach } from "./pane/review";
import { countSentence } from "./pane/hero";
import { meantBy, remember, typedLately } from "./pane/typed";
import { progressOf } from "./pane/progress";
import { amount } from "./words/fill";
import { reviewedWords } from "./words/pane/reviewed";
export { standingOf, mayReach, meantBy, progressOf };
export const said = (known, which) => amount(known, reviewedWords.lists[which]);
export const spoken = countSentence;
export function keeping(rounds, broken) {
  const kept = new Map();
  const shelf = {
    getItem: (key) => kept.get(key) ?? (broken ? "{" : null),
    setItem: (key, text) => { if (broken) { throw new Error("full"); } kept.set(key, text); },
  };
  for (const lists of rounds) { remember(lists, shelf); }
  return typedLately(shelf);
}
"""
TEAM, TYPO = "sales-team@company.com", "sales-tema@company.com"


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with Node(SOURCE) as node:
        yield node


def review(count: int, complete: bool, *codes: str, external: int | None = 0) -> dict[str, Any]:
    mailboxes = {"shared": 0, "room": 0, "equipment": 0}
    problems = [{"code": code, "list": f"{number}@company.com"} for number, code in enumerate(codes)]
    return {
        "count": exactly(count) if complete else at_least(count),
        "result": {"problems": problems, "external": external, "mailboxes": mailboxes},
    }


@pytest.mark.parametrize(
    ("shown", "standing", "may_reach"),
    [
        (review(0, False, "not_found"), "nobody", False),
        (review(0, False, "not_found", "not_an_address"), "nobody", False),
        (review(0, False, "not_found", external=None), "unknown", True),
        (review(0, False, "hidden_membership"), "unknown", True),
        (review(0, False, "not_found", "hidden_membership"), "unknown", True),
        (review(0, False), "unknown", True),
        (review(0, True), "some", False),
        (review(3, False, "not_found"), "some", True),
        ({"count": UNKNOWN, "result": None}, "unknown", True),
    ],
)
def test_nought_is_said_of_what_was_counted_alone(
    node: Node, shown: dict[str, Any], standing: str, may_reach: bool
) -> None:
    assert node.call("standingOf", shown) == standing
    assert node.call("mayReach", shown) is may_reach
    spoken = node.call("spoken", shown)
    assert ("0" in spoken) == (shown["count"] == exactly(0))
    assert ("bounce" in spoken) == (standing == "nobody")


@pytest.mark.parametrize("which", ["members", "recipients"])
def test_a_list_that_was_not_read_whole_has_at_least_so_many_or_an_unknown_number(
    node: Node, which: str
) -> None:
    said = [node.call("said", known, which) for known in (UNKNOWN, at_least(3), at_least(1))]
    assert "0" not in said[0]
    assert [text.startswith("at least") for text in said] == [False, True, True]
    assert node.call("said", exactly(0), which).startswith("0 ")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (TYPO, TEAM),
        ("Sales-Team@company.co", TEAM),
        ("sale-team@company.com", TEAM),
        ("salesteam@company.com", TEAM),
        (TEAM, None),
        ("marketing@company.com", None),
        ("hr@company.con", None),
        ("news-1@company.com", None),
        ("", None),
    ],
)
def test_a_slip_of_the_pen_is_put_right_by_what_the_sender_typed_lately(
    node: Node, typed: str, meant: str | None
) -> None:
    known = [TEAM, "board@company.com", "it@company.com", "news-2@company.com", "news-3@company.com"]
    assert node.call("meantBy", typed, known) == meant


@given(st.text("ab-", min_size=6, max_size=12), st.data())
def test_one_swapped_pair_of_letters_is_always_found(node: Node, local: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(local) - 2))
    typo = local[:place] + local[place + 1] + local[place] + local[place + 2 :]
    found = node.call("meantBy", f"{typo}@company.com", [f"{local}@company.com"])
    assert found == (None if typo == local else f"{local}@company.com")


def test_what_was_typed_is_kept_on_the_device_the_last_first_and_bounded(node: Node) -> None:
    assert node.call("keeping", [["A@x.com"], ["b@x.com"], ["a@x.com"]], False) == ["a@x.com", "b@x.com"]
    assert len(node.call("keeping", [[f"l{n}@x.com" for n in range(500)]], False)) == 100
    assert node.call("keeping", [["a@x.com"]], True) == []


def test_while_a_directory_asks_to_wait_progress_says_for_how_long(node: Node) -> None:
    now = {
        "lists_done": 0,
        "lists_known": 1,
        "recipients": 0,
        "provisional": None,
        "estimate": None,
        "started_at": "2026-01-01T00:00:00Z",
        "beat_at": "2026-01-01T00:00:05.500Z",
    }
    for until, waits in (
        ("2026-01-01T00:00:17.1Z", 12),
        ("2026-01-01T00:00:05Z", None),
        (None, None),
    ):
        assert node.call("progressOf", None, now | {"waits_until": until}, 9)["waits"] == waits

"""The sentence that a report begins with is made of its numbers, and never stronger than they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.amounts import at_least, exactly
from tests.support.node import Node

SOURCE = """
import { sentenceOf } from "./pages/report/sentence.ts";
import { pageWords } from "./words/pages/index.ts";
export const sentence = (report) => sentenceOf(report);
export const silences = () => Object.keys(pageWords.silence);
"""


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with Node(SOURCE) as node:
        yield node


@st.composite
def ranges(draw: st.DrawFn, most: int) -> tuple[int, int, int]:
    """A range, and a truth in it."""
    low, truth, high = sorted(draw(st.integers(0, most)) for _ in range(3))
    return low, truth, high


@st.composite
def reports(draw: st.DrawFn) -> dict[str, Any]:
    """A report, and beside it the truth that its ranges hold."""
    complete, recipients = draw(st.booleans()), draw(st.integers(0, 500))
    most = recipients if complete else 600
    opened, clicked = draw(ranges(most)), draw(ranges(most))
    links = [draw(ranges(most)) for _ in range(draw(st.integers(0, 4)))]
    return {
        "sent_at": "2026-01-01T00:00:00Z",
        "recipients": exactly(recipients) if complete else at_least(recipients),
        "opened_by": {"at_least": opened[0], "at_most": opened[2]},
        "clicked_by": {"at_least": clicked[0], "at_most": clicked[2]},
        "links": [
            {
                "url": f"https://www.company.com/link-{place}?q={place}",
                "clicked_by": {"at_least": a, "at_most": c},
            }
            for place, (a, _, c) in enumerate(links)
        ],
        "truth": (opened[1], clicked[1], [truth for _, truth, _ in links]),
    }


@given(reports())
def test_whatever_the_truth_in_the_ranges_is_the_sentence_is_true(node: Node, report: dict[str, Any]) -> None:
    opened, clicked, links = report["truth"]
    text, of = node.call("sentence", report), report["recipients"]
    first, _, second = text.removesuffix(".").partition("; ")
    assert_true(first.removesuffix(" opened it"), opened, strict=of["at_most"] is not None)
    if of["at_most"] is None:
        assert " of an unknown number" in first or "of at least" in first
    elif of["at_most"] != 1:
        assert f"of {of['at_most']} recipients" in first
    if not links:
        assert not second
    elif named := re.search(r"“company\.com/link-(\d)”", second):
        place = int(named[1])
        [number] = map(int, re.findall(r"\d+", re.sub(r"“.*”", "", second)))
        assert number <= links[place] if "at least" in second else number == links[place]
        if "followed most" in second:
            assert all(links[place] > other for n, other in enumerate(links) if n != place)
    else:
        assert_true(second.removesuffix(" followed a link"), clicked, strict=True)


def assert_true(said: str, truth: int, *, strict: bool) -> None:
    numbers = [int(number) for number in re.findall(r"\d+", said.partition(" of ")[0])]
    word = said.split()[0].lower()
    if word == "nobody":
        assert truth == 0
    elif word == "at":
        assert truth <= numbers[0]
    elif word == "between":
        assert numbers[0] <= truth <= numbers[1]
    else:
        assert numbers == [truth]


MAIL = {"sent_at": "2026-01-01T00:00:00Z", "recipients": exactly(1204)}


@pytest.mark.parametrize(
    ("opened", "clicked", "links", "text"),
    [
        (
            (640, 710),
            (100, 180),
            {"https://company.com/register": (96, 130), "https://company.com/faq": (5, 90)},
            "Between 640 and 710 of 1,204 recipients opened it; "
            "“company.com/register” was followed most, by at least 96.",
        ),
        (
            (640, 710),
            (100, 180),
            {"https://company.com/register": (96, 130), "https://company.com/faq": (5, 97)},
            "Between 640 and 710 of 1,204 recipients opened it; at least 96 followed “company.com/register”.",
        ),
        ((0, 0), (0, 0), {}, "Nobody of 1,204 recipients was seen to open it."),
        (
            (0, 12),
            (0, 3),
            {"https://a.example/": (0, 3), "https://b.example/": (0, 3)},
            "At most 12 of 1,204 recipients opened it; at most 3 followed a link.",
        ),
    ],
)
def test_the_sentence_can_be_passed_on_as_it_is(
    node: Node,
    opened: tuple[int, int],
    clicked: tuple[int, int],
    links: dict[str, tuple[int, int]],
    text: str,
) -> None:
    def people(pair: tuple[int, int]) -> dict[str, int]:
        return {"at_least": pair[0], "at_most": pair[1]}

    report = MAIL | {
        "opened_by": people(opened),
        "clicked_by": people(clicked),
        "links": [{"url": url, "clicked_by": people(pair)} for url, pair in links.items()],
    }
    assert node.call("sentence", report) == text


def test_where_there_are_no_numbers_there_is_no_sentence(node: Node) -> None:
    told: dict[str, Any] = {
        "opened_by": None,
        "clicked_by": None,
        "links": [],
        "recipients": exactly(3),
    }
    assert node.call("sentence", told | {"sent_at": "2026-01-01T00:00:00Z"}) is None
    some = {"opened_by": {"at_least": 0, "at_most": 0}, "clicked_by": {"at_least": 0, "at_most": 0}}
    assert node.call("sentence", told | some | {"sent_at": None}) is None


def test_a_mail_without_the_line_is_explained_whatever_became_of_it(node: Node) -> None:
    from shared.tracking.mail.notice import Notice

    assert set(node.call("silences")) == {notice.value for notice in Notice} - {"line"}

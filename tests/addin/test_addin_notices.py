"""Two hundred hand-written mails in six languages: the author's part and its language are found."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.mail_bodies import FUNCTIONS
from tests.support.node import Node
from tests.support.notices import NOTICES, Notice


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with Node(FUNCTIONS) as node:
        yield node


def test_there_are_two_hundred_in_six_languages() -> None:
    assert len(NOTICES) == 200
    assert len({notice.name.split()[0] for notice in NOTICES}) == 6
    assert len({notice.html for notice in NOTICES}) == 200


CASES = [
    pytest.param(notice, compose, id=f"{notice.name} {compose}")
    for notice in NOTICES
    for compose in ("", "reply", *([] if notice.quotes else ["newMail"]))
]


@pytest.mark.parametrize(("notice", "compose"), CASES)
def test_the_authors_links_are_found_and_no_others(node: Node, notice: Notice, compose: str) -> None:
    answer = node.call("find", notice.html, {"compose": compose})
    assert [link["url"] for link in answer["links"]] == notice.own
    assert (answer["hasQuote"], answer["doubt"]) == (notice.quotes, None)


@pytest.mark.parametrize("notice", [each for each in NOTICES if each.language], ids=lambda each: each.name)
def test_the_notice_speaks_their_language(node: Node, notice: Notice) -> None:
    assert node.call("language", notice.html, "ja", {}) == notice.language

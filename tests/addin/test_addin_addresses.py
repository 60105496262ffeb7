"""What the add-in takes for an address the app takes for one, and nothing else: they are asked the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.audience.addresses import LONGEST_TYPED, is_address, normalise
from tests.support.node import Node

EXAMPLES: dict[str, list[str]] = json.loads(
    (Path(__file__).parents[1] / "support" / "addresses.json").read_text(encoding="utf-8")
)
# What makes the difference, and now and then a whole address around it.
PIECES = list(
    "aB1.-_@<>\"'`,;:/\\()[]+ \t\u00a0\u0085\u200b\u200d\ufeff\uff20\u3002\u00e9\u00fc\u00df\u4f8b\U0001f642"
    "\x00\x7f\u00ab\u00bb\u2019"
)
PIECES += ["smtp:", "mailto:", "company.com", "a@b.c", "#ext#", "xn--", "./", "\u0301"]


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with Node('export { isAddress } from "./outlook/address";') as node:
        yield node


def taken_by_app(text: str) -> bool:
    return len(text) <= LONGEST_TYPED and is_address(normalise(text))


@pytest.mark.parametrize("text", EXAMPLES["addresses"])
def test_an_address_is_one_for_the_app_and_for_the_add_in(node: Node, text: str) -> None:
    assert taken_by_app(text)
    assert node.call("isAddress", text)


@pytest.mark.parametrize("text", EXAMPLES["none"])
def test_what_is_no_address_is_none_for_either(node: Node, text: str) -> None:
    assert not taken_by_app(text)
    assert not node.call("isAddress", text)


@pytest.mark.parametrize("length", [63, 64, 65])
def test_both_know_how_long_an_address_may_be(node: Node, length: int) -> None:
    for text in ("x" * length + "@company.com", "a@" + "b." * 94 + "c" * length):
        assert node.call("isAddress", text) == taken_by_app(text), text
    assert not node.call("isAddress", " " * LONGEST_TYPED + "a@company.com")


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_whatever_stands_in_a_pill_both_decide_alike(node: Node, text: str) -> None:
    assert node.call("isAddress", text) == taken_by_app(text), ascii(text)

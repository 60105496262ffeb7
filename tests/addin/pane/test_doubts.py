"""What the pane says of who gets a mail in the end, in Node.js."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.amounts import at_least, exactly
from tests.support.node import Node

SOURCE = """
import { addressesOf, clearOf, findingsOf, sentenceOf, unknownOf } from "./pane/doubts";
export { addressesOf, sentenceOf, unknownOf };
export const said = (told, result, attached) => {
  const found = findingsOf(told, result, attached);
  return { found, clear: clearOf(told, found) };
};
"""
A, B, C = "a@company.com", "b@company.com", "c@company.com"


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with Node(SOURCE) as node:
        yield node


def tip(address: str, **more: Any) -> dict[str, Any]:
    usual = dict.fromkeys(("full", "away", "largest", "members", "outside"))
    return {"address": address, "restricted": False, "moderated": False} | usual | more


def told(*tips: dict[str, Any], **unknown: str) -> dict[str, Any]:
    return {"tips": list(tips), "unknown": [{"address": a, "why": w} for a, w in unknown.items()]}


def entry(address: str, members: int = 3, *, whole: bool = True, depth: int = 1) -> dict[str, Any]:
    known = exactly(members) if whole else at_least(members)
    return {"address": address, "members": known, "recipients": known, "depth": depth}


def result(*lists: dict[str, Any], external: int | None = 0, doubts: str = "forwarding") -> dict[str, Any]:
    codes = [{"code": code, "lists": [], "text": ""} for code in doubts.split()]
    return {"lists": list(lists), "external": external, "delivery": {"known": not codes, "doubts": codes}}


def codes(node: Node, *arguments: Any) -> dict[str, list[str]]:
    said = node.call("said", *arguments)
    return {group["code"]: group["lists"] for group in said["found"]}


def test_each_obstacle_is_told_of_those_it_is_about_the_gravest_first(node: Node) -> None:
    tips = [tip(A, away=True), tip(B, restricted=True, moderated=True), tip(C, full=True, largest=10)]
    found = codes(node, told(*tips), result(), 11)
    assert found == {"restricted": [B], "full": [C], "tooLarge": [C], "moderated": [B], "away": [A]}
    assert next(iter(found)) == "restricted"


@pytest.mark.parametrize(("attached", "largest"), [(None, 10), (10, 10), (11, None)])
def test_a_mail_is_too_large_only_where_that_is_sure(
    node: Node, attached: int | None, largest: int | None
) -> None:
    assert codes(node, told(tip(A, largest=largest)), result(), attached) == {}


@pytest.mark.parametrize(("external", "told_of"), [(None, {"outside": [A]}), (0, {}), (4, {})])
def test_who_is_outside_is_exchanges_to_tell_only_where_we_do_not_know(
    node: Node, external: int | None, told_of: dict[str, Any]
) -> None:
    assert codes(node, told(tip(A, outside=True)), result(external=external), None) == told_of


@pytest.mark.parametrize(
    ("listed", "members", "is_witness"),
    [
        (entry(A, 3, whole=False), 9, True),
        (entry(A, 0, whole=False), 9, True),
        (entry(A, 9, whole=False), 9, False),
        (entry(A, 3, whole=False), None, False),
        (entry(A, 3), 9, False),
        (entry(B, 3, whole=False), 9, False),
    ],
)
def test_exchanges_count_is_a_witness_for_a_lower_bound_and_for_nothing_else(
    node: Node, listed: dict[str, Any], members: int | None, is_witness: bool
) -> None:
    found = node.call("said", told(tip(A, members=members)), result(listed), None)["found"]
    assert [(group["code"], group["lists"]) for group in found] == ([("members", [A])] if is_witness else [])
    assert all("9" in group["text"] for group in found)


def test_nothing_in_the_way_is_said_of_those_alone_of_whom_it_is_known(node: Node) -> None:
    assert (
        "2 addresses" in node.call("said", told(tip(A), tip(B), tip(C, full=True)), result(), None)["clear"]
    )
    assert "one address" in node.call("said", told(tip(A), tip(B, restricted=None)), result(), None)["clear"]
    assert node.call("said", told(tip(A, moderated=None)), result(), None)["clear"] is None
    assert node.call("said", told(**{A: "busy"}), result(), None)["clear"] is None


def test_what_is_half_known_is_not_known_but_an_address_outside_is_only_outside(node: Node) -> None:
    half, outside = tip(A, moderated=None), tip(B, restricted=None, moderated=None, outside=True)
    found = node.call("unknownOf", told(half, outside, **{C: "off"}))
    assert {group["code"]: group["lists"] for group in found} == {"off": [C], "silent": [A]}


def test_what_exchange_settled_is_doubted_no_more(node: Node) -> None:
    listed = result(entry(A), doubts="restricted forwarding")
    doubt = "from some senders alone"
    assert doubt in node.call("sentenceOf", listed, None)
    assert doubt not in node.call("sentenceOf", listed, told(tip(A)))
    assert doubt in node.call("sentenceOf", listed, told(tip(A), **{B: "busy"}))
    assert doubt in node.call("sentenceOf", listed, told(tip(A, restricted=None)))
    assert node.call("sentenceOf", result(doubts=""), None) is None


def test_the_typed_addresses_are_asked_about_and_the_lists_below_them(node: Node) -> None:
    recipients = {"addresses": [A, "alias@company.com"], "unresolved": [], "cut": []}
    lists = [entry(A), entry("primary@company.com"), entry(C, depth=2)]
    assert node.call("addressesOf", recipients, result(*lists)) == [A, "alias@company.com", C]

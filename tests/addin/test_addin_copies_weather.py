"""One copy for each recipient in any weather, and never one twice."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.copies import REPLIES, SENDER, node, reached, reply, simulate
from tests.support.node import Node

__all__ = ["node"]


def test_a_crash_at_any_point_sends_nothing_twice_and_loses_nobody(node: Node) -> None:
    for point in range(1, 45):
        for moves in (False, True):
            happened = simulate(node, 4, crashes=[point], moves=moves)
            assert happened["states"][0] in ("crashed", "finished")
            check(happened, 4)
            # A copy that was being tried is in doubt, and no other.
            assert happened["progress"]["doubt"] <= 1 if happened["progress"] else True


@settings(max_examples=150)
@given(
    recipients=st.integers(1, 8),
    pseudonymous=st.booleans(),
    replies=st.lists(
        st.builds(
            reply,
            st.sampled_from(REPLIES),
            seconds=st.sampled_from([0, 1, 7, 60]),
            latency=st.sampled_from([0, 100, 9_000]),
        ),
        max_size=15,
    ),
    crashes=st.lists(st.integers(1, 40), max_size=4),
    silent=st.lists(st.integers(2, 30), max_size=3),
    lost=st.lists(st.integers(2, 30), max_size=3),
    moves=st.booleans(),
)
def test_in_any_weather_nobody_gets_two_and_everybody_is_accounted_for(
    node: Node,
    recipients: int,
    pseudonymous: bool,
    replies: list[dict[str, Any]],
    crashes: list[int],
    silent: list[int],
    lost: list[int],
    moves: bool,
) -> None:
    happened = simulate(
        node,
        recipients,
        pseudonymous=pseudonymous,
        replies=replies,
        crashes=crashes,
        wordsFail=silent,
        wordsLost=lost,
        moves=moves and not pseudonymous,
    )
    assert happened["wrong"] == []
    check(happened, recipients)
    starts = happened["asked"]
    assert happened["mostFlying"] <= 4
    # A renewed token asks once more at once; all else keeps the pace, even from one life to the next.
    renewals = sum(1 for each in replies if each["is"] == "unauthorized")
    for first, start in enumerate(starts):
        window = [each for each in starts[first:] if each < start + 60_000]
        assert len(window) <= 26 + renewals


def check(happened: dict[str, Any], recipients: int) -> None:
    """Nobody got two; who got none is failed or in doubt, or it was never begun."""
    found = reached(happened)
    assert not found or max(found.values()) == 1
    if not happened["progress"]:
        return
    progress = happened["progress"]
    assert progress["total"] == recipients
    assert progress["waiting"] == 0
    assert progress["sent"] + progress["failed"] + progress["doubt"] == recipients
    uncertain = {copy["address"] for copy in happened["open"]}
    everybody = {SENDER, *(f"r{n}@contoso.example" for n in range(recipients))}
    assert everybody - set(found) <= uncertain
    failed = {copy["address"] for copy in happened["open"] if copy["state"] == "failed"}
    assert not failed & set(found)

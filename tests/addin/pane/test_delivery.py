"""A mail that Outlook is to deliver later: shown, kept, told to the server, and never lost in silence."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.addin.pane.test_tracking import BODY, TEAM
from tests.support.node import Node

LATER, EVEN_LATER = 4_000_000_000_000, 4_000_000_360_000  # milliseconds since 1970
PREPARED = ["open", "prepare"]


def done(pane: Node, deeds: list[str], **setting: Any) -> dict[str, Any]:
    """What is shown after tracking was added and `deeds` were done."""
    found: dict[str, Any] = pane.call("tracking", {"to": [TEAM], "html": BODY, **setting}, PREPARED + deeds)
    return found


def of_delivery(shown: dict[str, Any]) -> list[str]:
    """What was asked of server and Outlook about it."""
    return [line for line in shown["log"] if line.split()[0] in ("arm", "disarm", "deliver", "send")]


def test_a_set_time_is_shown_kept_with_the_draft_and_told_to_the_server(pane: Node) -> None:
    shown = done(pane, ["arm"], deliverAt=LATER)
    assert shown["step"]["prepared"]["delivery"] == {"at": LATER, "lost": None}
    assert json.loads(shown["record"])["d"] == LATER
    assert of_delivery(shown) == [f"arm for {LATER}"]


def test_what_is_sent_from_the_pane_is_set_once_more_before(pane: Node) -> None:
    shown = done(pane, ["send"], deliverAt=LATER)
    assert of_delivery(shown) == [f"arm for {LATER}", f"deliver {LATER}", "send"]


@pytest.mark.parametrize("nothing", [{}, {"deliverAt": None}, {"deliverAt": 1_000_000}])
def test_where_nothing_is_set_or_the_time_has_passed_nothing_is_said_of_it(
    pane: Node, nothing: dict[str, Any]
) -> None:
    shown = done(pane, ["send"], **nothing)
    assert of_delivery(shown) == ["arm", "send"]


def test_a_time_that_outlook_lost_keeps_the_mail_from_going_at_once(pane: Node) -> None:
    shown = done(pane, ["deliver:", "send"], deliverAt=LATER)
    assert of_delivery(shown) == []
    assert shown["step"]["prepared"]["delivery"] == {"at": None, "lost": LATER}
    again = done(pane, ["deliver:", "send", "setAgain", "send"], deliverAt=LATER)
    assert of_delivery(again) == [f"deliver {LATER}", f"arm for {LATER}", f"deliver {LATER}", "send"]
    at_once = done(pane, ["deliver:", "send", "forgetDelivery", "send"], deliverAt=LATER)
    assert of_delivery(at_once) == ["arm", "send"]


def test_a_time_lost_while_the_pane_was_closed_is_missed_all_the_same(pane: Node) -> None:
    shown = done(pane, ["deliver:", "open again elsewhere"], deliverAt=LATER)
    assert shown["step"]["prepared"]["delivery"]["lost"] == LATER


def test_a_time_that_outlook_does_not_keep_sends_nothing_and_counts_nothing(pane: Node) -> None:
    shown = done(pane, ["send"], deliverAt=LATER, losesTimes=True)
    assert of_delivery(shown) == [f"arm for {LATER}", f"deliver {LATER}", "disarm"]
    assert shown["step"]["trouble"]["code"] == "send"


def test_another_time_set_after_the_mail_counts_begins_the_servers_clock_anew(pane: Node) -> None:
    shown = done(pane, ["arm", f"deliver:{EVEN_LATER}", "look"], deliverAt=LATER)
    assert of_delivery(shown) == [f"arm for {LATER}", "disarm", f"arm for {EVEN_LATER}"]
    assert shown["step"]["prepared"]["isArmed"] is True


def test_a_server_that_does_not_take_another_time_is_not_said_to_have_it(pane: Node) -> None:
    shown = done(pane, ["arm", f"deliver:{EVEN_LATER}", "look"], deliverAt=LATER, disarmFails=True)
    assert of_delivery(shown) == [f"arm for {LATER}"]
    assert shown["step"]["prepared"]["delivery"]["at"] == LATER
    assert shown["step"]["trouble"]

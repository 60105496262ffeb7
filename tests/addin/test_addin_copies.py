"""One copy for each recipient: at the pace, and what stops it."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest

from tests.support.copies import INTERVAL, SENDER, node, reached, reply, simulate
from tests.support.node import Node

__all__ = ["node"]


def test_everybody_gets_one_copy_with_their_own_links_and_the_sender_first(node: Node) -> None:
    happened = simulate(node, 10)
    assert happened["states"] == ["finished"]
    first, *copies = happened["delivered"]
    assert first["address"] == SENDER
    assert first["kept"] is True
    assert "t.contoso.example" not in first["html"]
    assert [copy["address"] for copy in copies] == [f"r{n}@contoso.example" for n in range(10)]
    for n, copy in enumerate(copies):
        assert copy["kept"] is False
        assert f'href="https://t.contoso.example/c/{n}"' in copy["html"]
        assert copy["html"].count(f'src="https://t.contoso.example/o/{n}"') == 1


def test_all_who_did_not_say_yes_get_one_mail_to_the_byte_that_tells_nobody_apart(node: Node) -> None:
    _, *copies = simulate(node, 6, shared=2)["delivered"]
    assert [copy["address"] for copy in copies] == [f"r{n}@contoso.example" for n in range(6)]
    bodies = [copy["html"] for copy in copies]
    assert len(set(bodies[2:])) == 1
    assert len(set(bodies)) == 3
    assert all("sees whether you opened it" in body for body in bodies[:2])
    assert "without telling whose they are" in bodies[2]


def test_the_pace_is_kept_with_few_in_flight(node: Node) -> None:
    happened = simulate(node, 60, latency=15_000)
    asked = happened["asked"]
    assert all(later - sooner >= INTERVAL - 1e-6 for sooner, later in pairwise(asked))
    assert happened["mostFlying"] == 4
    quick = simulate(node, 60)["asked"]
    assert quick[-1] - quick[0] == pytest.approx(60 * INTERVAL)


def test_nobody_gets_what_graph_does_not_take_from_the_sender(node: Node) -> None:
    happened = simulate(node, 5, replies=[reply("refused", code="ErrorInvalidMessage")], then=["stay"])
    assert happened["states"] == ["stopped: failing"]
    assert happened["delivered"] == []
    again = simulate(node, 5, replies=[reply("refused")] * 2, then=["run"])
    assert again["states"] == ["stopped: failing", "stopped: failing", "finished"]
    assert reached(again).total() == 6


def test_the_others_wait_for_the_first(node: Node) -> None:
    happened = simulate(node, 3, replies=[reply("taken", latency=50_000)])
    assert happened["asked"][1] - happened["asked"][0] >= 50_000


@pytest.mark.parametrize("name", ["throttled", "unavailable"])
def test_graph_is_given_the_time_it_asks_for(node: Node, name: str) -> None:
    happened = simulate(node, 3, replies=[reply("taken"), reply(name, seconds=120)])
    assert happened["states"] == ["finished"]
    assert happened["asked"][2] - happened["asked"][1] >= 120_000
    assert set(reached(happened).values()) == {1}
    waiting = [change["waitingUntil"] for change in happened["changes"] if change["waitingUntil"]]
    assert waiting


@pytest.mark.parametrize("seconds", [None, "soon", ""])
def test_where_graph_names_no_time_the_waits_grow(node: Node, seconds: str | None) -> None:
    more = {} if seconds is None else {"seconds": seconds}
    happened = simulate(node, 2, replies=[reply("throttled", **more)] * 4)
    waits = [later - sooner for sooner, later in pairwise(happened["asked"])]
    assert waits[:4] == pytest.approx([10_300, 20_300, 40_300, 80_300], abs=50)
    assert happened["states"] == ["finished"]


def test_a_recipient_that_graph_refuses_does_not_stop_the_others(node: Node) -> None:
    happened = simulate(node, 4, replies=[reply("taken"), reply("refused"), reply("taken")])
    assert happened["states"] == ["finished"]
    assert happened["progress"]["failed"] == 1
    assert happened["open"] == [
        {"place": 1, "address": "r0@contoso.example", "state": "failed", "code": "ErrorInvalidRecipients"}
    ]


def test_many_refusals_in_a_row_stop_it(node: Node) -> None:
    happened = simulate(node, 20, replies=[reply("taken"), *[reply("refused")] * 10], then=["stay"])
    assert happened["states"] == ["stopped: failing"]
    assert happened["progress"]["waiting"] >= 12


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (reply("denied"), "refused"),
        (reply("refused", code="ErrorMessageSubmissionBlocked"), "refused"),
        (reply("refused", code="ErrorExceededMessageLimit"), "refused"),
        (reply("too_large"), "too_large"),
        (reply("no_network"), "offline"),
    ],
)
def test_what_concerns_every_copy_stops_it_and_it_can_go_on(
    node: Node, answer: dict[str, Any], why: str
) -> None:
    happened = simulate(node, 5, replies=[reply("taken"), reply("taken"), answer], then=["run"])
    assert happened["states"][0] == f"stopped: {why}"
    assert reached(happened).total() == (5 if why == "offline" else 6)
    assert set(reached(happened).values()) == {1}


def test_an_expired_token_is_renewed_once_and_no_token_stops_it(node: Node) -> None:
    renewed = simulate(node, 2, replies=[reply("taken"), reply("unauthorized")])
    assert renewed["states"] == ["finished"]
    assert set(reached(renewed).values()) == {1}
    twice = simulate(node, 2, replies=[reply("unauthorized")] * 2)
    assert twice["states"] == ["stopped: sign_in", "finished"]
    none = simulate(node, 2, tokenFails=[2])
    assert none["states"] == ["stopped: sign_in", "finished"]
    assert set(reached(none).values()) == {1}


@pytest.mark.parametrize("name", ["no_network", "lost_answer", "error", "late_error"])
def test_a_copy_without_an_answer_is_in_doubt_until_the_person_decides(node: Node, name: str) -> None:
    replies = [reply("taken"), reply(name)]
    left = simulate(node, 3, replies=list(replies))
    (doubtful,) = left["open"]
    assert doubtful["state"] == "doubt"
    assert left["progress"]["state"] == "paused"
    assert reached(left)[doubtful["address"]] == (1 if name in ("lost_answer", "late_error") else 0)
    stops = ["run"] if "network" in name or "lost" in name else []
    dropped = simulate(node, 3, replies=list(replies), then=[*stops, "leave"])
    assert dropped["progress"]["state"] == "finished"
    assert set(reached(dropped).values()) == {1}
    again = simulate(node, 3, replies=list(replies), then=[*stops, "again"])
    assert again["progress"]["state"] == "finished"
    assert again["progress"]["sent"] == 3


def test_paused_nothing_is_begun_and_what_is_under_way_is_waited_for(node: Node) -> None:
    happened = simulate(node, 20, pauseAt=10_000, latency=5_000, then=["stay"])
    assert happened["states"] == ["paused"]
    assert happened["asked"][-1] - happened["asked"][0] <= 10_000
    assert happened["progress"]["sent"] + 1 == len(happened["delivered"])
    resumed = simulate(node, 20, pauseAt=10_000, latency=5_000, then=["reopen"])
    assert resumed["states"] == ["paused", "finished"]
    assert len(reached(resumed)) == 21
    assert set(reached(resumed).values()) == {1}


@pytest.mark.parametrize("erased", [5, 10, 14])
def test_whoever_is_erased_in_a_pause_gets_no_copy_and_everybody_behind_them_does(
    node: Node, erased: int
) -> None:
    found = simulate(node, 15, pauseAt=10_000, latency=5_000, then=["reopen"], erased=erased)
    assert found["states"] == ["paused", "finished"]
    got = reached(found)
    assert f"r{erased}@contoso.example" not in got
    assert len(got) == 15  # fourteen, and the sender's own
    assert set(got.values()) == {1}
    for copy in found["delivered"][1:]:
        number = copy["address"].split("@")[0][1:]
        assert f"/o/{number}" in copy["html"]


def test_the_time_left_is_what_it_takes(node: Node) -> None:
    happened = simulate(node, 50)
    first = happened["changes"][0]["timeLeft"]
    took = happened["asked"][-1] - happened["asked"][0]
    assert first == pytest.approx(took, rel=0.05)


def test_where_the_server_notes_nothing_nothing_more_is_sent(node: Node) -> None:
    for failing in range(2, 9):
        happened = simulate(node, 4, wordsFail=list(range(failing, failing + 6)), then=["run", "run"])
        assert "storage" in happened["states"][0], failing
        assert happened["states"][-1] == "finished"
        assert set(reached(happened).values()) == {1}
        assert len(reached(happened)) == 5
        assert happened["wrong"] == []


def test_a_server_that_stumbles_or_loses_answers_stops_nothing(node: Node) -> None:
    for word in range(2, 14):
        for kind in ("wordsFail", "wordsLost"):
            happened = simulate(node, 4, **{kind: [word, word + 1]})
            assert happened["states"] == ["finished"], (word, kind)
            assert set(reached(happened).values()) == {1}
            assert len(reached(happened)) == 5
            assert happened["wrong"] == []


def test_nothing_leaves_while_all_can_be_taken_back(node: Node) -> None:
    happened = simulate(node, 3, undo=60)
    assert happened["asked"][0] >= 1_000_000 + 60_000
    assert happened["began"][0] >= 1_000_000 + 60_000
    assert len(happened["began"]) == 1
    waiting = [change for change in happened["changes"] if change["beginsAt"] is not None]
    assert waiting
    assert all(change["isUntouched"] and not change["sent"] for change in waiting)
    assert happened["wrong"] == []


def test_what_is_taken_back_on_whatever_device_is_not_sent(node: Node) -> None:
    happened = simulate(node, 3, undo=60, deletedAt=30_000, then=["stay"])
    assert happened["states"] == ["stopped: gone"]
    assert happened["delivered"] == []
    later = simulate(node, 10, deletedAt=10_000, then=["stay"])
    assert later["states"] == ["stopped: gone"]
    assert 0 < len(later["delivered"]) < 11


def test_a_laptop_that_slept_before_a_copy_left_has_it_noted_anew(node: Node) -> None:
    slept = simulate(node, 3, sleeps={"word": 4, "milliseconds": 100_000})
    assert slept["states"] == ["finished"]
    assert set(reached(slept).values()) == {1}
    assert len(reached(slept)) == 4


def test_while_graph_makes_it_wait_the_server_hears_that_it_is_there(node: Node) -> None:
    happened = simulate(node, 3, replies=[reply("taken"), reply("throttled", seconds=900)])
    assert happened["states"] == ["finished"]
    assert happened["wrong"] == []


def test_of_two_panes_and_of_two_devices_one_sends(node: Node) -> None:
    assert node.call("refusals") == [
        "SentElsewhere",  # another pane of this browser
        "SentElsewhere",  # another device, to begin
        "elsewhere",  # another device, to go on
        "fine",
        "finished",  # which then finds nothing left to do
        "2",
    ]


def test_finished_nobody_can_tell_whose_copy_was_whose(node: Node) -> None:
    for pseudonymous in (False, True):
        happened = simulate(node, 5, pseudonymous=pseudonymous)
        assert happened["kept"] == {}
        assert happened["known"] == "ssssss"


@pytest.mark.parametrize(
    "other",
    [
        "<P style='x'>Hello   <a class=x href='https://a.example/?x=1&y=2'>news</a></P>\n",
        '<div><p>Hello <a target="_blank" href="https://a.example/?x=1&amp;y=2">news</a>&nbsp;</p></div>',
    ],
)
def test_another_outlooks_html_of_the_same_mail_is_the_same_mail(node: Node, other: str) -> None:
    html = '<p>Hello <a href="https://a.example/?x=1&amp;y=2">news</a></p>'
    mails = [
        {"subject": "Lunch", "html": html},
        {"subject": "Lunch", "html": other},
        {"subject": "Lunch", "html": html.replace("Hello", "Hi")},
        {"subject": "Lunch", "html": html.replace("a.example", "b.example")},
        {"subject": "Dinner", "html": html},
    ]
    first, same, *others = node.call("digests", mails)
    assert first == same
    assert len({first, *others}) == 4


def test_nothing_but_the_copies_goes_out(node: Node) -> None:
    happened = simulate(node, 3, pseudonymous=True)
    for request in happened["bodies"]:
        url, _, body = request.partition(" ")
        assert url == "https://graph.example/v1.0/me/sendMail"
        message = json.loads(body)["message"]
        assert set(message) == {"subject", "body", "toRecipients", "importance"}
        assert len(message["toRecipients"]) == 1

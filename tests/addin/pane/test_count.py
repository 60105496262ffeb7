"""The pane up to a count, asked without a browser."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.tracking.mail.modes import FORMER_MODES
from tests.support.node import Node
from tests.support.pane_functions import record

ADDRESSES = st.lists(st.from_regex(r"[a-z]{1,8}@[a-z]{1,8}\.com", fullmatch=True), max_size=8)


def test_the_same_recipients_have_the_same_stamp_in_any_order_and_case(pane: Node) -> None:
    @given(ADDRESSES)
    def check(addresses: list[str]) -> None:
        turned = [address.upper() for address in reversed(addresses)] + addresses[:1]
        assert pane.call("stampOf", addresses) == pane.call("stampOf", turned)

    check()


def test_other_recipients_have_another_stamp(pane: Node) -> None:
    stamps = {pane.call("stampOf", [f"person{n}@company.com"]) for n in range(2000)}
    assert len(stamps) == 2000


def test_a_record_survives_and_what_is_no_record_is_none(pane: Node) -> None:
    kept = json.loads(record(m="m", o="counting", l=3, b="x", a=1))
    assert pane.call("readDraft", pane.call("writeDraft", kept)) == kept
    for text in (None, "", "{", "[]", "null", '"r"', '{"r":1}', '{"r":"x"}'):
        assert pane.call("readDraft", text) is None


def test_a_record_of_an_older_pane_has_the_modes_of_today(pane: Node) -> None:
    for former, mode in [*FORMER_MODES.items(), ("individual", "individual")]:
        assert pane.call("readDraft", record(m="m", o=former))["o"] == mode


def test_each_address_counts_once_and_names_without_one_are_told(pane: Node) -> None:
    entries = [
        {"emailAddress": "Ann@Company.com", "displayName": "Ann"},
        {"emailAddress": "", "displayName": "My friends"},
        {"emailAddress": "/o=ExchangeLabs/cn=x", "displayName": "Old"},
    ]
    found = pane.call("gather", [entries, [{"emailAddress": "ann@company.com", "displayName": ""}], []], 1000)
    assert found == {"addresses": ["Ann@Company.com"], "unresolved": ["My friends", "Old"], "cut": []}


@pytest.mark.parametrize(
    "others", [["My customers"], [""], ["A", "B"], ["", ""], ["A", "A"], ["ann@b.c"]], ids=str
)
def test_recipients_without_an_address_are_part_of_the_stamp(pane: Node, others: list[str]) -> None:
    asked = [others, [], [*others, "C"], [*others[1:], "C"]]
    stamps = [pane.call("stampOf", ["ann@b.c"], some) for some in asked]
    assert len(set(stamps)) == len(asked)
    assert pane.call("stampOf", ["ANN@b.c"], others[::-1]) == stamps[0]


def test_a_field_that_is_as_long_as_outlook_tells_may_be_longer(pane: Node) -> None:
    entries = [{"emailAddress": f"p{n}@b.c", "displayName": ""} for n in range(100)]
    assert pane.call("gather", [[], entries, entries[1:]], 100)["cut"] == ["cc"]
    assert pane.call("gather", [entries], None)["cut"] == []


def test_a_bar_never_goes_back_and_never_reaches_the_end_too_soon(pane: Node) -> None:
    reported = st.tuples(
        st.integers(0, 50),
        st.integers(1, 50),
        st.integers(0, 999),
        st.none() | st.integers(1, 999),
        st.none() | st.integers(0, 999),
    )

    @given(st.lists(reported, min_size=1, max_size=6))
    def check(reports: list[tuple[int, int, int, int | None, int | None]]) -> None:
        before = None
        for second, (lists, more, people, provisional, estimate) in enumerate(reports):
            now = {
                "lists_done": lists,
                "lists_known": lists + more,
                "recipients": people,
                "provisional": provisional,
                "estimate": estimate,
            }
            after = pane.call("progressOf", before, now, second * 2)
            assert 0 <= after["fraction"] < 1
            assert before is None or after["fraction"] >= before["fraction"]
            before = after

    check()


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(1, ("seconds", 5)), (31, ("seconds", 35)), (58, ("minutes", 1)), (200, ("minutes", 3))],
)
def test_time_left_is_told_roughly(pane: Node, seconds: int, said: tuple[str, int]) -> None:
    told = pane.call("roughly", seconds)
    assert (told["unit"], told["n"]) == said


def test_a_count_that_is_answered_is_the_answer(pane: Node) -> None:
    found = pane.call("counting", {"expand": [{}], "get": [{"never": True}]})
    assert found == {"count": 4, "log": ["expand"], "seen": []}


def test_progress_is_told_while_the_answer_is_awaited(pane: Node) -> None:
    steps = {"expand": [{"never": True}], "get": [{"running": "1"}, {"running": "2"}, {}]}
    assert pane.call("counting", steps)["seen"] == [3, 3]


def test_an_answer_that_got_lost_is_picked_up_without_asking_again(pane: Node) -> None:
    lost = {"status": 502, "code": "unexpected"}
    found = pane.call("counting", {"expand": [lost], "get": [{"running": "1"}, {"running": "2"}, {}]})
    assert found["count"] == 4
    assert found["log"].count("expand") == 1


def test_a_count_that_fell_silent_is_asked_for_again(pane: Node) -> None:
    lost = {"status": 0, "code": "offline"}
    found = pane.call("counting", {"expand": [lost, {}], "get": [{"running": "1"}]})
    assert found["count"] == 4
    assert found["log"].count("expand") == 2


def test_a_count_that_never_reached_the_server_is_asked_for_again(pane: Node) -> None:
    lost, missing = {"status": 0, "code": "offline"}, {"status": 404, "code": "not_found"}
    found = pane.call("counting", {"expand": [lost, {}], "get": [missing]})
    assert found["count"] == 4


def test_a_server_that_stays_away_is_told_of_in_the_end(pane: Node) -> None:
    lost = {"status": 0, "code": "offline"}
    assert pane.call("counting", {"expand": [lost], "get": [lost]})["code"] == "offline"


@pytest.mark.parametrize(
    ("status", "code"), [(429, "too_many_requests"), (503, "service_account"), (400, "invalid_request")]
)
def test_a_refusal_is_told_at_once(pane: Node, status: int, code: str) -> None:
    found = pane.call("counting", {"expand": [{"status": status, "code": code}], "get": [{"never": True}]})
    assert found["code"] == code
    assert found["log"] == ["expand"]


def test_calling_off_asks_once_more_for_what_was_not_begun_yet(pane: Node) -> None:
    assert pane.call("cancelling", [{"status": 404, "code": "not_found"}, {}]) == ["delete", "delete"]
    assert pane.call("cancelling", [{}]) == ["delete"]


def test_what_was_overtaken_changes_nothing(pane: Node) -> None:
    assert pane.call("overtaken") == {"at": "idle", "same": True}


def test_five_thousand_lists_are_a_tree_within_a_blink(pane: Node) -> None:
    found = pane.call("treeOfMany", 5000)
    assert (found["roots"], found["below"]) == (1, 4999)
    assert found["milliseconds"] < 100


def test_the_sheet_adds_up_whatever_is_left_out(pane: Node) -> None:
    parts = st.fixed_dictionaries(
        {
            n: st.integers(0, 9)
            for n in ("lists", "duplicates", "without_address", "unreadable", "not_mail", "recipients")
        }
    )

    @given(parts)
    def check(balance: dict[str, int]) -> None:
        read = sum(balance.values())
        lines = pane.call("balanceLines", {**balance, "members_read": read})
        assert read - sum(line["amount"] for line in lines) == balance["recipients"]
        assert all(line["amount"] for line in lines)

    check()


def test_problems_that_say_the_same_are_told_once_with_all_their_lists(pane: Node) -> None:
    hidden = {"code": "hidden", "text": "Hidden.", "remedy": "Ask."}
    groups = pane.call(
        "grouped",
        [
            {**hidden, "list": "a@b.c"},
            {**hidden, "list": "b@b.c"},
            {"code": "x", "text": "All.", "list": None},
        ],
    )
    assert [(group["text"], group["lists"]) for group in groups] == [
        ("All.", []),
        ("Hidden.", ["a@b.c", "b@b.c"]),
    ]

"""The pane counts, knows a draft again, and changes a mail only so that it can be put back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.node import Node

SCENARIOS = Path(__file__).with_name("pane_scenarios.ts")
TEAM = "sales-team@company.com"
BODY = (
    "<html><body><p>Hello</p><p><a href='https://example.com/?a=1&amp;b=2'>one</a>"
    '<a href="https://example.org/x">two</a> <a href="mailto:a@b.c">mail</a></p></body></html>'
)
ADDRESSES = st.lists(st.from_regex(r"[a-z]{1,8}@[a-z]{1,8}\.com", fullmatch=True), max_size=8)


@pytest.fixture(scope="module")
def pane() -> Iterator[Node]:
    with Node(
        SCENARIOS.read_text(encoding="utf-8"), "--define:process.env.NODE_ENV='\"production\"'"
    ) as node:
        yield node


def record(**changes: Any) -> str:
    """What a draft keeps after a count of 4 on the address TEAM."""
    return json.dumps({"r": "", "k": "", "e": "id-9", "n": 4, "c": True, "t": 5, **changes})


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
    kept = json.loads(record(m="m", o="overall", l=3, b="x", a=1))
    assert pane.call("readDraft", pane.call("writeDraft", kept)) == kept
    for text in (None, "", "{", "[]", "null", '"r"', '{"r":1}', '{"r":"x"}'):
        assert pane.call("readDraft", text) is None


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
        st.integers(0, 50), st.integers(1, 50), st.integers(0, 999), st.none() | st.integers(1, 999)
    )

    @given(st.lists(reported, min_size=1, max_size=6))
    def check(reports: list[tuple[int, int, int, int | None]]) -> None:
        before = None
        for second, (lists, more, people, provisional) in enumerate(reports):
            now = {
                "lists_done": lists,
                "lists_known": lists + more,
                "recipients": people,
                "provisional": provisional,
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


@pytest.mark.parametrize(
    ("colour", "dark"), [("#1f1f1f", True), ("#FFFFFF", False), ("", None), (None, None), ("red", None)]
)
def test_a_theme_is_dark_by_its_ground(pane: Node, colour: str | None, dark: bool | None) -> None:
    assert pane.call("isDark", colour) is dark


def test_a_draft_without_recipients_asks_nobody(pane: Node) -> None:
    shown = pane.call("opening", {"to": []})
    assert (shown["at"], shown["log"]) == ("idle", [])


def test_a_count_that_was_seen_is_kept_with_the_draft(pane: Node) -> None:
    shown = pane.call("opening", {"to": [TEAM]})
    kept = json.loads(shown["record"])
    assert shown["count"] == 4
    assert kept["r"] == kept["k"] == pane.call("stampOf", [TEAM])
    assert (kept["e"], kept["n"]) == ("id-0", 4)


def test_a_count_that_lacks_names_is_not_complete(pane: Node) -> None:
    shown = pane.call("opening", {"to": [TEAM, "no address"]})
    assert shown["complete"] is False


def test_a_pane_that_is_opened_again_shows_the_count_it_had(pane: Node) -> None:
    stamp = pane.call("stampOf", [TEAM])
    shown = pane.call("opening", {"to": [TEAM], "record": record(r=stamp, k=stamp), "known": ["id-9"]})
    assert (shown["count"], shown["countedAt"], shown["before"]) == (4, 5, None)
    assert shown["log"] == ["get"]


def test_a_count_that_expired_is_counted_anew_and_a_change_is_told(pane: Node) -> None:
    stamp = pane.call("stampOf", [TEAM])
    shown = pane.call("opening", {"to": [TEAM], "record": record(r=stamp, k=stamp), "counts": [6]})
    assert shown["before"] == {"count": 4, "complete": True, "otherRecipients": False}
    assert shown["count"] == 6


def test_other_recipients_than_were_counted_are_noticed(pane: Node) -> None:
    shown = pane.call("changing", {"to": [TEAM]}, [TEAM, "x@company.com"], False)
    assert shown["isStale"] is True
    shown = pane.call("changing", {"to": [TEAM], "counts": [4, 6]}, [TEAM, "x@company.com"], True)
    assert shown["isStale"] is False
    assert shown["before"] == {"count": 4, "complete": True, "otherRecipients": True}


def test_tracking_changes_what_links_lead_to_and_tells_the_server_nothing_else(pane: Node) -> None:
    shown = pane.call("tracking", {"to": [TEAM], "html": BODY}, ["open", "prepare"])
    expected = BODY.replace("https://example.com/?a=1&amp;b=2", "https://rollcall.contoso.example/c/TOKEN0")
    expected = expected.replace("https://example.org/x", "https://rollcall.contoso.example/c/TOKEN1")
    notice = (
        '<p style="margin:16px 0 0;font-size:12px;line-height:16px;color:#616161">This mail is measured: '
        "opens and clicks are counted, without telling whose they are. "
        '<a href="https://rollcall.contoso.example/p/EVERYBODY">What is recorded</a></p>'
    )
    pixel = '<img src="https://rollcall.contoso.example/o/PIXEL.gif" '
    pixel += 'width="1" height="1" alt="" style="border:0">'
    assert shown["html"] == expected.replace("</body>", notice + pixel + "</body>")
    assert shown["sent"] == [
        {
            "expansion_id": "id-0",
            "mode": "overall",
            "sender": {"name": "Ann", "address": "ann@company.com"},
            "links": ["https://example.com/?a=1&b=2", "https://example.org/x"],
        }
    ]
    assert shown["step"]["prepared"]["isArmed"] is False


def test_a_message_is_armed_before_it_is_sent_and_disarmed_when_it_was_not(pane: Node) -> None:
    shown = pane.call("tracking", {"to": [TEAM], "html": BODY}, ["open", "prepare", "send"])
    assert shown["log"][-2:] == ["arm", "send"]
    assert shown["step"] == {"step": "sent", "isTracked": True}
    shown = pane.call(
        "tracking", {"to": [TEAM], "html": BODY, "sendFails": True}, ["open", "prepare", "send"]
    )
    assert shown["log"][-3:] == ["arm", "send", "disarm"]
    assert shown["step"]["prepared"]["isArmed"] is False
    assert json.loads(shown["record"])["a"] == 0


def test_where_outlook_does_not_send_the_message_is_armed_and_can_be_disarmed(pane: Node) -> None:
    here = {"to": [TEAM], "html": BODY, "canSend": False}
    shown = pane.call("tracking", here, ["open", "prepare"])
    assert shown["step"]["prepared"]["isArmed"] is True
    assert "send" not in shown["log"]
    shown = pane.call("tracking", here, ["open", "prepare", "disarm"])
    assert shown["log"][-1] == "disarm"


@pytest.mark.parametrize(
    ("trouble", "is_back"),
    [({"mangle": ["cut", "no"]}, True), ({"mangle": ["cut"]}, False), ({"setThrows": True}, True)],
)
def test_a_body_that_outlook_damages_is_put_back_and_nothing_is_tracked(
    pane: Node, trouble: dict[str, Any], is_back: bool
) -> None:
    shown = pane.call("tracking", {"to": [TEAM], "html": BODY, **trouble}, ["open", "prepare"])
    assert shown["step"] == {"step": "restored", "isBack": is_back}
    assert (shown["html"] == BODY) is is_back
    assert "delete" in shown["log"]
    assert "m" not in json.loads(shown["record"])


def test_tracking_is_taken_out_to_the_last_byte(pane: Node) -> None:
    shown = pane.call("tracking", {"to": [TEAM], "html": BODY}, ["open", "prepare", "remove"])
    assert shown["html"] == BODY
    assert shown["log"][-1] == "delete"


def test_tracking_is_taken_out_of_a_mail_that_was_edited_since_and_the_edit_stays(pane: Node) -> None:
    deeds = ["open", "prepare", "edit:Hello=>Good morning", "remove"]
    shown = pane.call("tracking", {"to": [TEAM], "html": BODY}, deeds)
    assert shown["html"] == BODY.replace("Hello", "Good morning")


def test_a_draft_that_was_opened_again_elsewhere_can_be_cleaned_too(pane: Node) -> None:
    deeds = ["open", "prepare", "open again elsewhere", "remove"]
    shown = pane.call("tracking", {"to": [TEAM], "html": BODY}, deeds)
    assert shown["html"] == BODY
    assert shown["sent"][0] == shown["sent"][1]


def test_the_mail_says_that_it_is_measured_unless_the_server_wants_no_line(pane: Node) -> None:
    shown = pane.call("tracking", {"to": [TEAM], "html": BODY}, ["open", "prepare"])
    assert "This mail is measured" in shown["html"]
    assert shown["html"].count("/p/EVERYBODY") == 1
    silent = pane.call(
        "tracking", {"to": [TEAM], "html": BODY, "hasNoNotice": True}, ["open", "prepare", "send"]
    )
    assert "measured" not in silent["html"]
    assert [deed for deed in silent["log"] if deed.startswith("arm")] == ["arm"]


@pytest.mark.parametrize(
    ("deeds", "armed"),
    [
        (["send"], ["arm"]),
        (["edit:EVERYBODY=>", "edit:/p/=>", "send"], ["arm without a notice"]),
        (["arm", "edit:/p/EVERYBODY=>/nowhere", "look"], ["arm", "arm without a notice"]),
        (
            ["arm", "edit:/p/EVERYBODY=>/nowhere", "look", "look", "edit:/nowhere=>/p/EVERYBODY", "look"],
            ["arm", "arm without a notice", "arm"],
        ),
        (["open again elsewhere", "edit:/p/EVERYBODY=>/nowhere", "send"], ["arm without a notice"]),
        (["open again elsewhere", "send"], ["arm"]),
    ],
)
def test_the_server_is_told_whether_the_mail_says_that_it_is_measured(
    pane: Node, deeds: list[str], armed: list[str]
) -> None:
    shown = pane.call("tracking", {"to": [TEAM], "html": BODY}, ["open", "prepare", *deeds])
    assert [deed for deed in shown["log"] if deed.startswith("arm")] == armed


def test_a_sender_who_takes_the_line_out_is_told_what_that_means(pane: Node) -> None:
    deeds = ["open", "prepare", "edit:/p/EVERYBODY=>/nowhere", "look"]
    shown = pane.call("tracking", {"to": [TEAM], "html": BODY}, deeds)
    assert shown["step"]["prepared"]["edited"] == "silent"


@pytest.mark.parametrize(
    "deeds", [["open", "prepare", "to:x@company.com", "send"], ["to:x@company.com", "letGo"]]
)
def test_nothing_is_sent_to_others_than_were_reviewed(pane: Node, deeds: list[str]) -> None:
    shown = pane.call("tracking", {"to": [TEAM], "html": BODY}, deeds)
    assert shown["isStale"] is True
    assert not {"arm", "send", "forget"} & set(shown["log"])


def test_sending_without_tracking_has_the_server_forget_first(pane: Node) -> None:
    shown = pane.call("tracking", {"to": [TEAM], "html": BODY}, ["letGo"])
    assert shown["log"][-2:] == ["forget", "send"]
    assert shown["html"] == BODY
    assert json.loads(shown["record"])["r"] == pane.call("stampOf", [TEAM])


def test_a_plain_text_mail_is_not_tracked(pane: Node) -> None:
    shown = pane.call("tracking", {"to": [TEAM], "type": "text"}, ["open"])
    assert shown["step"] == {"step": "impossible", "why": "text"}

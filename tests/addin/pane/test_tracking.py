"""The pane from a count to a tracked mail, asked without a browser."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.amounts import at_least, exactly
from tests.support.node import Node
from tests.support.pane_functions import record

TEAM = "sales-team@company.com"


BODY = (
    "<html><body><p>Hello</p><p><a href='https://example.com/?a=1&amp;b=2'>one</a>"
    '<a href="https://example.org/x">two</a> <a href="mailto:a@b.c">mail</a></p></body></html>'
)


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
    assert shown["count"] == exactly(4)
    assert kept["r"] == kept["k"] == pane.call("stampOf", [TEAM])
    assert (kept["e"], kept["n"]) == ("id-0", 4)


def test_a_count_that_lacks_names_is_not_complete(pane: Node) -> None:
    shown = pane.call("opening", {"to": [TEAM, "no address"]})
    assert shown["count"] == at_least(4)


def test_a_pane_that_is_opened_again_shows_the_count_it_had(pane: Node) -> None:
    stamp = pane.call("stampOf", [TEAM])
    shown = pane.call("opening", {"to": [TEAM], "record": record(r=stamp, k=stamp), "known": ["id-9"]})
    assert (shown["count"], shown["countedAt"], shown["before"]) == (exactly(4), 5, None)
    assert shown["log"] == ["get"]


def test_a_count_that_expired_is_counted_anew_and_a_change_is_told(pane: Node) -> None:
    stamp = pane.call("stampOf", [TEAM])
    shown = pane.call("opening", {"to": [TEAM], "record": record(r=stamp, k=stamp), "counts": [6]})
    assert shown["before"] == {"count": exactly(4), "otherRecipients": False}
    assert shown["count"] == exactly(6)


def test_other_recipients_than_were_counted_are_noticed(pane: Node) -> None:
    shown = pane.call("changing", {"to": [TEAM]}, [TEAM, "x@company.com"], False)
    assert shown["isStale"] is True
    shown = pane.call("changing", {"to": [TEAM], "counts": [4, 6]}, [TEAM, "x@company.com"], True)
    assert shown["isStale"] is False
    assert shown["before"] == {"count": exactly(4), "otherRecipients": True}


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
            "mode": "counting",
            "sender": {"name": "Ann", "address": "ann@company.com"},
            "links": ["https://example.com/?a=1&b=2", "https://example.org/x"],
            "labels": {"name": "", "campaign": "", "tags": [], "purpose": "", "links": ["", ""]},
        }
    ]
    assert shown["step"]["prepared"]["isArmed"] is False


def test_a_message_is_armed_before_it_is_sent_and_disarmed_when_it_was_not(pane: Node) -> None:
    shown = pane.call("tracking", {"to": [TEAM], "html": BODY}, ["open", "prepare", "send"])
    assert shown["log"][-2:] == ["arm", "send"]
    assert shown["step"] == {"step": "sent", "messageId": "m"}
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
    assert shown["sent"][1] == shown["sent"][0] | {"labels": {}}  # what it is called stays with the server


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

"""Using a link that anybody may have again and again: one row, however often."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from shared.audit import Search
from shared.services.process import services
from shared.tracking.mail.tokens import NOBODY, UNDATED
from shared.tracking.privacy.opt_outs import OptOuts, of_message, of_recipient
from shared.tracking.recording.events import Event
from tests.support.api import Api
from tests.support.memory_opt_outs import MemoryOptOuts
from tests.support.people import sent_mail

MESSAGE = "0123456789abcdef" * 2


@pytest.fixture
def links(individual: Api) -> list[str]:
    """The links by which four recipients object."""
    return [one["notice_url"] for one in sent_mail(individual, "pseudonymous")["recipients"]["rows"]]


def choose(link: str, choice: str) -> requests.Response:
    return requests.post(link, data={"choice": choice}, timeout=30)


def recorded() -> int:
    """How many objections and withdrawals are in the trail."""
    trail = services().audit.trail
    return sum(len(trail.read(Search(kind=kind), 1000).rows) for kind in ("objected", "objection_withdrawn"))


def test_a_thousand_turns_of_one_link_are_one_row_and_end_with_the_objection(links: list[str]) -> None:
    before = recorded()
    answers = [choose(links[0], ("object", "withdraw")[turn % 2]) for turn in range(1000)]
    assert recorded() - before == 1
    assert {answer.status_code for answer in answers[::2]} == {200}
    assert {answer.status_code for answer in answers[1::2]} == {403}


def test_objecting_again_and_again_is_one_row(links: list[str]) -> None:
    before = recorded()
    assert {choose(links[0], "object").status_code for _ in range(20)} == {200}
    assert recorded() - before == 1


def event(recipient: int) -> tuple[Event, bytes]:
    return Event(0, 0, recipient, 0, 0, 0, ""), NOBODY


def screened(opt_outs: OptOuts, *recipients: int) -> list[int]:
    asked = [event(recipient) for recipient in recipients]
    return [one.recipient for one in opt_outs.screen(MESSAGE, asked, UNDATED)]


def test_turns_have_no_pixel_read_all_objections() -> None:
    store, now = MemoryOptOuts(), 0.0
    opt_outs = OptOuts(lambda: store, lambda: now)
    assert screened(opt_outs, 1, 2) == [1, 2]
    for _ in range(100):
        opt_outs.add(of_recipient(MESSAGE, 1))
        assert screened(opt_outs, 1, 2) == [2]  # at once, here
        opt_outs.remove(of_recipient(MESSAGE, 1))
        assert screened(opt_outs, 1, 2) == [1, 2]
        now += 0.01
    assert (store.asked, store.was_read) == (1, 1)
    now += 60
    assert screened(opt_outs, 1) == [1]
    assert (store.asked, store.was_read) == (2, 2)  # once for all turns


def test_what_is_changed_before_anything_was_read_is_read() -> None:
    store = MemoryOptOuts()
    opt_outs = OptOuts(lambda: store, lambda: 0.0)
    opt_outs.add(of_recipient(MESSAGE, 1))
    assert screened(opt_outs, 1, 2) == [2]
    opt_outs.add(of_message(MESSAGE))
    assert screened(opt_outs, 1, 2) == []


def test_what_cannot_be_kept_does_not_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    store = MemoryOptOuts()
    opt_outs = OptOuts(lambda: store, lambda: 0.0)
    assert screened(opt_outs, 1) == [1]

    def down(*_: object) -> Any:
        raise OSError

    monkeypatch.setattr(store, "add", down)
    with pytest.raises(OSError):  # noqa: PT011 - nothing more is said
        opt_outs.add(of_recipient(MESSAGE, 1))
    assert screened(opt_outs, 1) == [1]

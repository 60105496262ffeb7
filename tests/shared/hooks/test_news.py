"""News: what there is to tell is found once, whenever a look is cut off."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from shared.hooks.news import News
from shared.hooks.notifications import Notification
from tests.shared.tracking.test_feed import BEGIN, DAY, World
from tests.support.memory_notifications import MemoryNotifications


@dataclass
class Desk(World):
    """Somebody who looks for news of these mails."""

    kept: MemoryNotifications = field(default_factory=MemoryNotifications)

    @property
    def news(self) -> News:
        tell_of: Any = lambda message: {"of": message.id}  # noqa: E731
        return News(self.kept, self.store.calendar, self.store.find, tell_of, lambda: self.at)

    def told(self) -> list[tuple[str, Any]]:
        return [(one.kind, json.loads(one.body)["data"]) for one in self.kept.all.values()]


@dataclass
class Seen:
    at: datetime
    count: int | None
    complete: bool = True


def test_a_report_is_told_of_after_a_day_and_after_a_week_and_not_before() -> None:
    desk = Desk()
    desk.news.look_at_reports()
    desk.at += timedelta(hours=1)
    desk.send("mail00001")
    desk.at += DAY
    desk.news.look_at_reports()
    assert desk.told() == []
    desk.at += timedelta(minutes=3)
    for _ in range(3):
        desk.news.look_at_reports()
    assert desk.told() == [("report.ready", {"of": "mail00001", "after": 86_400})]
    desk.at += 7 * DAY
    desk.news.look_at_reports()
    assert [data["after"] for _, data in desk.told()] == [86_400, 604_800]


def test_of_mails_from_before_somebody_asked_for_it_nothing_is_told() -> None:
    desk = Desk()
    desk.send("mail00001")
    desk.at += 2 * DAY
    desk.news.look_at_reports()
    desk.send("mail00002")
    desk.at += 2 * DAY
    desk.news.look_at_reports()
    assert [data["of"] for _, data in desk.told()] == ["mail00002"]


def test_mails_that_were_deleted_or_not_sent_are_not_told_of() -> None:
    desk = Desk()
    desk.news.look_at_reports()
    for name in ("mail00001", "mail00002", "mail00003"):
        desk.at += timedelta(minutes=1)
        desk.send(name)
    desk.unsend("mail00001")
    desk.delete("mail00002")
    desk.at += 2 * DAY
    desk.news.look_at_reports()
    assert [data["of"] for _, data in desk.told()] == ["mail00003"]


def test_a_look_that_is_cut_off_anywhere_tells_of_each_mail_once(monkeypatch: pytest.MonkeyPatch) -> None:
    desk, left = Desk(), [0]
    desk.news.look_at_reports()
    for number in range(250):
        desk.at += timedelta(seconds=1)
        desk.send(f"mail{number:05}")
    desk.at += 2 * DAY
    add, remember = desk.kept.add, desk.kept.remember

    class Died(BaseException):
        pass

    def tick() -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Died

    def mortal_add(notification: Notification) -> None:
        tick()
        add(notification)
        tick()

    def mortal_remember(name: str, value: str) -> None:
        tick()
        remember(name, value)
        tick()

    monkeypatch.setattr(desk.kept, "add", mortal_add)
    monkeypatch.setattr(desk.kept, "remember", mortal_remember)
    for moment in range(1, 400, 7):
        left[0] = moment
        try:
            desk.news.look_at_reports()
        except Died:
            continue
    left[0] = -1
    desk.news.look_at_reports()
    assert sorted(data["of"] for _, data in desk.told()) == [f"mail{number:05}" for number in range(250)]


def test_the_connection_is_told_of_when_it_is_lost_and_when_it_is_back() -> None:
    desk = Desk()
    for standing in ("connected", "connected", None, "disabled", "disabled", "no_account", None, "connected"):
        desk.at += timedelta(minutes=1)
        desk.news.look_at_connection(standing)
    assert desk.told() == [
        ("connection.lost", {"standing": "disabled"}),
        ("connection.back", {"standing": "connected"}),
    ]


def test_the_canary_is_told_of_when_it_changes() -> None:
    desk = Desk()
    for day, seen in enumerate((None, 5, 5, None, 7, 7)):
        desk.news.look_at_canary(Seen(BEGIN + day * DAY, seen))
    desk.news.look_at_canary(None)
    assert desk.told() == [
        ("canary.changed", {"before": {"count": 5, "complete": True}, "now": {"count": 7, "complete": True}})
    ]

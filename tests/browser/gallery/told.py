"""The page of what the webhook's address is told: off, nothing yet, delivered, failing, given up, stalled."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec

from shared.api.notifications import NotificationAnswer
from shared.api.statement import SettingAnswer
from shared.hooks.notifications import NotificationFate
from shared.paging import RowPage
from tests.browser.gallery import statements
from tests.browser.gallery.reports import NOW, name_of
from tests.browser.gallery.scenes import BUSY, Answers, PageScene, Silence
from tests.support.api import MIA

_ADDRESS = "https://hooks.a-long-name-of-a-security-operations-centre.company.com/rollcall/k3ab-c2xq"
_WAITING, _TAKEN, _GIVEN_UP = NotificationFate


def _told(kind: str, ago: float, fate: NotificationFate, attempts: int, outcome: str) -> NotificationAnswer:
    began = NOW - timedelta(hours=ago)
    at = NOW + timedelta(hours=2) if fate is _WAITING else began + timedelta(hours=attempts)
    name = f"{kind.replace('.', '-')}-{name_of(round(ago))}-1764230400000"
    return NotificationAnswer(name, kind, fate, began, at, attempts, outcome)


_ROWS = [
    _told("canary.changed", 1, _WAITING, 0, ""),
    _told("report.ready", 4, _WAITING, 4, "answered_503"),
    _told("report.ready", 5, _WAITING, 3, "timed_out"),
    _told("connection.back", 30, _TAKEN, 1, "taken"),
    _told("connection.lost", 31, _TAKEN, 2, "taken"),
    _told("report.ready", 140, _GIVEN_UP, 10, "tls_failed"),
    _told("report.ready", 150, _GIVEN_UP, 10, "private_address"),
]
_STALLED = msgspec.structs.replace(_ROWS[0], at=NOW - timedelta(days=400))


def _with(address: str, listed: Any) -> Answers:
    setting = SettingAnswer("ROLLCALL_WEBHOOK_URL", address, not address)
    statement = msgspec.structs.replace(statements.WITHIN, settings=[setting])
    return {"GET /api/statement": statement, "GET /api/notifications": listed}


def _shows(name: str, shows: str, address: str, listed: Any) -> PageScene:
    return PageScene(name, shows, "notifications", answers=_with(address, listed))


_NOTHING: RowPage[NotificationAnswer] = RowPage([], None, None)
SCENES = [
    _shows("notifications", "7 notifications shown", _ADDRESS, RowPage(_ROWS, "more", None)),
    _shows("notifications-off", "Nobody is told", "", _NOTHING),
    _shows("notifications-empty", "No notifications", _ADDRESS, _NOTHING),
    _shows("notifications-stalled", "was not tried", _ADDRESS, RowPage([_STALLED], None, None)),
    _shows("notifications-loading", "Loading", _ADDRESS, Silence()),
    _shows("notifications-error", "storage cannot be reached", _ADDRESS, BUSY),
    PageScene("notifications-refused", "for Rollcall admins", "notifications", person=MIA),
]

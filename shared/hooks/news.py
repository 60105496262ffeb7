"""News: what there is to tell, found by looking, so that whoever brings it about need not know.

What was told last is remembered behind what was found. A look that is cut off finds the same again, under the
same ids.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

from shared.hooks.notifications import Notification, NotificationStore
from shared.tracking.mail.calendar import Calendar, Step, place_in, to_milliseconds
from shared.tracking.mail.delivery import sent_due
from shared.tracking.mail.messages import Message, Stage

REPORT, LOST, BACK, CANARY = "report.ready", "connection.lost", "connection.back", "canary.changed"
TIMES = (timedelta(days=1), timedelta(days=7))
"""After a mail's delivery, when its report is told of."""
SETTLED = timedelta(minutes=2)
"""Longer than a row of the calendar takes from the clock's reading to being stored."""
_AT_ONCE = 100
_PAGES = 20


class Count(Protocol):
    """What the canary list amounted to."""

    @property
    def at(self) -> datetime: ...
    @property
    def count(self) -> int | None: ...
    @property
    def complete(self) -> bool: ...


class News:
    """Looks for what is new. Every method may raise StoreUnavailable."""

    def __init__(
        self,
        store: NotificationStore,
        calendar: Calendar,
        find: Callable[[str, str], Message | None],
        tell_of: Callable[[Message], Mapping[str, Any]],
        now: Callable[[], datetime],
    ) -> None:
        """`tell_of` makes what is told of a message's report."""
        self._store = store
        self._calendar = calendar
        self._find = find
        self._tell_of = tell_of
        self._now = now

    def look_at_reports(self) -> None:
        """Mails that were delivered a day ago, or a week."""
        for wait in TIMES:
            name, until = f"report-{round(wait.total_seconds())}", self._now() - SETTLED - wait
            place = self._store.remembered(name)
            if place is None:  # what was sent before somebody asked for this is not told of
                self._store.remember(name, place_in(until, ""))
                continue
            for _ in range(_PAGES):
                rows = self._calendar.list_behind(Step.SENT, place, until, _AT_ONCE)
                for due in rows:
                    message = self._find(due.owner, due.message)
                    if message and message.stage is Stage.SENT and due in sent_due(message):
                        since = to_milliseconds(due.since)
                        told = {**self._tell_of(message)} | {"after": round(wait.total_seconds())}
                        self._add(f"{name}-{due.message}-{since}", REPORT, due.since + wait, told)
                if rows:
                    place = place_in(rows[-1].since, rows[-1].message)
                    self._store.remember(name, place)
                if len(rows) < _AT_ONCE:
                    break

    def look_at_connection(self, standing: str | None) -> None:
        """How the service account stands: `connected`, why not, or None where that is not known now."""
        if standing is None:
            return
        before = json.loads(self._store.remembered("connection") or "null")
        if before and before["standing"] == standing:
            return
        at = self._now()
        if before and "connected" in (before["standing"], standing):
            kind = BACK if standing == "connected" else LOST
            self._add(f"connection-{before['since']}-{kind}", kind, at, {"standing": standing})
        since = {"standing": standing, "since": to_milliseconds(at)}
        self._store.remember("connection", json.dumps(since))

    def look_at_canary(self, seen: Count | None) -> None:
        """What the canary list amounts to; None where nobody looked."""
        if seen is None or seen.count is None:
            return
        before = json.loads(self._store.remembered("canary") or "null")
        found = {"count": seen.count, "complete": seen.complete}
        if before == found:
            return
        if before:
            told = {"before": before, "now": found}
            self._add(f"canary-{to_milliseconds(seen.at)}", CANARY, seen.at, told)
        self._store.remember("canary", json.dumps(found))

    def _add(self, identifier: str, kind: str, at: datetime, data: Mapping[str, Any]) -> None:
        told = {"type": kind, "timestamp": at.isoformat(), "data": data}
        body = json.dumps(told, sort_keys=True)
        self._store.add(Notification(identifier, kind, body, self._now(), self._now()))

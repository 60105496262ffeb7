"""Notifications in memory: the port, without any wire."""

from __future__ import annotations

import threading
from datetime import datetime

from shared.hooks.notifications import Notification, NotificationFate
from shared.paging import RowPage


class MemoryNotifications:
    """A NotificationStore."""

    def __init__(self) -> None:
        self.all: dict[str, Notification] = {}
        self.words: dict[str, str] = {}
        self._lock = threading.Lock()

    def add(self, notification: Notification) -> None:
        with self._lock:
            self.all.setdefault(notification.id, notification)

    def list_due(self, before: datetime, limit: int) -> list[Notification]:
        due = [one for one in self.all.values() if one.fate is NotificationFate.WAITING and one.at <= before]
        return sorted(due, key=lambda one: (one.at, one.id))[:limit]

    def move(self, before: Notification, after: Notification) -> None:
        with self._lock:
            if self.all.get(before.id) == before:
                self.all[after.id] = after

    def read(self, limit: int, after: str = "") -> RowPage[Notification]:
        return RowPage([*self.all.values()][:limit], None, len(self.all))

    def end(self, before: datetime) -> None:
        gone = [
            one.id
            for one in self.all.values()
            if one.fate is not NotificationFate.WAITING and one.at < before
        ]
        for identifier in gone:
            del self.all[identifier]

    def remember(self, name: str, value: str) -> None:
        self.words[name] = value

    def remembered(self, name: str) -> str | None:
        return self.words.get(name)

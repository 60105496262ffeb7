"""Consent, kept in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from shared.errors import StoreUnavailable
from shared.tracking.privacy.consents import Answer


class MemoryConsents:
    """Grants and answers in memory, that may be down from one call to the next."""

    def __init__(self) -> None:
        self.grants: dict[str, datetime] = {}
        self.answers: dict[str, list[tuple[Answer, list[str]]]] = {}
        self.down = False

    def _answer(self) -> None:
        if self.down:
            raise StoreUnavailable

    def find(self, person: str) -> datetime | None:
        self._answer()
        return self.grants.get(person)

    def read(self) -> frozenset[str]:
        self._answer()
        return frozenset(self.grants)

    def grant(self, person: str, whose: str, since: datetime) -> None:
        self._answer()
        self.grants[person] = since

    def withdraw(self, person: str) -> None:
        self._answer()
        self.grants.pop(person, None)

    def add_answer(self, whose: str, answer: Answer, people: Sequence[str]) -> None:
        self._answer()
        self.answers.setdefault(whose, []).append((answer, list(people)))

    def list_answers(self, whose: str) -> list[tuple[Answer, list[str]]]:
        self._answer()
        return list(self.answers.get(whose, []))

    def forget_answers(self, whose: str) -> None:
        self._answer()
        self.answers.pop(whose, None)

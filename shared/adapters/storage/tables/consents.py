"""Consent in Table Storage: a partition for each address, with its grant, and one for each person, with what
they answered. So a look for one grant is a look for one row."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec

from shared.adapters.storage.rest import Service
from shared.adapters.storage.tables.rows import delete, put, query_pages
from shared.tracking.privacy.consents import Answer

CONSENTS = "Consents"
GRANT = "grant"
_COLUMNS = "PartitionKey,RowKey,at,answer,version,language,text,people"


class _Row(msgspec.Struct):
    PartitionKey: str
    RowKey: str
    at: datetime
    # A column that was asked for and is not there is left out, or null.
    answer: str | None = None
    version: str | None = None
    language: str | None = None
    text: str | None = None
    people: str | None = None


class _Page(msgspec.Struct):
    value: list[_Row]


class ConsentTable:
    """The ConsentStore of `shared.tracking.privacy.consents`, in Table Storage."""

    def __init__(self, service: Service) -> None:
        self.service = service

    def find(self, person: str) -> datetime | None:
        where = f"PartitionKey eq '{person}' and RowKey eq '{GRANT}'"
        return next((row.at for row in self._rows(where)), None)

    def read(self) -> frozenset[str]:
        where = f"PartitionKey ge 'digest-' and PartitionKey lt 'digest.' and RowKey eq '{GRANT}'"
        return frozenset(row.PartitionKey for row in self._rows(where))

    def grant(self, person: str, whose: str, since: datetime) -> None:
        row = {"PartitionKey": person, "RowKey": GRANT, "at": since.isoformat(), "people": whose}
        put(self.service, CONSENTS, row)

    def withdraw(self, person: str) -> None:
        delete(self.service, CONSENTS, person, GRANT)

    def add_answer(self, whose: str, answer: Answer, people: Sequence[str]) -> None:
        key = f"answer-{round(answer.at.timestamp() * 1000):014}-{secrets.token_hex(4)}"
        row = {
            "PartitionKey": whose,
            "RowKey": key,
            "at": answer.at.isoformat(),
            "answer": "yes" if answer.yes else "no",
            "version": answer.version,
            "language": answer.language,
            "text": answer.text,
            "people": " ".join(people),
        }
        put(self.service, CONSENTS, row)

    def list_answers(self, whose: str) -> list[tuple[Answer, list[str]]]:
        return [
            (
                Answer(row.answer == "yes", row.at, row.version or "", row.language or "", row.text or ""),
                (row.people or "").split(),
            )
            for row in self._rows(f"PartitionKey eq '{whose}'")
        ]

    def forget_answers(self, whose: str) -> None:
        for row in list(self._rows(f"PartitionKey eq '{whose}'")):
            delete(self.service, CONSENTS, whose, row.RowKey)

    def end(self, until: datetime) -> int:
        """Forget answers from before that moment, but for each person's last one; how many."""
        last: dict[str, str] = {}
        old: list[tuple[str, str]] = []
        for row in self._rows("PartitionKey ge 'self-' and PartitionKey lt 'self.'"):
            last[row.PartitionKey] = row.RowKey  # in the order of keys, and so of time
            if row.at < until:
                old.append((row.PartitionKey, row.RowKey))
        over = [(whose, key) for whose, key in old if last[whose] != key]
        for whose, key in over:
            delete(self.service, CONSENTS, whose, key)
        return len(over)

    def _rows(self, where: str) -> Iterator[_Row]:
        for page in query_pages(self.service, CONSENTS, where, _COLUMNS):
            yield from msgspec.json.decode(page, type=_Page).value

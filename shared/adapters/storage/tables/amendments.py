"""Amendments in Table Storage: a row each, and one that changes with every one kept or forgotten."""

from __future__ import annotations

from datetime import datetime

import msgspec

from shared.adapters.storage.rest import Service
from shared.adapters.storage.tables.changes import say_changed, twice, version_of
from shared.adapters.storage.tables.rows import delete, put, query_pages
from shared.tracking.mail.amendments import Amendment

AMENDMENTS = "Amendments"
_PARTITION = "amendment"
_ADMIN, _SENDER, _ALL = "admin", "sender", "all"


class _Row(msgspec.Struct):
    RowKey: str
    at: datetime
    # Left out, or null, where there is none.
    target: str | None = None


class _Page(msgspec.Struct):
    value: list[_Row]


class AmendmentTable:
    """The AmendmentStore of `shared.tracking.mail.amendments`, in Table Storage."""

    def __init__(self, service: Service) -> None:
        self.service = service

    def put(self, amendment: Amendment) -> None:
        row = {"PartitionKey": _PARTITION, "RowKey": _key(amendment), "at": amendment.at.isoformat()}
        if amendment.target is not None:
            row["target"] = amendment.target
        twice(lambda: put(self.service, AMENDMENTS, row))
        say_changed(self.service, AMENDMENTS)

    def remove(self, amendment: Amendment) -> None:
        twice(lambda: delete(self.service, AMENDMENTS, _PARTITION, _key(amendment)))
        say_changed(self.service, AMENDMENTS)

    def version(self) -> str:
        return version_of(self.service, AMENDMENTS)

    def read(self) -> list[Amendment]:
        pages = query_pages(self.service, AMENDMENTS, f"PartitionKey eq '{_PARTITION}'", "RowKey,at,target")
        return [_amendment(row) for page in pages for row in msgspec.json.decode(page, type=_Page).value]


def _key(amendment: Amendment) -> str:
    link = _ALL if amendment.link is None else f"{amendment.link:04}"
    return f"{amendment.message}-{_ADMIN if amendment.by_admin else _SENDER}-{link}"


def _amendment(row: _Row) -> Amendment:
    message, authority, link = row.RowKey.split("-")
    return Amendment(message, None if link == _ALL else int(link), row.target, authority == _ADMIN, row.at)

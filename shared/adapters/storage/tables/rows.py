"""Rows over plain HTTP, for what the pixel's path needs of tables: insert, put, delete, query.

Source: "Insert Entity", "Insert Or Replace Entity", "Delete Entity" and "Query Entities",
learn.microsoft.com/rest/api/storageservices.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import msgspec

from shared.adapters.storage.rest import Service, error_code, refused
from shared.adapters.storage.wire import StorageResponse

_HEADERS = {
    "Accept": "application/json;odata=nometadata",
    "Content-Type": "application/json",
    "DataServiceVersion": "3.0",
    "Prefer": "return-no-content",
}
_FIRST_ROWS, _MOST_ROWS = 100, 1000  # of a page; more than a thousand no page holds
_GONE = ("ResourceNotFound", "EntityNotFound", "TableNotFound")
"""Words for a row that is not there; another 404 speaks of the account."""
_NEXT = ("NextPartitionKey", "NextRowKey")


def insert(service: Service, table: str, row: dict[str, str]) -> None:
    """Insert a row, unless one of its keys is there. Raises StoreUnavailable."""
    body = msgspec.json.encode(row)
    answer = _send(service, "POST", table, f"/{table}", body)
    if answer.status not in (201, 204) and error_code(answer) != "EntityAlreadyExists":
        raise refused(answer)


def put(service: Service, table: str, row: dict[str, str]) -> None:
    """Insert a row, or replace the one of its keys. Raises StoreUnavailable."""
    path = _path(table, row["PartitionKey"], row["RowKey"])
    answer = _send(service, "PUT", table, path, msgspec.json.encode(row))
    if answer.status != 204:
        raise refused(answer)


def delete(service: Service, table: str, partition: str, key: str) -> None:
    """Delete the row of these keys, if it is there. Raises StoreUnavailable."""
    headers = _HEADERS | {"If-Match": "*"}
    answer = service.send("DELETE", _path(table, partition, key), headers=headers)
    if answer.status != 204 and error_code(answer) not in _GONE:
        raise refused(answer)


def query_pages(
    service: Service, table: str, where: str, columns: str, page_bytes: int | None = None
) -> Iterator[bytes]:
    """The rows for which the OData filter `where` holds, in the order of their keys, a page of JSON
    (`{"value": [..]}`) at a time, of about `page_bytes` after the first. None where the table is missing.
    Raises StoreUnavailable."""
    asked, more, rows = f"$filter={quote(where)}&$select={columns}", "", _FIRST_ROWS
    while True:
        top = f"&$top={rows}" if page_bytes else ""
        answer = service.send("GET", f"/{table}()", asked + top + more, headers=_HEADERS)
        if error_code(answer) == "TableNotFound":
            return
        if answer.status != 200:
            raise refused(answer)
        yield answer.body
        if page_bytes:
            rows = min(_MOST_ROWS, max(1, rows * page_bytes // len(answer.body)))
        more = _continuation(answer)
        if not more:
            return


def _path(table: str, partition: str, key: str) -> str:
    keys = f"PartitionKey='{partition}',RowKey='{key}'"
    return f"/{table}({quote(keys, safe=_IN_KEYS)})"


# What Azure takes as it is between the parentheses; signatures are over the path as sent.
_IN_KEYS = "=',-_.~"


def _send(service: Service, method: str, table: str, path: str, body: bytes) -> StorageResponse:
    """The answer; a table that is missing is made first."""
    answer = service.send(method, path, body=body, headers=_HEADERS)
    if error_code(answer) == "TableNotFound":
        name = msgspec.json.encode({"TableName": table})
        service.send("POST", "/Tables", body=name, headers=_HEADERS)
        answer = service.send(method, path, body=body, headers=_HEADERS)
    return answer


def _continuation(answer: StorageResponse) -> str:
    """What asks for the page after this one, empty on the last."""
    found = {name: answer.headers.get(f"x-ms-continuation-{name.lower()}") for name in _NEXT}
    return "".join(f"&{name}={quote(value, safe='')}" for name, value in found.items() if value)

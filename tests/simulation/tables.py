"""Table Storage as an engine: rows, filters, pages, transactions. It knows nothing of faults.

Sources: "Insert Entity", "Update Entity", "Delete Entity", "Query Entities", "Performing entity group
transactions", "Query timeout and pagination", learn.microsoft.com/rest/api/storageservices.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, insort
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote

from tests.simulation.rows import Partition, Row, etag_of, holds, selected, shown_as

MOST_ON_A_PAGE = 1000
_KEYS = re.compile(r"/([A-Za-z][A-Za-z0-9]*)\(PartitionKey='((?:[^']|'')*)',\s*RowKey='((?:[^']|'')*)'\)")
_QUERY = re.compile(r"/([A-Za-z][A-Za-z0-9]*)(\(\))?")
_TERM = re.compile(r"(\w+) (eq|gt|ge|lt|le) (?:datetime)?'((?:[^']|'')*)'")
_PART = re.compile(
    rb"\r\n\r\n(POST|PUT|DELETE|PATCH|MERGE|GET) (\S+) HTTP/1\.1\r\n(.*?)\r\n\r\n(.*?)\r\n--", re.DOTALL
)


class Asked(NamedTuple):
    """A request to the account. `target` is path and query, percent-encoded; header names are lower case."""

    service: str
    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


class Answer(NamedTuple):
    """What the account says."""

    status: int
    headers: dict[str, str]
    body: bytes


class Refused(Exception):
    """The request is answered with an error."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


class Tables:
    """The tables of one account. `pages` says how many of the rows that are found a page may
    hold, where it is the first of a query, or goes on."""

    def __init__(self, pages: Callable[[int, bool], int] = lambda found, goes_on: found) -> None:
        self.tables: dict[str, dict[str, Partition]] = {}
        self.pages = pages
        self._version = 0
        self._undo: list[Callable[[], None]] | None = None

    def answer(self, asked: Asked) -> Answer:
        """The true answer, once it is done."""
        path, _, query = asked.target.partition("?")
        path = unquote(path)
        try:
            if path == "/$batch":
                return self._transaction(asked)
            return self._one(asked.method, path, query, asked.headers, asked.body)
        except Refused as error:
            return refusal(error.status, error.code)

    def rows(self, table: str, partition: str | None = None) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """What is stored, for whoever judges."""
        for name, held in sorted(self.tables.get(table, {}).items()):
            if partition in (None, name):
                for key in held.keys:
                    yield name, key, held.rows[key].values

    def _one(self, method: str, path: str, query: str, headers: Mapping[str, str], body: bytes) -> Answer:
        if path == "/Tables" and method == "POST":
            return self._create(json.loads(body)["TableName"])
        if found := _KEYS.fullmatch(path):
            table, partition, key = found[1], found[2].replace("''", "'"), found[3].replace("''", "'")
            return self._row(method, table, partition, key, headers, body)
        if (found := _QUERY.fullmatch(path)) is None:
            raise Refused(400, "InvalidInput")
        if method == "POST":
            return self._insert(found[1], json.loads(body), headers)
        return self._find(found[1], dict(parse_qsl(query, keep_blank_values=True)))

    def _create(self, name: str) -> Answer:
        if name in self.tables:
            raise Refused(409, "TableAlreadyExists")
        self.tables[name] = {}
        return Answer(201, _JSON, json.dumps({"TableName": name}).encode())

    def _table(self, name: str) -> dict[str, Partition]:
        if name not in self.tables:
            raise Refused(404, "TableNotFound")
        return self.tables[name]

    def _insert(self, table: str, values: dict[str, Any], headers: Mapping[str, str]) -> Answer:
        partition, key = values["PartitionKey"], values["RowKey"]
        held = self._table(table).setdefault(partition, Partition())
        if key in held.rows:
            raise Refused(409, "EntityAlreadyExists")
        row = self._keep(held, key, values)
        if headers.get("prefer") == "return-no-content":
            return Answer(204, {"etag": etag_of(row), "preference-applied": "return-no-content"}, b"")
        return Answer(201, {**_JSON, "etag": etag_of(row)}, row.shown.encode())

    def _keep(self, held: Partition, key: str, values: dict[str, Any]) -> Row:
        self._version += 1
        row = Row(values, self._version, shown_as(values, self._version))
        if key not in held.rows:
            insort(held.keys, key)
            self._remember(lambda: self._drop(held, key))
        else:
            before = held.rows[key]
            self._remember(lambda: held.rows.__setitem__(key, before))
        held.rows[key] = row
        return row

    def _drop(self, held: Partition, key: str) -> None:
        row = held.rows.pop(key)
        del held.keys[bisect_left(held.keys, key)]

        def put_back() -> None:
            held.rows[key] = row
            insort(held.keys, key)

        self._remember(put_back)

    def _remember(self, undo: Callable[[], None]) -> None:
        if self._undo is not None:
            self._undo.append(undo)

    def _row(
        self, method: str, table: str, partition: str, key: str, headers: Mapping[str, str], body: bytes
    ) -> Answer:
        held = self._table(table).get(partition)
        row = held.rows.get(key) if held else None
        if method == "GET":
            if row is None:
                raise Refused(404, "ResourceNotFound")
            return Answer(200, {**_JSON, "etag": etag_of(row)}, row.shown.encode())
        wanted = headers.get("if-match")
        if wanted is not None and row is None:
            raise Refused(404, "ResourceNotFound")
        if wanted not in (None, "*") and row is not None and wanted != etag_of(row):
            raise Refused(412, "UpdateConditionNotSatisfied")
        if method == "DELETE":
            if row is None or held is None:
                raise Refused(404, "ResourceNotFound")
            self._drop(held, key)
            return Answer(204, {}, b"")
        if method not in ("PUT", "PATCH", "MERGE"):
            raise Refused(405, "MethodNotAllowed")
        before = row.values if row is not None and method != "PUT" else {}
        values = before | json.loads(body) | {"PartitionKey": partition, "RowKey": key}
        held = self._table(table).setdefault(partition, Partition())
        return Answer(204, {"etag": etag_of(self._keep(held, key, values))}, b"")

    def _find(self, table: str, query: Mapping[str, str]) -> Answer:
        known = self._table(table)
        terms = _TERM.findall(query.get("$filter", ""))
        if " and ".join(f"{n} {o} {v}" for n, o, v in terms).count(" and ") != query.get("$filter", "").count(
            " and "
        ):
            raise Refused(400, "InvalidInput")
        fixed = next((value for name, sign, value in terms if name == "PartitionKey" and sign == "eq"), None)
        start = query.get("NextPartitionKey", ""), query.get("NextRowKey", "")
        limit = min(int(query.get("$top", MOST_ON_A_PAGE)), MOST_ON_A_PAGE)
        found: list[tuple[str, str, Row]] = []
        for partition in [fixed] if fixed is not None else sorted(known):
            if partition < start[0] or partition not in known:
                continue
            held = known[partition]
            first = bisect_left(held.keys, start[1]) if partition == start[0] else 0
            for key in held.keys[first:]:
                if all(holds(partition, key, held.rows[key], term) for term in terms):
                    found.append((partition, key, held.rows[key]))
                    if len(found) > limit:
                        break
        end = min(limit, self.pages(len(found), bool(start[0])), len(found))
        body = f'{{"value":[{",".join(selected(row, query.get("$select")) for _, _, row in found[:end])}]}}'
        headers = dict(_JSON)
        if end < len(found):
            partition, key, _ = found[end]
            headers |= {
                "x-ms-continuation-NextPartitionKey": partition,
                "x-ms-continuation-NextRowKey": key,
            }
        return Answer(200, headers, body.encode())

    def _transaction(self, asked: Asked) -> Answer:
        operations = [
            (method.decode(), url.decode(), _headers(head), body)
            for method, url, head, body in _PART.findall(asked.body)
        ]
        parts: list[Answer] = []
        done: list[Callable[[], None]] = []
        self._undo = done
        for place, (method, url, headers, body) in enumerate(operations):
            path = "/" + url.split("/", 3)[3].partition("?")[0]
            try:
                parts.append(self._one(method, unquote(path.removeprefix(PREFIX)), "", headers, body))
            except Refused as error:
                self._undo = None
                for undo in reversed(done):
                    undo()
                parts = [refusal(error.status, error.code, place)]
                break
        self._undo = None
        return _multipart(parts)


PREFIX = "/devstoreaccount1"
_JSON = {"content-type": "application/json;odata=minimalmetadata"}


def refusal(status: int, code: str, place: int | None = None) -> Answer:
    """An error as tables tell it, and queues in a header."""
    text = f"{code} it is.\nRequestId:0\nTime:0"
    said = {"code": code, "message": {"lang": "en-US", "value": text if place is None else f"{place}:{text}"}}
    return Answer(status, {**_JSON, "x-ms-error-code": code}, json.dumps({"odata.error": said}).encode())


def _headers(head: bytes) -> dict[str, str]:
    pairs = (line.partition(": ") for line in head.decode().split("\r\n"))
    return {name.lower(): value for name, _, value in pairs}


def _multipart(parts: list[Answer]) -> Answer:
    lines = ["--batchresponse_1", "Content-Type: multipart/mixed; boundary=changesetresponse_1", ""]
    for part in parts:
        lines += [
            "--changesetresponse_1",
            "Content-Type: application/http",
            "Content-Transfer-Encoding: binary",
            "",
        ]
        lines += [
            f"HTTP/1.1 {part.status} Said",
            *(f"{name}: {value}" for name, value in part.headers.items()),
            "",
        ]
        lines += [part.body.decode(), ""]
    lines += ["--changesetresponse_1--", "--batchresponse_1--", ""]
    return Answer(
        202, {"content-type": "multipart/mixed; boundary=batchresponse_1"}, "\r\n".join(lines).encode()
    )

"""The OpenAPI 3.1 document, generated from the words of the API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from shared import api
from shared.audience.cross_check import CrossCheck
from shared.audience.expansions import RecipientPage
from shared.audit import KEY_PATTERN, WORD_PATTERN, RecordPage
from shared.tracking.mails import UrlPage
from shared.tracking.objections import Objection
from shared.tracking.people import PLACE_PATTERN
from shared.tracking.person import Erasure, Person
from shared.tracking.reports import Report

SENDER, ADMIN, ANYONE = "sender", "admin", "anyone"


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one route: who may call it, what it takes, what it answers."""

    method: str
    path: str
    summary: str
    who: str
    answers: Mapping[int, Any]
    body: type | None = None
    query: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)  # default, lowest, highest
    filters: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # JSON Schema of each


Expanded = api.ExpansionAnswer | api.RunningAnswer | api.FailedAnswer

_SEARCH = {
    "kind": {"pattern": WORD_PATTERN},
    "actor": {"pattern": WORD_PATTERN},
    "since": {"format": "date-time"},
    "until": {"format": "date-time"},
}

_AFTER = {"after": {"pattern": PLACE_PATTERN}}

OPERATIONS = [
    Operation(
        "post",
        "/api/expansions",
        "Count whom a mail to these addresses reaches",
        SENDER,
        {200: api.ExpansionAnswer, 202: api.RunningAnswer},
        body=api.NewExpansion,
    ),
    Operation(
        "get", "/api/expansions/{id}", "How far an expansion is, or what it found", SENDER, {200: Expanded}
    ),
    Operation("delete", "/api/expansions/{id}", "Forget an expansion now", SENDER, {204: None}),
    Operation(
        "get",
        "/api/expansions/{id}/recipients",
        "The addresses an expansion found, page by page",
        SENDER,
        {200: RecipientPage},
        query={"start": (0, 0, 999_999_999), "limit": (1000, 1, 10_000)},
    ),
    Operation(
        "post",
        "/api/messages",
        "Register a mail whose opens and clicks shall be counted",
        SENDER,
        {201: api.RegisteredAnswer},
        body=api.NewMessage,
    ),
    Operation(
        "get",
        "/api/messages",
        "The caller's messages, newest first; everybody's for an admin",
        SENDER,
        {200: api.MessagesAnswer},
        query={"start": (0, 0, 999_999_999), "limit": (100, 1, 1000)},
    ),
    Operation(
        "get",
        "/api/messages/{id}/recipients",
        "What must stand in each recipient's mail, page by page",
        SENDER,
        {200: UrlPage},
        query={"start": (0, 0, 999_999_999), "limit": (200, 1, 1000)},
    ),
    Operation(
        "post", "/api/messages/{id}/sent", "From now on events count", SENDER, {200: api.MessageAnswer}
    ),
    Operation("get", "/api/messages/{id}/report", "What became of a message", SENDER, {200: Report}),
    Operation(
        "get",
        "/api/messages/{id}/report.csv",
        "What became of a message, for a spreadsheet",
        SENDER,
        {200: bytes},
    ),
    Operation("delete", "/api/messages/{id}", "Forget a message and its events", SENDER, {204: None}),
    Operation(
        "get",
        "/api/people/{address}",
        "What is kept of a person, page by page",
        ADMIN,
        {200: Person},
        filters=_AFTER,
    ),
    Operation(
        "delete",
        "/api/people/{address}",
        "Erase a person, page by page",
        ADMIN,
        {200: Erasure},
        filters=_AFTER,
    ),
    Operation(
        "post",
        "/api/people/{address}/objection",
        "Object to tracking, on a person's behalf",
        ADMIN,
        {200: Objection},
    ),
    Operation(
        "delete",
        "/api/people/{address}/objection",
        "Withdraw a person's objection, on their behalf",
        ADMIN,
        {200: Objection},
    ),
    *(
        Operation(method, "/p", "The page that says what is measured", ANYONE, {200: str})
        for method in ("get", "head")
    ),
    *(
        Operation(
            method,
            "/p/{token}",
            "The page on which whoever got a mail may object, and what its button does",
            ANYONE,
            {200: str, 400: str, 404: str, 503: str},
        )
        for method in ("get", "head", "post")
    ),
    Operation("get", "/api/connection", "How the service account stands", ADMIN, {200: api.ConnectionAnswer}),
    Operation(
        "delete", "/api/connection", "Disconnect the service account", ADMIN, {200: api.DisconnectedAnswer}
    ),
    Operation("get", "/api/connection/sign-in", "The page on which a sign-in begins", ANYONE, {200: str}),
    Operation(
        "get",
        "/api/connection/start",
        "Where an admin signs the service account in",
        ADMIN,
        {200: api.SignInAnswer},
    ),
    Operation("get", "/api/connection/callback", "The end of a sign-in", ANYONE, {200: str}),
    Operation(
        "post",
        "/api/connection/test",
        "Read one list by every directory, and say who is missing where",
        ADMIN,
        {200: CrossCheck},
        body=api.NewTest,
    ),
    Operation(
        "get",
        "/api/audit",
        "Who did what when, newest first, page by page",
        ADMIN,
        {200: RecordPage},
        query={"limit": (100, 1, 1000)},
        filters=_SEARCH | {"after": {"pattern": KEY_PATTERN}},
    ),
    Operation("get", "/api/audit.csv", "The same as a file", ADMIN, {200: bytes}, filters=_SEARCH),
    *(
        Operation(method, "/o/{token}", "The tracking pixel, whatever the token", ANYONE, {200: "image/gif"})
        for method in ("get", "head")
    ),
    *(
        Operation(
            method, "/c/{token}", "On to where a signed link leads", ANYONE, {302: None, 404: str, 503: str}
        )
        for method in ("get", "head")
    ),
    *(
        operation
        for method in ("get", "head")
        for operation in (
            Operation(
                method,
                "/addin/{path}",
                "The add-in, the pages and the manifests",
                ANYONE,
                {200: "*/*", 302: None, 304: None, 404: "text/plain", 503: str},
            ),
            Operation(
                method,
                "/.well-known/microsoft-officeaddins-allowed.json",
                "Which script Outlook may run when a mail is sent",
                ANYONE,
                {200: dict},
            ),
        )
    ),
    Operation("get", "/api/health", "Whether Rollcall works", ANYONE, {200: api.HealthAnswer}),
    Operation("get", "/api/openapi.json", "This document", ANYONE, {200: dict}),
]


def document() -> dict[str, Any]:
    """The description of every route of the API."""
    kinds = [kind for op in OPERATIONS for kind in (op.body, *op.answers.values()) if _is_described(kind)]
    schemas, components = msgspec.json.schema_components(
        [*kinds, api.ProblemAnswer], ref_template="#/components/schemas/{name}"
    )
    by_kind = {kind: schema for kind, schema in zip(kinds, schemas, strict=False)}
    paths: dict[str, dict[str, Any]] = {}
    for op in OPERATIONS:
        paths.setdefault(op.path, {})[op.method] = _operation(op, by_kind)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Rollcall",
            "version": "1",
            "description": "Whom a mail will reach, and what became of it.",
        },
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"entra": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
        },
    }


def _is_described(kind: Any) -> bool:
    return kind not in (None, str, dict, bytes) and not isinstance(kind, str)


def _operation(op: Operation, schemas: Mapping[Any, Any]) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": f"{op.method}{op.path.title().replace('/', '').translate(_PUNCTUATION)}",
        "summary": op.summary,
        "parameters": [
            _path(name, pattern) for name, pattern in _IN_PATH.items() if f"{{{name}}}" in op.path
        ],
        "responses": {str(status): _answer(kind, schemas) for status, kind in op.answers.items()},
        "security": [] if op.who == ANYONE else [{"entra": []}],
        "x-role": op.who,
    }
    described["parameters"] += [_query(name, *bounds) for name, bounds in op.query.items()]
    described["parameters"] += [
        {"name": name, "in": "query", "schema": {"type": "string", **schema}}
        for name, schema in op.filters.items()
    ]
    described["responses"]["default"] = {
        "description": "What went wrong, and what helps",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemAnswer"}}},
    }
    if op.body:
        content = {"application/json": {"schema": schemas[op.body]}}
        described["requestBody"] = {"required": True, "content": content}
    return described


_PUNCTUATION = str.maketrans("", "", "{}.")
_IN_PATH = {
    "id": api.ID_PATTERN,
    "token": "^[A-Za-z0-9_-]{1,2000}$",
    "address": "^[^\\s@/]{1,64}@[^\\s@/]{1,255}$",
    "path": "^[A-Za-z0-9_-]{1,50}(/[A-Za-z0-9_-]{1,50})?\\.[a-z0-9]{2,5}$",
}


def _path(name: str, pattern: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "pattern": pattern}}


def _query(name: str, default: int, lowest: int, highest: int) -> dict[str, Any]:
    schema = {"type": "integer", "default": default, "minimum": lowest, "maximum": highest}
    return {"name": name, "in": "query", "schema": schema}


def _answer(kind: Any, schemas: Mapping[Any, Any]) -> dict[str, Any]:
    if kind is None:
        return {"description": "Done"}
    if isinstance(kind, str):
        return {"description": "Done", "content": {kind: {}}}
    if kind is str:
        return {"description": "A page for a person", "content": {"text/html": {}}}
    if kind is bytes:
        return {"description": "A file", "content": {"text/csv": {}}}
    schema = schemas.get(kind, {"type": "object"})
    return {"description": "Done", "content": {"application/json": {"schema": schema}}}

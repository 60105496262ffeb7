"""The OpenAPI 3.1 document, generated from the words of the API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from shared.api import expansions as api_expansions
from shared.api import problem as api_problem
from shared.api.operations import ANYONE, OPERATIONS, Operation


def document() -> dict[str, Any]:
    """The description of every route of the API."""
    kinds = [kind for op in OPERATIONS for kind in (op.body, *op.answers.values()) if _is_described(kind)]
    schemas, components = msgspec.json.schema_components(
        [*kinds, api_problem.ProblemAnswer], ref_template="#/components/schemas/{name}"
    )
    by_kind = {kind: schema for kind, schema in zip(kinds, schemas, strict=False)}
    paths: dict[str, dict[str, Any]] = {}
    for op in OPERATIONS:
        paths.setdefault(op.path, {})[op.method] = _operation(op, by_kind)
    described: dict[str, Any] = {
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
    _write_for_everybody(described)
    return described


def _write_for_everybody(schema: Any) -> None:
    """Write each `pattern` as JSON Schema has it: there `$` is the end, which is `\\Z` in Python, whose own
    `$` would let a last line break through."""
    for value in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        _write_for_everybody(value)
    if isinstance(schema, dict) and isinstance(schema.get("pattern"), str):
        schema["pattern"] = schema["pattern"].replace(r"\Z", "$")


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
    "id": api_expansions.ID_PATTERN,
    "token": "^[A-Za-z0-9_-]{1,2000}$",
    "address": "^-$|^[^\\s@/]{1,64}@[^\\s@/]{1,255}$",
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

"""The OpenAPI 3.1 document, generated from what the routes declare and from the words of their answers.

What a handler answers is its return annotation. Its module imports such types for the type checker alone, so
that a cold start does not pay for them; here they are imported for good.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import types
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Union, get_args, get_origin

from shared.api.declaration import ANYONE, HTML, JSON, NDJSON, NOTHING, Declaration, Lines, Parameter, Reply
from shared.api.openapi.examples import examples
from shared.api.openapi.prose import description_of, meaning_of, summary_of
from shared.api.openapi.schemas import describe_types, holds
from shared.api.problem import ProblemAnswer
from shared.record_kinds import LOOKS
from shared.sights import Sight

_PROBLEM = {
    "schema": {"$ref": "#/components/schemas/ProblemAnswer"},
    "example": {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "code": "not_found",
        "detail": "There is nothing here under that name, or it has expired.",
        "remedy": "Count the recipients again.",
    },
}
_MEANINGS = {202: "Under way", 302: "Elsewhere", 304: "Not changed", 400: "Wrong", 404: "Not there"}


def document(declarations: Iterable[Declaration], server: str = "/") -> dict[str, Any]:
    """The description of these routes, which `server` serves. Raises ValueError for one whose answer may show
    single people's acts, and which declares no record of a look."""
    found = list(declarations)
    named = {declaration: answer_type(declaration.handler) for declaration in found}
    for one, (_, kind) in named.items():
        if holds(kind, Sight) and not LOOKS & {*one.recorded.kinds}:
            raise ValueError(f"{one.path} answers with what may show single people, and records no look")
    bodies = [taken.kind() for one in found for taken in one.takes if taken.kind]
    schemas, components = describe_types([*bodies, *(kind for _, kind in named.values()), ProblemAnswer])
    components |= _unions(named.values(), schemas)
    paths: dict[str, dict[str, Any]] = {}
    for declaration in found:
        answered = schemas[named[declaration][1]]
        if named[declaration][0] in components:
            answered = {"$ref": f"#/components/schemas/{named[declaration][0]}"}
        for method in declaration.methods:
            path = paths.setdefault(f"/{declaration.path.replace('{*', '{')}", {})
            shown = examples().get(f"{declaration.methods[0]} /{declaration.path}", {})
            path[method.lower()] = _operation(declaration, method, answered, schemas, shown)
    described: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {
            "title": "Rollcall",
            "version": "1",
            "description": "Whom a mail will reach, and what became of it.",
            "license": {"name": "MIT", "url": "https://opensource.org/license/mit"},
            "contact": {"name": "The administrators of Rollcall in your organisation"},
        },
        "servers": [{"url": server}],
        "tags": [
            {"name": name, "description": text}
            for name, text in sorted({declaration.chapter for declaration in found})
        ],
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


def _operation(
    declaration: Declaration,
    method: str,
    answered: Mapping[str, Any],
    schemas: Mapping[Any, Any],
    shown: Mapping[str, Any],
) -> dict[str, Any]:
    name = declaration.handler.__name__
    described: dict[str, Any] = {
        # One function may serve GET and HEAD, and ids are to be unique.
        "operationId": name if method == declaration.methods[0] else f"{name}_{method.lower()}",
        "tags": [declaration.chapter[0]],
        "summary": summary_of(declaration),
        "description": description_of(declaration),
        "parameters": [_parameter(taken) for taken in declaration.takes if taken.place != "body"],
        "responses": {
            str(status): _response(status, media, answered, shown)
            for status, media in declaration.answers.items()
        },
        "security": [] if declaration.who is ANYONE else [{"entra": []}],
        "x-role": declaration.who.value,
        **({"x-program-role": declaration.program.value} if declaration.program else {}),
        "x-recorded": [kind.value for kind in declaration.recorded.kinds],
    }
    trouble = {HTML: {}} if declaration.is_page else {"application/problem+json": _PROBLEM}
    described["responses"]["default"] = {"description": "What went wrong, and what helps", "content": trouble}
    for taken in declaration.takes:
        if taken.kind:
            content = {JSON: {"schema": schemas[taken.kind()], **_example(shown, "request")}}
            described["requestBody"] = {"required": True, "content": content}
    return described


def _example(shown: Mapping[str, Any], which: str) -> dict[str, Any]:
    return {"example": shown[which]} if which in shown else {}


def _parameter(taken: Parameter[Any]) -> dict[str, Any]:
    described = {"name": taken.name, "in": taken.place, "schema": {**taken.schema}}
    if meaning := meaning_of(taken.name):
        described["description"] = meaning
    return described | ({"required": True} if taken.place == "path" else {})


def _response(
    status: int, media: str, answered: Mapping[str, Any], shown: Mapping[str, Any]
) -> dict[str, Any]:
    said: dict[str, Any] = {"description": _MEANINGS.get(status, "Done" if status < 400 else "Not now")}
    if media != NOTHING:
        example = _example(shown, "answer") if shown.get("status") == status else {}
        said["content"] = {media: {"schema": answered, **example} if media in (JSON, NDJSON) else {}}
    return said


def _unions(named: Iterable[tuple[str, Any]], schemas: Mapping[Any, Any]) -> dict[str, Any]:
    """What may be one of several kinds, each under the name that the code has for it: a program that is made
    from the description then has one type for it."""
    found = {name: schemas[kind] for name, kind in named if get_origin(kind) in (Union, types.UnionType)}
    return {
        name: {"title": name, "oneOf": schema["anyOf"], "discriminator": schema["discriminator"]}
        for name, schema in found.items()
    }


def answer_type(handler: Callable[..., Any]) -> tuple[str, Any]:
    """The name and the type of what `handler` answers."""
    written = handler.__annotations__["return"]
    module = sys.modules[handler.__module__]
    scope = {**vars(module), **_type_imports(inspect.getsource(module))}
    kind = eval(written, scope)  # an annotation of ours, as the type checker reads it
    if get_origin(kind) in (Reply, Lines):
        [kind] = get_args(kind)
    name = re.fullmatch(r"(?:(?:Reply|Lines)\[)?(.*?)\]?", written)
    return (name[1] if name else written), kind


def _type_imports(source: str) -> dict[str, Any]:
    """What a module imports under TYPE_CHECKING."""
    found: dict[str, Any] = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            exec(compile(ast.Module(node.body, []), "<imports>", "exec"), found)
    return found

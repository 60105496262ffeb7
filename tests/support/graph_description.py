"""Microsoft's description of Graph (OpenAPI), and whether an answer is as it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
import yaml

DATA = Path(__file__).parents[3] / "shared" / "data" / "graph"
_TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
}
# The recorded groups have it.
_UNDESCRIBED = frozenset({"creationOptions"})
_FORMATS: dict[str, Any] = {"date-time": datetime.fromisoformat, "uuid": UUID}


@cache
def load() -> Description:
    """The description beside the checkout; without it the test is skipped."""
    path = DATA / "openapi-subset.yaml"
    if not path.exists():
        pytest.skip(f"Microsoft's description of Graph is not beside the checkout ({path.parent}).")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return Description(yaml.load(path.read_text(encoding="utf-8"), loader))


class Description:
    """A reader of the OpenAPI `document`, as far as Microsoft uses the language."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        # The objects are of 2023; properties that came later stand among those that can be selected.
        described = [op["get"]["parameters"] for op in document["paths"].values() if "get" in op]
        selects = [one["schema"] for listed in described for one in listed if one.get("name") == "$select"]
        self.words = _UNDESCRIBED.union(*(select["items"]["enum"] for select in selects))

    def operation(self, method: str, path: str) -> Any:
        """What is said of `method` on `path`. Raises KeyError where nothing is."""
        for template, operations in self.document["paths"].items():
            parts = re.split(r"({[^}]+})", template)
            pattern = "".join(r"[^/]+" if part.startswith("{") else re.escape(part) for part in parts)
            if re.fullmatch(pattern, path) and method.lower() in operations:
                return operations[method.lower()]
        raise KeyError(f"Microsoft describes no {method} {path}")

    def parameters(self, path: str) -> dict[str, Any]:
        """The query parameters of GET `path`, by name."""
        listed = map(self.resolve, self.operation("GET", path)["parameters"])
        return {one["name"]: one["schema"] for one in listed if one["in"] == "query"}

    def judge(self, method: str, path: str, status: int, content_type: str, body: Any) -> list[str]:
        """What is wrong with an answer; nothing where it is as described."""
        answers = self.operation(method, path)["responses"]
        wanted = next((key for key in (str(status), f"{status // 100}XX") if key in answers), "default")
        content = self.resolve(answers[wanted])["content"]
        kind = content_type.partition(";")[0]
        if kind not in content:
            return [f"{kind} is not among {', '.join(content)}"]
        return list(self.complaints(content[kind]["schema"], body))

    def resolve(self, schema: Any) -> Any:
        """The schema itself, where it is only pointed at."""
        while "$ref" in schema:
            found: Any = self.document
            for name in schema["$ref"].removeprefix("#/").split("/"):
                found = found[name]
            schema = found
        return schema

    def complaints(self, schema: Any, value: Any, where: str = "$") -> Iterator[str]:
        """What in `value` is not as `schema` says; a property that it does not name, too."""
        schema = self.resolve(schema)
        if isinstance(value, dict) and (known := self._properties(schema)):
            known |= self.words
            # OData's own properties are described in a few places only.
            unknown = (name for name in value if name not in known and not name.startswith("@odata."))
            yield from (f"{where}.{name} is unknown" for name in unknown)
        yield from self._check(schema, value, where)

    def _check(self, schema: Any, value: Any, where: str) -> Iterator[str]:
        schema = self.resolve(schema)
        for part in schema.get("allOf", ()):
            yield from self._check(part, value, where)
        if "anyOf" in schema:
            tries = [list(self.complaints(one, value, where)) for one in schema["anyOf"]]
            yield from min(tries, key=len)
        if value is None and "type" in schema:
            if not schema.get("nullable"):
                yield f"{where} is null"
            return
        if "type" in schema and not _is_of_type(schema["type"], value):
            yield f"{where} is no {schema['type']}"
            return
        if "enum" in schema and value not in schema["enum"]:
            yield f"{where} is none of {schema['enum']}"
        if isinstance(value, str):
            yield from _check_text(schema, value, where)
        elif isinstance(value, list):
            for number, item in enumerate(value):
                yield from self.complaints(schema.get("items", {}), item, f"{where}[{number}]")
        elif isinstance(value, dict):
            yield from (
                f"{where}.{name} is missing" for name in schema.get("required", ()) if name not in value
            )
            if len(value) > schema.get("maxProperties", len(value)):
                yield f"{where} holds too much"
            described = schema.get("properties", {})
            for name in described.keys() & value.keys():
                yield from self.complaints(described[name], value[name], f"{where}.{name}")

    def _properties(self, schema: Any) -> set[str]:
        """The names of an object's properties; none where the description leaves them open."""
        schema = self.resolve(schema)
        names = set(schema.get("properties", ()))
        return names.union(*(self._properties(part) for part in schema.get("allOf", ())))


def _is_of_type(kind: str, value: Any) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, _TYPES[kind])


def _check_text(schema: Any, value: str, where: str) -> Iterator[str]:
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{where} does not match {schema['pattern']}"
    form = schema.get("format")
    if form == "uri" and not urlsplit(value).scheme:
        yield f"{where} is no uri"
    if form in _FORMATS:
        try:
            _FORMATS[form](value)
        except ValueError:
            yield f"{where} is no {form}"

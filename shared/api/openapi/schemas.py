"""JSON Schemas of the words of the API, as programs that are made from a description want them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, get_args, get_origin

import msgspec
from msgspec import inspect

_Schema = dict[str, Any]


def describe_types(kinds: Sequence[Any]) -> tuple[dict[Any, _Schema], dict[str, _Schema]]:
    """The schema of each type that JSON can hold, and the components that these refer to."""
    wanted = [kind for kind in dict.fromkeys(kinds) if _is_described(kind)]
    schemas, components = msgspec.json.schema_components(wanted, ref_template="#/components/schemas/{name}")
    for kind in inspect.multi_type_info(wanted):
        _mark_instants(kind, components, set())
    by_kind = dict(zip(wanted, map(_plain, schemas), strict=True))
    missing: dict[Any, _Schema] = {kind: {"type": "object"} for kind in kinds if kind not in by_kind}
    return by_kind | missing, {_spoken(name): _plain(schema) for name, schema in components.items()}


def _is_described(kind: Any) -> bool:
    try:
        inspect.type_info(kind)
    except TypeError:  # a page or a file
        return False
    return not isinstance(inspect.type_info(kind), inspect.DictType | inspect.CustomType | inspect.NoneType)


_GENERIC = re.compile(r"(\w+?)[\[_](\w+?)[\]_]")


def _spoken(name: str) -> str:
    """The name of a page of something as one word: msgspec writes it with brackets in titles, and with
    underscores in references."""
    head, slash, last = name.rpartition("/")
    found = _GENERIC.fullmatch(last)
    return f"{head}{slash}{found[1]}Of{found[2][:1].upper()}{found[2][1:]}" if found else name


def _component(kind: Any) -> str:
    """The name that msgspec has for a class."""
    parts = [part.__name__ for part in get_args(kind)]
    return f"{kind.__name__}_{'_'.join(parts)}_" if parts else str(kind.__name__)


def _mark_instants(kind: inspect.Type, components: dict[str, _Schema], seen: set[type]) -> None:
    """Say which texts are instants: msgspec does so only where a time zone is asked for."""
    if isinstance(kind, inspect.StructType | inspect.DataclassType) and kind.cls not in seen:
        seen.add(kind.cls)
        properties = components[_component(kind.cls)]["properties"]
        for field in kind.fields:
            if _is_instant(field.type):
                _texts(properties[field.encode_name])["format"] = "date-time"
            _mark_instants(field.type, components, seen)
    for inner in _inner(kind):
        _mark_instants(inner, components, seen)


def _inner(kind: inspect.Type) -> Sequence[inspect.Type]:
    if isinstance(kind, inspect.UnionType):
        return kind.types
    if isinstance(kind, inspect.ListType | inspect.VarTupleType):
        return [kind.item_type]
    if isinstance(kind, inspect.DictType):
        return [kind.value_type]
    return []


def holds(kind: Any, wanted: type) -> bool:
    """Whether a value of that type may hold something of the class `wanted`, however deep."""
    return _is_described(kind) and _holds(inspect.type_info(kind), wanted, set())


def _holds(kind: inspect.Type, wanted: type, passed: set[type]) -> bool:
    inner = [*_inner(kind)]
    if isinstance(kind, inspect.StructType | inspect.DataclassType):
        bare = get_origin(kind.cls) or kind.cls
        if issubclass(bare, wanted):
            return True
        if kind.cls not in passed:
            passed.add(kind.cls)
            inner += [field.type for field in kind.fields]
    return any(_holds(one, wanted, passed) for one in inner)


def _is_instant(kind: inspect.Type) -> bool:
    kinds = kind.types if isinstance(kind, inspect.UnionType) else [kind]
    return any(isinstance(one, inspect.DateTimeType) for one in kinds)


def _texts(schema: _Schema) -> _Schema:
    return next((one for one in schema.get("anyOf", []) if one.get("type") == "string"), schema)


def _plain(schema: Any) -> Any:
    """The schema with `type: [T, "null"]` for what may be null: generators make a class of `anyOf`."""
    if isinstance(schema, list):
        return [_plain(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    said = dict(schema)
    match said.get("prefixItems"):
        # A tuple's length is said by `maxItems` too, and generators stumble over `items: false`.
        case [first, *rest] if said.get("items") is False and all(one == first for one in rest):
            said["items"] = first
    plain = {name: _plain(value) for name, value in said.items()}
    match plain.get("anyOf"):
        case [{"type": str(kind), **more}, {"type": "null"}]:
            plain = {name: value for name, value in plain.items() if name != "anyOf"}
            return {"type": [kind, "null"], **more, **plain}
    for name in ("$ref", "title"):
        if isinstance(plain.get(name), str):
            plain[name] = _spoken(plain[name])
    if isinstance(plain.get("description"), str):
        plain["description"] = " ".join(plain["description"].split())
    return plain

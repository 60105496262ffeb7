"""Bicep files as Python values, as far as that goes without Azure.

`read` gives a file's declarations in order. What is known before anything is deployed becomes a plain
str, int, bool, None, list or dict; every other expression stays `Code`, with the names it mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tree_sitter_bicep
from tree_sitter import Language, Node, Parser

_LANGUAGE = Language(tree_sitter_bicep.language())
# What the grammar does not know yet: this statement, and parameters without a type in files of values.
_EXTENSION = re.compile(r"^extension \w+$", re.MULTILINE)
_UNTYPED = re.compile(r"^(param \w+) =", re.MULTILINE)
_ESCAPES = {r"\'": "'", r"\\": "\\", r"\$": "$", r"\n": "\n", r"\r": "\r", r"\t": "\t"}


class BicepSyntaxError(Exception):
    """A file is not Bicep; says where."""


@dataclass(frozen=True)
class Code:
    """An expression whose value only a deployment knows."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Mention:
    """A name used in an expression, and the line it is in."""

    name: str
    line: int
    called: bool = False


@dataclass(frozen=True)
class Declaration:
    """One `param`, `var`, `resource`, `module` or `output`.

    `type` is a parameter's or output's type, a resource's full type with its version, a module's path.
    `value` is what it is set to; a resource's or module's body, also inside of a loop or a condition.
    """

    kind: str
    name: str
    line: int
    type: str = ""
    value: Any = None
    has_value: bool = True
    decorators: dict[str, list[Any]] = field(default_factory=dict)
    existing: bool = False
    conditional: bool = False
    loop: Any = None

    @property
    def resource_type(self) -> str:
        """A resource's type without its version, in lower case."""
        return self.type.partition("@")[0].lower()

    @property
    def version(self) -> str:
        """A resource's API version."""
        return self.type.partition("@")[2]


@dataclass(frozen=True)
class BicepFile:
    """A parsed .bicep or .bicepparam file."""

    path: Path
    text: str
    declarations: list[Declaration]
    mentions: list[Mention]
    local_names: set[str]
    using: str | None = None

    def all(self, kind: str) -> list[Declaration]:
        """The declarations of one kind, in order."""
        return [one for one in self.declarations if one.kind == kind]

    def find(self, kind: str, name: str) -> Declaration | None:
        """The declaration of that kind and name."""
        return next((one for one in self.all(kind) if one.name == name), None)

    def get(self, kind: str, name: str) -> Declaration:
        """The declaration of that kind and name. Raises LookupError."""
        found = self.find(kind, name)
        if found is None:
            raise LookupError(f"{self.path}: no {kind} {name}")
        return found


def read(path: Path, text: str) -> BicepFile:
    """Parse `text`, the content of `path`. Raises BicepSyntaxError."""
    source = _EXTENSION.sub("", text)
    if path.suffix == ".bicepparam":
        source = _UNTYPED.sub(r"\1 string =", source)
    root = Parser(_LANGUAGE).parse(source.encode()).root_node
    for node in _walk(root):
        if node.type == "ERROR" or node.is_missing:
            raise BicepSyntaxError(f"{path}:{_line(node)}: {_text(node)[:60] or 'something is missing'}")
    using = next((_value(n.named_children[0]) for n in root.children if n.type == "using_statement"), None)
    return BicepFile(
        path=path,
        text=text,
        declarations=list(_declarations(root, "")),
        mentions=list(_mentions(root)),
        local_names={_text(node) for node in _walk(root) if node.type in ("loop_variable", "loop_enumerator")}
        | {_text(node.named_children[0]) for node in _walk(root) if node.type == "lambda_expression"}
        | {_text(node) for node in _walk(root) if _field(node) == "initializer"},
        using=using,
    )


def read_folder(folder: Path) -> dict[str, BicepFile]:
    """Every Bicep file under `folder`, by its path from there. Raises BicepSyntaxError, also for none."""
    paths = sorted([*folder.rglob("*.bicep"), *folder.rglob("*.bicepparam")])
    if not paths:
        raise BicepSyntaxError(f"{folder}: no Bicep files")
    return {path.relative_to(folder).as_posix(): read(path, path.read_text()) for path in paths}


def _declarations(node: Node, parent_type: str) -> Iterator[Declaration]:
    decorators: dict[str, list[Any]] = {}
    for child in node.children:
        if child.type == "decorators":
            decorators = dict(_decorator(one) for one in child.named_children)
        elif child.type in _READERS:
            yield from _READERS[child.type](child, decorators, parent_type)
            decorators = {}


def _parameter(node: Node, decorators: dict[str, list[Any]], _: str) -> Iterator[Declaration]:
    name, type_, *value = node.named_children
    yield Declaration(
        "param",
        _text(name),
        _line(node),
        type=_text(type_),
        value=_value(value[-1]) if value else None,
        has_value=bool(value),
        decorators=decorators,
    )


def _variable(node: Node, decorators: dict[str, list[Any]], _: str) -> Iterator[Declaration]:
    name, value = node.named_children
    yield Declaration("var", _text(name), _line(node), value=_value(value), decorators=decorators)


def _output(node: Node, decorators: dict[str, list[Any]], _: str) -> Iterator[Declaration]:
    name, type_, value = node.named_children
    yield Declaration(
        "output", _text(name), _line(node), type=_text(type_), value=_value(value), decorators=decorators
    )


def _body(node: Node) -> tuple[Node, bool, Any]:
    """The object in a resource's or module's declaration; whether it is conditional; what it loops over."""
    body, conditional, loop = node.named_children[-1], False, None
    while body.type in ("for_statement", "if_statement"):
        if body.type == "if_statement":
            conditional = True
        else:
            loop = _value(body.named_children[1])
        body = body.named_children[-1]
    return body, conditional, loop


def _resource(node: Node, decorators: dict[str, list[Any]], parent_type: str) -> Iterator[Declaration]:
    name, declared = node.named_children[:2]
    type_ = _value(declared)
    if parent_type:
        parent, _, version = parent_type.partition("@")
        segment, _, own_version = type_.partition("@")
        type_ = f"{parent}/{segment}@{own_version or version}"
    body, conditional, loop = _body(node)
    yield Declaration(
        "resource",
        _text(name),
        _line(node),
        type=type_,
        value=_value(body),
        decorators=decorators,
        existing=any(child.type == "existing" for child in node.children),
        conditional=conditional,
        loop=loop,
    )
    for member in body.named_children:
        if member.type == "object_property" and member.named_children[0].type == "resource_declaration":
            yield from _declarations(member, type_)


def _module(node: Node, decorators: dict[str, list[Any]], _: str) -> Iterator[Declaration]:
    name, path = node.named_children[:2]
    body, conditional, loop = _body(node)
    yield Declaration(
        "module",
        _text(name),
        _line(node),
        type=_value(path),
        value=_value(body),
        decorators=decorators,
        conditional=conditional,
        loop=loop,
    )


_READERS = {
    "parameter_declaration": _parameter,
    "variable_declaration": _variable,
    "resource_declaration": _resource,
    "module_declaration": _module,
    "output_declaration": _output,
}


def _decorator(node: Node) -> tuple[str, list[Any]]:
    call = node.named_children[0]
    return _text(call.named_children[0]), [_value(one) for one in call.named_children[1].named_children]


def _value(node: Node) -> Any:
    kinds = {child.type for child in node.named_children}
    if node.type == "string" and "interpolation" not in kinds:
        return "".join(
            _ESCAPES.get(_text(part), _text(part)) if part.type == "escape_sequence" else _text(part)
            for part in node.named_children
        )
    if node.type == "number":
        return int(_text(node))
    if node.type == "boolean":
        return _text(node) == "true"
    if node.type == "null":
        return None
    if node.type == "array":
        return [_value(child) for child in node.named_children if "comment" not in child.type]
    if node.type == "object":
        pairs = [child.named_children for child in node.named_children if child.type == "object_property"]
        return {str(_key(pair[0])): _value(pair[1]) for pair in pairs if len(pair) == 2}
    return Code(_text(node))


def _key(node: Node) -> Any:
    return _text(node) if node.type == "identifier" else _value(node)


def _mentions(root: Node) -> Iterator[Mention]:
    for node in _walk(root):
        parent = node.parent
        if node.type != "identifier" or parent is None or node.is_missing:
            continue
        called = parent.type == "call_expression" and _field(node) == "function"
        is_key = parent.type in ("object_property", "lambda_expression") and parent.named_children[0] == node
        declares = parent.type.endswith("_declaration") and parent.named_children[0] == node
        is_decorator = called and parent.parent is not None and parent.parent.type == "decorator"
        if not (is_key or declares or is_decorator or _field(node) == "initializer"):
            yield Mention(_text(node), _line(node), called)


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _walk(child)


def _field(node: Node) -> str | None:
    if node.parent is None:
        return None
    return node.parent.field_name_for_child(node.parent.children.index(node))


def _text(node: Node) -> str:
    return (node.text or b"").decode()


def _line(node: Node) -> int:
    return node.start_point[0] + 1

"""A small evaluator of the part of KQL that infra/modules/transformations is written in.

One row goes in and one comes out. It knows `let` of a text, `extend`, `iif`, `tostring`, `parse_json`,
`matches regex`, columns and texts, all of which Azure Monitor documents for transformations ("Supported KQL
features in Azure Monitor transformations"). Everything else is refused. KQL's regular expressions are RE2's;
those here mean the same to Python's `re`, which evaluates them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "infra" / "modules" / "transformations"
TABLES = ("AppRequests", "AppTraces", "AppExceptions", "AppDependencies", "FunctionAppLogs")

_TOKEN = re.compile(
    r"""\s*(?:(?P<verbatim>@'[^']*')|(?P<text>"[^"\\]*"|'[^'\\]*')|(?P<word>\w+)|(?P<sign>[|=(),;]))"""
)

Row = dict[str, Any]


class NotSupported(ValueError):
    """A transformation says what this evaluator, and perhaps Azure Monitor, does not know."""


def transform(table: str, row: Mapping[str, Any]) -> Row:
    """What the workspace stores of a row of `table`. Raises NotSupported."""
    return evaluate((FOLDER / f"{table}.kql").read_text(), row)


def evaluate(text: str, row: Mapping[str, Any]) -> Row:
    """What `text`, a transformation, makes of a row. Raises NotSupported."""
    return _Reading(text, dict(row)).run()


class _Reading:
    """A text, read from left to right and done at once."""

    def __init__(self, text: str, row: Row) -> None:
        self.tokens = list(_tokens(text))
        self.at = 0
        self.row = row
        self.constants: dict[str, Any] = {}

    def run(self) -> Row:
        while self.next_is("let"):
            name = self.take()
            self.expect("=")
            self.constants[name] = self.value()
            self.expect(";")
        self.expect("source")
        while self.next_is("|"):
            self.expect("extend")
            self.extend()
        if self.at != len(self.tokens):
            raise NotSupported(f"{self.tokens[self.at :][:5]}")
        return self.row

    def extend(self) -> None:
        found: Row = {}
        while True:
            column = self.take()
            self.expect("=")
            found[column] = self.value()
            if not self.next_is(","):
                break
        unknown = set(found) - set(self.row)
        if unknown:
            raise NotSupported(f"the table has no {sorted(unknown)}")
        self.row |= found

    def value(self) -> Any:
        left = self.operand()
        if self.next_is("matches"):
            self.expect("regex")
            return re.search(self.operand(), left or "") is not None
        return left

    def operand(self) -> Any:
        token = self.take()
        if token.startswith("@'"):
            return token[2:-1]
        if token[0] in "\"'":
            return token[1:-1]
        if self.next_is("("):
            return self.call(token)
        if token in self.constants:
            return self.constants[token]
        if token in self.row:
            return self.row[token]
        raise NotSupported(f"nothing is called {token}")

    def call(self, name: str) -> Any:
        given = [self.value()]
        while self.next_is(","):
            given.append(self.value())
        self.expect(")")
        match name, given:
            case "iif", [condition, yes, no]:
                return yes if condition else no
            case "tostring", [value]:
                return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            case "parse_json", [text]:
                return json.loads(text)
        raise NotSupported(f"{name} of {len(given)}")

    def take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1]

    def next_is(self, token: str) -> bool:
        found = self.tokens[self.at : self.at + 1] == [token]
        self.at += found
        return found

    def expect(self, token: str) -> None:
        if not self.next_is(token):
            raise NotSupported(f"{self.tokens[self.at :][:3]} where {token} should be")


def _tokens(text: str) -> Iterator[str]:
    at = 0
    while at < len(text.rstrip()):
        found = _TOKEN.match(text, at)
        if not found:
            raise NotSupported(text[at : at + 20])
        yield found[0].strip()
        at = found.end()

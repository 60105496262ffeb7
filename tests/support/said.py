"""Every sentence that the deployed code says to people, as its source has it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

# What stands in these is read by nobody who uses Rollcall: documentation that is generated, what programs
# filter and compare by, and what only whoever deploys it sees, in a log; or it has its languages with it.
_ELSEWHERE = (
    "shared/agreement/allowances.py",
    "shared/adapters/storage/",
    "shared/api/openapi/",
    "shared/brevity.py",
    "shared/languages/",
    "shared/setting_",
    "shared/settings.py",
    "shared/telemetry.py",
    "shared/tracking/privacy/asking.py",
    "shared/tracking/privacy/ends.py",
    "shared/tracking/reporting/verdicts.py",
)
# Told by Python to who wrote the code, or compared with what another system sent.
_NOBODYS = {
    'Bearer error="invalid_token"',
    "Could not find a property",
    "Rollcall cannot start:\n",
    "Object (?P<kind>contains unknown|missing required) field `(?P<name>.*)`",
}
_PROGRAMMERS = ("RuntimeError", "ValueError", "LookupError", "KeyError", "TypeError", "Parameter")
_SENTENCE = re.compile(r"[A-Z0-9{].*[a-z] [a-z]", re.DOTALL)


def sentences() -> Iterator[tuple[str, str]]:
    """Each with where it stands; `{}` is what the code fills in."""
    for folder in ("shared", "routes"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if not name.startswith(_ELSEWHERE):
                for text in sorted(_sentences_in(ast.parse(path.read_text(encoding="utf-8")))):
                    yield name, text


def bare(text: str) -> str:
    """A sentence without the names of what is filled in."""
    return re.sub(r"\{\w+\}", "{}", text)


def _sentences_in(tree: ast.Module) -> set[str]:
    silent = {id(node) for part in _silent(tree) for node in ast.walk(part)}
    texts = (_text(node) for node in ast.walk(tree) if id(node) not in silent)
    return {text for text in texts if text and text not in _NOBODYS and _SENTENCE.match(text)}


def _silent(tree: ast.Module) -> Iterator[ast.AST]:
    """Parts of the tree that say nothing to people: docstrings, lines for the log, programmers' errors."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node
        elif isinstance(node, ast.JoinedStr):
            yield from node.values
        elif isinstance(node, ast.keyword) and node.arg in ("description", "meaning"):
            yield node
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called.partition(".")[0] in ("log", "logging") or called in _PROGRAMMERS:
                yield node


def _text(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None

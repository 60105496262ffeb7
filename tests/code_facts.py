"""What the deployed code uses, read from its source: tables, queues, secrets, log lines."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
SECRET = re.compile(r"rollcall-[a-z-]+")


class NotConstant(Exception):
    """A name that a template must know is put together at run time."""


def tables() -> set[str]:
    """The tables that the adapters call."""
    return set(_first_arguments(ROOT / "shared" / "adapters" / "tables", "tables"))


def queues() -> set[str]:
    """The queues that the adapters call."""
    return set(_first_arguments(ROOT / "shared" / "adapters", "queues"))


def secrets() -> set[str]:
    """The secrets that the code names."""
    literals = (node.value for tree in _trees() for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {text for text in literals if isinstance(text, str) and SECRET.fullmatch(text)}


def log_lines() -> set[str]:
    """The templates of everything that is logged."""
    return {
        call.args[0].value
        for tree in _trees()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in ("info", "warning", "error", "critical")
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


def callback() -> str:
    """The path that Entra sends the browser to."""
    text = (ROOT / "shared" / "connection.py").read_text()
    found = re.search(r"\{public_url\}(/[\w/]+)\"", text)
    assert found, "shared/connection.py names no callback"
    return found[1]


def settings_text() -> str:
    """The settings' own words."""
    return (ROOT / "shared" / "settings.py").read_text()


def _trees() -> Iterator[ast.Module]:
    for path in [ROOT / "function_app.py", *sorted((ROOT / "shared").rglob("*.py"))]:
        yield ast.parse(path.read_text(), str(path))


def _first_arguments(folder: Path, attribute: str) -> Iterator[str]:
    """What stands first in every `self.<attribute>.call(..)`, as text."""
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text(), str(path))
        constants = _constants(tree)
        for call in ast.walk(tree):
            if (
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Attribute)
                and call.func.attr == "call"
                and isinstance(call.func.value, ast.Attribute)
                and call.func.value.attr == attribute
            ):
                name = call.args[0]
                if not isinstance(name, ast.Name) or name.id not in constants:
                    raise NotConstant(f"{path.name}:{call.lineno}: {ast.unparse(name)}")
                yield constants[name.id]


def _constants(tree: ast.Module) -> dict[str, str]:
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }

"""What the deployed code uses, read from its source: tables, queues, secrets, log lines."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from shared.setting_places import DIRECTORIES

ROOT = Path(__file__).parents[2]
QUEUE = re.compile(r"[a-z]+(-[a-z]+)*")
SECRET = re.compile(r"rollcall-[a-z-]*[a-z]")


# A table's name, as a constant of the module that reads and writes it.
TABLE = re.compile(r"[A-Z][a-z]+([A-Z][a-z]+)*")


def tables() -> set[str]:
    """The tables that the adapters read and write."""
    paths = (ROOT / "shared" / "adapters" / "storage" / "tables").glob("*.py")
    return {text for path in paths for text in _constants(path) if TABLE.fullmatch(text)}


def queues() -> set[str]:
    """The queues that the adapters read and write."""
    path = ROOT / "shared" / "adapters" / "storage" / "queues.py"
    return {text for text in _constants(path) if QUEUE.fullmatch(text)} if path.exists() else set()


def secrets() -> set[str]:
    """The secrets that the code names; in the routes such names are of cookies and files."""
    trees = [ast.parse(path.read_text(), str(path)) for path in (ROOT / "shared").rglob("*.py")]
    literals = (node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {text for text in literals if isinstance(text, str) and SECRET.fullmatch(text)} - queues()


def log_lines() -> set[str]:
    """The templates of everything that is logged; one that begins with a directory, for each of them."""
    return {
        name + template.removeprefix("%s") if template.startswith("%s: ") else template
        for template in _log_templates()
        for name in DIRECTORIES
    }


def _log_templates() -> set[str]:
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
    text = (ROOT / "shared" / "account" / "connection.py").read_text()
    found = re.search(r"\{public_url\}(/[\w/]+)\"", text)
    assert found, "shared/account/connection.py names no callback"
    return found[1]


def settings_text() -> str:
    """The settings' own words."""
    files = ("setting_places.py", "setting_rules.py", "settings.py")
    return "".join((ROOT / "shared" / name).read_text() for name in files)


@cache
def _trees() -> list[ast.Module]:
    folders = (ROOT / name for name in ("routes", "shared"))
    paths = [ROOT / "function_app.py", *(path for folder in folders for path in sorted(folder.rglob("*.py")))]
    return [ast.parse(path.read_text(), str(path)) for path in paths]


def _constants(path: Path) -> Iterator[str]:
    """The texts that a module's constants stand for."""
    for node in ast.parse(path.read_text(), str(path)).body:
        value = node.value if isinstance(node, ast.Assign) else None
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value.value

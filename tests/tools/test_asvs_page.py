"""The table of OWASP's verification standard is whole, and names tests that exist."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tools.test_security_page import THERE

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "asvs.md").read_text(encoding="utf-8")
WANTED = Path(__file__).with_name("asvs_level_2.txt").read_text().split()
"""The numbers of levels 1 and 2 in version 5.0.0, in their order."""
ROWS = {
    row[0]: row[1:]
    for row in re.findall(r"^\| (\d+\.\d+\.\d+) \| (.+?) \| (.+?) \| (.+) \|$", PAGE, re.MULTILINE)
}
ANSWERS = {"yes", "**partly**", "**no**", "does not apply", "of the platform"}


def test_each_requirement_has_its_line_in_order() -> None:
    assert list(ROWS) == WANTED
    assert len(WANTED) == 253


@pytest.mark.parametrize("number", WANTED)
def test_each_line_has_an_answer_with_a_reason_or_a_test_that_exists(number: str) -> None:
    asked, met, why = ROWS[number]
    assert asked
    assert met in ANSWERS
    assert len(why) > 5
    assert [name for name in re.findall(r"`(test_\w+)`", why) if name not in THERE] == []


def test_what_is_not_met_is_in_one_list() -> None:
    listed = PAGE.partition("## What is not met")[2]
    lacking = [number for number, (_, met, _) in ROWS.items() if met.startswith("**")]
    assert lacking == re.findall(r"(\d+\.\d+\.\d+)\s\(", listed)


# -- what lines promise that no other test shows


def deployed() -> Iterator[tuple[str, ast.AST]]:
    for folder in ("routes", "shared"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                yield path.relative_to(ROOT).as_posix(), node


def test_what_is_deployed_starts_no_program_and_runs_no_text() -> None:
    # The description of the API evaluates annotations of our own modules, and nothing else.
    allowed = {("shared/api/openapi/__init__.py", name) for name in ("eval", "exec", "compile")}
    found = set()
    for path, node in deployed():
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [one.name for one in node.names] + [getattr(node, "module", None) or ""]
            assert not {"subprocess", "pty", "marshal", "pickle", "shelve"} & {*names}, path
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            found |= {(path, node.func.id)} & {(path, name) for name in ("eval", "exec", "compile")}
        if isinstance(node, ast.Attribute):
            assert ast.unparse(node) not in ("os.system", "os.popen", "os.execv"), path
    assert found <= allowed


def test_what_is_deployed_hashes_with_nothing_but_sha_256() -> None:
    for path, node in deployed():
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "hashlib":
            assert node.attr == "sha256", path


def test_random_is_for_waits_and_for_nothing_secret() -> None:
    found = {
        path
        for path, node in deployed()
        if isinstance(node, ast.Import | ast.ImportFrom)
        and "random" in {getattr(node, "module", None), *(one.name for one in node.names)}
    }
    assert found == {"shared/adapters/directories/tries.py"}


def test_no_module_of_the_pages_listens_to_other_windows() -> None:
    forbidden = re.compile(
        r"""addEventListener\(\s*["']message["']|\b(window|globalThis|self)\.onmessage\b"""
    )
    heard = []
    for path in (ROOT / "addin" / "src").rglob("*.ts*"):
        text = path.read_text(encoding="utf-8")
        assert not forbidden.search(text), path
        heard += re.findall(r"(\w+)\.onmessage\b", text)
    assert set(heard) == {"channel"}  # a BroadcastChannel


def test_no_module_of_the_pages_sets_html_or_makes_code() -> None:
    forbidden = re.compile(
        r"\b(innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write)\b|\beval\("
        r"|new Function\("
    )
    for path in (ROOT / "addin" / "src").rglob("*.ts*"):
        assert not forbidden.search(path.read_text(encoding="utf-8")), path

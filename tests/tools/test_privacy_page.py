"""The privacy page promises only what a test shows.

A sentence or a cell of a table promises where it says *nobody*, *nothing*, *never* or *nowhere*, or is in
bold, and so does a cell that begins with *no*. Each holds words that a row of the table at the page's end
quotes. Left out are what has tests of its own row by row: the table of the ends, and that of the countries.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent.parent
TEXT, _, TABLE = (
    (HOUSE / "docs" / "privacy.md").read_text(encoding="utf-8").partition("## Tests that hold this page")
)
THERE = {
    name
    for path in (HOUSE / "tests").rglob("test_*.py")
    for name in re.findall(r"^ *def (test_\w+)\(", path.read_text(encoding="utf-8"), re.MULTILINE)
}
ROWS = [line for line in TABLE.splitlines() if line[:2] == "| "][1:]
PROMISE = re.compile(r"\b(nobody|nothing|never|nowhere)\b|\*\*", re.IGNORECASE)
LEFT_OUT = re.compile(r"<!-- the ends.*?<!-- until here -->|^\| where \|.*?\n\n", re.DOTALL | re.MULTILINE)
MICROSOFT = (".microsoft.com", ".microsoftonline.com", ".office.com", ".office365.com", ".azure.com")
OTHERS = {"outlook.cloud.microsoft", "opensource.org", "127.0.0.1"}
"""Outlook's newest address, the licence that the API's description links to, and the machine itself."""


def said(text: str) -> list[str]:
    """Each sentence and each cell, on one line."""
    found = []
    for block in re.split(r"\n\s*\n|\n(?=[#|-])", LEFT_OUT.sub("\n\n", text)):
        line = " ".join(block.replace("\n> ", "\n").split())
        if line.startswith("|"):
            found += [cell.strip() for cell in line.strip("|").split(" | ")]
        elif not line.startswith("#"):
            found += re.split(r"(?<=[.!?]) (?=[A-Z`*])|(?<=[.!?]\*\*) ", line)
    return found


def promises(text: str) -> list[str]:
    """What of it the reader may hold us to."""
    return [one for one in said(text) if PROMISE.search(one) or re.match(r"no\b(?!$)", one)]


def quoted(row: str) -> list[str]:
    """The page's words that a row of the table is about."""
    return re.findall("“(.*?)”", row.strip("| ").split(" | ")[-1])


QUOTED = [words for row in ROWS for words in quoted(row)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip()[:60])
def test_each_row_names_tests_that_exist_and_words_of_the_page(row: str) -> None:
    named = re.findall(r"`(test_\w+)`", row)
    assert named
    assert [name for name in named if name not in THERE] == []
    page = said(TEXT)
    assert [words for words in quoted(row) if not any(words in one for one in page)] == []


@pytest.mark.parametrize("promise", promises(TEXT), ids=lambda promise: promise[:60])
def test_each_promise_is_held_by_a_test(promise: str) -> None:
    assert any(words in promise for words in QUOTED), f"no row of the table quotes: {promise}"


def test_a_promise_without_a_test_is_found() -> None:
    page = (
        "# A\n\nNobody is\nseen. It rains.\n- **We wait.** Well.\n\n| a | b |\n|---|---|\n| no: one | no |\n"
    )
    assert promises(page) == ["Nobody is seen.", "- **We wait.**", "no: one"]


def test_the_app_names_no_host_outside_but_microsofts() -> None:
    hosts = set()
    for room in ("shared", "routes"):
        for path in (HOUSE / room).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
                    hosts |= set(re.findall(r"https?://([\w-]+(?:\.[\w-]+)+)", node.value))
    assert "graph.microsoft.com" in hosts
    assert {host for host in hosts if not host.endswith(MICROSOFT)} - OTHERS == set()

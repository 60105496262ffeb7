"""The tests of the browser themselves: what they wait for can be false, what they do not see can be there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NewContext

ROOT = Path(__file__).parents[2]
WORDS = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "addin/src/words").rglob("*.ts"))
NONE = re.compile(r"to_have_count\(0\)|not_to_be_|to_be_hidden|detached")


def calls(text: str, method: str) -> Iterator[ast.Call]:
    """The calls of a method of that name, or of a function."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and method in (
            getattr(node.func, "attr", None),
            getattr(node.func, "id", None),
        ):
            yield node


def waits(text: str) -> list[str]:
    """What is wrong with the waits in a program."""
    found = []
    for call in calls(text, "wait_for_function"):
        wanted = call.args[0] if call.args else None
        said = wanted.value if isinstance(wanted, ast.Constant) and isinstance(wanted.value, str) else None
        if said is None:
            found.append(f"{call.lineno}: nobody can read what is waited for")
        elif re.search(r"async|await|Promise|\.then\b|\)\s*$", said):
            found.append(f"{call.lineno}: {said} may be a promise, which is always true")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            name = ast.unparse(node.value.func).rpartition(".")[2]
            if name in ("expect", "is_visible", "is_hidden", "is_enabled", "count", "text_content"):
                found.append(f"{node.lineno}: nothing is expected of {ast.unparse(node.value)}")
    return found


def programs() -> Iterator[Path]:
    """Those that drive a browser."""
    for folder in ("tests", "bench", "sandbox", "tools"):
        for path in (ROOT / folder).rglob("*.py"):
            drives = "browser" in path.parts or "playwright" in path.read_text(encoding="utf-8")
            if drives and path != Path(__file__):
                yield path


def test_no_wait_is_for_what_is_always_true() -> None:
    found = {path.name: waits(path.read_text(encoding="utf-8")) for path in programs()}
    assert {name: complaints for name, complaints in found.items() if complaints} == {}
    assert any("wait_for_function" in path.read_text(encoding="utf-8") for path in programs())


@pytest.mark.parametrize(
    "text",
    [
        'page.wait_for_function("async () => false")',
        'page.wait_for_function(\n    "() => mailboxes().then(all => all.length)"\n)',
        'page.wait_for_function("new Promise(() => {})")',
        'page.wait_for_function("mailboxes()")',
        "page.wait_for_function(WANTED)",
        "expect(page.locator('h1'))",
        "page.locator('h1').is_visible()",
        "page.locator('h1').count()",
    ],
)
def test_a_wait_that_cannot_fail_is_found(text: str) -> None:
    assert len(waits(text)) == 1


def test_a_wait_that_can_fail_is_none_of_them() -> None:
    assert waits("page.wait_for_function(\"outlook.state().phase === 'sent'\")") == []
    assert waits("expect(page.locator('h1')).to_be_visible()") == []


def test_what_must_not_be_seen_is_something_that_the_pages_say() -> None:
    """A word that nobody says is never seen, whatever happens."""
    unseen = [
        said
        for path in Path(__file__).parent.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if NONE.search(line)
        for said in re.findall(r"(?:get_by_text\(|name=)\"([^\"]+)\"", line)
    ]
    assert unseen
    assert [said for said in unseen if said not in WORDS] == []


def test_a_promise_is_what_chromium_does_not_wait_for(new_context: NewContext) -> None:
    """Why all of this: the day on which it does, none of it is needed."""
    page: Page = new_context().new_page()
    page.wait_for_function("async () => false", timeout=5_000)

"""How much Outlook loads before the pane can be used, and in all with the sign-in: compressed, as served."""

from __future__ import annotations

import re
from pathlib import Path

from tools.addin import PUBLIC, build

UNTIL_USABLE, WITH_SIGN_IN = 30_000, 118_000
STATIC = re.compile(r"""(?:from|import)\s*["'](\./[\w.-]+\.js)["']""")
LATER = re.compile(r"""import\(["'](\./[\w.-]+\.js)["']\)""")


def test_the_pane_can_be_used_after_30_kilobytes() -> None:
    assert 10_000 < sum(map(served, at_once())) <= UNTIL_USABLE


def test_with_the_count_and_the_sign_in_it_is_118_kilobytes() -> None:
    first = at_once()
    loaded = set(first)
    for name in ("ReviewScreen", "createNestablePublicClientApplication"):
        gives = re.compile(rf"export\{{[^}}]*\bas {name}\b")
        [part] = [path for path in later(first) if gives.search(text(path))]
        loaded |= closure(part)
    assert len(loaded) > len(first)
    assert sum(map(served, loaded)) <= WITH_SIGN_IN


def at_once() -> set[Path]:
    """What the pane's page names, and what that imports before it runs."""
    build()
    page = PUBLIC / "pane.html"
    assets = {PUBLIC / path for path in re.findall(r'(?:src|href)="(assets/[^"]+)"', text(page))}
    assert {path.suffix for path in assets} == {".js", ".css"}
    return {page}.union(*map(closure, assets))


def closure(path: Path) -> set[Path]:
    found, waiting = set[Path](), [path]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += (
                [one.parent / name for name in STATIC.findall(text(one))] if one.suffix == ".js" else []
            )
    return found


def later(loaded: set[Path]) -> set[Path]:
    """What scripts of these load once it is needed."""
    scripts = [path for path in loaded if path.suffix == ".js"]
    return {path.parent / name for path in scripts for name in LATER.findall(text(path))}


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def served(path: Path) -> int:
    return path.with_name(f"{path.name}.gz").stat().st_size

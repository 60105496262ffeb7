"""The house in `architecture.md`: floors as import-linter holds them, rooms in their own words."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- made by `dev.py docs` -->\n", "<!-- until here -->\n"


def architecture_page() -> str:
    """The page as it stands, with the house as the code has it."""
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{house()}\n{END}{after}"


def house() -> str:
    """Floors, and under them each room with its modules."""
    parts = []
    for package in ("shared", "sandbox"):
        rows = [
            f"**`{package}/`**, from the top floor to the ground",
            "",
            "| floor | room | what it is about |",
            "|---|---|---|",
        ]
        for number, floor in enumerate(_floors(package), 1):
            for room in floor:
                rows.append(f"| {number} | `{room}` | {_first_line(ROOT / package / room)} |")
        parts.append("\n".join(rows))
    for folder in sorted(
        path.parent for path in (ROOT / "shared").rglob("__init__.py") if path.parent.name != "shared"
    ):
        modules = [*_modules(folder)]
        if modules:
            name = folder.relative_to(ROOT).as_posix()
            rows = [f"**`{name}/`**: {_first_line(folder)}", "", "| module | |", "|---|---|"]
            rows += [f"| `{path.stem}` | {_first_line(path)} |" for path in modules]
            parts.append("\n".join(rows))
    return "\n\n".join(parts) + "\n"


def _floors(package: str) -> list[list[str]]:
    """The rooms of a package by floor, as `pyproject.toml` orders them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for contract in settings["tool"]["importlinter"]["contracts"]:
        if contract["type"] == "layers" and contract["containers"] == [package]:
            return [
                [room.strip() for room in layer.replace(":", "|").split("|")] for layer in contract["layers"]
            ]
    raise LookupError(f"no contract has the floors of {package}")


def _modules(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.glob("*.py")) if path.stem != "__init__")


def _first_line(place: Path) -> str:
    """The first sentence of a module's or a package's docstring."""
    path = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    paragraph = " ".join(text.partition("\n\n")[0].split())
    return paragraph.replace("|", "\\|")

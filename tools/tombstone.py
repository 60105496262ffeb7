"""The tombstone: a function app of a hundred lines that keeps links alive where Rollcall was taken away.

python3 dev.py tombstone [--links FILE]   .dev/package/tombstone.zip, the same bytes from the same commit

FILE is what `GET /api/links?limit=10000` answers an admin: the links that were withdrawn or corrected, which
the package carries along. docs/operations.md, Leaving, tells the whole way.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from tools.release import ROOT, add_file

FOLDER = ROOT / "tombstone"
PACKAGE = ROOT / ".dev" / "package" / "tombstone.zip"
NOTHING: dict[str, Any] = {"rows": [], "next": None}
_ROW = {"message_id", "link", "target", "by_admin", "at"}
_PLATFORM = "azure-functions"


class NotLinks(Exception):
    """What was given is not what `GET /api/links` answers, or not all of it."""


def build(target: Path, links: Path | None = None) -> str:
    """Write the package to `target`, with the links in that file; its SHA-256. Raises NotLinks."""
    known = read_links(links) if links else NOTHING
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for path in sorted({*FOLDER.glob("*.py"), *FOLDER.glob("*.json"), *bundled()}):
            base = FOLDER if path.parent == FOLDER else ROOT
            add_file(package, path.relative_to(base).as_posix(), path.read_bytes())
        add_file(package, "links.json", json.dumps(known, sort_keys=True).encode())
        add_file(package, "requirements.txt", _requirements().encode())
    return hashlib.sha256(target.read_bytes()).hexdigest()


def read_links(file: Path) -> dict[str, Any]:
    """The links in a file. Raises NotLinks."""
    try:
        found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        for row in found["rows"]:
            if not row.keys() >= _ROW or not re.fullmatch(r"[0-9a-f]{32}", row["message_id"]):
                raise NotLinks(f"{file} holds something that is no withdrawn or corrected link.")
            datetime.fromisoformat(row["at"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotLinks(f"{file} is not what GET /api/links answers.") from error
    if found.get("next") is not None:
        raise NotLinks(f"{file} does not hold all links: ask with ?limit=10000.")
    return {"rows": [{name: row[name] for name in _ROW} for row in found["rows"]]}


def bundled() -> set[Path]:
    """The modules of Rollcall that the tombstone imports, and those that they import."""
    found, ahead = set[Path](), [FOLDER / "function_app.py"]
    while ahead:
        for path in _imported(ahead.pop()):
            if path not in found:
                found.add(path)
                ahead.append(path)
    return found


def _imported(path: Path) -> Iterator[Path]:
    """What a file imports of `shared`, and the packages around it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("shared"):
            for name in node.names:
                module = ROOT.joinpath(*str(node.module).split("."))
                for place in (module / name.name, module):
                    yield from _files_of(place)


def _files_of(module: Path) -> Iterator[Path]:
    if module.with_suffix(".py").exists():
        yield module.with_suffix(".py")
    for folder in [module, *module.parents]:
        if folder == ROOT:
            return
        if (folder / "__init__.py").exists():
            yield folder / "__init__.py"


def _requirements() -> str:
    """What it needs beside the standard library: the platform's programming model, as Rollcall pins it."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if line.startswith(_PLATFORM)) + "\n"


def main(arguments: list[str]) -> int | str:
    """Write the package, and say what is in it."""
    parser = argparse.ArgumentParser(prog="dev.py tombstone", description=main.__doc__)
    parser.add_argument("--links", type=Path, metavar="FILE", help="what GET /api/links?limit=10000 answered")
    links: Path | None = parser.parse_args(arguments).links
    try:
        digest = build(PACKAGE, links)
    except (NotLinks, OSError) as failure:
        return str(failure)
    if links is None:
        print("No links were given: every genuine link will lead on, those that were withdrawn as well.")
    print(f"{PACKAGE.relative_to(ROOT)}  {PACKAGE.stat().st_size / 1024:.0f} KiB  sha256:{digest}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

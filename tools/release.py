"""The release: what is deployed as one file, and the hashes of what that installs.

python3 dev.py package   .dev/package/rollcall.zip, the same bytes from the same commit
python3 dev.py lock      requirements.lock, after requirements.txt or constraints.txt changed
"""

from __future__ import annotations

import fnmatch
import hashlib
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tools import addin

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / ".dev" / "package" / "rollcall.zip"
LOCK = ROOT / "requirements.lock"
HEADER = """\
# What Rollcall installs in Azure, with the hashes of every file that may be taken for it.
# Made by `python3 dev.py lock` from requirements.txt and constraints.txt; never edited.
"""
# The oldest time that a zip can tell: a package must not differ because it was made later.
EPOCH = (1980, 1, 1, 0, 0, 0)


class UnknownPattern(Exception):
    """A line of .funcignore that this does not understand."""


class CannotRelease(Exception):
    """There is no add-in to deploy."""


def build_package(target: Path) -> str:
    """Write what .funcignore lets through to `target`, its requirements with hashes; the file's SHA-256.

    Raises NotBuilt without `public/`.
    """
    if not (ROOT / "public" / "pane.html").exists():
        raise CannotRelease("There is no add-in in public/: run python3 dev.py build first.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for path in sorted(deployed(ROOT)):
            name = path.relative_to(ROOT).as_posix()
            content = (LOCK if name == "requirements.txt" else path).read_bytes()
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.external_attr = 0o644 << 16
            package.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return hashlib.sha256(target.read_bytes()).hexdigest()


def deployed(folder: Path) -> Iterator[Path]:
    """Every file of the folder that its .funcignore lets through. Raises UnknownPattern."""
    patterns = list(read_patterns((folder / ".funcignore").read_text()))
    for parent, folders, files in os.walk(folder):
        at_root = Path(parent) == folder
        folders[:] = [name for name in folders if not _is_ignored(name, at_root, patterns)]
        yield from (Path(parent) / name for name in files if not _is_ignored(name, at_root, patterns))


def read_patterns(text: str) -> Iterator[str]:
    """The patterns of a .funcignore: of all that .gitignore knows, names with wildcards, and `/` before them.

    Raises UnknownPattern for anything else.
    """
    for line in text.splitlines():
        pattern = line.strip()
        if not pattern or pattern.startswith("#"):
            continue
        if pattern.startswith("!") or "/" in pattern[1:] or "**" in pattern:
            raise UnknownPattern(pattern)
        yield pattern


def _is_ignored(name: str, at_root: bool, patterns: list[str]) -> bool:
    return any(
        fnmatch.fnmatchcase(name, pattern.removeprefix("/"))
        for pattern in patterns
        if at_root or not pattern.startswith("/")
    )


def write_lock(target: Path) -> None:
    """Write every pin with its hashes, for Python 3.11 and later on every platform, to `target`."""
    uv = [sys.executable, "-m", "uv", "pip", "compile", "--universal", "--python-version", "3.11"]
    shape = ["--generate-hashes", "--no-annotate", "--no-header", "--quiet", "--no-config"]
    command = [*uv, *shape, "--output-file", str(target), "requirements.txt"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    target.write_text(HEADER + target.read_text())


def main(command: str) -> None:
    """Do one of the two."""
    if command == "lock":
        write_lock(LOCK)
        print(f"{LOCK.relative_to(ROOT)} is up to date.")
    else:
        addin.build()
        digest = build_package(PACKAGE)
        print(f"{PACKAGE.relative_to(ROOT)}  {PACKAGE.stat().st_size / 1024:.0f} KiB  sha256:{digest}")


if __name__ == "__main__":
    main(sys.argv[1])

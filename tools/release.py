"""The release: what is deployed as one file, and the hashes of what that installs.

python3 dev.py package              .dev/package/rollcall.zip, the same bytes from the same commit
python3 dev.py package --vendored   .dev/package/rollcall-vendored.zip: with everything that it needs
python3 dev.py build                the bytecode of what is deployed, beside it, after the add-in
python3 dev.py lock                 requirements.lock, after requirements.txt or constraints.txt changed
"""

from __future__ import annotations

import fnmatch
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tools import addin, sbom
from tools.bytecode import bytecode_of, place_of

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / ".dev" / "package" / "rollcall.zip"
VENDORED = PACKAGE.with_name("rollcall-vendored.zip")
LOCK = ROOT / "requirements.lock"
# Where the platform's worker looks for packages that came with the app. Source: "Azure Functions Python
# developer guide", learn.microsoft.com/azure/azure-functions/functions-reference-python.
SITE_PACKAGES = ".python_packages/lib/site-packages"
# Those that infra/main.bicep lets an app run on, the default first.
PYTHONS = ("3.11", "3.12", "3.13")
HEADER = """\
# What Rollcall installs in Azure, with the hashes of every file that may be taken for it.
# Made by `python3 dev.py lock` from requirements.txt and constraints.txt; never edited.
"""
# The oldest time that a zip can tell: a package must not differ because it was made later.
EPOCH = (1980, 1, 1, 0, 0, 0)


class UnknownPattern(Exception):
    """A line of .funcignore that this does not understand."""


class CannotRelease(Exception):
    """A part of what is to be deployed could not be had."""


def build_package(target: Path, vendored: Path | None = None) -> str:
    """Write what .funcignore lets through to `target`, its requirements with hashes, and the bill of
    materials; the file's SHA-256.

    With `vendored`, a folder of `vendor`, all of that goes along. Raises CannotRelease without `public/`.
    """
    if not (ROOT / "public" / "pane.html").exists():
        raise CannotRelease("There is no add-in in public/: run python3 dev.py build first.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for path in sorted(deployed(ROOT)):
            name = path.relative_to(ROOT).as_posix()
            content = (LOCK if name == "requirements.txt" else path).read_bytes()
            add_file(package, name, content)
            if path.suffix == ".py":
                add_file(package, place_of(name), bytecode_of(content, name))
        add_file(package, sbom.NAME, sbom.bill_of_materials())
        for path in sorted(vendored.rglob("*")) if vendored else []:
            if path.is_file():
                name = f"{SITE_PACKAGES}/{path.relative_to(vendored or path).as_posix()}"
                add_file(package, name, path.read_bytes())
    return hashlib.sha256(target.read_bytes()).hexdigest()


def add_file(package: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Put a file into a package: the same bytes, whenever it is made."""
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.external_attr = 0o644 << 16
    package.writestr(entry, content, zipfile.ZIP_DEFLATED)


def write_bytecode(folder: Path) -> None:
    """Put the bytecode of what is deployed where Python looks for it: azd deploys the folder as it is."""
    for path in sorted(deployed(folder)):
        if path.suffix == ".py":
            name = path.relative_to(folder).as_posix()
            place = folder / place_of(name)
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(bytecode_of(path.read_bytes(), name))


def vendor(folder: Path) -> None:
    """Put what requirements.lock names into `folder`, by hash, as the function app's platform needs it.

    That is Linux on x86-64 with the Python of ROLLCALL_PYTHON_VERSION, whatever this machine is. Raises
    CannotRelease.
    """
    version = os.environ.get("ROLLCALL_PYTHON_VERSION", PYTHONS[0])
    if version not in PYTHONS:
        raise CannotRelease(f"ROLLCALL_PYTHON_VERSION is {version}; it may be {', '.join(PYTHONS)}.")
    uv = [sys.executable, "-m", "uv", "pip", "install", "--target", str(folder), "--no-config", "--quiet"]
    platform = ["--python-platform", "x86_64-manylinux_2_28", "--python-version", version]
    trusted = ["--require-hashes", "--only-binary", ":all:", "--link-mode", "copy", "--no-compile-bytecode"]
    command = [*uv, *platform, *trusted, "-r", str(LOCK)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotRelease(done.stderr.strip())
    shutil.rmtree(folder / "bin", ignore_errors=True)  # commands, with this machine's paths in them
    for stray in [*folder.glob(".lock"), *folder.glob("*.dist-info/uv_cache.json")]:
        stray.unlink()


def deployed(folder: Path) -> Iterator[Path]:
    """Every file of the folder that its .funcignore lets through, but for bytecode, which is made anew.
    Raises UnknownPattern."""
    patterns = list(read_patterns((folder / ".funcignore").read_text()))
    for parent, folders, files in os.walk(folder):
        at_root = Path(parent) == folder
        ignored = {name for name in folders if _is_ignored(name, at_root, patterns)}
        folders[:] = [name for name in folders if name not in ignored | {"__pycache__"}]
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


def main(command: str, *options: str) -> None:
    """Do one of them."""
    if command == "lock":
        write_lock(LOCK)
        print(f"{LOCK.relative_to(ROOT)} is up to date.")
        return
    if command == "bytecode":
        write_bytecode(ROOT)
        return
    addin.build()
    target = VENDORED if "--vendored" in options else PACKAGE
    with tempfile.TemporaryDirectory() as folder:
        if target == VENDORED:
            vendor(Path(folder))
        digest = build_package(target, Path(folder) if target == VENDORED else None)
    print(f"{target.relative_to(ROOT)}  {target.stat().st_size / 1024:.0f} KiB  sha256:{digest}")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except CannotRelease as failure:
        sys.exit(str(failure))

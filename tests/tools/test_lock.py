"""What the package brings along: by hash, pinned, and under licences that allow it."""

from __future__ import annotations

import re
from importlib.metadata import PackageMetadata, distributions
from pathlib import Path

from tests.support.pins import locked, plain

ROOT = Path(__file__).parents[2]
# As it was before other tests led it into the sandbox.

# What may be linked into an MIT-licensed program and passed on with it, as distributions name it.
LICENCES = {
    "Apache Software License",
    "Apache-2.0",
    "Apache-2.0 OR BSD-3-Clause",
    "BSD License",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "ISC License (ISCL)",
    "MIT",
    "MIT License",
    "MIT-0",
    "PSF-2.0",
    "Python Software Foundation License",
    # Asks for the source of its own files only; certifi is used unchanged.
    "Mozilla Public License 2.0 (MPL 2.0)",
}
# Where the function app runs.
# Those whose metadata says nothing, by the licence file that they bring along.
READ = {"crawler-user-agents": {"MIT"}}
# Prints the functions of the app in the current folder, and calls one that needs nothing else.


def pinned(name: str) -> set[tuple[str, str]]:
    """The pins of a requirements file."""
    found = re.findall(r"^([\w.-]+)(?:\[\w+\])?==([\w.]+)", (ROOT / name).read_text(), re.MULTILINE)
    return {(plain(package), version) for package, version in found}


def test_every_pin_has_a_hash() -> None:
    assert len(locked()) > 30
    assert [line for line, (_, hashes) in locked().items() if not hashes] == []


def test_the_lock_has_the_pins_of_the_requirements() -> None:
    pins = {(plain(one.name), str(one.specifier).removeprefix("==")) for one, _ in locked().values()}
    assert pinned("requirements.txt") <= pins, "run: python3 dev.py lock"
    assert pins <= pinned("requirements.txt") | pinned("constraints.txt"), "run: python3 dev.py lock"


def test_the_package_needs_nothing_that_may_not_be_passed_on() -> None:
    installed = {plain(one.name): one.metadata for one in distributions()}
    here = [one for one, _ in locked().values() if one.marker is None or one.marker.evaluate()]
    assert [one.name for one in here if plain(one.name) not in installed] == []
    said = {one.name: READ.get(one.name) or licences(installed[plain(one.name)]) for one in here}
    refused = {name: found - LICENCES for name, found in said.items()}
    assert {name: found for name, found in refused.items() if found} == {}


def licences(metadata: PackageMetadata) -> set[str]:
    """What a distribution says of its licence, in the newest way that it knows."""
    classifiers = [one for one in metadata.get_all("Classifier") or [] if one.startswith("License ::")]
    return set(
        metadata.get_all("License-Expression")
        or [one.rpartition(" :: ")[2] for one in classifiers]
        or metadata.get_all("License")
        or ["unknown"]
    )

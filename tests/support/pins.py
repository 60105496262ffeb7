"""What requirements.lock pins."""

from __future__ import annotations

import re

from packaging.requirements import Requirement

from tools import release

LINUX = {
    "os_name": "posix",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "platform_system": "Linux",
    "python_full_version": "3.11.0",
    "python_version": "3.11",
    "sys_platform": "linux",
}


def locked() -> dict[str, tuple[Requirement, int]]:
    """Each pin in requirements.lock, and how many hashes it has."""
    pins = {}
    for entry in re.split(r"\n(?=\w)", release.LOCK.read_text().partition("edited.\n")[2]):
        line, *hashes = entry.split(" \\\n")
        pins[line] = (Requirement(line), sum("--hash=sha256:" in one for one in hashes))
    return pins


def plain(name: str) -> str:
    """A distribution's name as PEP 503 normalises it."""
    return re.sub(r"[-_.]+", "-", name).lower()

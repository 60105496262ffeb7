"""Which commands the documentation tells: its blocks are run by a real shell, with every program replaced.

So quotes, substitutions and line ends are the shell's business, and a command within a command is seen, too.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
PAGES = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`((?:az|azd) [^`]+)`")
PROGRAMS = ("az", "azd", "curl", "git", "python3", "cd", "ls", "rm", "cp", "mkdir", "date")
# Takes down what it was given, and answers one word.
RECORDER = """#!/bin/sh
printf '%s\\037' "${0##*/}" "$@" >> "$RECORD"
printf '\\036' >> "$RECORD"
echo an-answer
"""


class Command(NamedTuple):
    """A command line, and the page that tells it."""

    page: str
    words: tuple[str, ...]


def tell(folder: Path, program: str) -> list[Command]:
    """Every command line of a program that the pages tell; `folder` is for what that takes."""
    for name in PROGRAMS:
        (folder / name).write_text(RECORDER)
        (folder / name).chmod(0o755)
    found: list[Command] = []
    for page in PAGES:
        text = page.read_text()
        scripts = [block[3] for block in FENCE.finditer(text) if block[2] == "bash"]
        rest = FENCE.sub("", text)
        scripts += [" ".join(inline[1].split()) for inline in INLINE.finditer(rest)]
        for script in scripts:
            found += [Command(page.name, words) for words in record(folder, script) if words[0] == program]
    return found


def record(folder: Path, script: str) -> list[tuple[str, ...]]:
    """The command lines that a script comes to, each with its program first."""
    log = folder / "record"
    log.write_text("")
    # A builtin would be found before the program of that name.
    shell = ["/bin/bash", "-c", f"enable -n cd; {script}"]
    environment = {"PATH": str(folder), "RECORD": str(log)}
    done = subprocess.run(
        shell, env=environment, capture_output=True, text=True, check=False, timeout=60, cwd=folder
    )
    if any(word in done.stderr for word in ("syntax error", "unexpected EOF", "command not found")):
        raise AssertionError(f"{done.stderr}\n{script}")
    lines = log.read_text().split("\036")[:-1]
    return [tuple(line.split("\037")[:-1]) for line in lines]

"""Annotated bodies: README.md says what their marks mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
PIXEL = "⟪pixel⟫"
LINE = "⟪line⟫"
_VALUE = re.compile("⟪([^⟪⟫⇒]*)(?:⇒([^⟪⟫]*))?⟫")


@dataclass(frozen=True, slots=True)
class Body:
    """One of them. `marked` is the body with its marks, `untracked` how many links are left, by reason."""

    name: str
    marked: str
    untracked: dict[str, int]

    @property
    def bare(self) -> str:
        """The body without the marks of what is added."""
        return self.marked.replace(PIXEL, "").replace(LINE, "")

    @property
    def html(self) -> str:
        """What Outlook gives."""
        return _VALUE.sub(lambda found: found[1], self.bare)

    @property
    def targets(self) -> list[str]:
        """The links that are tracked, each once, in order."""
        values = _VALUE.findall(self.bare)
        return list(dict.fromkeys(target or value for value, target in values))

    @property
    def uses(self) -> int:
        """How often they stand there."""
        return len(_VALUE.findall(self.bare))

    def tracked(self, url_of: Callable[[str], str], pixel: str, line: str = "") -> str:
        """What Outlook is to be given, with the markup of the pixel and of the notice."""
        before = "" if LINE in self.marked else line
        marked = self.marked.replace(PIXEL, before + pixel).replace(LINE, line)
        return _VALUE.sub(lambda found: url_of(found[2] or found[1]), marked)


def load() -> list[Body]:
    """All that are kept as files."""
    return [_read(path) for path in sorted(FOLDER.glob("*.html"))]


def _read(path: Path) -> Body:
    # As bytes, since line ends are part of it.
    head, _, marked = path.read_bytes().decode().partition("====\n")
    _, _, counts = head.partition("untracked:")
    pairs = [pair.split("=") for pair in counts.split()]
    return Body(path.stem, marked, {reason: int(count) for reason, count in pairs})

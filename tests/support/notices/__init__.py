"""Two hundred mails as companies write them, by hand, in six languages, and which links are their author's.

A mail is a line. ` | ` parts its blocks, which are paragraphs unless they are HTML or `---`, a rule;
` / ` ends a line, `*bold*` is bold, `[..]` is a link of the author's, `{..}` one of a mail that is quoted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import count
from pathlib import Path

_FOLDER = Path(__file__).parent
_SPOKEN = ("de", "en", "es", "fr")


@dataclass(frozen=True, slots=True)
class Notice:
    """`own`: the author's links, in order; `quotes`: whether another mail is below;
    `language`: None where no notice is written in it."""

    name: str
    html: str
    own: list[str]
    quotes: bool
    language: str | None


def _notice(file: str, number: int, line: str) -> Notice:
    numbers = count(1)
    blocks = "".join(_block(block) for block in line.split(" | "))
    own: list[str] = []

    def mine(found: re.Match[str]) -> str:
        own.append(f"https://mine.example/{next(numbers)}")
        return f'<a href="{own[-1]}">{found[1]}</a>'

    html = re.sub(r"\[([^\]]+)\]", mine, blocks)
    html = re.sub(r"\{([^}]+)\}", r'<a href="https://theirs.example/">\1</a>', html)
    return Notice(f"{file} {number}", html, own, "{" in line, file if file in _SPOKEN else None)


def _block(text: str) -> str:
    if text == "---":
        return "<hr>"
    text = re.sub(r"\*([^*]+)\*", r"<b>\1</b>", text).replace(" / ", "<br>")
    return text if text.startswith("<") and not text.startswith("<b>") else f"<p>{text}</p>"


NOTICES = [
    _notice(path.stem, number, line)
    for path in sorted(_FOLDER.glob("*.txt"))
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
]

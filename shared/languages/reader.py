"""In which language an answer is: the first that the request asks for and that we have, else English."""

from __future__ import annotations

import re
from contextvars import ContextVar
from typing import Any

LANGUAGES = ("en", "de", "fr", "es")
"""English, and each that has a catalogue beside this file."""

SENTENCES = frozenset(("detail", "text", "remedy", "forward"))
"""The fields of the API's answers that are said to people; all others are data, names and numbers."""

_LONGEST = 1_000  # characters of a header that a stranger wrote
_RANGE = re.compile(r"\s*([a-zA-Z]{1,8})(?:-[a-zA-Z0-9-]*)?\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?")
_asked: ContextVar[str] = ContextVar("asked", default="")


def listen(asked: str | None) -> None:
    """From now on, this request's `Accept-Language` counts: its text is not read before somebody is told
    something."""
    _asked.set(asked or "")


def language() -> str:
    """The language of whoever reads the answer to the request at hand."""
    return preferred(_asked.get())


def preferred(asked: str) -> str:
    """The language to answer in, by an `Accept-Language` (RFC 9110, section 12.5.4), of any text at all."""
    best, weight = "en", 0.0
    for part in asked[:_LONGEST].split(","):
        found = _RANGE.fullmatch(part)
        if not found or (name := found[1].lower()) not in LANGUAGES:
            continue
        asked_for = float(found[2] or 1)
        if asked_for > weight:
            best, weight = name, asked_for
    return best


def say(text: str, name: str | None = None) -> str:
    """What the code says in English, in the language `name`, or in that of who reads."""
    name = name or language()
    if name == "en":
        return text
    from shared.languages.phrases import phrasebook

    return phrasebook(name).say(text)


def told(value: Any) -> Any:
    """An answer of the API with its sentences in the language of who reads; anything else in it as it was."""
    name = language()
    if name == "en":
        return value
    import msgspec

    return _told(msgspec.to_builtins(value), name)


def _told(value: Any, name: str) -> Any:
    if isinstance(value, dict):
        return {
            key: say(one, name) if key in SENTENCES and isinstance(one, str) else _told(one, name)
            for key, one in value.items()
        }
    return [_told(one, name) for one in value] if isinstance(value, list) else value

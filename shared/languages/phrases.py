"""A language's phrases for what the app says in English.

A catalogue is a `.po` file of gettext's, the translators' usual one: `msgid` is an English sentence as the
code has it, with `{name}` for what the code fills in, `msgstr` the same in the other language, in any order
of the names. What was filled in is found again in the English sentence, so that a sentence can be kept in
English and told to each reader in their own language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

_ENTRY = re.compile(r'^(msgid|msgstr) (".*")$|^(".*")$')
_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})*)(%?)")
_NUMBERS = {name: r"\d[\d.,\u202f]*\s?%?" for name in ("n", "least", "most")}  # what these names stand for
_SEPARATORS = {"de": ".", "es": ".", "fr": "\u202f"}  # between thousands, CLDR 45
_LONGEST = 4_000  # characters that are looked at: nothing that we say is longer


class Phrasebook:
    """English sentences, and what they are in one language."""

    def __init__(self, pairs: Iterator[tuple[str, str]], separator: str = ",") -> None:
        self._whole: dict[str, str] = {}
        self._filled: list[tuple[re.Pattern[str], str]] = []
        self._separator = separator
        for english, other in pairs:
            if "{" in english:
                self._filled.append((_pattern(english), other))
            else:
                self._whole[english] = other
        # What says more itself leaves less to what is filled in.
        self._filled.sort(key=lambda one: -len(one[0].pattern))

    def say(self, text: str) -> str:
        """`text` in this language: as one sentence or as several; what is not known stays as it is."""
        if number := _NUMBER.fullmatch(text):
            written = number[1].replace(",", self._separator)
            return f"{written}\u00a0%" if number[2] else written
        if " " not in text:  # an address, say, of which there may be many
            return self._whole.get(text, text)
        if len(text) > _LONGEST:
            return text
        found = self._sentence(text)
        if found is not None:
            return found
        for end in re.finditer(r"(?<=[.?!]) ", text):
            head, tail = text[: end.start()], text[end.end() :]
            said = self._sentence(head)
            if said is not None:
                return f"{said} {self.say(tail)}"
        return text

    def _sentence(self, text: str) -> str | None:
        if text in self._whole:
            return self._whole[text]
        for pattern, other in self._filled:
            if found := pattern.fullmatch(text):
                values = {name: self._value(value) for name, value in found.groupdict().items()}
                return other.format(**values)
        return None

    def _value(self, value: str) -> str:
        said = self.say(value)
        # A sentence that stands within another has lost its full stop.
        return self.say(f"{value}.").removesuffix(".") if said == value and value.count(" ") else said


@cache
def phrasebook(name: str) -> Phrasebook:
    """The catalogue of that language. Raises FileNotFoundError where there is none."""
    text = Path(__file__).with_name(f"{name}.po").read_text(encoding="utf-8")
    return Phrasebook(pairs(text), _SEPARATORS.get(name, ","))


def pairs(text: str) -> Iterator[tuple[str, str]]:
    """The sentences of a `.po` file, in English and in its language; its head is none."""
    said = {"msgid": "", "msgstr": ""}
    which = "msgid"
    for line in [*text.splitlines(), 'msgid ""']:
        found = _ENTRY.match(line)
        if not found:
            continue
        if found[1] == "msgid":
            if said["msgid"]:
                yield said["msgid"], said["msgstr"]
            said = {"msgid": "", "msgstr": ""}
        which = found[1] or which
        said[which] += msgspec.json.decode(found[2] or found[3], type=str)


def _pattern(english: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", english)
    fixed, names = parts[::2], parts[1::2]
    pattern = re.escape(fixed[0])
    for name, after in zip(names, fixed[1:], strict=True):
        pattern += f"(?P<{name}>{_NUMBERS.get(name, '.+')}){re.escape(after)}"
    return re.compile(pattern, re.DOTALL)

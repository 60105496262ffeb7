"""The gallery's steps name what they click in English: here they find it in another language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from playwright.sync_api import FrameLocator, Locator, Page

from shared.languages.phrases import pairs
from tests.support.node import Node
from tests.support.said import ROOT

LOCALES = {"de": "de-DE", "fr": "fr-FR", "es": "es-ES"}
_SOURCE = """
import { PAGES, PANE, READING, REVIEWED, TRACKED } from "./words/catalogues.ts";
import { words } from "./words/common.ts";
import { pageWords } from "./words/pages/index.ts";
import { paneWords } from "./words/pane/index.ts";
import { readingWords } from "./words/pane/reading.ts";
import { reviewedWords } from "./words/pane/reviewed.ts";
import { trackedWords } from "./words/pane/tracked.ts";
const own = [PANE, REVIEWED, READING, TRACKED, PAGES];
const english = structuredClone([words, paneWords, reviewedWords, readingWords, trackedWords, pageWords]);
export const catalogues = async (language) => {
  const loaded = await Promise.all(own.map((each) => each[language]()));
  return [english, [loaded[0].common, ...loaded.map((each) => each.own)]];
};
"""


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """What is looked for by its English words is looked for by those of `language` meanwhile."""
    if language == "en":
        yield
        return
    usual = {(kind, name): getattr(kind, name) for kind in (Page, Locator, FrameLocator) for name in _NAMES}
    for (kind, name), found in usual.items():
        setattr(kind, name, _translated(found, _NAMES[name], language))
    try:
        yield
    finally:
        for (kind, name), found in usual.items():
            setattr(kind, name, found)


# What each takes its words by.
_NAMES = {"get_by_role": "name", "get_by_text": "text", "get_by_label": "text"}


def _translated(find: Any, argument: str, language: str) -> Any:
    def found(self: Any, first: Any, **more: Any) -> Any:
        if argument == "name":
            if isinstance(more.get("name"), str):
                more["name"] = in_language(more["name"], language, exact=more.pop("exact", False))
            return find(self, first, **more)
        if isinstance(first, str):
            first = in_language(first, language, exact=more.pop("exact", False))
        return find(self, first, **more)

    return found


def in_language(text: str, language: str, *, exact: bool = False) -> re.Pattern[str]:
    """Whatever the other language says where English says `text`, or has it in what it says."""
    whole, within = [], []
    parts = {_bare(text), _bare(text).replace("of {}", "{}")}
    for english, other in known(language):
        if found := re.fullmatch(_pattern(english), text, re.DOTALL):
            whole.append(_filled(other, found.groupdict()))
        elif any(part in _bare(english) for part in parts):
            within.append(_filled(other, {}))
    # What is nobody's word of ours is what it is: a name, or another's page.
    said = [*(whole or ([] if exact else within)), re.escape(text)]
    either = "|".join(sorted(set(said), key=len, reverse=True))
    either = either.replace("\u00a0", r"\s").replace("\u202f", r"\s")  # as a browser may tell them
    return re.compile(f"^(?:{either})$" if exact else f"(?:{either})", re.IGNORECASE)


def _bare(text: str) -> str:
    return re.sub(r"\{\w+\}|\d[\d,]*", "{}", text).lower()


def _pattern(english: str) -> str:
    seen: set[str] = set()
    parts = re.split(r"\{(\w+)\}", english)
    pattern = re.escape(parts[0])
    for name, after in zip(parts[1::2], parts[2::2], strict=True):
        pattern += (f"(?P={name})" if name in seen else rf"(?P<{name}>\S*[\d@]\S*)") + re.escape(after)
        seen.add(name)
    return pattern


def _filled(other: str, values: dict[str, str]) -> str:
    parts = re.split(r"\{(\w+)\}", other)
    pattern = re.escape(parts[0])
    for name, after in zip(parts[1::2], parts[2::2], strict=True):
        value = values.get(name, "")
        pattern += (".+" if not value or "," in value else re.escape(value)) + re.escape(after)
    return pattern


@cache
def known(language: str) -> list[tuple[str, str]]:
    """All that is said in English, by the add-in or the app, and what it is in that language."""
    with Node(_SOURCE) as node:
        english, other = node.call("catalogues", language)
    of_the_app = pairs((ROOT / "shared" / "languages" / f"{language}.po").read_text(encoding="utf-8"))
    # A form that is nothing but a value would fit anything.
    return [pair for pair in (*_pairs(english, other), *of_the_app) if re.sub(r"\{\w+\}|\W", "", pair[0])]


def _pairs(english: Any, other: Any) -> Iterator[tuple[str, str]]:
    if isinstance(english, str):
        yield english, other
        return
    for name in english if isinstance(english, dict) else range(len(english)):
        yield from _pairs(english[name], other[name])

"""No language lacks a word of another's, and each says it with the same values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.node import Node
from tools.addin import ADDIN

SOURCE = """
import { DIALOG, PAGES, PANE, READING, REVIEWED, TRACKED } from "./words/catalogues.ts";
import { words } from "./words/common.ts";
import { fill, number, several } from "./words/fill.ts";
import { languageIn, locale, setLocale } from "./words/languages.ts";
import { pageWords } from "./words/pages/index.ts";
import { paneWords } from "./words/pane/index.ts";
import { readingWords } from "./words/pane/reading.ts";
import { reviewedWords } from "./words/pane/reviewed.ts";
import { trackedWords } from "./words/pane/tracked.ts";
import { speak } from "./words/speak.ts";

const english = structuredClone({ words, paneWords, reviewedWords, readingWords, trackedWords, pageWords });
globalThis.document = { documentElement: { lang: "" } };
export const languages = () => Object.keys(PANE);
export const catalogue = async (language) => ({
  words: (await PANE[language]()).common,
  paneWords: (await PANE[language]()).own,
  reviewedWords: (await REVIEWED[language]()).own,
  readingWords: (await READING[language]()).own,
  trackedWords: (await TRACKED[language]()).own,
  pageWords: (await PAGES[language]()).own,
  dialog: (await DIALOG[language]()).common,
});
export const inEnglish = () => ({ ...english, dialog: english.words });
export const said = async (asked, n) => {
  Object.assign(paneWords, structuredClone(english.paneWords));
  const button = paneWords.idle;
  await speak(asked, paneWords, PANE);
  return [document.documentElement.lang, locale(), button.count, paneWords.idle.count, number(n)];
};
export const failing = async () => {
  document.documentElement.lang = "en";
  setLocale("en");
  Object.assign(paneWords, structuredClone(english.paneWords));
  await speak(["de"], paneWords, { de: () => Promise.reject(new Error("offline")) });
  return [document.documentElement.lang, locale(), paneWords.idle.count];
};
export const severalIn = (tag, n, one, many) => {
  setLocale(tag);
  return several(n, one, many);
};
"""


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with Node(SOURCE) as node:
        yield node


def texts(words: Any, path: str = "") -> dict[str, str]:
    """Every text, by where it stands."""
    if isinstance(words, str):
        return {path: words}
    pairs = words.items() if isinstance(words, dict) else enumerate(words)
    return {place: text for name, below in pairs for place, text in texts(below, f"{path}.{name}").items()}


def values(text: str) -> set[str]:
    return set(re.findall(r"\{\w+\}", text))


MAY_SPELL_IT = {"{n}"}


def is_for_one(place: str) -> bool:
    """Whether a text is for exactly one, so that it may spell the number out."""
    return re.search(r"(?i)one$|ormore$", place) is not None


def languages() -> list[str]:
    """Every language but English."""
    with Node(SOURCE) as node:
        found: list[str] = node.call("languages")
    return found


LANGUAGES = languages()


def test_german_is_among_the_languages() -> None:
    assert "de" in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_lacks_a_word_or_has_one_that_nobody_says(node: Node, language: str) -> None:
    english, other = texts(node.call("inEnglish")), texts(node.call("catalogue", language))
    assert english.keys() - other.keys() == set()
    assert other.keys() - english.keys() == set()
    assert [place for place, text in other.items() if not text.strip()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_says_a_word_with_the_values_that_english_says_it_with(
    node: Node, language: str
) -> None:
    english, other = texts(node.call("inEnglish")), texts(node.call("catalogue", language))
    differ = {
        place: (text, other[place])
        for place, text in english.items()
        if (values(text) ^ values(other[place])) - (MAY_SPELL_IT if is_for_one(place) else set())
    }
    assert differ == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_data_and_no_word_is_the_same_in_every_language(node: Node, language: str) -> None:
    english, other = texts(node.call("inEnglish")), texts(node.call("catalogue", language))
    data = [place for place in english if place.endswith((".verdict", "Command", ".withdraw", ".look"))]
    rules = [place for place in data if ".rules." in place or "python3" in english[place]]
    assert rules
    assert [place for place in rules if english[place] != other[place]] == []


@pytest.mark.parametrize(
    ("asked", "language", "count", "number"),
    [
        (["de-LU"], "de", "Empfänger zählen", "1.204"),
        (["de-DE"], "de", "Empfänger zählen", "1.204"),
        (["pl-PL", "de"], "de", "Empfänger zählen", "1.204"),
        (["en-GB", "de"], "en", "Count recipients", "1,204"),
        (["pl-PL"], "en", "Count recipients", "1,204"),
        (["deu-x"], "en", "Count recipients", "1,204"),
        ([], "en", "Count recipients", "1,204"),
    ],
)
def test_the_first_language_asked_for_that_there_is_is_spoken_and_english_without_one(
    node: Node, asked: list[str], language: str, count: str, number: str
) -> None:
    lang, locale, captured, said, written = node.call("said", asked, 1204)
    assert (lang, said, written) == (language, count, number)
    assert locale == (next((one for one in asked if one.startswith(language)), "en"))
    assert captured == said  # also for who took the words before they were another language's


def test_words_that_cannot_be_loaded_leave_the_page_english_in_words_and_numbers(node: Node) -> None:
    assert node.call("failing") == ["en", "en", "Count recipients"]


@pytest.mark.parametrize(
    ("tag", "n", "text"),
    [
        ("en", 0, "0 lists"),
        ("en", 1, "1 list"),
        ("en", 2000, "2,000 lists"),
        ("fr", 0, "0 list"),
        ("fr", 1, "1 list"),
        ("fr", 2, "2 lists"),
    ],
)
def test_none_is_said_as_one_where_a_language_says_it_so(node: Node, tag: str, n: int, text: str) -> None:
    assert node.call("severalIn", tag, n, "{n} list", "{n} lists") == text


def test_a_form_that_spells_one_out_is_for_exactly_one(node: Node) -> None:
    assert node.call("severalIn", "fr", 0, "une liste", "{n} listes") == "0 listes"
    assert node.call("severalIn", "fr", 1, "une liste", "{n} listes") == "une liste"


def test_no_text_is_taken_before_the_readers_language_is_there(node: Node) -> None:
    """Outside a function, code runs before: there it may take the words' objects alone."""
    english = texts(node.call("inEnglish"))
    found = []
    for path in sorted((ADDIN / "src").rglob("*.ts*")):
        known = {name: f".{name}" for name in ("words", "paneWords", "pageWords")}
        for line in re.findall(r"^(?:const|let) .*", path.read_text(encoding="utf-8"), re.MULTILINE):
            for name, way in re.findall(r"\b(\w+)((?:\.\w+)+)", line.partition("=>")[0]):
                place = known.get(name, "") + way
                if place in english:
                    found.append(f"{path.name}: {line}")
                if alias := re.fullmatch(rf"const (\w+) = {name}{re.escape(way)};", line):
                    known[alias[1]] = place
    assert found == []

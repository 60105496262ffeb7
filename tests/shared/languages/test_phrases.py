"""Nothing that the app says to people is missing in a language, and each is told in the reader's."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared import errors
from shared.audience.problems import dynamic_not_visible, not_found, too_many_lists
from shared.helpers import Helper, sender_words
from shared.languages.phrases import Phrasebook, pairs, phrasebook
from shared.languages.reader import LANGUAGES, listen, preferred, say, told
from shared.tracking.mail.ceiling import Basis
from shared.tracking.privacy.asking import question_of
from tests.support.said import ROOT, bare, sentences

OTHERS = LANGUAGES[1:]
FOLDER = ROOT / "shared" / "languages"


def read(language: str) -> dict[str, str]:
    return dict(pairs((FOLDER / f"{language}.po").read_text(encoding="utf-8")))


def test_each_language_is_one_file() -> None:
    assert {path.stem for path in FOLDER.glob("*.po")} == set(OTHERS)


@pytest.mark.parametrize("language", OTHERS)
def test_no_language_lacks_a_sentence(language: str) -> None:
    known = {bare(english) for english in read(language)}
    assert [f"{place}: {text}" for place, text in sentences() if bare(text) not in known] == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_language_keeps_a_sentence_that_nobody_says(language: str) -> None:
    source = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("shared", "routes")
        for path in (ROOT / folder).rglob("*.py")
    )
    code = re.sub(r"\s+", " ", re.sub(r'"\s*f?"', "", source))
    parts = {english: re.split(r"\{\w+\}", english) for english in read(language)}
    assert [
        english
        for english, fixed in parts.items()
        if english.endswith(".")  # shorter ones are put together
        and not all(part.strip() in code or part.strip().replace('"', '\\"') in code for part in fixed)
    ] == []


@pytest.mark.parametrize("language", OTHERS)
def test_all_languages_say_the_same_sentences_with_the_same_values(language: str) -> None:
    said = read(language)
    assert set(said) == set(read("de"))
    values = re.compile(r"\{\w+\}")
    assert [
        english
        for english, other in said.items()
        if sorted(values.findall(english)) != sorted(values.findall(other)) or not other
    ] == []


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("helper", Helper)
def test_whoever_can_help_is_named_in_every_language(language: str, helper: Helper) -> None:
    words = sender_words("It.", "It.", "Do.", helper, "code")
    if helper is not Helper.READER:
        assert say(words.remedy, language) != words.remedy
        assert "the " not in say(words.remedy, language).replace("the list", "the")


@pytest.mark.parametrize("basis", Basis)
def test_a_person_is_asked_in_every_language(basis: Basis) -> None:
    assert set(question_of(basis).texts) == set(LANGUAGES)


def test_a_number_within_a_sentence_is_written_as_the_reader_writes_it() -> None:
    said = say(too_many_lists(1204, 10_000).text, "de")
    assert said == "Mehr als 10.000 Listen sind beteiligt; 1.204 davon wurden nicht gelesen."


def test_a_sentence_within_a_sentence_is_said_in_the_same_language() -> None:
    missing = dynamic_not_visible("all@company.com", errors.Throttled(20))
    assert say(missing.text, "de") == (
        "Exchange konnte nicht gefragt werden; dynamische Verteilerlisten in anderen Listen wurden deshalb "
        "nicht gesehen. Microsoft ist ausgelastet und bittet uns zu warten."
    )
    refused = errors.ServiceAccountError("disabled", "Entra refused the service account (AADSTS99).")
    assert say(refused.for_sender().forward or "", "de") == (
        "Rollcall meldet: Entra hat das Dienstkonto abgelehnt (AADSTS99). "
        "Eine Administratorin oder ein Administrator muss ein Dienstkonto verbinden. (disabled)"
    )


def test_what_was_filled_in_is_filled_in_again() -> None:
    said = say(not_found("typo@company.com", "company.com", exchange=True).text, "de")
    assert said.startswith("company.com ist eine Domäne Ihrer Organisation")


def test_what_is_not_known_is_told_as_it_is() -> None:
    assert say("Nobody ever said this.", "de") == "Nobody ever said this."
    assert say("", "de") == ""


@given(st.text(max_size=300))
def test_any_text_is_said_without_an_error(text: str) -> None:
    for language in OTHERS:
        assert isinstance(say(text, language), str)
        assert isinstance(say(f"The secret {text} in Key Vault holds no signing keys.", language), str)


def test_what_stands_in_a_sentence_cannot_fill_in_anything_itself() -> None:
    odd = say("Key Vault holds no secret {name}{0}{a.b}.", "de")
    assert odd == "Key Vault enthält kein Geheimnis {name}{0}{a.b}."


def test_the_longest_sentence_that_fits_is_taken_before_a_shorter_one() -> None:
    words = Phrasebook(iter([("{a} b", "x {a}"), ("one {a} b", "y {a}")]))
    assert words.say("one 2 b") == "y 2"
    assert words.say("two b") == "x two"


def test_only_what_is_said_to_people_is_translated() -> None:
    listen("de")
    try:
        answer = told(
            {"text": "Try again.", "name": "Try again.", "more": [{"remedy": "Try again.", "n": 1}]}
        )
    finally:
        listen(None)
    german = phrasebook("de").say("Try again.")
    assert answer == {"text": german, "name": "Try again.", "more": [{"remedy": german, "n": 1}]}
    assert told("Try again.") == "Try again."


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("", "en"),
        ("de", "de"),
        ("DE-at", "de"),
        ("pl, de;q=0.8, en;q=0.9", "en"),
        ("pl, de;q=0.9, en;q=0.8", "de"),
        ("en-GB,en;q=0.9,de;q=0.8", "en"),
        ("de;q=0, en", "en"),
        ("*", "en"),
        ("de;q=x", "en"),
        ("german", "en"),
        (";,;,q=,=", "en"),
    ],
)
def test_the_language_is_the_one_that_the_browser_would_rather_have(asked: str, language: str) -> None:
    assert preferred(asked) == language


@given(st.text(max_size=3000))
def test_any_header_asks_for_some_language(asked: str) -> None:
    assert preferred(asked) in LANGUAGES


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("At most 12 of 1,204 recipients opened it", "Von höchstens 12 von 1.204 Empfängern geöffnet"),
        ("At most 12 von 40 Empfängern opened it", "Von höchstens 12 von 40 Empfängern geöffnet"),
        ("between 210 and 1,260", "zwischen 210 und 1.260"),
        ("1,204", "1.204"),
        ("at most 22%", "höchstens 22\u00a0%"),
        ("Opened, share", "Geöffnet, Anteil"),
        ("of-all-people@company.com", "of-all-people@company.com"),
    ],
)
def test_what_a_file_says_of_a_report_is_put_together_anew(english: str, german: str) -> None:
    assert say(english, "de") == german

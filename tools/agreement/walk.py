"""Making an agreement, question by question. Whoever presses Enter takes what is strict."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from shared.agreement.allowances import MEANINGS, Allowance
from shared.agreement.signed import read_agreement
from shared.agreement.terms import FORMAT
from shared.tracking.mail.ceiling import Basis, Tracking
from tools.agreement.telling import BASES, REACH

Ask = Callable[[str], str]
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for one field; `read` raises ValueError with what the answer must be."""

    field: str
    text: str
    preset: str
    read: Callable[[str], Any]


def walk(ask: Ask, say: Say, today: datetime) -> bytes:
    """The bytes of a new agreement's file."""
    found: dict[str, Any] = {"format": FORMAT}
    for question in _questions(today):
        found[question.field] = _answer(question, ask, say)
    found["individual_basis"] = []
    if found["tracking"] == Tracking.INDIVIDUAL:
        say("".join(f"  {basis.value:<13} {meaning}\n" for basis, meaning in BASES.items()).rstrip())
        basis = Question("individual_basis", "Measured by name", Basis.CONSENT.value, _some(*Basis))
        found["individual_basis"] = _answer(basis, ask, say)
    say("\nWhat is allowed besides? What you do not say yes to is not allowed.")
    found["allowed"] = [
        allowance.value
        for allowance in Allowance
        if _answer(Question("", f"{MEANINGS[allowance]} (yes/no)", "no", _yes), ask, say)
    ]
    data = (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode()
    read_agreement(data)
    return data


def _questions(today: datetime) -> Iterator[Question]:
    first = datetime.combine(today.astimezone(UTC).date() + timedelta(days=1), time(), UTC)
    yield Question("title", "What is the agreement called?", "Agreement on measuring mails", _line)
    yield Question("parties", "Between whom is it made? (separated by semicolons)", "", _parties)
    yield Question("reference", "Where is its whole text found?", "", _line)
    yield Question("valid_from", "From which day on?", first.date().isoformat(), _day)
    end = first.replace(year=first.year + 2, day=1).date().isoformat()
    yield Question("valid_until", "Until before which day? Tracking stops by itself then.", end, _day)
    ways = "".join(f"\n  {way.value:<13} {meaning}" for way, meaning in REACH.items())
    yield Question("tracking", f"How far may mails be tracked at most?{ways}\n ", "counting", _one(*Tracking))
    yield Question("notice", "Must each tracked mail say that it is measured? (yes/no)", "yes", _notice)
    yield Question("smallest_group", "Of how few people are no numbers told?", "5", _count(1, 1000))
    after = "How many seconds after delivery do numbers appear?"
    yield Question("published_after", after, "86400", _count(60, 7_776_000))
    yield Question("published_times", "How often do they appear at most?", "1", _count(1, 5))
    events = "For how many days are opens and clicks kept at most?"
    yield Question("events_kept", events, "90", _count(1, 3650))
    yield Question("messages_kept", "For how many days are mails kept at most?", "400", _count(1, 3650))
    trail = "For how many days is the audit trail kept at most?"
    yield Question("audit_kept", trail, "3650", _count(30, 36_500))


def _answer(question: Question, ask: Ask, say: Say) -> Any:
    while True:
        shown = f" [{question.preset}]" if question.preset else ""
        given = ask(f"{question.text}{shown} ").strip() or question.preset
        try:
            return question.read(given)
        except ValueError as error:
            say(f"  {error}")


def _line(text: str) -> str:
    if not 1 <= len(text) <= 200 or not text.isprintable():
        raise ValueError("Please write one line, of at most 200 characters.")
    return text


def _parties(text: str) -> list[str]:
    found = [_line(part.strip()) for part in text.split(";") if part.strip()]
    if not 1 <= len(found) <= 10:
        raise ValueError("Please name one to ten parties.")
    return found


def _day(text: str) -> str:
    try:
        day = datetime.strptime(text, "%Y-%m-%d").astimezone()
    except ValueError:
        raise ValueError("Please write a day as 2027-01-31.") from None
    return day.isoformat()


def _one(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError(f"Please write one of {', '.join(words)}.")
        return text

    return read


def _some(*words: str) -> Callable[[str], list[str]]:
    def read(text: str) -> list[str]:
        found = [part.strip() for part in text.split(",") if part.strip()]
        if not found or any(word not in words for word in found) or len(set(found)) < len(found):
            raise ValueError(f"Please write some of {', '.join(words)}, separated by commas.")
        return found

    return read


def _yes(text: str) -> bool:
    if text.lower() not in ("yes", "no", "y", "n"):
        raise ValueError("Please write yes or no.")
    return text.lower().startswith("y")


def _notice(text: str) -> str:
    return "line" if _yes(text) else "none"


def _count(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit()) or not least <= int(text) <= most:
            raise ValueError(f"Please write a whole number from {least} to {most}.")
        return int(text)

    return read

"""What a sender calls a mail: its name, campaign, tags and purpose, typed or chosen, and read nowhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, fields

from shared.audience.result import Audience
from shared.errors import InvalidRequest

MAX_NAME, MAX_CAMPAIGN, MAX_TAG, MAX_TAGS = 120, 60, 40, 10
MAX_PURPOSE = 60
MAX_LISTS = 100


@dataclass(frozen=True, slots=True)
class Labels:
    """Texts are one line, trimmed; empty where the sender said nothing. `tags` are each there once, however
    they are written."""

    name: str = ""
    campaign: str = ""
    tags: tuple[str, ...] = ()
    purpose: str = ""


NO_LABELS = Labels()


def parse_labels(
    labels: Labels, purposes: Sequence[str], before: Labels = NO_LABELS, place: str = "$"
) -> Labels:
    """The labels as they are kept. A purpose is one of `purposes`, or stays what it was `before`, though an
    admin names it no more. Raises InvalidRequest, naming the field below `place`."""
    tags: dict[str, str] = {}
    for number, text in enumerate(labels.tags):
        tag = _line(text, f"{place}.tags[{number}]", MAX_TAG)
        if "," in tag:
            raise InvalidRequest(
                f"{place}.tags[{number}]", "A tag holds no comma.", "Give each tag by itself."
            )
        if tag:
            tags.setdefault(fold(tag), tag)
    if len(tags) > MAX_TAGS:
        raise InvalidRequest(f"{place}.tags", f"There are more than {MAX_TAGS} tags.")
    purpose = _line(labels.purpose, f"{place}.purpose", MAX_PURPOSE)
    if purpose and purpose not in purposes and purpose != before.purpose:
        raise InvalidRequest(
            f"{place}.purpose",
            "This is none of the purposes that your administrator named.",
            "Choose one of them, or none.",
        )
    name, campaign = (
        _line(labels.name, f"{place}.name", MAX_NAME),
        _line(labels.campaign, f"{place}.campaign", MAX_CAMPAIGN),
    )
    return Labels(name, campaign, tuple(tags.values()), purpose)


def typed_in(audience: Audience) -> tuple[str, ...]:
    """The lists that the sender wrote to, by address; of more than MAX_LISTS the first. People are none."""
    return tuple(entry.address for entry in audience.lists if entry.parent is None)[:MAX_LISTS]


def changed(before: Labels, after: Labels) -> list[str]:
    """Which of them are not what they were, by the name of the field."""
    return [
        field.name for field in fields(Labels) if getattr(before, field.name) != getattr(after, field.name)
    ]


def fold(text: str) -> str:
    """The form in which texts are compared: without case, and without the marks on letters that Unicode can
    take off, since people search for Muller and Müller alike."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in plain if not unicodedata.combining(each))


def _line(text: str, field: str, most: int) -> str:
    line = " ".join(text.split())
    if any(unicodedata.category(each) in ("Cc", "Cs", "Co", "Cn") for each in line):
        raise InvalidRequest(field, "This holds characters that are no text.")
    if len(line) > most:
        raise InvalidRequest(field, f"This is longer than {most} characters.")
    return line

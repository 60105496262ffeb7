"""What a sender calls a mail and its links: its name, campaign, tags and purpose, typed or chosen, and read
nowhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from shared.audience.by_list import MOST_LISTS
from shared.errors import InvalidRequest

if TYPE_CHECKING:
    from shared.audience.result import Audience

MAX_NAME, MAX_CAMPAIGN, MAX_TAG, MAX_TAGS = 120, 60, 40, 10
MAX_PURPOSE = 60
MAX_LINK_NAME, MAX_LINK_NAMES = 60, 10_000
"""Characters: of the name of one link, and of all of them."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Texts are one line, trimmed; empty where the sender said nothing. `tags` are each there once, however
    they are written. `links` are the names of links, by number; of those behind the last one there is
    none."""

    name: str = ""
    campaign: str = ""
    tags: tuple[str, ...] = ()
    purpose: str = ""
    links: tuple[str, ...] = ()


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
    links = [_line(text, f"{place}.links[{n}]", MAX_LINK_NAME) for n, text in enumerate(labels.links)]
    if sum(map(len, links)) > MAX_LINK_NAMES:
        raise InvalidRequest(f"{place}.links", f"They are longer than {MAX_LINK_NAMES} characters together.")
    return Labels(name, campaign, tuple(tags.values()), purpose, _without_end(links))


def by_number(names: Sequence[str], places: Sequence[int | None]) -> tuple[str, ...]:
    """The names of links by number, of names by place in a list in which the links have these numbers: where
    a link stands there twice, the first name counts; one that is not tracked has none."""
    found = [""] * (1 + max((number for number in places if number is not None), default=-1))
    for name, number in zip(names, places, strict=False):
        if number is not None:
            found[number] = found[number] or name
    return _without_end(found)


def _without_end(names: Sequence[str]) -> tuple[str, ...]:
    last = max((place for place, name in enumerate(names) if name), default=-1)
    return tuple(names[: last + 1])


def typed_in(audience: Audience) -> tuple[str, ...]:
    """The lists that the sender wrote to, by address; of more than MOST_LISTS the first. People are none."""
    return tuple(entry.address for entry in audience.lists if entry.parent is None)[:MOST_LISTS]


def changed(before: Labels, after: Labels) -> list[str]:
    """Which of them are not what they were, by the name of the field."""
    return [
        field.name for field in fields(Labels) if getattr(before, field.name) != getattr(after, field.name)
    ]


def fold(text: str) -> str:
    """The form in which texts are compared: without case, and without the marks on letters that Unicode can
    take off, since people search for Muller and Müller alike."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in plain if not unicodedata.combining(each))


def _line(text: str, field: str, most: int) -> str:
    line = " ".join(text.split())
    if any(unicodedata.category(each) in ("Cc", "Cs", "Co", "Cn") for each in line):
        raise InvalidRequest(field, "This holds characters that are no text.")
    if len(line) > most:
        raise InvalidRequest(field, f"This is longer than {most} characters.")
    return line

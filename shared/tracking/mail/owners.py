"""Whose messages are meant."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum


class EveryOwner(Enum):
    """Whoever a message belongs to. It must be asked for: an owner that was forgotten finds nothing."""

    EVERY_OWNER = "every owner"


EVERY_OWNER = EveryOwner.EVERY_OWNER


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody by their id, and the teams that they are in, by name."""

    id: str
    teams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TeamOf:
    """Everybody in the team of that name."""

    name: str


Whose = str | Colleague | TeamOf | EveryOwner
"""Whose messages are meant: one person's, by their id; theirs and their teams'; a team's; or everybody's."""


def lists_of(viewer: Whose) -> list[Whose]:
    """The lists in which a viewer finds what they see."""
    return [viewer.id, *map(TeamOf, viewer.teams)] if isinstance(viewer, Colleague) else [viewer]


def person_in(whose: Whose) -> str | None:
    """The id of the one person in it, empty for a team; None where it is everybody. Raises TypeError for what
    is none of these: whoever was forgotten is nobody, and not everybody."""
    if isinstance(whose, Colleague):
        return whose.id
    if isinstance(whose, str):
        return whose
    if not isinstance(whose, TeamOf | EveryOwner):
        raise TypeError("nobody was said")
    return None if isinstance(whose, EveryOwner) else ""


def means(whose: Whose, owner: str, teams: Collection[str]) -> bool:
    """Whether the messages of that owner and those teams are meant."""
    if isinstance(whose, EveryOwner) or owner == person_in(whose):
        return True
    if isinstance(whose, TeamOf):
        return whose.name in teams
    return isinstance(whose, Colleague) and not set(whose.teams).isdisjoint(teams)

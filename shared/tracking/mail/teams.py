"""Teams: people who see and manage each other's messages, as an admin names them.

Who is in a team is told by the caller's own access token alone: by their object id, or by a group in which
Entra says that they are; names are none, since somebody else may have them later. Where it tells nothing,
they are in none. A message is its sender's teams' from its registration on: whoever joins a team later sees
it, and whoever leaves does not."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from shared.tracking.mail.labels import fold

MAX_TEAMS, MAX_TEAM_NAME, MAX_MEMBERS = 50, 60, 500
_MEMBER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Team:
    """`members` are object ids, of people and of groups."""

    name: str
    members: frozenset[str]


def parse_teams(text: str) -> tuple[Team, ...]:
    """The teams in a setting: `name: member, member; name: member`. Raises ValueError, which repeats nothing
    of it."""
    teams = dict[str, Team]()
    for part in filter(None, map(str.strip, text.split(";"))):
        name, colon, rest = part.partition(":")
        name, members = " ".join(name.split()), re.split(r"[\s,]+", rest.strip().lower())
        if not colon or not name or len(name) > MAX_TEAM_NAME or not name.isprintable():
            raise ValueError(
                f"must hold teams between semicolons, each a name of at most {MAX_TEAM_NAME} characters, a "
                "colon, and its members"
            )
        if not all(map(_MEMBER.fullmatch, members)) or len(members) > MAX_MEMBERS:
            raise ValueError(f"must name members of a team by object id, at most {MAX_MEMBERS} of them")
        if teams.setdefault(fold(name), team := Team(name, frozenset(members))) is not team:
            raise ValueError("must name each team once")
    if len(teams) > MAX_TEAMS:
        raise ValueError(f"must name at most {MAX_TEAMS} teams")
    return tuple(teams.values())


def teams_of(teams: Sequence[Team], known_as: Collection[str]) -> tuple[str, ...]:
    """The names of the teams of somebody whom, or whose groups, Entra knows by these ids."""
    return tuple(team.name for team in teams if not team.members.isdisjoint(known_as))

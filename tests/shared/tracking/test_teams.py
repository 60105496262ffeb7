"""Teams as an admin writes them, and who is in one."""

from __future__ import annotations

import pytest

from shared.tracking.mail.owners import EVERY_OWNER, Colleague, means
from shared.tracking.mail.teams import MAX_MEMBERS, MAX_TEAMS, Team, parse_teams, teams_of

ANA, BEN = "11111111-2222-4333-8444-555555555555", "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"


def test_a_team_has_a_name_and_members_by_object_id_however_they_are_written() -> None:
    one, other = parse_teams(f" Internal  comms : {ANA.upper()},\n {BEN} ;; HR:{BEN}; ")
    assert one == Team("Internal comms", frozenset({ANA, BEN}))
    assert other == Team("HR", frozenset({BEN}))
    assert parse_teams("") == ()


@pytest.mark.parametrize(
    "text",
    [
        "Comms",
        f"Comms {ANA}",
        "Comms:",
        f":{ANA}",
        "Comms: ana@company.com",
        f"Comms: {ANA[:-1]}",
        f"{'n' * 61}: {ANA}",
        f"Com\x00ms: {ANA}",
        f"Comms: {ANA}; comms: {BEN}",
        ";".join(f"Team {n}: {ANA}" for n in range(MAX_TEAMS + 1)),
        f"Comms: {' '.join([ANA] * (MAX_MEMBERS + 1))}",
    ],
)
def test_what_is_no_team_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(ValueError, match="must") as refused:
        parse_teams(text)
    assert ANA not in str(refused.value)


def test_somebody_is_in_the_teams_that_name_them_or_a_group_of_theirs_and_in_no_other() -> None:
    teams = parse_teams(f"Comms: {ANA}; HR: {BEN}; Both: {ANA} {BEN}")
    assert teams_of(teams, {ANA}) == ("Comms", "Both")
    assert teams_of(teams, {BEN, "cccccccc-bbbb-4ccc-8ddd-eeeeeeeeeeee"}) == ("HR", "Both")
    assert teams_of(teams, set()) == ()


def test_a_mail_is_meant_by_its_owner_by_somebody_of_its_team_and_by_admins() -> None:
    colleague = Colleague("noah", ("Comms",))
    assert means(colleague, "mia", ["HR", "Comms"])
    assert means(colleague, "noah", [])
    assert not means(colleague, "mia", ["comms", ""])
    assert not means(Colleague("noah", ()), "mia", [])
    assert not means("noah", "mia", ["noah"])
    assert means(EVERY_OWNER, "mia", [])

"""Access tokens of programs: told from those of people, strictly, and never taken for more than they are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from shared.api.declaration import AUDIT_READER, REPORT_READER
from shared.errors import NotAllowed, NotAuthenticated
from shared.settings import Settings
from shared.web.callers import ADMIN, SENDER, Callers, EntraKeys
from tests.support.callers import ADDIN, Jwks, access_token, bearer

PROGRAM, PRINCIPAL = "77777777-0000-0000-0000-000000000001", "77777777-0000-0000-0000-000000000002"


def program_token(**changed: Any) -> str:
    """An access token as Entra gives it to a program for itself."""
    claims = {
        "oid": PRINCIPAL,
        "sub": PRINCIPAL,
        "azp": PROGRAM,
        "azpacr": "1",
        "idtyp": "app",
        "scp": None,
        "roles": [REPORT_READER],
        "name": None,
        "preferred_username": None,
    }
    return access_token(**(claims | changed))


@pytest.fixture
def callers(config: Settings, jwks: Jwks) -> Callers:
    found = Callers(replace(config, programs="reports"))
    found._keys = EntraKeys(jwks.url)
    return found


@pytest.mark.parametrize("azpacr", ["1", "2"], ids=["secret", "certificate"])
def test_a_program_with_the_role_is_recognised(callers: Callers, azpacr: str) -> None:
    caller = callers.identify(bearer(program_token(azpacr=azpacr)), program=REPORT_READER)
    assert (caller.id, caller.is_program) == (PRINCIPAL, True)
    assert not caller.is_sender
    assert not caller.is_admin


@pytest.mark.parametrize("roles", [None, [], [AUDIT_READER], [SENDER, ADMIN], ["rollcall.report.reader"]])
def test_a_program_without_the_role_is_not_let_in(callers: Callers, roles: list[str] | None) -> None:
    with pytest.raises(NotAllowed):
        callers.identify(bearer(program_token(roles=roles)), program=REPORT_READER)


def test_where_no_role_for_programs_is_named_none_is_let_in_whatever_roles_it_has(callers: Callers) -> None:
    everything = [REPORT_READER, AUDIT_READER, SENDER, ADMIN]
    for needs_role in (True, False):
        with pytest.raises(NotAllowed):
            callers.identify(bearer(program_token(roles=everything, azp=ADDIN)), needs_role=needs_role)


def test_a_program_has_no_role_of_people(callers: Callers) -> None:
    token = program_token(roles=[REPORT_READER, ADMIN, SENDER])
    caller = callers.identify(bearer(token), program=REPORT_READER)
    assert caller.roles == {REPORT_READER}


def test_a_person_has_no_role_of_programs(callers: Callers) -> None:
    token = access_token(roles=[SENDER, REPORT_READER, AUDIT_READER])
    caller = callers.identify(bearer(token), program=REPORT_READER)
    assert (caller.roles, caller.is_program) == (frozenset({SENDER}), False)
    with pytest.raises(NotAllowed):
        callers.identify(bearer(access_token(roles=[REPORT_READER])), program=REPORT_READER)


@pytest.mark.parametrize(
    "changed",
    [
        {"scp": "access_as_user"},
        {"scp": ""},
        {"azpacr": "0"},
        {"azpacr": None},
        {"azpacr": 1},
    ],
    ids=str,
)
def test_a_token_that_is_half_a_programs_is_nobodys(callers: Callers, changed: dict[str, Any]) -> None:
    with pytest.raises(NotAuthenticated):
        callers.identify(bearer(program_token(**changed)), program=REPORT_READER)


@pytest.mark.parametrize("idtyp", [None, "user", "App", "device", ["app"], True])
def test_what_does_not_say_that_it_is_a_programs_is_judged_as_a_persons(callers: Callers, idtyp: Any) -> None:
    for azp in (PROGRAM, ADDIN):
        with pytest.raises(NotAllowed):
            callers.identify(bearer(program_token(idtyp=idtyp, azp=azp)), program=REPORT_READER)


def test_another_organisations_program_is_not_let_in(callers: Callers) -> None:
    token = program_token(tid="99999999-0000-0000-0000-000000000000")
    with pytest.raises(NotAllowed, match="another organisation"):
        callers.identify(bearer(token), program=REPORT_READER)


def test_as_long_as_no_admin_says_so_no_program_is_let_in(config: Settings, jwks: Jwks) -> None:
    callers = Callers(config)
    callers._keys = EntraKeys(jwks.url)
    with pytest.raises(NotAllowed, match="no program"):
        callers.identify(bearer(program_token()), program=REPORT_READER)

"""The table of countries in docs/privacy.md: each row can be set, and says where what it says was read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sandbox.stack.stack import environment_of
from shared.settings import Settings
from tests.support.environment import COMPLETE

PAGE = Path(__file__).parents[3] / "docs" / "privacy.md"
NAMES = ("France", "Italy", "Germany", "Denmark", "Austria", "elsewhere")


def rows() -> dict[str, list[str]]:
    section = PAGE.read_text(encoding="utf-8").partition("## Which grade where")[2].partition("\n## ")[0]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in section.splitlines()]
    return {row[0].strip("| "): row for row in cells if row[0].strip("| ") in NAMES}


@pytest.mark.parametrize("place", NAMES)
def test_each_row_of_the_countries_can_be_set(place: str) -> None:
    *_, careful, named = rows()[place]
    for cell in (careful, named):
        [(name, value)] = re.findall(r"`(ROLLCALL_\w+)=(\w+)`", cell)
        chosen = {"ROLLCALL_MODES": "counting,pseudonymous,individual", name: value}
        settings = Settings.from_env(COMPLETE | chosen)
        allowed = [mode.value for mode in settings.allowed_modes]
        if name == "ROLLCALL_TRACKING":
            assert allowed == ([] if value == "off" else [value])
        else:
            assert allowed[-1] == "individual"
            assert settings.ceiling.needs_consent is (value == "consent")


@pytest.mark.parametrize("place", NAMES)
def test_the_sandbox_takes_each_row_from_its_environment(place: str) -> None:
    for cell in rows()[place][-2:]:
        [(name, value)] = re.findall(r"`(ROLLCALL_\w+)=(\w+)`", cell)
        given = {name: value, "ROLLCALL_MODES": "counting", "ROLLCALL_CLIENT_ID": "another deployment's"}
        taken = environment_of(given, {"ROLLCALL_CLIENT_ID": "the sandbox's"})
        assert taken == {name: value, "ROLLCALL_MODES": "counting", "ROLLCALL_CLIENT_ID": "the sandbox's"}


@pytest.mark.parametrize("place", NAMES[:-1])
def test_each_country_says_where_and_when_it_was_read_and_how_sure_that_is(place: str) -> None:
    said = rows()[place][4]
    assert re.search(r"\]\(https://", said), place
    assert re.search(r"\b(19|20)\d\d\b|§", said), place
    assert re.search(r"\b(un)?sure\b", said), place

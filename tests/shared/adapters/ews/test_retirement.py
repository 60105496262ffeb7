"""What an admin reads of the end of Exchange Web Services in Exchange Online, and when."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from shared.adapters.directories.ews.retirement import look_ahead
from shared.errors import EwsBlocked
from shared.health import CheckAnswer, Health
from shared.services.checks import checks_of
from shared.services.process import Services
from shared.settings import Settings
from tests.support.environment import COMPLETE

BOTH = {"ROLLCALL_DIRECTORIES": "graph,ews"}


def check_on(monkeypatch: pytest.MonkeyPatch, day: date, values: dict[str, str]) -> list[CheckAnswer]:
    """What health says of it that day; nothing where it is no check."""
    services = Services(Settings.from_env(COMPLETE | values))
    monkeypatch.setattr(services, "now", lambda: datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
    checks = checks_of(services)
    return Health({"ews_end": checks["ews_end"]}).look() if "ews_end" in checks else []


@pytest.mark.parametrize(("day", "left"), [(date(2026, 11, 27), "125"), (date(2027, 3, 31), "1")])
def test_health_is_well_and_says_how_many_days_are_left(
    monkeypatch: pytest.MonkeyPatch, day: date, left: str
) -> None:
    [said] = check_on(monkeypatch, day, BOTH)
    assert (said.ok, f"days left: {left}." in said.text) == (True, True)


def test_without_the_admin_api_dynamic_lists_are_named_as_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    [said] = check_on(monkeypatch, date(2027, 1, 1), BOTH)
    assert "Dynamic distribution lists cannot be counted then" in said.text
    assert "only a lower bound" in said.text
    assert "`exchange` in the place of `ews`" in said.remedy


def test_beside_the_admin_api_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {"ROLLCALL_DIRECTORIES": "graph,exchange,ews"}
    [said] = check_on(monkeypatch, date(2027, 1, 1), values)
    assert "by the Exchange Online Admin API and Microsoft Graph alone" in said.text
    assert "take `ews` out" in said.remedy


def test_where_there_are_no_dynamic_lists_none_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    [said] = check_on(monkeypatch, date(2027, 1, 1), BOTH | {"ROLLCALL_DYNAMIC_LISTS": "absent"})
    assert "No list is lost" in said.text


def test_from_the_day_on_it_is_what_does_not_work(monkeypatch: pytest.MonkeyPatch) -> None:
    [said] = check_on(monkeypatch, date(2027, 4, 1), BOTH)
    assert (said.ok, "retired" in said.text) == (False, True)
    with pytest.raises(EwsBlocked):
        look_ahead(date(2030, 1, 1), exchange_too=True, dynamic_lists=False)


@pytest.mark.parametrize(
    "values",
    [
        {"ROLLCALL_DIRECTORIES": "graph,exchange"},
        BOTH | {"ROLLCALL_EWS_URL": "https://mail.contoso.com/EWS/Exchange.asmx"},
    ],
    ids=["no Exchange Web Services", "a server on premises"],
)
def test_whom_it_does_not_concern_hears_nothing(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str]
) -> None:
    assert check_on(monkeypatch, date(2026, 11, 27), values) == []

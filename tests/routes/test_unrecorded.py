"""What a report says of a mail that was delivered before less was allowed to be recorded, through the public
door: since when, and never that nobody did anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from routes.timers import expansions_purge
from shared.adapters.storage.tables.account import delete_row
from shared.adapters.storage.tables.standings import AGREEMENT
from shared.services.process import Services, services
from tests.support.agreements import TERMS, Under, under
from tests.support.api import Api
from tests.support.tracked_mails import LINKS, register, visit

__all__ = ["under"]
Start = Callable[[str], Api]


@pytest.fixture
def start(api: Api, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """The app after a start with that ceiling, an hour after the one before; nobody looked before."""
    _forget()
    clock = [datetime.now(UTC) - timedelta(hours=3, minutes=2)]
    monkeypatch.setattr(Services, "now", lambda self: clock[0])

    def begin(ceiling: str) -> Api:
        clock[0] += timedelta(hours=1)
        monkeypatch.setenv("ROLLCALL_TRACKING", ceiling)
        monkeypatch.setenv("ROLLCALL_SMALLEST_GROUP", "1")
        services.cache_clear()
        look()
        clock[0] += timedelta(minutes=1)
        return api

    yield begin
    services.cache_clear()
    _forget()


def _forget() -> None:
    services().tables.write(AGREEMENT, lambda table: delete_row(table, "ceiling", "course"))


def look() -> None:
    services().tracking.consent.watch.look()


def sent(api: Api) -> Any:
    body = register(api)
    assert api.call("POST", f"/api/messages/{body['message_id']}/sent").status_code == 200
    return body


def report(api: Api, body: Any, form: str = "") -> Any:
    answer = api.call("GET", f"/api/messages/{body['message_id']}/report{form}")
    assert answer.status_code == 200, answer.text
    return answer if form else answer.json()


def headline(api: Api, body: Any) -> Any:
    return api.call("GET", f"/api/headlines?ids={body['message_id']}").json()["headlines"][0]


def test_a_report_says_since_when_nothing_is_recorded_and_until_then_its_numbers_count(start: Start) -> None:
    body = sent(start("counting"))
    visit(body["pixel_url"])
    assert report(start("counting"), body)["unrecorded"] == []
    api = start("off")
    visit(body["pixel_url"])
    told = report(api, body)
    [gap] = told["unrecorded"]
    assert (gap["opens"], gap["clicks"], gap["until"]) == (True, True, None)
    assert datetime.fromisoformat(gap["since"]) == services().tracking.consent.began
    assert sum(told["opened"].values()) == 1
    assert "Opens and clicks not recorded since" in report(api, body, ".csv").text
    assert "Not everything was recorded." in report(api, body, ".csv").text
    assert headline(api, body)["partly"]


def test_a_report_says_what_was_lost_when_it_is_recorded_again(start: Start) -> None:
    body = sent(start("counting"))
    start("clicks")
    told = report(start("counting"), body)
    [gap] = told["unrecorded"]
    assert (gap["opens"], gap["clicks"]) == (True, False)
    assert datetime.fromisoformat(gap["until"]) - datetime.fromisoformat(gap["since"]) == timedelta(
        minutes=61
    )
    assert told["withheld"] is None


def test_a_mail_of_which_nothing_was_ever_recorded_has_no_numbers(start: Start) -> None:
    body = register(start("counting"))
    api = start("off")
    assert api.call("POST", f"/api/messages/{body['message_id']}/sent").status_code == 200
    visit(body["pixel_url"])
    told = report(api, body)
    assert told["withheld"] == headline(api, body)["withheld"] == "not_recorded"
    assert (told["opened_by"], told["clicked_by"]) == (None, None)
    assert "nobody" not in report(api, body, ".csv").text.lower()


def test_an_agreement_that_expired_is_told_of_by_its_own_time(
    under: Under, monkeypatch: pytest.MonkeyPatch
) -> None:
    _forget()
    ends = datetime.now(UTC).replace(microsecond=0) + timedelta(days=10)
    api = under(TERMS | {"valid_until": ends.isoformat()})
    body = sent(api)
    assert visit(body["links"][LINKS[2]]).status_code == 302
    later = datetime.now(UTC) + timedelta(days=12)
    monkeypatch.setattr(Services, "now", lambda self: later)
    [gap] = report(api, body)["unrecorded"]
    assert datetime.fromisoformat(gap["since"]) == ends


def test_the_timer_keeps_each_change(start: Start) -> None:
    start("counting")
    expansions_purge.build().get_user_function()(None)
    assert services().tracking.consent.watch.course()[-1].tracking == "counting"

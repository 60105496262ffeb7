"""Which lines of the app a request carries to the platform's log, and which are printed."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
import requests

from routes.timers import track_drain
from sandbox.server.server import Running
from shared.services.process import services
from tests.support.api import ADA, SALES, Api
from tests.support.people import sent_mail
from tests.support.tracked_mails import register, visit

USER = "user4@company.com"


@pytest.fixture(autouse=True)
def everything_is_said() -> Iterator[None]:
    """As the platform's worker sets it."""
    root, level = logging.getLogger(), logging.getLogger().level
    root.setLevel(logging.INFO)
    yield
    root.setLevel(level)


def test_what_is_recorded_of_an_objection_is_nobodys_request_and_of_an_admin_the_admins(
    individual: Api, capsys: pytest.CaptureFixture[str]
) -> None:
    recipients = sent_mail(individual)["recipients"]["rows"]
    [url] = [one["notice_url"] for one in recipients if one["address"] == USER]
    individual.as_person(ADA).call("GET", f"/api/people/{USER}")
    [look] = individual.as_person(ADA).call("GET", "/api/audit?kind=person_exported&limit=1").json()["rows"]
    assert look["hash"] not in capsys.readouterr().out
    assert requests.post(url, data={"choice": "object"}, timeout=10).status_code == 200
    [record] = individual.as_person(ADA).call("GET", "/api/audit?kind=objected&limit=1").json()["rows"]
    printed = capsys.readouterr().out
    assert printed == f"audit {record['chain']} {record['number']} {record['hash']}\n"
    # Storage is the same for all tests of the run.
    assert individual.as_person(ADA).call("DELETE", f"/api/people/{USER}/objection").status_code == 200


def test_events_that_are_nowhere_but_in_the_log_are_printed_for_no_request_lasts_that_long(
    individual: Api, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ROLLCALL_READER_DEADLINE", "0.2")
    url = register(individual, "counting")["pixel_url"]
    for name in ("journal_table", "overflow_queue"):
        monkeypatch.setattr(type(services().tracking), name, property(refuse))
    assert visit(url).status_code == 200
    printed = capsys.readouterr().out
    assert "an entry is not stored yet: rollcall-entry." in printed
    assert "events do not reach Table Storage in time" in printed


def refuse(_: object) -> object:
    raise OSError("storage is down")


def test_a_directory_that_asks_to_wait_is_heard_although_threads_of_our_own_ask_it(
    api: Api, sandbox: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    throttled = {"service": "graph", "path": "members", "status": 429, "headers": {"Retry-After": "1"}}
    sandbox.world.faults.set([throttled | {"times": 1}])
    assert api.expand(SALES).status_code == 200
    assert "graph: waiting" in capsys.readouterr().out


def test_what_a_timer_says_goes_with_the_timer(
    api: Api, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def drain(_: object) -> None:
        logging.getLogger("shared.tracking").error("of a timer")

    monkeypatch.setattr(type(services().tracking), "drain", drain)
    track_drain(None)
    assert capsys.readouterr().out == ""

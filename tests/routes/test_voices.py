"""Each reader's own words: a sender is told whom to tell and with what, an administrator what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from docs.answers import answers_page
from shared.answers import ews, exchange, graph, storage, vault
from shared.answers.meaning import Course
from shared.helpers import Helper
from tests.support.amounts import at_least
from tests.support.api import ADA, SALES, Api

ROOT = Path(__file__).parents[2]
REFUSED = {"error": {"code": "Authorization_RequestDenied", "message": "Insufficient privileges."}}


def refuse(api: Api, path: str, status: int = 403, body: Any = REFUSED) -> None:
    api.sandbox.world.faults.add(service="graph", path=path, status=status, body=body)


def test_contacts_that_may_not_be_searched_leave_a_list_counted_for_both_and_show_in_the_connection(
    api: Api,
) -> None:
    refuse(api, "/contacts")
    admin = api.as_person(ADA)
    [to_sender], [to_admin] = (each.expand(SALES).json()["problems"] for each in (api, admin))
    assert api.expand(SALES).json()["count"] == at_least(4)
    assert to_sender["remedy"].startswith("Tell your organisation's Entra administrator")
    assert "OrgContact.Read.All" in to_sender["forward"]
    assert "OrgContact.Read.All" in to_admin["remedy"]
    assert to_admin["forward"] is None
    connection = admin.call("GET", "/api/connection").json()
    assert connection["state"] == "limited"
    assert "/contacts" in connection["text"]
    [directory] = connection["directories"]
    assert (directory["ok"], "OrgContact.Read.All" in directory["remedy"]) == (False, True)

    api.sandbox.world.faults.clear()
    assert api.expand(SALES).json()["complete"]
    assert admin.call("GET", "/api/connection").json()["state"] == "connected"


def test_what_an_expansion_came_to_is_told_each_reader_again_when_it_is_asked_for(api: Api) -> None:
    api.sandbox.world.switches.set(account_disabled=True, access_tokens_revoked=True)
    for person, forwards in ((api, True), (api.as_person(ADA), False)):
        identifier = f"voices-{forwards}-{id(api)}"
        told = person.expand(SALES, id=identifier).json()
        failure = person.call("GET", f"/api/expansions/{identifier}").json()["failure"]
        for remedy, forward in (
            (told["remedy"], told.get("forward")),
            (failure["remedy"], failure["forward"]),
        ):
            assert remedy.startswith("Tell ") == forwards
            assert (forward is not None) == forwards


@pytest.mark.parametrize("table", [graph.TABLE, exchange.TABLE, ews.TABLE, vault.TABLE, storage.TABLE])
def test_each_row_has_a_sentence_a_remedy_and_one_who_can_help(table: Any) -> None:
    for key, row in table.rows.items():
        assert row.sentence.endswith("."), key
        assert row.remedy.endswith("."), key
        assert "your administrator" not in row.remedy.lower() or row.course is Course.AGAIN, key
        passing = row.course in (Course.AGAIN, Course.ANEW, Course.GONE)
        assert passing or row.helper is not Helper.READER or row.reason == "store_conflict", key


def test_the_page_of_answers_is_what_the_code_says() -> None:
    page = (ROOT / "docs" / "answers.md").read_text(encoding="utf-8")
    assert page == answers_page(), "run python3 dev.py docs"

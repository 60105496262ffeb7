"""Finding messages among many: by words, campaign, tag, sender, time, and whether they were sent."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from shared.services.process import services
from tests.support.api import ADA, ALL, NOAH, SALES, Api, assert_problem
from tests.support.tracked_mails import register

MAILS: tuple[tuple[str, str, list[str], str], ...] = (
    ("Spring newsletter", "Newsletters", ["spring"], SALES),
    ("Summer newsletter", "Newsletters", ["summer", "Ferien"], ALL),
    ("Fire drill", "", ["safety"], ALL),
    ("Grüße aus Köln", "Regions", [], SALES),
)


@pytest.fixture(params=["read whole", "listed by time"])
def mails(request: pytest.FixtureRequest, api: Api) -> tuple[Api, str, dict[str, str]]:
    """Mails of one sender, and a word that only they have. Once as before lists are whole, and once after."""
    mark = f"m{uuid.uuid4().hex[:10]}"
    if request.param == "listed by time":
        listing = services().tracking.message_table.listing
        listing.walk()
        listing.walk(now=lambda: datetime.now(UTC) + timedelta(days=1))
        assert listing.entries.is_whole
    found = {}
    for name, campaign, tags, to in MAILS:
        labels = {"name": f"{name} {mark}", "campaign": campaign and f"{campaign} {mark}", "tags": tags}
        expansion = api.expand(to).json()["id"]
        found[name] = register(api, expansion_id=expansion, labels=labels)["message_id"]
    api.call("POST", f"/api/messages/{found['Spring newsletter']}/sent")
    return api, mark, found


def search(api: Api, **query: str) -> list[Any]:
    """Every row, over all pages."""
    rows: list[Any] = []
    after: str | None = ""
    while after is not None:
        asked = urlencode({**query, "limit": "2"} | ({"after": after} if after else {}))
        answer = api.call("GET", f"/api/messages?{asked}")
        assert answer.status_code == 200, answer.text
        rows, after = rows + answer.json()["rows"], answer.json()["next"]
    return rows


def names(api: Api, mark: str, **query: str) -> list[str]:
    found = search(api, **query)
    return [row["labels"]["name"].removesuffix(f" {mark}") for row in found if mark in row["labels"]["name"]]


def test_words_are_found_in_names_campaigns_tags_senders_and_lists(
    mails: tuple[Api, str, dict[str, str]],
) -> None:
    api, mark, _ = mails
    assert names(api, mark, q=f"NEWSLETTER {mark}") == ["Summer newsletter", "Spring newsletter"]
    assert names(api, mark, q=f"{mark} gruse koln") == []
    assert names(api, mark, q=f"{mark} grusse kol") == ["Grüße aus Köln"]
    assert names(api, mark, q=f"ferien {mark}") == ["Summer newsletter"]
    assert names(api, mark, q=f"{mark} sales-team") == ["Grüße aus Köln", "Spring newsletter"]
    assert names(api, mark, q=f"mia.sender {mark}") == [name for name, *_ in reversed(MAILS)]
    assert search(api, q=f"{mark} nothing-like-it") == []


def test_filters_go_together_and_are_whole(mails: tuple[Api, str, dict[str, str]]) -> None:
    api, mark, _ = mails
    both = ["Summer newsletter", "Spring newsletter"]
    assert names(api, mark, campaign=f"newsletters {mark}") == both
    assert names(api, mark, campaign="newsletters") == []
    assert names(api, mark, tag="SUMMER", q=mark) == ["Summer newsletter"]
    assert names(api, mark, tag="summ", q=mark) == []
    assert names(api, mark, campaign=f"Newsletters {mark}", sent="no") == ["Summer newsletter"]
    assert names(api, mark, sent="yes", q=mark) == ["Spring newsletter"]
    assert len(names(api, mark, sender="MIA.SENDER@company.com", q=mark)) == len(MAILS)
    assert names(api, mark, sender="mia.sender@company", q=mark) == []


def test_time_is_when_a_mail_was_registered(mails: tuple[Api, str, dict[str, str]]) -> None:
    api, mark, _ = mails
    at = {row["labels"]["name"]: row["created_at"] for row in search(api, q=mark)}
    fire = at[f"Fire drill {mark}"]
    assert names(api, mark, since=fire, q=mark) == ["Grüße aus Köln", "Fire drill"]
    assert names(api, mark, until=fire, q=mark) == ["Summer newsletter", "Spring newsletter"]
    assert names(api, mark, since=fire, until=fire) == []


def test_what_a_mail_is_called_and_whether_it_is_sent_is_found_as_it_is_now(
    mails: tuple[Api, str, dict[str, str]],
) -> None:
    api, mark, found = mails
    path = f"/api/messages/{found['Fire drill']}"
    assert api.call("PATCH", path, json={"name": f"Alarm {mark}", "tags": []}).status_code == 200
    assert names(api, mark, q=f"{mark} alarm") == ["Alarm"]
    assert names(api, mark, q=f"{mark} drill") == []
    assert names(api, mark, tag="safety", q=mark) == []
    api.call("POST", f"{path}/sent")
    assert "Alarm" in names(api, mark, sent="yes", q=mark)
    api.call("DELETE", f"{path}/sent")
    assert "Alarm" not in names(api, mark, sent="yes", q=mark)
    assert "Alarm" in names(api, mark, sent="no", q=mark)
    assert api.call("DELETE", path).status_code == 204
    assert names(api, mark, q=f"{mark} alarm") == []


def test_nobody_finds_what_they_may_not_see(mails: tuple[Api, str, dict[str, str]]) -> None:
    api, mark, found = mails
    noah = api.as_person(NOAH)
    assert search(noah, q=mark) == []
    assert len(search(api.as_person(ADA), q=mark)) == len(MAILS)
    path = f"/api/messages/{found['Fire drill']}/readers"
    assert api.call("PUT", path, json={"addresses": [NOAH]}).status_code == 200
    assert names(noah, mark, q=mark) == ["Fire drill"]
    assert names(noah, mark, q=f"{mark} summer") == []


def test_a_cursor_is_of_its_own_search(mails: tuple[Api, str, dict[str, str]]) -> None:
    api, mark, _ = mails
    first = api.call("GET", f"/api/messages?limit=1&q={mark}").json()
    answer = api.call("GET", f"/api/messages?limit=1&q=other&after={first['next']}")
    assert_problem(answer, 400, "invalid_request", "after")


def test_each_order_is_whole_over_its_pages_and_turned_around(
    mails: tuple[Api, str, dict[str, str]],
) -> None:
    api, mark, _ = mails
    by_name = ["Fire drill", "Grüße aus Köln", "Spring newsletter", "Summer newsletter"]
    assert names(api, mark, q=mark, sort="name") == by_name
    assert names(api, mark, q=mark, sort="-name") == [*reversed(by_name)]
    # Of equal ones the newest is first.
    few, many = ["Grüße aus Köln", "Spring newsletter"], ["Fire drill", "Summer newsletter"]
    assert names(api, mark, q=mark, sort="recipients") == few + many
    assert names(api, mark, q=mark, sort="-recipients") == many + few


def test_mails_of_which_it_is_not_known_come_last_either_way(mails: tuple[Api, str, dict[str, str]]) -> None:
    api, mark, _ = mails
    others = ["Grüße aus Köln", "Fire drill", "Summer newsletter"]
    for sort in ("sent", "-sent"):
        assert names(api, mark, q=mark, sort=sort) == ["Spring newsletter", *others]
    for sort in ("opened", "-opened", "clicked", "-clicked"):
        assert names(api, mark, q=mark, sort=sort) == [*others, "Spring newsletter"]


def test_a_sorted_list_filters_as_the_other_one_does(mails: tuple[Api, str, dict[str, str]]) -> None:
    api, mark, found = mails
    assert names(api, mark, campaign=f"newsletters {mark}", sort="name") == [
        "Spring newsletter",
        "Summer newsletter",
    ]
    assert names(api, mark, q=mark, sent="yes", sort="name") == ["Spring newsletter"]
    assert names(api, mark, q=f"{mark} gruse", sort="name") == []
    assert search(api, q=mark, since="2026-01-02", until="2026-01-01", sort="name") == []
    assert search(api.as_person(NOAH), q=mark, sort="name") == []
    assert len(search(api.as_person(ADA), q=mark, sort="-sent")) == len(MAILS)
    path = f"/api/messages/{found['Fire drill']}"
    assert api.call("PATCH", path, json={"name": f"Zebra {mark}"}).status_code == 200
    assert names(api, mark, q=mark, sort="-name")[0] == "Zebra"
    assert api.call("DELETE", path).status_code == 204
    assert "Zebra" not in names(api, mark, q=mark, sort="-name")


def test_an_order_that_is_none_and_a_cursor_of_another_one_are_refused(
    mails: tuple[Api, str, dict[str, str]],
) -> None:
    api, mark, _ = mails
    assert_problem(api.call("GET", "/api/messages?sort=subject"), 400, "invalid_request", "sort")
    first = api.call("GET", f"/api/messages?limit=1&q={mark}&sort=name").json()
    for sort in ("-name", "sent"):
        other = api.call("GET", f"/api/messages?limit=1&q={mark}&sort={sort}&after={first['next']}")
        assert_problem(other, 400, "invalid_request", "after")

"""Messages through the public door."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from azure.data.tables import TableServiceClient

from shared.api.declaration import XLSX
from shared.services.process import services
from shared.tracking.recording.events import Entry, key_of
from tests.support.amounts import exactly
from tests.support.api import ADA, MIA, NOAH, SALES, Api, assert_problem
from tests.support.report_files import parts_of, sheets_in
from tests.support.tracked_mails import LINKS, SENDER, register, unpacked, visit


def test_a_reviewed_expansion_becomes_a_message(api: Api) -> None:
    expansion_id = api.expand(SALES).json()["id"]
    body = register(api, expansion_id=expansion_id)
    assert (body["count"], body["untracked"], body["recipients"]) == (exactly(4), [], None)
    assert list(body["links"]) == LINKS
    assert len(set(body["links"].values())) == 2
    origin = services().settings.public_url
    assert body["pixel_url"].startswith(f"{origin}/o/")
    assert len(body["pixel_url"].removeprefix(origin)) < 80
    assert api.call("GET", f"/api/expansions/{expansion_id}").status_code == 404
    assert register(api, expansion_id=expansion_id) == body


def test_individual_mails_are_paged(individual: Api) -> None:
    body = register(individual, "individual")
    assert body["pixel_url"] is body["links"] is None
    everybody = [f"user{n}@company.com" for n in range(1, 5)]
    assert [entry["address"] for entry in body["recipients"]["rows"]] == everybody
    path = f"/api/messages/{body['message_id']}/recipients"
    page = individual.call("GET", f"{path}?limit=2").json()
    rest = individual.call("GET", f"{path}?limit=2&after={page['next']}").json()
    assert page["rows"] + rest["rows"] == body["recipients"]["rows"]
    assert (page["total"], rest["total"], rest["next"]) == (4, 4, None)
    assert individual.as_person(NOAH).call("GET", path).status_code == 404


def test_individual_is_off_until_an_admin_allows_it(api: Api) -> None:
    expansion_id = api.expand(SALES).json()["id"]
    body = {"expansion_id": expansion_id, "mode": "individual", "sender": SENDER}
    assert_problem(api.call("POST", "/api/messages", json=body), 403, "not_allowed")


def test_in_pseudonymous_mode_nothing_stored_ties_a_token_to_an_address(api: Api, azurite: str) -> None:
    body = register(api, "pseudonymous")
    tokens = {entry["pixel_url"].rpartition("/")[2] for entry in body["recipients"]["rows"]}
    assert len(tokens) == 4
    addresses = [f"user{n}@company.com" for n in range(1, 5)]
    known = {services().tracking.signing_keys.get().person(address) for address in addresses}
    assert not any(
        services().tracking.signing_keys.get().read_open(token).person in known for token in tokens
    )
    with TableServiceClient.from_connection_string(azurite) as account:
        rows = [
            row
            for table in account.list_tables()
            for row in account.get_table_client(table.name).list_entities()
            if any(body["message_id"] in str(value) for value in row.values())
        ]
    assert rows
    stored = " ".join(str(unpacked(value)) for row in rows for value in row.values())
    assert "company.com/news" in stored  # so that what is packed was looked into
    assert not any(address in stored for address in addresses)


def test_a_message_is_armed_listed_and_deleted(api: Api) -> None:
    identifier = register(api)["message_id"]
    path = f"/api/messages/{identifier}"
    sent = api.call("POST", f"{path}/sent")
    assert sent.status_code == 200
    assert (sent.json()["stage"], sent.json()["sender"]) == ("sent", SENDER | {"checked": True})
    listed = api.call("GET", "/api/messages?limit=1").json()
    assert [message["message_id"] for message in listed["rows"]] == [identifier]
    assert api.as_person(NOAH).call("DELETE", path).status_code == 404
    mine = api.as_person(NOAH).call("GET", "/api/messages").json()["rows"]
    assert identifier not in [message["message_id"] for message in mine]
    assert api.as_person(ADA).call("DELETE", path).status_code == 204
    assert api.call("POST", f"{path}/sent").status_code == 404


@pytest.mark.parametrize("mode", ["counting", "individual", "pseudonymous"])
@pytest.mark.parametrize("setting", ["line", "none"])
def test_every_tracked_mail_has_a_line_unless_people_are_informed_otherwise(
    individual: Api, monkeypatch: pytest.MonkeyPatch, setting: str, mode: str
) -> None:
    monkeypatch.setenv("ROLLCALL_NOTICE", setting)
    services.cache_clear()
    mail = register(individual, mode)
    told = [mail["notice_url"]] if mode == "counting" else []
    told += [one["notice_url"] for one in (mail["recipients"] or {"rows": []})["rows"]]
    assert [url is not None for url in told] == [setting == "line"] * len(told)
    assert len(set(told)) == (len(told) if setting == "line" else 1)
    report = individual.call("GET", f"/api/messages/{mail['message_id']}/report").json()
    assert report["notice"] == setting


def test_a_report_says_that_the_sender_took_the_line_out(api: Api) -> None:
    path = f"/api/messages/{register(api)['message_id']}"
    assert api.call("POST", f"{path}/sent?notice=gone").status_code == 200
    assert api.call("GET", f"{path}/report").json()["notice"] == "gone"
    assert api.call("POST", f"{path}/sent").status_code == 200
    assert api.call("GET", f"{path}/report").json()["notice"] == "line"
    assert_problem(api.call("POST", f"{path}/sent?notice=off"), 400, "invalid_request", "notice")


@pytest.mark.usefixtures("everything_told")
def test_who_follows_the_line_of_a_shared_mail_with_all_links_is_a_machine(api: Api) -> None:
    mail = register(api)
    path = f"/api/messages/{mail['message_id']}"
    api.call("POST", f"{path}/sent")
    visit(mail["pixel_url"])
    for url in (*mail["links"].values(), mail["notice_url"]):
        visit(url)
    report = api.call("GET", f"{path}/report").json()
    assert report["reasons"]["notice_followed"] == report["clicked"]["machine"] + report["opened"]["machine"]
    assert (report["clicked"]["person"], report["clicked"]["unsure"]) == (0, 0)
    assert report["clicked_by"] == {"at_least": 0, "at_most": 0}


@pytest.mark.parametrize("field", ["subject", "body", "html", "attachments", "recipients"])
def test_what_the_mail_says_is_refused(api: Api, field: str) -> None:
    body = {"expansion_id": str(uuid.uuid4()), "mode": "counting", "sender": SENDER, field: "canary"}
    answer = api.call("POST", "/api/messages", json=body)
    assert_problem(answer, 400, "invalid_request", f"$.{field}")
    assert "canary" not in answer.text


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"mode": "secret"}, "$.mode"),
        ({"links": ["javascript:alert(1)"]}, "$.links[0]"),
        ({"links": ["https://company.com/", "http://localhost/o/x"]}, "$.links[1]"),
        ({"sender": {"name": "Mia", "address": "nobody"}}, "$.sender.address"),
        ({"sender": {"name": "Mia\nBcc: x", "address": MIA}}, "$.sender.name"),
        ({"sender": {"name": "Mia", "address": MIA, "text": "x"}}, "$.sender.text"),
        ({"expansion_id": "../x"}, "$.expansion_id"),
    ],
)
def test_what_cannot_be_used_is_named(api: Api, change: dict[str, Any], field: str) -> None:
    body = {"expansion_id": str(uuid.uuid4()), "mode": "counting", "sender": SENDER, "links": LINKS} | change
    assert_problem(api.call("POST", "/api/messages", json=body), 400, "invalid_request", field)


def test_a_link_too_long_to_carry_is_said_to_be(api: Api) -> None:
    long = "https://company.com/?q=".ljust(2500, "x")
    body = register(api, links=[*LINKS, long])
    assert body["untracked"] == [long]
    assert list(body["links"]) == LINKS


def test_the_whole_way_from_a_typed_list_to_a_report(individual: Api) -> None:
    body = register(individual, "individual")
    mails = body["recipients"]["rows"]
    path = f"/api/messages/{body['message_id']}"
    assert visit(mails[0]["pixel_url"]).status_code == 200  # the composer's own
    assert individual.call("POST", f"{path}/sent").status_code == 200
    for mail in mails[:3]:
        visit(mail["pixel_url"])
    assert visit(mails[3]["links"][LINKS[2]]).headers["location"] == LINKS[2]
    report = individual.call("GET", f"{path}/report").json()
    assert report["recipients"] == exactly(4)
    assert report["opened"] == {"person": 3, "unsure": 0, "machine": 0}
    # Outlook says what it is; the click within a minute of sending may be a machine's.
    assert report["opened_by"] == {"at_least": 3, "at_most": 4}
    assert report["clicked"] == {"person": 0, "unsure": 1, "machine": 0}  # within a minute of sending
    assert report["clicked_by"] == {"at_least": 0, "at_most": 1}
    assert [link["clicked"]["unsure"] for link in report["links"]] == [0, 1]
    assert report["not_counted"] == {"before_send": 1}
    table = individual.call("GET", f"{path}/report.csv")
    assert table.headers["content-type"].startswith("text/csv")
    assert [tuple(row.values()) for row in parts_of(table.content)["Recipients"]] == [
        ("user1@company.com", "yes", "no"),
        ("user2@company.com", "yes", "no"),
        ("user3@company.com", "yes", "no"),
        ("user4@company.com", "perhaps", "perhaps"),
    ]
    book = individual.call("GET", f"{path}/report.xlsx")
    assert book.headers["content-type"] == XLSX
    name = f"rollcall-report-{report['sent_at'][:10]}-mia-sender.xlsx"
    assert book.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert sheets_in(book.content)["Recipients"][4] == ("user4@company.com", "perhaps", "perhaps")
    assert individual.as_person(NOAH).call("GET", f"{path}/report").status_code == 404
    assert individual.as_person(ADA).call("GET", f"{path}/report").json()["opened"]["person"] == 3


@pytest.mark.usefixtures("everything_told")
def test_where_nobody_is_told_apart_the_table_names_nobody(api: Api) -> None:
    body = register(api)
    path = f"/api/messages/{body['message_id']}"
    api.call("POST", f"{path}/sent")
    visit(body["pixel_url"])
    report = api.call("GET", f"{path}/report").json()
    assert report["opened_by"] == {"at_least": 0, "at_most": 1}
    table = parts_of(api.call("GET", f"{path}/report.csv").content)
    assert {"item": "Opens", "verdict": "people", "times": "1"} in table["Reasons"]
    book = sheets_in(api.call("GET", f"{path}/report.xlsx").content)
    assert "Recipients" not in table.keys() | book.keys()
    for file in (table, book):
        assert str(file).count("@") == 1  # the sender's own


def test_health_tells_an_admin_of_events_that_wait(api: Api) -> None:
    while services().tracking.drain():  # what earlier tests' events left there on a slow machine
        pass
    entry = Entry("0" * 32, key_of(1_800_000_000.0, "abcd", 1), b"x")
    services().tracking.overflow_queue.put(entry)
    services.cache_clear()
    [waiting] = [
        check
        for check in api.as_person(ADA).call("GET", "/api/health").json()["checks"]
        if check["name"] == "events"
    ]
    assert not waiting["ok"]
    assert "1 entries wait" in waiting["text"]
    assert services().tracking.drain() == 1
    services.cache_clear()
    assert api.as_person(ADA).call("GET", "/api/health").json()["status"] == "ok"

"""What a mail is called: typed by its sender, changed at will, kept with the message and nowhere else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from azure.data.tables import TableServiceClient

from shared.services.process import services
from tests.support.api import ADA, ALL, NOAH, SALES, Api, assert_problem
from tests.support.report_files import parts_of
from tests.support.tracked_mails import register, unpacked

CALLED = {
    "name": "Spring newsletter",
    "campaign": "Newsletters",
    "tags": ["spring", "benefits"],
    "purpose": "Newsletter",
    "links": ["The news"],
}
UNCALLED = {"name": "", "campaign": "", "tags": [], "purpose": "", "links": []}


@pytest.fixture
def purposes(api: Api, monkeypatch: pytest.MonkeyPatch) -> Api:
    """An organisation whose admin named what mails may be for."""
    monkeypatch.setenv("ROLLCALL_PURPOSES", "Newsletter; Staff  event;;Newsletter")
    services.cache_clear()
    return api


def look(api: Api, message: str) -> Any:
    answer = api.call("GET", f"/api/messages/{message}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def change(api: Api, message: str, **labels: object) -> Any:
    answer = api.call("PATCH", f"/api/messages/{message}", json=labels)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_mail_is_called_what_its_sender_typed_and_has_the_lists_that_were_typed(purposes: Api) -> None:
    expansion = purposes.expand(SALES, ALL, "user1@company.com").json()["id"]
    message = register(purposes, expansion_id=expansion, labels=CALLED)["message_id"]
    found = look(purposes, message)
    assert found["labels"] == CALLED
    assert sorted(found["lists"]) == sorted([SALES, ALL])
    [listed] = [
        one for one in purposes.call("GET", "/api/messages").json()["rows"] if one["message_id"] == message
    ]
    assert listed == found


def test_a_mail_that_nobody_named_has_no_name(api: Api) -> None:
    assert look(api, register(api)["message_id"])["labels"] == UNCALLED


def test_what_a_mail_is_called_is_changed_at_will_and_what_is_not_given_stays(purposes: Api) -> None:
    message = register(purposes, labels=CALLED)["message_id"]
    purposes.call("POST", f"/api/messages/{message}/sent")
    changed = change(
        purposes, message, name="  Spring \t newsletter,  2nd try ", tags=["Spring", "spring", " "]
    )
    assert changed["labels"] == CALLED | {"name": "Spring newsletter, 2nd try", "tags": ["Spring"]}
    assert changed["stage"] == "sent"
    assert change(purposes, message, campaign="", purpose="Staff event")["labels"] == changed["labels"] | {
        "campaign": "",
        "purpose": "Staff event",
    }
    assert look(purposes, message)["labels"]["purpose"] == "Staff event"


def test_links_have_names_by_number_which_are_in_report_files_and_changed_at_will(
    individual: Api,
) -> None:
    # The second spelling leads where the first does; the third has the number 1.
    labels = {"links": ["", "  The \t news ", "Open jobs"]}
    message = register(individual, labels=labels)["message_id"]
    assert look(individual, message)["labels"]["links"] == ["The news", "Open jobs"]
    path = f"/api/messages/{message}"
    individual.call("POST", f"{path}/sent")
    table = parts_of(individual.call("GET", f"{path}/report.csv").content)["Links"]
    assert [row["name"] for row in table] == ["The news", "Open jobs"]
    assert change(individual, message, links=["", "Jobs", ""])["labels"]["links"] == ["", "Jobs"]
    assert change(individual, message, name="A mail")["labels"]["links"] == ["", "Jobs"]
    table = parts_of(individual.call("GET", f"{path}/report.csv").content)["Links"]
    assert [row.get("name", "") for row in table] == ["", "Jobs"]
    assert change(individual, message, links=[])["labels"]["links"] == []
    admin = individual.as_person(ADA)
    rows = admin.call("GET", "/api/audit?kind=message_labelled&limit=50").json()["rows"]
    told = "".join(row["facts"] for row in rows if row["subject"] == message)
    assert "links" in told
    assert "Jobs" not in told


def test_the_owner_and_an_admin_rename_a_mail_and_a_reader_does_not(api: Api) -> None:
    message = register(api)["message_id"]
    readers = {"addresses": [NOAH]}
    assert api.call("PUT", f"/api/messages/{message}/readers", json=readers).status_code == 200
    noah = api.as_person(NOAH)
    assert look(noah, message)["labels"] == UNCALLED
    assert_problem(noah.call("PATCH", f"/api/messages/{message}", json={"name": "Mine"}), 404, "not_found")
    assert change(api.as_person(ADA), message, name="By an admin")["labels"]["name"] == "By an admin"
    assert look(noah, message)["labels"]["name"] == "By an admin"


@pytest.mark.parametrize(
    ("labels", "field"),
    [
        ({"name": "n" * 121}, "$.name"),
        ({"campaign": "c" * 61}, "$.campaign"),
        ({"tags": ["t" * 41]}, "$.tags[0]"),
        ({"tags": ["one", "two, three"]}, "$.tags[1]"),
        ({"tags": [str(number) for number in range(11)]}, "$.tags"),
        ({"purpose": "Advertising"}, "$.purpose"),
        ({"links": ["n" * 61]}, "$.links[0]"),
        ({"links": ["one", "bell \u0007"]}, "$.links[1]"),
        ({"links": ["n" * 60] * 167}, "$.links"),
        ({"links": ["n"] * 501}, "$.links"),
        ({"name": "bell \u0007"}, "$.name"),
        ({"subject": "no"}, "$.subject"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_the_name_of_its_field(
    purposes: Api, labels: dict[str, object], field: str
) -> None:
    message = register(purposes)["message_id"]
    answer = purposes.call("PATCH", f"/api/messages/{message}", json=labels)
    assert_problem(answer, 400, "invalid_request", field)
    new = {"expansion_id": purposes.expand(SALES).json()["id"], "mode": "counting", "labels": labels}
    answer = purposes.call("POST", "/api/messages", json=new | {"sender": {"name": "", "address": ALL}})
    assert answer.json()["field"] == field.replace("$", "$.labels"), answer.text
    assert look(purposes, message)["labels"] == UNCALLED


def test_a_purpose_that_an_admin_names_no_more_stays_and_is_not_chosen_anew(
    purposes: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    message, other = (register(purposes, labels=CALLED)["message_id"] for _ in range(2))
    change(purposes, other, purpose="")
    monkeypatch.setenv("ROLLCALL_PURPOSES", "")
    services.cache_clear()
    assert change(purposes, message, name="Renamed", purpose="Newsletter")["labels"]["name"] == "Renamed"
    answer = purposes.call("PATCH", f"/api/messages/{other}", json={"purpose": "Newsletter"})
    assert_problem(answer, 400, "invalid_request", "$.purpose")


def test_renaming_is_recorded_without_what_was_typed_and_only_where_something_changed(purposes: Api) -> None:
    message = register(purposes, labels=CALLED)["message_id"]
    change(purposes, message, name="Canary in the mine", tags=CALLED["tags"])
    change(purposes, message, name="Canary in the mine")
    records = purposes.as_person(ADA).call("GET", "/api/audit?kind=message_labelled").json()["rows"]
    [facts] = [json.loads(one["facts"]) for one in records if one["subject"] == message]
    assert facts == {"fields": ["name"]}
    trail = purposes.as_person(ADA).call("GET", "/api/audit?limit=1000").text
    assert "Canary in the mine" not in trail
    assert "Spring newsletter" not in trail


def test_registering_again_after_a_lost_answer_keeps_the_name(api: Api) -> None:
    expansion = api.expand(SALES).json()["id"]
    body = register(api, expansion_id=expansion, labels={"name": "First"})
    change(api, body["message_id"], name="Second")
    assert register(api, expansion_id=expansion, labels={"name": "First"}) == body
    assert look(api, body["message_id"])["labels"]["name"] == "Second"


def test_a_name_ends_with_its_message(purposes: Api, azurite: str) -> None:
    message = register(purposes, labels={"name": "Zebra crossing", "tags": ["zebra-tag"]})["message_id"]
    assert "zebra" in everything(azurite)
    assert purposes.call("DELETE", f"/api/messages/{message}").status_code == 204
    assert "zebra" not in everything(azurite)


def everything(azurite: str) -> str:
    with TableServiceClient.from_connection_string(azurite) as account:
        rows = [
            {name: unpacked(value) for name, value in row.items()}
            for table in account.list_tables()
            for row in account.get_table_client(table.name).list_entities()
        ]
    return repr(rows).lower()

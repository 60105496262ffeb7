"""The trail in Table Storage, and through the public door."""

from __future__ import annotations

import csv
import io
import json
import logging
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from azure.data.tables import TableServiceClient, UpdateMode

from routes.timers import keep
from shared.adapters.storage.tables.audit import AUDIT, AuditTable
from shared.audit import Audit, Record, Search, read_all
from shared.errors import StoreUnavailable
from shared.record_kinds import Kind
from shared.services.process import services
from shared.web.spreadsheet import to_csv
from tests.support.api import ADA, ALL, MIA, NOAH, SALES, Api, assert_problem
from tests.support.trails import NOW, writer
from tools import verify_audit
from tools.verify_audit import verify

# -- in Table Storage


def test_the_table_gives_back_what_was_written_newest_first(table: AuditTable) -> None:
    audit = writer(table)
    for number in range(5):
        audit.note(Kind.EXPANDED, "mia", f"list{number}@company.example", complete=True, problems=["ä"])
    found = list(read_all(table, page=2))
    assert [record.number for record in found] == [5, 4, 3, 2, 1, 0]
    assert verify(found) == []
    table.add(found[0])  # a retry after a lost answer
    assert len(list(read_all(table))) == 6


@pytest.mark.parametrize(
    ("search", "numbers"),
    [
        (Search(), [4, 3, 2, 1]),
        (Search(kind="connected"), [4, 2]),
        (Search(actor="mia"), [3, 1]),
        (Search(kind="connected", actor="mia"), []),
        (Search(since=NOW + timedelta(minutes=2)), [4, 3, 2]),
        (Search(until=NOW + timedelta(minutes=2)), [1]),
        (Search(since=NOW + timedelta(minutes=2), until=NOW + timedelta(minutes=4)), [3, 2]),
    ],
    ids=str,
)
def test_records_are_found_by_kind_actor_and_time(
    table: AuditTable, search: Search, numbers: list[int]
) -> None:
    clock = [NOW]
    audit = Audit(table, lambda: clock[0], "")
    for kind, actor in [(Kind.EXPANDED, "mia"), (Kind.CONNECTED, "ada")] * 2:
        clock[0] += timedelta(minutes=1)
        audit.note(kind, actor)
    found = [record for record in read_all(table, search, page=3) if record.kind != "process_started"]
    assert [record.number for record in found] == numbers


def test_the_command_finds_what_was_done_to_the_table(
    table: AuditTable, azurite: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    audit = writer(table)
    for _ in range(3):
        audit.note(Kind.EXPANDED, "mia")
    audit.anchor()
    monkeypatch.setenv("ROLLCALL_STORAGE_CONNECTION", azurite)
    monkeypatch.setattr("sys.argv", ["verify-audit"])
    assert verify_audit.main() == 0
    assert capsys.readouterr().out == "5 records in 1 chains, 0 findings.\n"
    with TableServiceClient.from_connection_string(azurite) as account:
        client = account.get_table_client(AUDIT)
        rows = {row["number"]: row for row in client.list_entities()}
        client.update_entity(rows[1] | {"actor": "noah"}, mode=UpdateMode.REPLACE)
        client.delete_entity(rows[2])
    assert verify_audit.main() == 1
    printed = capsys.readouterr().out
    assert "changed: record 1 of chain" in printed
    assert "removed: record 2 of chain" in printed


def test_the_command_compares_with_a_log(
    table: AuditTable,
    azurite: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    caplog.set_level(logging.INFO)
    writer(table).note(Kind.EXPANDED, "mia")
    log = tmp_path / "log.txt"
    log.write_text(caplog.text)
    monkeypatch.setenv("ROLLCALL_STORAGE_CONNECTION", azurite)
    monkeypatch.setattr("sys.argv", ["verify-audit", "--log", str(log)])
    assert verify_audit.main() == 0
    log.write_text(caplog.text + f"\naudit {'0' * 16} 0 {'0' * 64}")
    assert verify_audit.main() == 1


# -- through the public door


def records_of(api: Api, query: str = "") -> list[dict[str, object]]:
    answer = api.as_person(ADA).call("GET", f"/api/audit?limit=1000{query}")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, object]] = answer.json()["rows"]
    return found


def test_an_expansion_is_recorded_with_its_count_and_never_a_member(table: AuditTable, api: Api) -> None:
    identifier = str(uuid.uuid4())
    api.expand(SALES, "user1@company.com", "partner@elsewhere.example", id=identifier)
    [record] = records_of(api, "&kind=expanded")
    assert record["actor"] == api.sandbox.world.find_person(MIA).id  # type: ignore[union-attr]
    assert record["subject"] == SALES
    facts = json.loads(str(record["facts"]))
    assert (facts["expansion"], facts["count"], facts["complete"]) == (identifier, 5, True)
    assert not [r for r in records_of(api) if "user1" in str(r) or "partner" in str(r)]


def test_the_trail_leads_to_the_requests_in_the_tenants_own_logs(table: AuditTable, api: Api) -> None:
    api.sandbox.world.journal.clear()
    api.expand(ALL)
    [record] = records_of(api, "&kind=expanded")
    beginning = json.loads(str(record["facts"]))["client_request_ids"].rstrip("*")
    sent = [a.client_request_id for a in api.sandbox.world.journal if a.service == "graph"]
    assert len(sent) > 3
    assert all(one.startswith(beginning) for one in sent)
    assert len(set(sent)) == len(sent)
    assert all(uuid.UUID(one).version == 4 for one in sent)


def test_a_failed_expansion_is_recorded_with_its_reason(table: AuditTable, api: Api) -> None:
    api.sandbox.world.switches.set(account_disabled=True, access_tokens_revoked=True)
    assert api.expand(SALES).status_code == 503
    [record] = records_of(api, "&kind=expansion_failed")
    assert json.loads(str(record["facts"]))["failure"] == "disabled"


def test_the_connections_life_is_recorded(table: AuditTable, api: Api) -> None:
    assert api.connect("grace.whitfield@fabrikam.com").status_code == 503
    api.as_person(ADA).call("DELETE", "/api/connection")
    ada = api.sandbox.world.find_person(ADA)
    assert ada
    lived = [record["kind"] for record in records_of(api, f"&actor={ada.id}")]
    assert lived == [
        "disconnected",
        "connection_refused",
        "connection_started",
        "connected",
        "connecting",
        "connection_started",
    ]


def test_what_cannot_be_recorded_is_not_answered(
    table: AuditTable, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(record: Record) -> None:
        raise StoreUnavailable

    monkeypatch.setattr(services().audit.trail, "add", fail)
    assert_problem(api.expand(SALES), 503, "store_unavailable")


def test_the_trail_is_paged_and_for_admins_only(table: AuditTable, api: Api) -> None:
    for _ in range(3):
        api.expand("user1@company.com")
    admin = api.as_person(ADA)
    first = admin.call("GET", "/api/audit?limit=2&kind=expanded").json()
    second = admin.call("GET", f"/api/audit?limit=2&kind=expanded&after={first['next']}").json()
    assert [len(page["rows"]) for page in (first, second)] == [2, 1]
    assert second["next"] is None
    for path in ("/api/audit", "/api/audit.csv"):
        assert_problem(api.call("GET", path), 403, "not_allowed")
        assert_problem(api.as_person(NOAH).call("GET", path), 403, "not_allowed")


@pytest.mark.parametrize(
    "query",
    ["since=yesterday", "until=2026-13-01", "kind=a'%20or%20true", "actor=%22", "after=../x", "limit=0"],
)
def test_a_search_that_cannot_be_is_refused_by_parameter(api: Api, query: str) -> None:
    answer = api.as_person(ADA).call("GET", f"/api/audit?{query}")
    assert_problem(answer, 400, "invalid_request", query.partition("=")[0])


@pytest.mark.parametrize("since", ["2026-01-01", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00+01:00"])
def test_a_time_may_be_written_as_people_do(table: AuditTable, api: Api, since: str) -> None:
    assert records_of(api, f"&since={since}")
    assert records_of(api, f"&until={since}") == []


def test_the_trail_as_a_file_is_recorded_and_runs_no_formula(table: AuditTable, api: Api) -> None:
    services().audit.note(Kind.EXPANDED, "mia", '=HYPERLINK("https://evil.example")')
    answer = api.as_person(ADA).call("GET", "/api/audit.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert 'filename="rollcall-audit.csv"' in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0]["kind"] == "audit_exported"
    assert rows[1]["subject"] == '\'=HYPERLINK("https://evil.example")'


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1"])
def test_a_cell_that_begins_like_a_formula_is_text(cell: str) -> None:
    [_, [written]] = csv.reader(io.StringIO(to_csv(["a"], [[cell]]).decode("utf-8-sig"), newline=""))
    assert written == f"'{cell}"


@pytest.mark.parametrize(
    "cell",
    [
        "https://x.example/;=1+1",
        "a;+1",
        "a\t@SUM(A1)",
        "a|-1",
        "a\n=1",
        "a; =1",
        'a;"=1',
        "a;\uff1d1",
        ";;=1",
    ],
)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_no_part_of_a_cell_begins_like_a_formula_whatever_separates_cells(cell: str, separator: str) -> None:
    text = to_csv(["a"], [[cell, "b"]]).decode("utf-8-sig")
    parts = [part.lstrip(' "') for line in text.splitlines() for part in line.split(separator)]
    assert [part for part in parts if part.startswith(("=", "+", "-", "@", "\uff1d"))] == []
    [_, [first, _]] = csv.reader(io.StringIO(text, newline=""))
    assert first.replace("'", "") == cell


def test_numbers_stay_numbers_in_a_file() -> None:
    assert to_csv(["a", "b"], [[-1, "x"]]).decode("utf-8-sig").splitlines() == ["a,b", "-1,x"]


def test_the_timer_anchors_the_trail(table: AuditTable, api: Api) -> None:
    api.expand(SALES)
    keep()
    [anchor] = records_of(api, f"&kind={Kind.ANCHORED}")
    assert json.loads(str(anchor["facts"]))["heads"]
    assert verify(read_all(table)) == []

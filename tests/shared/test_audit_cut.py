"""The trail's beginning is cut off after its time, and what is left is verified all the same."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from azure.data.tables import TableServiceClient

from shared import audit as module
from shared.adapters.storage.tables.account import Tables
from shared.adapters.storage.tables.audit import AUDIT, AuditTable
from shared.audit import Audit, Record, read_all
from shared.errors import StoreUnavailable
from shared.record_kinds import Kind
from tests.support.memory_trail import MemoryTrail
from tools import verify_audit
from tools.verify_audit import Finding, read_log, verify

BEGAN = datetime(2026, 11, 23, 12, tzinfo=UTC)
KEPT = timedelta(days=100)


class Days:
    """A trail that is written day after day, by processes that come and go."""

    def __init__(self, trail: MemoryTrail | AuditTable) -> None:
        self.trail, self.now = trail, BEGAN
        self.lasting = Audit(trail, lambda: self.now, "settings")

    def pass_by(self, days: int) -> None:
        for day in range(days):
            self.lasting.note(Kind.EXPANDED, "mia", f"list{day}@company.example")
            passing = Audit(self.trail, lambda: self.now, "settings")
            for _ in range(day % 3 + 1):
                passing.note(Kind.CONNECTED, "ada")
            self.now += timedelta(hours=20)
            passing.anchor()
            self.now += timedelta(hours=4)

    def cut(self) -> int:
        return self.lasting.cut(self.now - KEPT)

    def left(self) -> list[Record]:
        return list(read_all(self.trail))


@pytest.fixture(params=["memory", "azurite"])
def days(request: pytest.FixtureRequest) -> Days:
    if request.param == "memory":
        return Days(MemoryTrail())
    connection = request.getfixturevalue("azurite")
    with TableServiceClient.from_connection_string(connection) as account:
        client = account.create_table_if_not_exists(AUDIT)
        for row in client.list_entities():
            client.delete_entity(row)
    return Days(AuditTable(Tables.by_connection(connection)))


@pytest.fixture
def trail() -> MemoryTrail:
    return MemoryTrail()


def test_after_a_cut_nothing_older_is_left_and_the_rest_verifies(days: Days) -> None:
    days.pass_by(20)
    days.now += KEPT - timedelta(days=10)
    before = days.left()
    cut = days.cut()
    left = days.left()
    assert min(record.at for record in left) >= days.now - KEPT
    assert cut == sum(record.at < days.now - KEPT for record in before) > 20
    assert verify(left) == []
    assert days.cut() == 0


def test_day_after_day_the_trail_is_cut_and_verifies(trail: MemoryTrail) -> None:
    days = Days(trail)
    days.pass_by(5)
    days.now += KEPT - timedelta(days=3)
    for _ in range(8):
        days.pass_by(1)
        days.cut()
        assert verify(days.left(), kept=KEPT) == []
    assert min(record.at for record in days.left()) > BEGAN + timedelta(days=5)


def test_more_chains_than_a_record_holds_are_cut(trail: MemoryTrail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ANCHORS", 3)
    monkeypatch.setattr(module, "_CUT_AT_ONCE", 7)
    days = Days(trail)
    days.pass_by(20)
    days.now += KEPT
    days.cut()
    assert verify(days.left()) == []
    assert {record.kind for record in days.left()} == {"trail_cut"}


def test_a_run_cuts_so_much_and_the_next_goes_on(trail: MemoryTrail, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_CUT_AT_ONCE", 5)
    monkeypatch.setattr(module, "MOST_CUT", 12)
    days = Days(trail)
    days.pass_by(10)
    days.now += KEPT
    runs = 0
    while days.cut():
        runs += 1
        assert verify(days.left()) == []
    assert runs > 2


@pytest.mark.parametrize("lost", range(1, 9))
def test_a_cut_that_is_interrupted_in_the_middle_verifies_and_is_finished(lost: int) -> None:
    """The records say that all may be gone; some are left, whichever."""
    days = Days(MemoryTrail())
    days.pass_by(6)
    days.now += KEPT - timedelta(days=2)
    assert isinstance(days.trail, MemoryTrail)
    all_of_it = list(days.trail.records)
    days.cut()
    gone = [record for record in all_of_it if record not in days.trail.records]
    days.trail.records += gone[lost % 3 :: lost]
    assert verify(days.left()) == []
    days.cut()
    assert min(record.at for record in days.left()) >= days.now - KEPT
    assert verify(days.left()) == []


def test_what_cannot_be_recorded_is_not_cut(trail: MemoryTrail) -> None:
    days = Days(trail)
    days.pass_by(3)
    days.now += KEPT
    before, trail.down = len(trail.records), True
    with pytest.raises(StoreUnavailable):
        days.cut()
    assert len(trail.records) == before


# -- whoever hides behind a cut


@pytest.fixture
def cut(trail: MemoryTrail) -> MemoryTrail:
    """A trail whose beginning is gone, while its first chain goes on."""
    days = Days(trail)
    days.pass_by(12)
    days.now += KEPT - timedelta(days=5)
    days.cut()
    days.lasting.note(Kind.EXPANDED, "mia")
    days.lasting.anchor()
    assert verify(trail.records) == []
    return trail


def test_any_record_that_is_left_is_missed_when_it_is_removed(cut: MemoryTrail) -> None:
    for record in list(cut.records)[:-1]:  # of the last one only the log knows
        cut.records.remove(record)
        assert verify(cut.records), record
        cut.records.append(record)


def test_a_cut_that_says_less_or_more_than_it_did_is_found(cut: MemoryTrail) -> None:
    for position, record in enumerate(cut.records):
        if record.kind != Kind.TRAIL_CUT:
            continue
        for shift in (-1, 1):
            facts = json.loads(record.facts)
            facts["heads"] = {
                chain: [number + shift, hash] for chain, (number, hash) in facts["heads"].items()
            }
            forged = replace(record, facts=json.dumps(facts, sort_keys=True))
            cut.records[position] = replace(forged, hash=forged.digest())
            assert verify(cut.records), shift
            cut.records[position] = record


def test_a_forged_cut_of_what_was_too_young_is_found(cut: MemoryTrail) -> None:
    """Somebody removes what they did, and writes that it was time."""
    last = max(cut.records, key=lambda record: record.at)
    hidden = [record for record in cut.records if record.chain == last.chain and record.kind == "expanded"][
        -1
    ]
    later = last.at + timedelta(hours=1)
    facts = {"before": later.isoformat(), "records": 1, "heads": {hidden.chain: [hidden.number, hidden.hash]}}
    forged = Record(
        last.chain, last.number + 1, last.hash, later, "trail_cut", "rollcall", "", json.dumps(facts)
    )
    cut.records.append(replace(forged, hash=forged.digest()))
    cut.records.remove(hidden)
    assert Finding("cut too early", last.chain, last.number + 1) in verify(cut.records)


def test_a_cut_must_be_as_late_as_the_auditor_says(cut: MemoryTrail) -> None:
    assert verify(cut.records, kept=KEPT) == []
    assert {finding.what for finding in verify(cut.records, kept=timedelta(days=3650))} == {"cut too early"}


def test_what_the_log_has_of_records_that_were_cut_is_no_finding(
    trail: MemoryTrail, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    days = Days(trail)
    days.pass_by(6)
    days.now += KEPT - timedelta(days=3)
    days.cut()
    assert verify(trail.records, read_log(caplog.text)) == []
    trail.records.pop()
    assert verify(trail.records, read_log(caplog.text))


def test_the_command_says_what_was_cut(
    azurite: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with TableServiceClient.from_connection_string(azurite) as account:
        client = account.create_table_if_not_exists(AUDIT)
        for row in client.list_entities():
            client.delete_entity(row)
    days = Days(AuditTable(Tables.by_connection(azurite)))
    days.pass_by(3)
    days.now += KEPT - timedelta(days=1)
    days.cut()
    monkeypatch.setenv("ROLLCALL_STORAGE_CONNECTION", azurite)
    monkeypatch.setattr("sys.argv", ["verify-audit", "--kept", "100"])
    assert verify_audit.main() == 0
    printed = capsys.readouterr().out
    assert f"Records from before {days.now - KEPT:%Y-%m-%d %H:%M} UTC were cut off" in printed
    monkeypatch.setattr("sys.argv", ["verify-audit", "--kept", "101"])
    assert verify_audit.main() == 1

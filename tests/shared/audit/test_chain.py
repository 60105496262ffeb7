"""What is written of the trail, and every kind of tampering with it."""

from __future__ import annotations

import json
import logging
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.audit import Audit, Record
from shared.errors import StoreUnavailable
from shared.record_kinds import Kind
from tests.support.memory_trail import MemoryTrail
from tests.support.trails import NOW, writer
from tools.verify_audit import Finding, read_log, verify


def chain_of(trail: MemoryTrail, number: int) -> list[Record]:
    chains = list(dict.fromkeys(record.chain for record in trail.records))
    return [record for record in trail.records if record.chain == chains[number]]


# -- what is written


def test_a_process_begins_its_chain_with_the_settings_in_force(trail: MemoryTrail) -> None:
    first, second, *_ = chain_of(trail, 0)
    assert (first.number, first.kind, first.previous) == (0, "process_started", "")
    assert json.loads(first.facts)["settings"] == "the-settings"
    assert (second.number, second.previous, second.subject) == (1, first.hash, "list0@company.example")


def test_a_trail_that_nobody_touched_is_clean(trail: MemoryTrail) -> None:
    assert verify(trail.records) == []
    assert verify(reversed(trail.records)) == []


def test_threads_of_a_process_write_one_chain() -> None:
    trail = MemoryTrail()
    audit = writer(trail)
    threads = [threading.Thread(target=audit.note, args=(Kind.EXPANDED, str(n))) for n in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [record.number for record in trail.records] == list(range(31))
    assert verify(trail.records) == []


@pytest.mark.parametrize("failure", ["down", "lost"])
def test_what_cannot_be_recorded_fails_and_leaves_no_forged_chain(trail: MemoryTrail, failure: str) -> None:
    audit = writer(trail)
    audit.note(Kind.EXPANDED, "mia")
    setattr(trail, failure, True)
    with pytest.raises(StoreUnavailable):
        audit.note(Kind.EXPANDED, "noah")
    setattr(trail, failure, False)
    audit.note(Kind.EXPANDED, "ada")
    assert verify(trail.records) == []
    assert trail.records[-2].kind == "process_started"


def test_every_hash_goes_to_the_log_too(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    trail = MemoryTrail()
    writer(trail).note(Kind.EXPANDED, "mia", "list@company.example")
    assert list(read_log(caplog.text)) == [(r.chain, r.number, r.hash) for r in trail.records]
    assert "list@company.example" not in caplog.text


def test_an_anchor_holds_what_grew_since_the_last_one(trail: MemoryTrail) -> None:
    clock = [NOW + timedelta(days=1)]
    audit = Audit(trail, lambda: clock[0], "")
    audit.anchor()
    assert {record.chain for record in trail.records} - {trail.records[-1].chain} <= set(heads_of(trail))
    clock[0] += timedelta(days=1)
    audit.note(Kind.EXPANDED, "mia")
    newest = trail.records[-1]
    audit.anchor()
    assert heads_of(trail) == {newest.chain: [newest.number, newest.hash]}


def heads_of(trail: MemoryTrail) -> dict[str, list[object]]:
    """What the last record anchors."""
    heads: dict[str, list[object]] = json.loads(trail.records[-1].facts)["heads"]
    return heads


# -- tampering


def change(trail: MemoryTrail, position: int, **fields: object) -> None:
    trail.records[position] = replace(trail.records[position], **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "fields",
    [
        {"subject": "other@company.example"},
        {"actor": "noah"},
        {"kind": "connected"},
        {"at": NOW - timedelta(days=1)},
        {"facts": '{"count": 7}'},
        {"hash": "0" * 64},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_a_changed_record_is_found(trail: MemoryTrail, fields: dict[str, object]) -> None:
    changed = trail.records[2]
    change(trail, 2, **fields)
    assert Finding("changed", changed.chain, 2) in verify(trail.records)


def test_a_changed_record_with_a_new_hash_breaks_the_chain_behind_it(trail: MemoryTrail) -> None:
    forged = replace(trail.records[1], subject="other@company.example")
    change(trail, 1, subject=forged.subject, hash=forged.digest())
    assert verify(trail.records) == [Finding("inserted", forged.chain, 2)]


@pytest.mark.parametrize("position", range(7))
def test_a_removed_record_is_found(trail: MemoryTrail, position: int) -> None:
    """At the beginning, in the middle, and, thanks to the anchor, at the end of either chain."""
    removed = trail.records.pop(position)
    assert Finding("removed", removed.chain, removed.number) in verify(trail.records)


def test_a_whole_chain_that_is_gone_is_found(trail: MemoryTrail) -> None:
    gone = chain_of(trail, 1)
    trail.records = chain_of(trail, 0)
    assert verify(trail.records) == [Finding("removed", gone[-1].chain, gone[-1].number)]


def test_an_inserted_record_is_found(trail: MemoryTrail) -> None:
    between = replace(trail.records[2], actor="noah")
    trail.records.append(replace(between, hash=between.digest()))
    assert Finding("inserted", between.chain, between.number) in verify(trail.records)


def test_a_chain_that_was_rewritten_as_a_whole_is_found_by_the_anchor(trail: MemoryTrail) -> None:
    rewritten: list[Record] = []
    for record in chain_of(trail, 1):
        forged = replace(record, actor="nobody", previous=rewritten[-1].hash if rewritten else "")
        rewritten.append(replace(forged, hash=forged.digest()))
    trail.records = chain_of(trail, 0) + rewritten
    assert verify(trail.records) == [Finding("not what was anchored", rewritten[-1].chain, 2)]


def test_what_no_anchor_holds_yet_is_found_by_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    trail = MemoryTrail()
    writer(trail).note(Kind.EXPANDED, "mia")
    last = trail.records.pop()
    assert verify(trail.records) == []
    assert verify(trail.records, read_log(caplog.text)) == [Finding("removed", last.chain, 1)]


@given(st.data())
def test_no_single_tampering_goes_unnoticed(data: st.DataObject) -> None:
    trail = MemoryTrail()
    audit = writer(trail)
    for number in range(data.draw(st.integers(1, 6))):
        audit.note(Kind.EXPANDED, "mia", f"list{number}@company.example")
    audit.anchor()
    last = len(trail.records) - 1  # what is behind the last anchor only the log knows
    position = data.draw(st.integers(0, last - 1))
    deed = data.draw(st.sampled_from(["remove", "change", "rehash", "repeat"]))
    record = trail.records[position]
    if deed == "remove":
        trail.records.remove(record)
    elif deed == "repeat":
        trail.records.append(record)
    else:
        changed = replace(record, actor="somebody else")
        trail.records[position] = replace(changed, hash=changed.digest()) if deed == "rehash" else changed
    assert verify(trail.records)


def test_a_record_is_told_to_the_log_where_an_admin_wants_it_and_without_addresses(
    caplog: pytest.LogCaptureFixture,
) -> None:
    for told in (False, True):
        caplog.clear()
        audit = Audit(MemoryTrail(), lambda: NOW, "the-settings", told=told)
        with caplog.at_level(logging.INFO, "shared.audit"):
            audit.note(
                Kind.EXPANDED, "mia", "sales@company.com", count=4, to=["a@company.com"], lists="x" * 9999
            )
            audit.note(Kind.MESSAGE_SENT, "mia", "a-message")
        lines = [line for line in caplog.messages if line.startswith("audit-record ")]
        assert len(lines) == (3 if told else 0)
        assert len([line for line in caplog.messages if line.startswith("audit ")]) == 3
    started, expanded, sent = (json.loads(line.removeprefix("audit-record ")) for line in lines)
    assert (started["kind"], started["facts"]["settings"]) == ("process_started", "the-settings")
    assert (expanded["actor"], expanded["subject"], expanded["facts"]) == ("mia", "", {"count": 4})
    assert (sent["kind"], sent["subject"], sent["number"]) == ("message_sent", "a-message", 2)
    assert len(sent["hash"]) == 64
    assert "@" not in str(lines)

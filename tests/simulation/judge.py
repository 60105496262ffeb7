"""What must be true at the end: in calm weather, with what waited at home and what was due swept."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from datetime import datetime
from typing import Any

from shared.audit import Record
from shared.tracking.privacy.opt_outs import FRESH_FOR, of_message, of_person, of_recipient
from shared.tracking.recording.events import Event, unpack
from shared.tracking.recording.records import read_records
from tests.simulation.fate import Fate
from tests.simulation.senders import Mail, Sender
from tests.simulation.tenants import ADMIN
from tests.simulation.world import World
from tools.verify_audit import verify

_SLACK = 2.0
"""Seconds for what is under way."""
# Not `MessageReaders`: what is left over in that index shows nobody anything, `shared/tracking/mail/sharing`.
_OF_A_MESSAGE = ("Messages", "MessageParts", "Journal", "Summaries", "SummaryParts")


class Judge:
    """Compares what is stored with what was answered."""

    def __init__(self, world: World, senders: list[Sender], fate: Fate) -> None:
        self.world = world
        self.mails = [mail for sender in senders for mail in sender.mails]
        self.senders = senders
        self.fate = fate
        self.stored: Counter[Event] = Counter()
        self.by_message: defaultdict[str, list[Event]] = defaultdict(list)

    def judge(self) -> None:
        """Everything."""
        self.read_journal()
        self.events()
        self.deletions()
        self.erasures()
        self.records()
        self.reports()

    # -- events

    def read_journal(self) -> None:
        """What events are kept."""
        for message, _, values in self.world.outside.tables.rows("Journal"):
            if "data" in values:
                for event in unpack(b64decode(values["data"])):
                    self.stored[event] += 1
                    self.by_message[message].append(event)

    def events(self) -> None:
        """No acknowledged event lost, none double, none kept of somebody who objected."""
        world = self.world
        gone = {mail.id for mail in self.mails if mail.deleting_at is not None}
        logged = _events_in(world.log)
        waited = logged | _events_in(world.outside.queues.texts)
        for event, count in self.stored.items():
            if count > 1:
                world.blame(f"an event is kept {count} times: {event}")
            if event not in world.offered:
                world.blame(f"an event is kept that nobody made: {event}")
        for event, (message, person, at, owner) in world.offered.items():
            references = [of_recipient(message, event.recipient), of_message(message)]
            if any(person):
                references.append(of_person(person))
            kept_at = world.kept.get(event)
            is_stored = self.stored[event] > 0
            told = [entry for reference in references for entry in world.objections.get(reference, ())]
            if is_stored and event not in logged and self._was_objected(told, at, owner):
                world.blame(
                    f"an event was kept {at - 1000:.0f} s, of somebody who had objected: {event} {told}"
                )
            # What waits is judged when it comes home.
            until = float("inf") if event in waited else (kept_at or at) + 60
            begun = self._whose(message, event.recipient) in world.erased or any(
                objects and moment <= until for moment, objects, _ in told
            )
            if kept_at is not None and not is_stored and not begun and message not in gone:
                world.blame(
                    f"an acknowledged event is lost: {event} of {message}, offered at {at - 1000:.1f} s"
                )

    def _whose(self, message: str, recipient: int) -> str:
        """Who that recipient is, where the mail says so."""
        mail = next((mail for mail in self.mails if mail.id == message and mail.mode == "individual"), None)
        return mail.addresses[recipient - 1] if mail and 0 < recipient <= len(mail.addresses) else ""

    def _was_objected(self, told: list[tuple[float, bool, bool]], at: float, owner: object) -> bool:
        """Whether the objection was in force long enough, and could be looked up."""
        for moment, objects, began in told:
            if not objects or began or moment > at - FRESH_FOR - _SLACK:
                continue
            withdrawn = any(not o and m >= moment - 300 for m, o, _ in told)
            troubles = self.world.outside.climate.troubled.get(owner, [])
            calm = bisect_left(troubles, moment) == bisect_right(troubles, at + _SLACK)
            if not withdrawn and calm:
                return True
        return False

    # -- ends

    def deletions(self) -> None:
        """Of a message that was deleted, nothing is left, and nothing rose again."""
        for mail in self.mails:
            if mail.deleted_at is None:
                continue
            left = [
                table
                for table in _OF_A_MESSAGE
                for partition, key, _ in self.world.outside.tables.rows(table)
                if mail.id in (partition, key) or partition.startswith(mail.id)
            ]
            if left:
                self.world.blame(f"{mail.id} was deleted, and is still in {sorted(set(left))}")

    def erasures(self) -> None:
        """Whoever was erased is in no message that was registered before; everybody else still is."""
        world = self.world
        for mail in self.mails:
            if mail.registered_at is None or mail.mode == "pseudonymous" or mail.deleting_at is not None:
                continue
            held = set(world.recipients(mail.id))
            for address, moments in world.erased.items():
                if address in held and any(mail.registered_at < moment for moment in moments):
                    world.blame(f"{address} was erased, and is a recipient of {mail.id}")
            missing = set(mail.addresses) - held
            if missing - set(world.erased):
                world.blame(
                    f"{sorted(missing)} are no recipients of {mail.id} any more, and nobody erased them"
                )

    # -- the trail

    def records(self) -> None:
        """No act without its record, and no record tampered with."""
        world = self.world
        records = [_record(values) for _, _, values in world.outside.tables.rows("Audit")]
        for finding in verify(records):
            world.blame(f"the trail is broken: {finding}")
        subjects: defaultdict[str, set[str]] = defaultdict(set)
        for record in records:
            subjects[record.kind].add(record.subject)
        expanded = {json.loads(record.facts)["expansion"] for record in records if record.kind == "expanded"}
        shared = {
            (record.subject, frozenset(json.loads(record.facts)["readers"]))
            for record in records
            if record.kind == "message_shared"
        }
        for mail in self.mails:
            if mail.counted_at is not None and mail.expansion not in expanded:
                world.blame(f"the expansion {mail.expansion} was answered, and is not in the trail")
            row = world.row("Messages", mail.owner, mail.id)
            if row is None and mail.id not in subjects["message_deleted"]:
                world.blame(f"{mail.id} is gone, and the trail does not say why")
            readers = {reader["id"] for reader in json.loads(row.get("readers", "[]"))} if row else set()
            told = [kept for message, kept in shared if message == mail.id and readers <= kept]
            if readers and not told:
                world.blame(f"{mail.id} is shared with {readers}, and the trail does not say so")
        for _, key, _ in world.outside.tables.rows("OptOuts", "objection"):
            # Whoever is erased objects from then on by their number; the trail has the erasure.
            if key.startswith("recipient-") and subjects["person_erased"]:
                continue
            if key.startswith(("person-", "recipient-")) and key not in subjects["objected"]:
                world.blame(f"{key} objects, and the trail does not say so")

    # -- reports

    def reports(self) -> None:
        """A report counts each event once: as many as are kept, whatever was folded before."""
        for mail in self.mails:
            if mail.deleting_at is not None or mail.id == "":
                continue
            report = report_of(self.world, mail)
            if report is None or report["opened"] is None:
                continue
            told = sum(report["not_counted"].values())
            told += sum(sum(report[deed].values()) for deed in ("opened", "clicked"))
            # Of an erasure that was not finished, events may be kept; no report tells of them.
            gone = _numbers((self.world.row("Messages", mail.owner, mail.id) or {}).get("gone", ""))
            kept = sum(event.recipient not in gone for event in self.by_message[mail.id])
            if told != kept:
                self.world.blame(f"the report of {mail.id} counts {told} events, and {kept} are kept")
            by_hour = sum(sum(h[deed].values()) for h in report["hours"] for deed in ("opened", "clicked"))
            if by_hour != told - sum(report["not_counted"].values()):
                self.world.blame(f"the hours of {mail.id} add up to {by_hour}, of {told}")


def report_of(world: World, mail: Mail) -> dict[str, Any] | None:
    """What the mail's report says now. That it says nothing is blamed: the weather is calm."""
    answer = world.call("messages_report", ADMIN, id=mail.id)
    if answer.status_code != 200:
        world.blame(f"in calm weather, the report of {mail.id} answers {answer.status_code}")
        return None
    found: dict[str, Any] = json.loads(answer.get_body())
    return found


def _events_in(texts: list[str]) -> set[Event]:
    return {event for text in texts for entry in read_records(text) for event in unpack(entry.data)}


def _record(values: dict[str, object]) -> Record:
    words = {
        name: str(values[name]) for name in ("chain", "previous", "kind", "actor", "subject", "facts", "hash")
    }
    return Record(at=datetime.fromisoformat(str(values["at"])), number=int(str(values["number"])), **words)


def _numbers(packed: str) -> set[int]:
    """The recipients who were erased, as a message's row has them."""
    raw = zlib.decompress(b64decode(packed)) if packed else b""
    return {int.from_bytes(raw[start : start + 4]) for start in range(0, len(raw), 4)}

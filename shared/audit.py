"""The audit trail: who did what when, in records that cannot be changed unnoticed.

Each process writes a chain of its own, so that writers never wait for one another: every record holds the
hash of the one before it. Whoever can write to the storage account can still rewrite a whole chain, or cut
its end off. Against that, once a day the newest hash of every chain is put into another record, and each
hash goes to the platform's log, which is kept elsewhere; where an admin wants it, those newest hashes also
go where a policy keeps them from everybody.
"""

from __future__ import annotations

import hashlib
import json
import logging
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from shared import trace
from shared.errors import StoreUnavailable
from shared.paging import RowPage
from shared.record_kinds import Kind, allowed

ROLLCALL = "rollcall"  # the actor where it is no person
_ANCHORS = 200  # chains in one record, which holds 32,000 characters
# Clocks differ, and what was written beside the last anchor may have missed it.
_OVERLAP = timedelta(hours=1)
MOST_CUT = 20_000
"""Records that one cut deletes at the most; the next goes on."""
_CUT_AT_ONCE = 1000
_MAX_SUBJECT = 30_000  # characters
_MOST_TOLD = 2000  # characters of a value

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Record:
    """One deed. `actor` is a person's object id, `subject` what it was about, `facts` JSON. `previous` is
    the hash of the chain's record before this one, empty in its first."""

    chain: str
    number: int
    previous: str
    at: datetime
    kind: str
    actor: str
    subject: str
    facts: str
    hash: str = ""

    def digest(self) -> str:
        """What `hash` must be."""
        fields = [*asdict(replace(self, hash="")).values()]
        text = json.dumps(fields, default=datetime.isoformat, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Search:
    """Which records are asked for: of this kind, by this actor, from `since` to before `until`."""

    kind: str | None = None
    actor: str | None = None
    since: datetime | None = None
    until: datetime | None = None


class Trail(Protocol):
    """Keeps records. Every method may raise StoreUnavailable."""

    def add(self, record: Record) -> None:
        """Store a new record; once, however often it is tried."""

    def read(self, search: Search, limit: int, after: str = "") -> RowPage[Record]:
        """Records, newest first, at most `limit`, behind the one that a page's `next` named."""

    def delete(self, until: datetime, through: str | None) -> None:
        """Delete the records from before `until`, newest first, through the one that a page's `next` named;
        all where None did."""


class Anchors(Protocol):
    """Keeps the newest hashes where nobody can change them."""

    def keep(self, at: datetime, heads: Mapping[str, list[object]]) -> None:
        """Keep number and hash of the newest record, by chain. Raises StoreUnavailable."""


class Audit:
    """Writes this process's chain. Thread-safe. `settings` is the fingerprint of those in force; `told` says
    whether records go to the platform's log as well, `anchors` where the newest hashes go."""

    def __init__(
        self,
        trail: Trail,
        now: Callable[[], datetime],
        settings: str,
        *,
        told: bool = False,
        anchors: Anchors | None = None,
    ) -> None:
        self.trail = trail
        self._now = now
        self._settings = settings
        self._told = told
        self._anchors = anchors
        self._last: Record | None = None
        self._lock = threading.Lock()

    def note(self, kind: Kind, actor: str, subject: str = "", **facts: object) -> None:
        """Write a record. Raises StoreUnavailable: what cannot be recorded must not be done.

        Within an act, it says how the ids of the act's requests begin. Raises ValueError for a kind that the
        route at work does not declare, before anything is written or done.
        """
        kinds, written = allowed.get() or (Kind, [])
        if kind not in kinds:
            raise ValueError(f"this route does not declare that it records {kind}")
        if beginning := trace.beginning():
            facts = {"client_request_ids": f"{beginning}*", **facts}
        with self._lock:
            if self._last is None:
                chain = secrets.token_hex(8)
                first = Record(chain, -1, "", self._now(), Kind.PROCESS_STARTED, ROLLCALL, "", "{}")
                facts_then = {"settings": self._settings, "client_request_ids": f"{trace.PROCESS}*"}
                self._last = self._append(first, Kind.PROCESS_STARTED.value, ROLLCALL, "", facts_then)
            try:
                self._last = self._append(self._last, kind.value, actor, subject, facts)
            except StoreUnavailable:
                # It may be there all the same. A chain that goes on in two ways is a forged one, so this
                # one ends here.
                self._last = None
                raise
        written.append((kind, subject))

    def _append(
        self, last: Record, kind: str, actor: str, subject: str, facts: Mapping[str, object]
    ) -> Record:
        # Never earlier than the one before: clocks are put back now and then.
        at = max(self._now(), last.at + timedelta(microseconds=1))
        text = json.dumps(facts, sort_keys=True, ensure_ascii=False)
        record = Record(last.chain, last.number + 1, last.hash, at, kind, actor, subject[:_MAX_SUBJECT], text)
        record = replace(record, hash=record.digest())
        self.trail.add(record)
        log.info("audit %s %d %s", record.chain, record.number, record.hash)
        if self._told:
            log.info("audit-record %s", told_of(record))
        return record

    def anchor(self) -> None:
        """Put the newest hash of every chain that grew since the last anchor into this process's chain, and
        where such hashes are kept.

        Where that fails, the next day's make up for it: they lead to the record that holds these.
        """
        heads: dict[str, list[object]] = {}
        enough: datetime | None = None
        for record in read_all(self.trail):
            if enough and record.at < enough:
                break
            heads.setdefault(record.chain, [record.number, record.hash])
            if record.kind == Kind.ANCHORED and enough is None:
                enough = record.at - _OVERLAP
        for part in _parts(heads):
            self.note(Kind.ANCHORED, ROLLCALL, heads=part)
        if self._anchors and (last := self._last):
            self._anchors.keep(self._now(), heads | {last.chain: [last.number, last.hash]})

    def cut(self, before: datetime) -> int:
        """Delete the records from before that moment, MOST_CUT at the most; how many.

        What goes is recorded first: of every chain the number and hash of the last record that may be gone.
        So what is left can be verified, and what names a record that is gone.
        """
        count, more = 0, True
        while more and count < MOST_CUT:
            page = self.trail.read(Search(until=before), _CUT_AT_ONCE)
            if not page.rows:
                break
            heads: dict[str, list[object]] = {}
            for record in page.rows:
                if record.number >= int(str(heads.get(record.chain, [-1])[0])):
                    heads[record.chain] = [record.number, record.hash]
            until, number = before.isoformat(), len(page.rows)
            for part in _parts(heads):
                self.note(Kind.TRAIL_CUT, ROLLCALL, before=until, records=number, heads=part)
            self.trail.delete(before, page.next)
            count, more = count + len(page.rows), page.next is not None
        return count


def told_of(record: Record) -> str:
    """The record as one line of JSON for whoever watches the log, without what holds an address, and cut
    where it is long: the log is no place to keep those, and takes no longer lines."""
    facts = {
        name: value
        for name, value in json.loads(record.facts).items()
        if "@" not in (text := json.dumps(value)) and len(text) <= _MOST_TOLD
    }
    said = {
        "at": record.at.isoformat(),
        "kind": record.kind,
        "actor": record.actor,
        "subject": "" if "@" in record.subject else record.subject[:_MOST_TOLD],
        "facts": facts,
        "chain": record.chain,
        "number": record.number,
        "hash": record.hash,
    }
    return json.dumps(said, ensure_ascii=False)


def _parts(heads: Mapping[str, list[object]]) -> Iterator[dict[str, list[object]]]:
    """The heads of chains, as many as one record holds at a time."""
    chains = sorted(heads)
    for start in range(0, len(chains), _ANCHORS):
        yield {chain: heads[chain] for chain in chains[start : start + _ANCHORS]}


def read_all(trail: Trail, search: Search | None = None, page: int = 1000) -> Iterable[Record]:
    """Every record that is asked for, newest first."""
    after = ""
    while True:
        found = trail.read(search or Search(), page, after)
        yield from found.rows
        if found.next is None:
            return
        after = found.next

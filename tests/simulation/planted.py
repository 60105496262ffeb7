"""Faults that somebody could make, planted into the code at work: the simulator must find each."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from shared.errors import RollcallError, StoreUnavailable


@dataclass(frozen=True)
class Fault:
    """What is wrong, in words, and how it is planted."""

    meaning: str
    plant: Callable[[], None]


def _continuation() -> None:
    from shared.adapters.storage.tables import rows

    changed: Any = rows
    changed._continuation = lambda answer: ""


def _short_list() -> None:
    from shared.adapters.directories.graph import directory

    changed: Any = directory
    parse = changed.parse_page

    def first_page_only(body: bytes) -> Any:
        page = parse(body)
        page.next = None
        return page

    changed.parse_page = first_page_only


def _new_key() -> None:
    from shared.tracking.recording.journal import Journal

    changed: Any = Journal

    def put(journal: Any, open_store: Any, batch: Any) -> bool:
        send = open_store()
        for entry in batch.entries():
            try:
                send(entry)
            except StoreUnavailable:
                send(replace(entry, key=f"{entry.key[:14]}{secrets.token_hex(4)}-000001"))
        return True

    changed._put = put


def _fold_twice() -> None:
    from shared.tracking.reporting import reports

    changed: Any = reports
    cut = changed.cut
    changed.cut = lambda entries, first, *more: cut(entries, first - 1, *more)


def _objection_forgotten() -> None:
    from shared.tracking.privacy.opt_outs import OptOuts

    changed: Any = OptOuts
    refresh = OptOuts._refresh

    def only_news(opt_outs: Any) -> None:
        """What was kept before this process began is not read."""
        if opt_outs._version == "":
            opt_outs._known, opt_outs._version = frozenset(), opt_outs._store().version() or "none"
            opt_outs._sure_at = opt_outs._read_at = opt_outs._clock()
            opt_outs._look_at = opt_outs._clock() + 10.0
        else:
            refresh(opt_outs)

    changed._refresh = only_news


def _unrecorded() -> None:
    from shared.audit import Audit

    changed: Any = Audit
    note = Audit.note

    def as_far_as_possible(audit: Any, kind: Any, actor: str, subject: str = "", **facts: object) -> None:
        try:
            note(audit, kind, actor, subject, **facts)
        except StoreUnavailable:
            from shared.record_kinds import allowed

            (allowed.get() or ((), []))[1].append((kind, subject))

    changed.note = as_far_as_possible


def _complete() -> None:
    from shared.audience import walk

    changed: Any = walk._Walker
    give_up = walk._Walker.give_up

    def silently(walker: Any, node: Any, problem: Any) -> None:
        if problem.code in ("directory_down", "throttled", "no_permission"):
            walker.finish(node)
        else:
            give_up(walker, node, problem)

    changed.give_up = silently


def _answered_before() -> None:
    from shared.tracking.recording.journal import Journal

    changed: Any = Journal

    async def add(journal: Any, message: str, event: Any, person: bytes, week: int = 0) -> None:
        batch = journal._open.get(message) or journal._begin(message)
        batch.week = batch.week or week
        batch.events.append((event, person))
        journal.held += 1

    from tests.simulation import world

    watched: Any = world
    watched._ADD = changed.add = add


def _not_logged() -> None:
    from shared.tracking.recording.journal import Journal

    changed: Any = Journal
    changed._log = lambda journal, batch: None


def _raw_error() -> None:
    from shared.adapters.storage.tables import account

    changed: Any = account.Tables
    changed.call = lambda tables, table, operation: tables._in_table(table, operation)


def _not_deleted() -> None:
    from shared.adapters.storage.tables import parts

    changed: Any = parts

    def delete_partition(tables: Any, table: str, partition: str) -> None:
        def first_page(client: Any) -> None:
            for page in client.query_entities(
                "PartitionKey eq @key", parameters={"key": partition}
            ).by_page():
                for row in page:
                    client.delete_entity(row)
                return

        tables.call(table, first_page)

    changed.delete_partition = delete_partition


def _not_sent() -> None:
    from shared.errors import Conflict
    from shared.tracking.mail.messages import Messages, Stage

    changed: Any = Messages

    def advance(messages: Any, message: Any, stage: Stage, deliver_at: datetime | None = None) -> Any:
        is_sent = stage is Stage.SENT
        wanted = replace(
            message,
            stage=stage,
            sent_at=messages.now() if is_sent else message.sent_at,
            deliver_at=deliver_at if is_sent else None,
            was_sent=message.was_sent or is_sent,
        )
        with suppress(Conflict, StoreUnavailable):
            return messages.store.update(wanted)
        return wanted

    changed._advance = advance


def _waits() -> None:
    from shared.adapters.storage import queues

    changed: Any = queues.OverflowQueue
    receive = queues.OverflowQueue.receive

    def until_it_answers(queue: Any) -> Iterator[Any]:
        while True:
            try:
                yield from receive(queue)
            except RollcallError:
                time.sleep(1.0)
            else:
                return

    changed.receive = until_it_answers


def _unpublished() -> None:
    from shared.tracking.privacy import purge
    from shared.tracking.reporting.sealing import close

    changed: Any = purge

    class Silent:
        def __init__(self, reports: Any) -> None:
            self._reports = reports

        def __getattr__(self, name: str) -> Any:
            return (lambda message: None) if name == "get" else getattr(self._reports, name)

    def seal(message: Any, reports: Any) -> None:
        silent: Any = Silent(reports)
        close(message, silent)

    changed.close = seal


def _outlives() -> None:
    from shared.tracking.privacy.purge import Purge

    changed: Any = Purge
    changed._forget_events = lambda purge, due: None
    changed._forget_recorded = lambda purge, due: None


FAULTS = {
    "continuation": Fault("a reader of a table stops where a page is empty or short", _continuation),
    "first-page": Fault("of a list's members only the first page is read", _short_list),
    "new-key": Fault("an entry that is tried again gets a new key", _new_key),
    "fold-twice": Fault("a slice of time that was folded is folded again", _fold_twice),
    "objection": Fault(
        "a process that begins does not read the objections from before", _objection_forgotten
    ),
    "unrecorded": Fault("an act is done although its record was refused", _unrecorded),
    "complete": Fault("a list that could not be read is left out in silence", _complete),
    "answered-before": Fault("an event is answered before it is stored", _answered_before),
    "not-logged": Fault("an event that is answered late is in memory alone", _not_logged),
    "raw-error": Fault("a refusal of storage leaves its adapter as it is", _raw_error),
    "not-deleted": Fault("a deletion ends with the first page", _not_deleted),
    "not-sent": Fault("a mail is called sent although storage did not take that", _not_sent),
    "unpublished": Fault("events become sums before what is due of them is published", _unpublished),
    "outlives": Fault("events are kept beside the sums that they became", _outlives),
    "waits": Fault("the drain waits for a queue that does not answer", _waits),
}

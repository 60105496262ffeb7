"""Expansions: a walk with an id, that can be watched, joined, taken over and forgotten.

The process that walks writes how far it is every `beat` seconds. A client whose connection broke asks
for the expansion, or posts the same id again: it is then joined while the walk beats, and taken over
when it has been silent for `stale_after` seconds, as after a crash. A walk that waits for its turn beats.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from shared import telemetry, trace
from shared.audience.balance import audience, reach
from shared.audience.by_list import members_of
from shared.audience.expansion_store import Expansion, ExpansionStore, Failure, State
from shared.audience.guess import guessing
from shared.audience.heartbeat import Heartbeat
from shared.audience.limits import Limits, Progress
from shared.audience.pace import Pace
from shared.audience.patience import Patience
from shared.audience.planner import Planner
from shared.audience.recipients import Recipient, particulars, recipients
from shared.audience.result import Audience
from shared.audience.thresholds import DEFAULTS, Thresholds
from shared.audience.turns import DESK, Turns
from shared.audience.walk import walk
from shared.errors import Cancelled, Conflict, NotFound, RollcallError, ServiceAccountError, StoreUnavailable
from shared.helpers import Words
from shared.paging import RowPage

log = logging.getLogger(__name__)


_PAUSE = 0.1  # seconds


class Expansions:
    """What a sender can do with expansions. Nothing here is visible to anybody but its owner.

    `tell` hears what came of a walk and after how many seconds, before anybody else; where it raises, nobody
    else does.
    """

    def __init__(
        self,
        store: ExpansionStore,
        plan: Callable[[], Planner],
        limits: Limits,
        pace: Pace,
        now: Callable[[], datetime],
        thresholds: Thresholds = DEFAULTS,
        tell: Callable[[Expansion, Audience | RollcallError, float], None] = lambda *_: None,
        *,
        by_list: bool = False,
    ) -> None:
        """`by_list`: it is kept of each recipient in which typed lists they are."""
        self.store = store
        self.plan = plan
        self.tell = tell
        self.turns = Turns(pace.at_once, pace.turn)
        self.limits = limits
        self.pace = pace
        self.now = now
        self.thresholds = thresholds
        self.by_list = by_list

    def expand(self, owner: str, identifier: str, addresses: Sequence[str]) -> Expansion:
        """The finished expansion of `addresses` (normalised) under `identifier`.

        Known already: the stored result. Under way elsewhere: waits for it, and answers with the
        running one after `pace.join` seconds. Raises Conflict when the id stands for other addresses.
        """
        mine = self._new(owner, identifier, addresses)
        waited_until = time.monotonic() + self.pace.join
        while True:
            if claimed := self.store.add(mine):
                return self._run(claimed, addresses)
            found = self._find_alive(owner, identifier)
            if found is None:  # past its time, or deleted between the two questions
                if time.monotonic() > waited_until:
                    raise StoreUnavailable
                self.store.delete(owner, identifier)
                time.sleep(_PAUSE)
                continue
            if found.fingerprint != mine.fingerprint:
                raise Conflict
            if found.state is State.DONE:
                return found
            if found.state is State.FAILED or self._is_silent(found):
                with suppress(Cancelled):
                    claimed = self.store.update(replace(mine, version=found.version))
                    return self._run(claimed, addresses)
            elif time.monotonic() > waited_until:
                return found
            time.sleep(self.pace.beat / 2)

    def measure(self, addresses: Sequence[str]) -> Audience:
        """What `addresses` amount to now; nothing of it is stored. Raises RollcallError."""
        patience = Patience(limit=self.pace.throttle_limit, deadline=self.pace.limit, trace=trace.beginning())
        return audience(walk(addresses, self.plan(), self.limits, patience, Progress()), self.now())

    def get(self, owner: str, identifier: str) -> Expansion:
        """The expansion as it stands. Raises NotFound."""
        found = self._find_alive(owner, identifier)
        if found is None:
            raise NotFound
        return found

    def list_recipients(self, owner: str, identifier: str, after: int, limit: int) -> RowPage[str]:
        """Addresses, alphabetical, behind the first `after`, at most `limit`. Raises NotFound, or
        Conflict while it runs."""
        return self._page(self._get_done(owner, identifier), after, limit)

    def list_known(self, owner: str, identifier: str, after: int, limit: int) -> RowPage[Recipient]:
        """Like `list_recipients`, each with what they are called and the list that they came through."""
        found = self._get_done(owner, identifier)
        page = self._page(found, after, limit)
        known = self.store.list_particulars(found, after, len(page.rows))
        lists = found.audience.lists if found.audience else []
        return RowPage(recipients(page.rows, known, lists), page.next, page.total)

    def _get_done(self, owner: str, identifier: str) -> Expansion:
        found = self.get(owner, identifier)
        if found.state is not State.DONE:
            raise Conflict("There are no recipients yet.", "Wait until the expansion's state is done.")
        return found

    def _page(self, found: Expansion, after: int, limit: int) -> RowPage[str]:
        addresses = self.store.list_recipients(found, after, limit)
        following = after + len(addresses)
        if len(addresses) < min(limit, found.recipients - after):
            raise NotFound  # it was forgotten since it was found, and some recipients with it
        more = bool(addresses) and following < found.recipients
        return RowPage(addresses, str(following) if more else None, found.recipients)

    def list_members(self, owner: str, identifier: str) -> list[bytes]:
        """Who of the recipients is in which typed list, as in `by_list.members_of`; empty where that was not
        kept. Raises NotFound."""
        return self.store.list_members(self.get(owner, identifier))

    def forget(self, owner: str, identifier: str) -> None:
        """Delete it now; a walk under way stops at its next beat. Raises NotFound."""
        if not self.store.delete(owner, identifier):
            raise NotFound

    def list_done(self) -> Iterable[Expansion]:
        """Everybody's finished expansions, without their audiences."""
        return self.store.list_done()

    def has_recipient(self, expansion: Expansion, address: str) -> bool:
        """Whether the address is among the expansion's recipients."""
        return self.store.has_recipient(expansion, address)

    def purge(self) -> int:
        """Forget every expansion whose time is over; how many there were."""
        return self.store.purge(self.now())

    def _find_alive(self, owner: str, identifier: str) -> Expansion | None:
        found = self.store.find(owner, identifier)
        return found if found and found.expires_at > self.now() else None

    def _is_silent(self, expansion: Expansion) -> bool:
        return (self.now() - expansion.beat_at).total_seconds() > self.pace.stale_after

    def _new(self, owner: str, identifier: str, addresses: Sequence[str]) -> Expansion:
        now = self.now()
        return Expansion(
            owner=owner,
            id=identifier,
            fingerprint=hashlib.sha256("\n".join(sorted(addresses)).encode()).hexdigest(),
            runner=secrets.token_hex(8),
            state=State.RUNNING,
            started_at=now,
            beat_at=now,
            expires_at=now + timedelta(seconds=self.pace.lifetime),
        )

    def _run(self, expansion: Expansion, addresses: Sequence[str]) -> Expansion:
        with trace.act(trace.beginning_of(expansion.runner)):
            return self._work(expansion, addresses)

    def _work(self, expansion: Expansion, addresses: Sequence[str]) -> Expansion:
        try:
            planner = self.plan()
        except RollcallError as error:
            self._fail(expansion, error)
            raise
        patience, progress = self._patience(expansion), Progress()
        with (
            Heartbeat(self.store, expansion, progress, patience, self.pace.beat, self.now) as heart,
            self.turns.turn(patience, partial(setattr, progress, "before")),
            self._ahead(planner.graph_alone(), addresses, self._patience(expansion)) as heart.ahead,
            guessing(planner, progress, self._patience(expansion), heart.hurry),
        ):
            try:
                found = walk(addresses, planner, self.limits, patience, progress)
                with DESK:
                    result = audience(found, self.now(), self.thresholds)
                    addresses_found = sorted(found.numbers)
                    known = particulars(found, result.lists, addresses_found)
                    members = members_of(found, reach(found)[1], addresses_found) if self.by_list else []
                self._tell(expansion, result)
            except RollcallError as error:
                self._fail(heart.stop(), error)
                raise
            last = replace(heart.stop(), recipients=len(addresses_found), provisional=None, estimate=None)
            last = replace(last, waits_until=None)
            return self.store.keep(last, result, addresses_found, known, members)

    def _fail(self, expansion: Expansion, error: RollcallError) -> None:
        """Record that it came to nothing, as far as storage allows: the caller hears of `error` itself."""
        with suppress(StoreUnavailable):
            self._tell(expansion, error)
        if not isinstance(error, Cancelled):  # then the row is gone, or somebody else's
            told = error.for_sender()
            admin = Words(error.sentence, error.remedy)
            failure = Failure(error.code, told.sentence, told.remedy, told.forward, admin)
            with suppress(Cancelled, StoreUnavailable):
                self.store.update(replace(expansion, state=State.FAILED, failure=failure))

    def _tell(self, expansion: Expansion, outcome: Audience | RollcallError) -> None:
        """Put what came of a walk into the figures and the log, and hand it up."""
        seconds = (self.now() - expansion.started_at).total_seconds()
        if isinstance(outcome, Audience):
            said, figure = f"{outcome.count} recipients", "complete" if outcome.complete else "incomplete"
            telemetry.RECIPIENTS.add(outcome.count)
        else:
            said = figure = outcome.reason if isinstance(outcome, ServiceAccountError) else outcome.code
        telemetry.EXPANSIONS.add(seconds, figure)
        log.info("an expansion took %.1f s: %s", seconds, said)
        self.tell(expansion, outcome, seconds)

    def _patience(self, expansion: Expansion) -> Patience:
        return Patience(
            limit=self.pace.throttle_limit,
            deadline=self.pace.limit,
            trace=trace.beginning_of(expansion.runner),
        )

    @contextmanager
    def _ahead(
        self, planner: Planner | None, addresses: Sequence[str], patience: Patience
    ) -> Iterator[Progress | None]:
        """Count by `planner`, Graph alone, beside the walk that asks Exchange and takes its time."""
        if planner is None:
            yield None
            return
        progress = Progress()

        def count() -> None:
            with suppress(RollcallError):  # the walk proper meets the same trouble, and tells of it
                walk(addresses, planner, self.limits, patience, progress)

        thread = threading.Thread(target=count, name="provisional", daemon=True)
        thread.start()
        try:
            yield progress
        finally:
            patience.stop()

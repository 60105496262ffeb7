"""A guess at how many there will be, for whoever watches a walk."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from shared import errors
from shared.adapters.storage.tables.expansions import ExpansionTable
from shared.audience.directory import DistributionList
from shared.audience.patience import Patience
from tests.shared.audience.expansions.test_expansions import wait_until
from tests.support.expansions import ALICE, TENANT, TOP, Clock, Gate, expansions
from tests.support.memory import MemoryDirectory


class Guessing(MemoryDirectory):
    """Knows how many there are without being read."""

    answer: int | errors.RollcallError = 7
    asked = 0

    def estimate(self, lists: Sequence[DistributionList], patience: Patience) -> int | None:
        assert [one.address for one in lists] == TOP
        self.asked += 1
        if isinstance(self.answer, errors.RollcallError):
            raise self.answer
        return self.answer


def test_a_guess_is_told_at_once_and_is_gone_with_the_result(
    store: ExpansionTable, clock: Clock, identifier: str, gate: Gate
) -> None:
    directory = Guessing(TENANT, interfere=gate)
    service = expansions(store, clock, directory, beat=60.0, stale_after=600.0)
    with ThreadPoolExecutor(1) as pool:
        expanding = pool.submit(service.expand, ALICE, identifier, TOP)
        # The next beat would come in a minute.
        wait_until(lambda: (found := store.find(ALICE, identifier)) and found.estimate == 7)
        gate.opened.set()
        done = expanding.result()
    assert (done.recipients, done.estimate) == (3, None)
    assert directory.asked == 1


def test_where_no_guess_can_be_had_the_count_is_the_same(
    store: ExpansionTable, clock: Clock, identifier: str, gate: Gate
) -> None:
    directory = Guessing(TENANT, interfere=gate)
    directory.answer = errors.DirectoryDown()
    service = expansions(store, clock, directory)
    with ThreadPoolExecutor(1) as pool:
        expanding = pool.submit(service.expand, ALICE, identifier, TOP)
        wait_until(lambda: directory.asked == 1)
        gate.opened.set()
        assert expanding.result().recipients == 3


def test_a_walk_that_is_done_soon_asks_for_no_guess(
    store: ExpansionTable, clock: Clock, identifier: str
) -> None:
    directory = Guessing(TENANT)
    expansions(store, clock, directory).expand(ALICE, identifier, TOP)
    assert directory.asked == 0

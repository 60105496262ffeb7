"""The readers of one walk: what is asked next, of what is waiting, and the answers as they come in."""

from __future__ import annotations

import queue
from collections import defaultdict, deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from shared.audience.directory import Cursor, Page
from shared.audience.limits import MEMBERS_PER_ANSWER
from shared.audience.patience import Patience
from shared.audience.planner import Planner
from shared.errors import Cancelled, RollcallError

Pages = Sequence[Page | RollcallError]


class Readers:
    """`concurrency` threads that do nothing but ask the directories; whoever owns this decides the rest."""

    def __init__(
        self, planner: Planner, patience: Patience, pool: ThreadPoolExecutor, concurrency: int
    ) -> None:
        self._planner = planner
        self._patience = patience
        self._pool = pool
        self._concurrency = concurrency
        # By directory, and lists of which a page was read already before those not begun.
        self._begun: defaultdict[str, deque[Cursor]] = defaultdict(deque)
        self._unread: defaultdict[str, deque[Cursor]] = defaultdict(deque)
        self._answers: queue.SimpleQueue[tuple[Sequence[Cursor], Future[Pages]]] = queue.SimpleQueue()
        self._fitting = MEMBERS_PER_ANSWER  # how many lists' pages fit into one answer, by those seen
        self._pages = 0
        self.under_way = 0

    def begin(self, cursor: Cursor) -> None:
        """Read a list, in its turn."""
        self._unread[cursor.list.directory].append(cursor)

    def go_on(self, cursor: Cursor) -> None:
        """Read a list on, before any that was not begun."""
        self._begun[cursor.list.directory].append(cursor)

    def seen(self, members: int) -> None:
        """One more page came in; so many members were read in all."""
        self._pages += 1
        self._fitting = max(1, MEMBERS_PER_ANSWER * self._pages // max(1, members))

    def ask(self) -> None:
        """Keep every reader busy; lists share a request only when there are more of them than readers.

        Lists begun go first and among themselves: their pages come one after the other, so the longest
        of them decides how long the walk takes, and must not wait for others in its request. Raises
        Cancelled when the walk was called off.
        """
        if self._patience.stopped:
            raise Cancelled
        while self.under_way < self._concurrency:
            queues = [*self._begun.values(), *self._unread.values()]
            waiting = next((cursors for cursors in queues if cursors), None)
            if waiting is None:
                return
            free = self._concurrency - self.under_way
            size = min(self._planner.batch_of(waiting[0].list), -(-len(waiting) // free), self._fitting)
            self._submit([waiting.popleft() for _ in range(size)])

    def wait(self) -> tuple[Sequence[Cursor], Future[Pages]]:
        """The next answer, with what was asked."""
        found = self._answers.get()
        self.under_way -= 1
        return found

    def _submit(self, cursors: Sequence[Cursor]) -> None:
        answer = self._pool.submit(self._planner.read, cursors, self._patience)
        self.under_way += 1
        answer.add_done_callback(lambda done: self._answers.put((cursors, done)))

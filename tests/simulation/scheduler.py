"""One thread at a time: who goes on is drawn from the seed, and time passes only while everybody waits.

Threads are real ones, so that thread-locals, tracebacks and libraries are as they always are; but each holds
a baton while it runs, and gives it away where it waits: for a lock, a sleep, an answer of the outside.
"""

from __future__ import annotations

import _thread
import heapq
import os
import random
import sys
from collections import deque
from collections.abc import Callable
from typing import Any

TRACE = open(os.environ["TRACE"], "w") if "TRACE" in os.environ else None  # noqa: SIM115 - until the end
"""Where every step is told, for whoever wants to know why."""
_FOREVER = 10.0**12
_PREEMPT = 0.06
"""How often whoever takes a lock that is free lets somebody else go first."""


class Killed(BaseException):
    """The simulated process was ended as by SIGKILL: nothing that its threads do has an effect any more."""


class Stuck(BaseException):
    """Everybody waits, and nothing will ever end that."""


class Task:
    """One thread of one simulated process; `owner` None: it belongs to the outside."""

    def __init__(self, name: str, owner: Any) -> None:
        self.name = name
        self.owner = owner
        self.gate = _thread.allocate_lock()
        self.gate.acquire()
        self.waiting = False
        self.woken = False
        self.ticket = 0
        self.done = False
        self.joiners: deque[Task] = deque()
        self.dying = False

    def __repr__(self) -> str:
        return f"<{self.name} of {self.owner}>"


class Scheduler:
    """Hands the baton on. `now` is in seconds of virtual time, the same for all processes."""

    def __init__(self, seed: int, began: float) -> None:
        self.random = random.Random(seed)
        self.now = 1000.0
        self.wall = began - self.now
        """What makes the virtual clock one of the wall."""
        self.switches = 0
        self.trace = 0
        """A digest of the course of events: two runs of one seed end with the same."""
        self._runnable: list[Task] = []
        self._timers: list[tuple[float, int, Task, int]] = []
        self._number = 0
        self.current = Task("main", None)
        self.failed: BaseException | None = None

    # -- waiting

    def note(self, *what: object) -> None:
        """Let the digest know what happened."""
        if TRACE:
            print(f"{self.now:.6f}", self.current, *what, file=TRACE)
        self.trace = hash((self.trace, self.now, *what)) & 0xFFFFFFFFFFFFFFFF

    def park(self, timeout: float | None = None) -> bool:
        """Wait until somebody wakes this task, or for `timeout` seconds; whether it was woken."""
        task = self.current
        self._check(task)
        task.waiting, task.woken = True, False
        task.ticket += 1
        if timeout is not None and timeout < _FOREVER:
            self._number += 1
            heapq.heappush(self._timers, (self.now + max(timeout, 0.0), self._number, task, task.ticket))
        self._hand_on(task)
        self._check(task)
        return task.woken

    def wake(self, task: Task) -> None:
        """Let a waiting task go on, in its turn."""
        if task.waiting:
            task.waiting, task.woken = False, True
            self._runnable.append(task)

    def sleep(self, seconds: float) -> None:
        """Wait so long."""
        if seconds > 0:
            self.park(seconds)
        else:
            self.let_others()

    def let_others(self) -> None:
        """Give the baton away, if anybody wants it."""
        task = self.current
        self._check(task)
        if self._runnable:
            self._runnable.append(task)
            self._hand_on(task)
            self._check(task)

    def maybe(self) -> None:
        """Let others go first, now and then."""
        if self._runnable and self.random.random() < _PREEMPT:
            self.let_others()

    def kill(self, owner: object, tasks: list[Task]) -> None:
        """End every task of `owner`: each raises Killed where it waits."""
        for task in tasks:
            if task.owner is owner and not task.done:
                task.dying = True
                self.wake(task)

    def _check(self, task: Task) -> None:
        if self.failed is not None and task.owner is None and task.name == "main":
            raise self.failed
        if task.dying:
            raise Killed

    def _hand_on(self, task: Task) -> None:
        """Give the baton to whoever is next, and come back when it is `task`'s turn again."""
        following = self._next()
        if following is not task:
            self.switches += 1
            self.current = following
            following.gate.release()
            task.gate.acquire()

    def _next(self) -> Task:
        while not self._runnable:
            while self._timers and self._stale(self._timers[0]):
                heapq.heappop(self._timers)
            if not self._timers:
                self._fail(Stuck("everybody waits for ever"))
                continue
            self.now = max(self.now, self._timers[0][0])
            while self._timers and self._timers[0][0] <= self.now:
                _, _, task, ticket = heapq.heappop(self._timers)
                if task.waiting and task.ticket == ticket:
                    task.waiting = False
                    self._runnable.append(task)
        if len(self._runnable) == 1:
            return self._runnable.pop()
        place = int(self.random.random() * len(self._runnable))
        chosen = self._runnable[place]
        self._runnable[place] = self._runnable[-1]
        self._runnable.pop()
        return chosen

    @staticmethod
    def _stale(timer: tuple[float, int, Task, int]) -> bool:
        _, _, task, ticket = timer
        return not (task.waiting and task.ticket == ticket)

    def _fail(self, error: BaseException) -> None:
        """Tell the main task, which tells everybody outside."""
        self.failed = self.failed or error
        main = self.main
        if main.done or not main.waiting:
            sys.exit(f"{error}")
        self.wake(main)

    main: Task

    # -- threads

    def begin(self, run: Callable[[], None], task: Task) -> None:
        """Start a thread that runs `run` when it gets the baton."""

        def go() -> None:
            task.gate.acquire()
            try:
                if not task.dying:
                    run()
            except Killed:
                pass
            except BaseException as error:  # noqa: BLE001 - a thread of ours that breaks is a finding
                self._broken(task, error)
            finally:
                self._end(task)

        _thread.start_new_thread(go, ())
        self._runnable.append(task)

    def _broken(self, task: Task, error: BaseException) -> None:
        if task.dying:
            return
        if not self.main.done and self.main.waiting:
            self._fail(error)
        else:
            self.failed = self.failed or error

    def _end(self, task: Task) -> None:
        task.done = True
        for joiner in task.joiners:
            self.wake(joiner)
        following = self._next()
        self.switches += 1
        self.current = following
        following.gate.release()

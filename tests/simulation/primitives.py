"""What the standard library's threads, locks and clocks are while a simulation runs.

They are put in their place before anything of Rollcall or its libraries is imported, in an interpreter that
does nothing else, so that all of that runs as it is.
"""

from __future__ import annotations

import _thread
import contextvars
import os
import queue
import random
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Any

from tests.simulation.scheduler import Scheduler, Task


class State:
    """The simulation that this interpreter runs. There is one at a time."""

    scheduler: Scheduler = Scheduler(0, 0.0)
    tasks: list[Task] = []  # noqa: RUF012 - there is one State
    requests: Counter[str] = Counter()  # noqa: RUF012
    has_nights = False


class Lock:
    """threading.Lock on virtual time."""

    def __init__(self) -> None:
        self._held = False
        self._waiters: deque[Task] = deque()

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        scheduler = State.scheduler
        if not self._held:
            scheduler.maybe()
        until = None if timeout is None or timeout < 0 else scheduler.now + timeout
        while self._held:
            if not blocking:
                return False
            left = None if until is None else until - scheduler.now
            if left is not None and left <= 0:
                return False
            task = scheduler.current
            self._waiters.append(task)
            try:
                woken = scheduler.park(left)
            except BaseException:
                self._leave(task)
                raise
            if not woken:
                self._leave(task)
        self._held = True
        return True

    def _leave(self, task: Task) -> None:
        if task in self._waiters:
            self._waiters.remove(task)
        elif not self._held and self._waiters:
            State.scheduler.wake(self._waiters.popleft())

    def release(self) -> None:
        if not self._held:
            raise RuntimeError("release unlocked lock")
        self._held = False
        if self._waiters:
            State.scheduler.wake(self._waiters.popleft())

    def locked(self) -> bool:
        return self._held

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()

    def _at_fork_reinit(self) -> None:
        self._held = False
        self._waiters.clear()


class RLock:
    """threading.RLock on virtual time."""

    def __init__(self) -> None:
        self._block = Lock()
        self._owner: Task | None = None
        self._count = 0

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        me = State.scheduler.current
        if self._owner is me:
            self._count += 1
            return True
        if not self._block.acquire(blocking, timeout):
            return False
        self._owner, self._count = me, 1
        return True

    def release(self) -> None:
        if self._owner is not State.scheduler.current:
            raise RuntimeError("cannot release un-acquired lock")
        self._count -= 1
        if not self._count:
            self._owner = None
            self._block.release()

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()

    def _is_owned(self) -> bool:
        return self._owner is State.scheduler.current

    def _release_save(self) -> tuple[int, Task | None]:
        state = self._count, self._owner
        self._count, self._owner = 0, None
        self._block.release()
        return state

    def _acquire_restore(self, state: tuple[int, Task | None]) -> None:
        self._block.acquire()
        self._count, self._owner = state

    def _at_fork_reinit(self) -> None:
        self._block._at_fork_reinit()
        self._owner, self._count = None, 0


_RealThread = threading.Thread


class Thread(_RealThread):
    """threading.Thread under the baton. It belongs to the process of whoever starts it. Sets of threads are
    walked in the order of their numbers, and not of where they lie in memory."""

    _count = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        Thread._count += 1
        self._place = Thread._count
        super().__init__(*args, **kwargs)

    def __hash__(self) -> int:
        return self._place

    __eq__ = object.__eq__

    def start(self) -> None:
        scheduler = State.scheduler
        scheduler._check(scheduler.current)
        self._task = Task(self.name, getattr(self, "belongs_to", scheduler.current.owner))
        if len(State.tasks) > 2000:
            State.tasks = [task for task in State.tasks if not task.done]
        State.tasks.append(self._task)
        context = contextvars.Context()
        scheduler.begin(lambda: context.run(self._go), self._task)
        scheduler.maybe()

    def _go(self) -> None:
        identity = _thread.get_ident()
        self._ident = identity
        threading._active[identity] = self  # type: ignore[attr-defined]
        try:
            self.run()
        finally:
            threading._active.pop(identity, None)  # type: ignore[attr-defined]

    def join(self, timeout: float | None = None) -> None:
        scheduler = State.scheduler
        until = None if timeout is None else scheduler.now + timeout
        while not self._task.done:
            left = None if until is None else until - scheduler.now
            if left is not None and left <= 0:
                return
            self._task.joiners.append(scheduler.current)
            scheduler.park(left)

    def is_alive(self) -> bool:
        return hasattr(self, "_task") and not self._task.done

    @property
    def ident(self) -> int | None:
        return getattr(self, "_ident", None)


def wall() -> float:
    """time.time of the process at work: its clock may be wrong."""
    scheduler = State.scheduler
    owner = scheduler.current.owner
    return scheduler.now + scheduler.wall + (owner.skew if owner is not None else 0.0)


def monotonic() -> float:
    """time.monotonic, and the same for all."""
    return State.scheduler.now


def install(seed: int, began: float) -> Scheduler:
    """Begin a simulation. In a new interpreter, or a child of one in which `replace` was called."""
    scheduler = State.scheduler = Scheduler(seed, began)
    scheduler.main = scheduler.current
    State.tasks.clear()
    Thread._count = 0
    _random.seed(seed)
    random.seed(seed)
    return scheduler


_random = random.Random(0)


def _bytes(count: int) -> bytes:
    return _random.randbytes(count)


def replace() -> None:
    """Put all of this in the standard library's place."""
    threads: Any = threading
    threads.Lock = threads._allocate_lock = Lock
    threads.RLock = RLock
    threads.Thread = Thread
    threads._time = monotonic
    queues: Any = queue
    queues.SimpleQueue = queue._PySimpleQueue  # type: ignore[attr-defined]
    queues.time = monotonic
    clock: Any = time
    clock.time, clock.monotonic, clock.perf_counter = wall, monotonic, monotonic
    clock.time_ns = lambda: int(wall() * 1e9)
    clock.monotonic_ns = clock.perf_counter_ns = lambda: int(monotonic() * 1e9)
    clock.sleep = lambda seconds: State.scheduler.sleep(seconds)
    system: Any = os
    system.urandom = _bytes
    draws: Any = random
    draws._urandom = _bytes


class _IsAny(type):
    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, datetime)


class Datetime(datetime, metaclass=_IsAny):
    """What `datetime` is in modules that ask it for the time: it makes plain ones."""

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        return datetime(*args, **kwargs)  # noqa: DTZ001 - as it was asked for

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Any:
        return datetime.fromtimestamp(wall(), tz)


def spawn(owner: Any, name: str, work: Callable[[], None]) -> Thread:
    """A thread of `owner`'s (None: of the outside) that does `work`."""
    thread = Thread(target=work, name=name, daemon=True)
    thread.belongs_to = owner  # type: ignore[attr-defined]
    thread.start()
    return thread

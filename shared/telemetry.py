"""What is measured while Rollcall works: plain figures in this process, for whoever wants to read them.

To write one down costs a dictionary's addition; to read them is `adapters/monitor`'s, once a minute and only
where an admin has figures exported. A figure is told from others by words of ours: a directory, an outcome,
a code. What is no such word is written down as `other`, so no address, list or person gets in here.
"""

from __future__ import annotations

import re
import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"[a-z][a-z0-9_]{0,39}")
_MOST_SERIES = 200
_MOST_TIMINGS = 10_000  # between two readings


class Figure(NamedTuple):
    """One number, and the words that tell it from others of its name."""

    value: float
    words: Mapping[str, str]


class Counter:
    """Only grows. `labels` are what the words are of. Thread-safe."""

    def __init__(self, name: str, meaning: str, *labels: str, unit: str = "1") -> None:
        self.name, self.meaning, self.labels, self.unit = name, meaning, labels, unit
        self._series: dict[tuple[str, ...], float] = {}
        self._lock = threading.Lock()

    def add(self, amount: float, *words: str) -> None:
        """Count `amount` more."""
        words = _clean(words)
        with self._lock:
            if words in self._series or len(self._series) < _MOST_SERIES:
                self._series[words] = self._series.get(words, 0) + amount

    def read(self) -> list[Figure]:
        """How far it has come, by words."""
        with self._lock:
            return _figures(self.labels, self._series.items())


class Source:
    """A counter that somebody else keeps: `read_from` is asked when it is read, so counting costs nothing.

    It gives the figures by word of the one label there is.
    """

    def __init__(self, name: str, meaning: str, label: str) -> None:
        self.name, self.meaning, self.labels, self.unit = name, meaning, (label,), "1"
        self.read_from: Callable[[], Mapping[str, float]] = dict

    def read(self) -> list[Figure]:
        """How far it has come, by words."""
        return _figures(self.labels, (((word,), value) for word, value in self.read_from().items()))


class Gauge:
    """What holds now: of each subject, one number and one word for it. Thread-safe."""

    def __init__(self, name: str, meaning: str, subject: str, label: str) -> None:
        self.name, self.meaning, self.labels, self.unit = name, meaning, (subject, label), "1"
        self._now: dict[str, tuple[float, str]] = {}

    def set(self, subject: str, value: float, word: str) -> None:
        """What holds from now on."""
        self._now[subject] = (value, word)

    def read(self) -> list[Figure]:
        """What holds, by subject; nothing before it is known."""
        now = list(self._now.items())
        return _figures(self.labels, (((subject, word), value) for subject, (value, word) in now))


class Timings:
    """How long things took, in seconds, each told once to whoever reads. Thread-safe."""

    def __init__(self, name: str, meaning: str, *labels: str) -> None:
        self.name, self.meaning, self.labels, self.unit = name, meaning, labels, "s"
        self._waiting: deque[tuple[tuple[str, ...], float]] = deque(maxlen=_MOST_TIMINGS)

    def add(self, seconds: float, *words: str) -> None:
        """Something took so long."""
        self._waiting.append((words, seconds))

    def take(self) -> list[Figure]:
        """What was added since they were taken last, one by one."""
        taken = [self._waiting.popleft() for _ in range(len(self._waiting))]
        return _figures(self.labels, taken)


REQUESTS = Counter("rollcall.requests", "Requests to a directory.", "directory", "outcome")
REQUEST_SECONDS = Counter(
    "rollcall.request.seconds", "Seconds waited for the answers.", "directory", "outcome", unit="s"
)
THROTTLED = Counter("rollcall.throttled", "How often a directory asked to wait.", "directory")
THROTTLED_SECONDS = Counter(
    "rollcall.throttled.seconds", "Seconds in which expansions waited therefore.", "directory", unit="s"
)
ANSWERS = Counter("rollcall.answers", "Answers to requests.", "route", "outcome")
ANSWER_SECONDS = Counter("rollcall.answer.seconds", "Seconds that they took.", "route", "outcome", unit="s")
STARTS = Counter("rollcall.starts", "Processes that began to serve.")
RECIPIENTS = Counter("rollcall.recipients", "Recipients counted.")
EVENTS = Source("rollcall.events", "Opens and clicks, by what became of them.", "fate")
CONNECTION = Gauge(
    "rollcall.connection",
    "1 while the service account gives access tokens, else 0 and the code of why not.",
    "resource",
    "code",
)
EXPANSIONS = Timings("rollcall.expansion.duration", "Seconds that expansions took.", "outcome")
FLUSHES = Timings("rollcall.flush.duration", "Seconds in which an entry of events was stored.", "outcome")

COUNTERS = (
    *(ANSWERS, ANSWER_SECONDS, STARTS, RECIPIENTS, EVENTS),
    *(REQUESTS, REQUEST_SECONDS, THROTTLED, THROTTLED_SECONDS),
)
STATES = (CONNECTION,)
TIMINGS = (EXPANSIONS, FLUSHES)


def answered(directory: str, status: int, seconds: float) -> None:
    """A directory's answer with this HTTP status arrived; 0 where none came."""
    outcome = _outcome(status)
    REQUESTS.add(1, directory, outcome)
    REQUEST_SECONDS.add(seconds, directory, outcome)


def served(route: str, status: int, seconds: float) -> None:
    """A request to this route, named after its function, was answered with this HTTP status."""
    outcome = ("ok", "redirected", "refused", "failed")[min(max(status // 100, 2), 5) - 2]
    ANSWERS.add(1, route, outcome)
    ANSWER_SECONDS.add(seconds, route, outcome)


def _outcome(status: int) -> str:
    if status == 429:
        return "throttled"
    if status == 0:
        return "no_answer"
    return "failed" if status >= 500 else "refused" if status >= 400 else "ok"


@lru_cache(2000)
def _clean(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word if _WORD.fullmatch(word) else "other" for word in words)


def _figures(labels: tuple[str, ...], series: Iterable[tuple[tuple[str, ...], float]]) -> list[Figure]:
    return [Figure(value, dict(zip(labels, _clean(tuple(words)), strict=True))) for words, value in series]

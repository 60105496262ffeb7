"""Asking Graph until it has answered: throttling, trying again, a refused access token."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from shared.adapters.directories.graph.wire import GraphWire, error_code
from shared.adapters.directories.http import DirectoryResponse, retry_after, token_refused
from shared.adapters.directories.tries import Tries, Wait, hold
from shared.answers import graph
from shared.audience.patience import Patience
from shared.audience.turns import DESK
from shared.errors import DirectoryDown, RollcallError, Throttled

# What was made a moment ago is not found by every server yet.
_TRIES_OF_GONE = 2
_AT_ONCE = Wait(0.0, asked=False)

_T = TypeVar("_T")
_Parse = Callable[[bytes | bytearray], _T]


@dataclass(slots=True)
class _Question(Generic[_T]):
    """One path, and how far we are with it: no `outcome` means that it is to be asked (again)."""

    path: str
    outcome: _T | RollcallError | None = None
    wait: Wait = _AT_ONCE
    tries: Tries = field(default_factory=lambda: Tries(_TRIES_OF_GONE))


class GraphTransport:
    """Asks over `wire`, honouring patience and Microsoft's throttling. Thread-safe.

    `access_token(refused)` gives the bearer token, and another one than `refused`. `timeout` is the
    longest wait for one answer, in seconds.
    """

    def __init__(self, wire: GraphWire, access_token: Callable[[str], str], *, timeout: float) -> None:
        self._wire = wire
        self._access_token = access_token
        self._timeout = timeout

    def fetch(self, paths: Sequence[str], parse: _Parse[_T], patience: Patience) -> list[_T | RollcallError]:
        """What `parse` makes of the answer to each path, in their order; an error where one failed for good.

        Several paths share a round trip. `parse` raises ValueError or RecursionError for what it cannot
        read. Raises what `access_token` raises, ServiceAccountError when Graph refuses even a new
        token, and Cancelled.
        """
        questions: list[_Question[_T]] = [_Question(path) for path in paths]
        waiting, refused_token = questions, ""
        while waiting:
            try:
                seconds = patience.proceed()
            except DirectoryDown as error:  # the deadline is over: what was answered stays answered
                for question in waiting:
                    question.outcome = error
                break
            access_token = self._access_token(refused_token)
            timeout = min(self._timeout, seconds)
            # What began in a batch stays in one: searches hold addresses, better in a body than in a URL.
            if len(paths) == 1:
                answers = [self._wire.get(paths[0], access_token, timeout)]
            else:
                answers = self._wire.batch([question.path for question in waiting], access_token, timeout)
            for question, answer in zip(waiting, answers, strict=True):
                _judge(question, answer, parse)
            if any(answer.status == 401 for answer in answers):
                if refused_token:
                    raise token_refused()
                refused_token = access_token
            waiting = _after_waiting([question for question in waiting if question.outcome is None], patience)
        return [question.outcome for question in questions if question.outcome is not None]


def _judge(question: _Question[_T], answer: DirectoryResponse, parse: _Parse[_T]) -> None:
    """Settle the question, or say how long to wait before it is asked again."""
    question.wait = _AT_ONCE
    try:
        if answer.status == 200:
            question.outcome = _read(answer, parse, question.tries)
        elif answer.status != 401:
            row = graph.TABLE.find(answer.status, error_code(answer))
            question.wait = question.tries.weigh(row, answer.status, retry_after(answer.headers))
    except RollcallError as error:
        question.outcome = error


def _read(answer: DirectoryResponse, parse: _Parse[_T], tries: Tries) -> _T | None:
    """What the answer says; None where it is to be asked for again. Raises UnreadableAnswer."""
    try:
        with DESK:
            return parse(answer.body)
    except (ValueError, RecursionError):
        tries.misread()
        return None


def _after_waiting(unsettled: list[_Question[_T]], patience: Patience) -> list[_Question[_T]]:
    """Hold all readers for the longest wait, then return the questions to be asked again: none, and each
    settled, when that is more than we may wait."""
    try:
        hold("graph", [question.wait for question in unsettled], patience)
    except Throttled as error:
        for question in unsettled:
            question.outcome = question.wait.too_long(error)
        return []
    return unsettled

"""Asking Graph until it has answered: throttling, trying again, a refused access token."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from shared import telemetry
from shared.adapters.directories.graph.wire import GARBLED, GraphWire, error_code
from shared.adapters.directories.http import (
    MAX_TRIES,
    AccessTokens,
    DirectoryResponse,
    backoff,
    retry_after,
    token_refused,
)
from shared.answers import graph
from shared.answers.meaning import Course, Meaning, directory_error
from shared.audience.patience import Patience
from shared.errors import DirectoryDown, RollcallError, Throttled, UnreadableAnswer

_TRIES_OF_WHAT_IS_GONE = 2

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
_Parse = Callable[[bytes | bytearray], _T]


@dataclass(slots=True)
class _Question(Generic[_T]):
    """One path, and how far we are with it: no `outcome` means that it is to be asked (again)."""

    path: str
    outcome: _T | RollcallError | None = None
    answer: DirectoryResponse = GARBLED  # the latest
    wait: float = 0.0  # seconds, before it may be asked again
    throttled: int = 0
    failed: int = 0
    garbled: int = 0


class GraphTransport:
    """Asks over `wire`, honouring patience and Microsoft's throttling. Thread-safe.

    `access_token(force)` gives the bearer token, a new one when forced. `timeout` is the longest wait
    for one answer, in seconds.
    """

    def __init__(self, wire: GraphWire, access_token: Callable[[bool], str], *, timeout: float) -> None:
        self._wire = wire
        self._tokens = AccessTokens(access_token)
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
            access_token = self._tokens.current(refused_token)
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
    question.answer, question.wait = answer, 0.0
    if answer.status == 200:
        try:
            question.outcome = parse(answer.body)
        except (ValueError, RecursionError):
            question.garbled += 1
            if question.garbled == 2:
                question.outcome = UnreadableAnswer()
    elif answer.status != 401:
        _weigh(question, graph.TABLE.find(answer.status, error_code(answer)))


def _weigh(question: _Question[_T], row: Meaning) -> None:
    """Settle the question by what its answer means, or say how long to wait."""
    answer, most = question.answer, MAX_TRIES
    if row.course is Course.GONE:  # what was made a moment ago is not found by every server yet
        most = _TRIES_OF_WHAT_IS_GONE
    elif row.course is not Course.AGAIN:
        question.outcome = directory_error(row)
        return
    if answer.status == 429:
        question.throttled += 1
    else:
        question.failed += 1
    question.wait = retry_after(answer.headers) or backoff(question.failed + question.throttled)
    if question.failed == most:
        question.outcome = directory_error(row)


def _after_waiting(unsettled: list[_Question[_T]], patience: Patience) -> list[_Question[_T]]:
    """Hold all readers for the longest wait, then return the questions to be asked again: none, and each
    settled, when that is more than we may wait."""
    seconds = max((question.wait for question in unsettled), default=0.0)
    if not seconds:
        return unsettled
    asked = any(_asks_to_wait(question.answer) for question in unsettled)
    if asked:
        telemetry.THROTTLED.add(1, "graph")
    try:
        longer = patience.hold(seconds)
    except Throttled as error:
        for question in unsettled:
            question.outcome = error if _asks_to_wait(question.answer) else DirectoryDown()
        return []
    if asked:
        telemetry.THROTTLED_SECONDS.add(longer, "graph")
    _log.info("graph: waiting %.1f s", seconds)
    return unsettled


def _asks_to_wait(answer: DirectoryResponse) -> bool:
    """Whether it is the directory's wish, not our guess, that we wait."""
    return answer.status == 429 or retry_after(answer.headers) is not None

"""What goes wrong on purpose: rules that spoil answers, and the latency of each service.

A rule is a dict. Which requests: `service` (one of SERVICES), `path` (a regular expression searched
in the path with its decoded query; every request of the service when left out), `after` (let the
first N pass), `every` (spoil every Nth of the rest), `times` (at most so often). What happens:
`delay` (seconds), and one of `status` with `headers` and `body` (an object is sent as JSON),
`drop` (close the connection without an answer) or `truncate` (send so many bytes of the body, then
close). `delay` alone makes the true answer late.
"""

from __future__ import annotations

import json
import re
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_plus

from starlette.responses import Response

SERVICES = ("graph", "entra", "exchange", "ews", "vault", "msi")


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to one request. `status` None: the true answer is given, perhaps late or cut."""

    delay: float = 0.0
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = ""
    drop: bool = False
    truncate: int | None = None

    def response(self) -> Response:
        """The answer in place of the true one; only for a fault with a status."""
        is_text = isinstance(self.body, str)
        kind = "text/plain; charset=utf-8" if is_text else "application/json; charset=utf-8"
        if any(name.lower() == "content-type" for name in self.headers):
            kind = ""
        content = self.body if is_text else json.dumps(self.body)
        return Response(content, self.status or 200, dict(self.headers), kind or None)


@dataclass(slots=True)
class _Rule:
    given: dict[str, Any]
    service: str
    pattern: re.Pattern[str] | None
    after: int
    every: int
    times: int | None
    fault: Fault
    seen: int = 0
    fired: int = 0

    @classmethod
    def parse(cls, given: Mapping[str, Any]) -> _Rule:
        rest = dict(given)
        service, path = rest.pop("service", None), rest.pop("path", None)
        if service not in SERVICES:
            raise ValueError(f"a fault's service is one of {', '.join(SERVICES)}")
        after, every, times = rest.pop("after", 0), rest.pop("every", 1), rest.pop("times", None)
        if every < 1:
            raise ValueError("a fault's `every` is at least 1")
        try:
            fault = Fault(**rest)
        except TypeError as error:
            raise ValueError(f"unknown word in a fault: {', '.join(rest)}") from error
        pattern = re.compile(path) if path else None
        return cls(dict(given), service, pattern, after, every, times, fault)

    def count(self, service: str, target: str) -> bool:
        """Whether this request is one to spoil, seen as the next of those the rule is about."""
        if service != self.service or (self.pattern and not self.pattern.search(target)):
            return False
        self.seen += 1
        turn = self.seen - self.after
        return turn >= 1 and turn % self.every == 0 and (self.times is None or self.fired < self.times)


def target(path: str, query: str) -> str:
    """What a rule's `path` is searched in; `query` as it came."""
    return f"{path}?{unquote_plus(query)}" if query else path


class Faults:
    """The rules and latencies in force, and how often each service was asked. Thread-safe.

    `latency` holds seconds by service; `hits` counts HTTP requests by service, a $batch as one.
    """

    def __init__(self) -> None:
        self.latency: dict[str, float] = {}
        self.hits: Counter[str] = Counter()
        self._rules: list[_Rule] = []
        self._lock = threading.Lock()

    def set(self, rules: Sequence[Mapping[str, Any]]) -> None:
        """Put `rules` in place of all that were there. Raises ValueError for one that is malformed."""
        parsed = [_Rule.parse(rule) for rule in rules]
        with self._lock:
            self._rules = parsed

    def add(self, **rule: Any) -> None:
        """Add one rule behind the others. Raises ValueError when it is malformed."""
        parsed = _Rule.parse(rule)
        with self._lock:
            self._rules = [*self._rules, parsed]

    def clear(self) -> None:
        """Forget every rule; latency stays."""
        self.set([])

    def describe(self) -> list[dict[str, Any]]:
        """The rules as they were given, each with how often it was `seen` and `fired`."""
        with self._lock:
            return [rule.given | {"seen": rule.seen, "fired": rule.fired} for rule in self._rules]

    def arrived(self, service: str) -> None:
        """Count one HTTP request."""
        with self._lock:
            self.hits[service] += 1

    def concerns(self, service: str) -> bool:
        """Whether any rule is about `service`; spares the hot path the making of a target."""
        return any(rule.service == service for rule in self._rules)

    def next(self, service: str, target: str) -> Fault | None:
        """What happens to this request. Every rule it matches counts it; the first one due decides."""
        with self._lock:
            due = [rule for rule in self._rules if rule.count(service, target)]
            if not due:
                return None
            due[0].fired += 1
            return due[0].fault

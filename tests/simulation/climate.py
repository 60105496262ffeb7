"""All the weather there is: over whole services, over parts of them, and over the ways to them.

A fault of Rollcall's may hide where everything is well but one thing: one table, whatever is written, the
rest of one list. So each part of a service has moods of its own, rare and bad. Tables and queues have some in
common, as they are one account's.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from tests.simulation.primitives import State
from tests.simulation.tables import Asked
from tests.simulation.weather import NOTHING, Trouble, Weather

Parts = Callable[[Asked], Sequence[str]]


class Next(Protocol):
    """What befalls a request, or one `within` another."""

    def __call__(self, asked: Asked, within: bool = False) -> Trouble: ...


_WAYS = ((0.88, 0.0), (0.94, 0.3), (1.0, 1.0))
_PARTS = ((0.85, 0.0), (0.91, 0.4), (1.0, 1.0))
_FEW_PARTS = ((0.55, 0.0), (0.65, 0.5), (1.0, 1.0))
_SHARED = ((0.88, 0.0), (0.92, 0.4), (1.0, 1.0))
_LONG = 900.0
"""Seconds for which a part is away, on the whole."""
_WITHIN = 0.3
_STORAGE = ("tables", "queues")


class Climate:
    """What befalls requests to all services. `met` is how often each kind was met, by service."""

    def __init__(self, draw: random.Random, now: Callable[[], float]) -> None:
        self.draw = draw
        self.now = now
        self.met: Counter[str] = Counter()
        self.is_calm = True
        """Whether nothing goes wrong."""
        self.troubled: defaultdict[object, list[float]] = defaultdict(list)
        """When processes met trouble with tables."""
        self._kept: dict[tuple[str, object], Weather] = {}
        self._shared: Weather | None = None

    def over(self, name: str, kinds: list[Trouble], parts: Parts) -> Next:
        """The next trouble of a service whose `parts` a request asks."""
        everywhere = Weather(name, self.draw, self.now, kinds, self.met)
        if name in _STORAGE and self._shared is None:
            common = [kind for kind in kinds if not kind.says]
            self._shared = Weather("storage", self.draw, self.now, common, self.met, _SHARED, longest=600.0)

        def following(asked: Asked, within: bool = False) -> Trouble:
            if self.is_calm:
                return NOTHING
            # What befalls the whole service seldom befalls single requests within one.
            found = NOTHING if within and self.draw.random() > _WITHIN else everywhere.next()
            owner = State.scheduler.current.owner
            for other in self._others(name, kinds, parts(asked), owner):
                if found is not NOTHING:
                    break
                found = other.next()
            if found is not NOTHING and name == "tables" and not found.says:
                self.troubled[owner].append(self.now())
            return found

        return following

    @property
    def is_away(self) -> bool:
        """Whether the whole storage account is."""
        return not self.is_calm and self._shared is not None and self._shared.is_away

    def _others(
        self, name: str, kinds: list[Trouble], parts: Sequence[str], owner: object
    ) -> Iterator[Weather]:
        if name in _STORAGE and self._shared is not None:
            yield self._shared
        for part in parts:
            yield self._weather(name, part, kinds, _FEW_PARTS if name == "queues" else _PARTS)
        if owner is not None:
            yield self._weather(name, owner, kinds, _WAYS)

    def _weather(
        self, name: str, place: object, kinds: list[Trouble], rates: Sequence[tuple[float, float]]
    ) -> Weather:
        found = self._kept.get((name, place))
        if found is None:
            is_way = rates is _WAYS
            able = kinds if is_way else [kind for kind in kinds if not kind.says]
            longest = 240.0 if is_way else _LONG
            found = Weather(name, self.draw, self.now, able, self.met, rates, cuts=False, longest=longest)
            self._kept[name, place] = found
        return found


_IN_BATCH = re.compile(rb"\r\n(?:POST|PUT|PATCH|DELETE) \S+?/devstoreaccount1/(\w+)")
_TABLE = re.compile(r"/([A-Za-z][A-Za-z0-9]*)")
_GROUP = re.compile(r"/groups/([0-9a-f-]{36})")
_IDENTITY = re.compile(rb'"CmdletName":\s*"([\w-]+)".*?"Identity":\s*"([^"]*)"', re.DOTALL)
_MAILBOX = re.compile(rb"EmailAddress>([^<]*)<")


def of_tables(asked: Asked) -> Sequence[str]:
    """One table; whatever is written; what is written to one table."""
    if asked.target.startswith("/$batch"):
        found = _IN_BATCH.search(asked.body)
        table = found[1].decode() if found else ""
    else:
        named = _TABLE.match(asked.target)
        table = named[1] if named else ""
    return (table,) if asked.method == "GET" else (table, f"{table} written", "written")


def of_queues(asked: Asked) -> Sequence[str]:
    """Putting, getting, deleting, counting."""
    return (f"{asked.method} {'messages' if '/messages' in asked.target else 'queue'}",)


def of_graph(asked: Asked) -> Sequence[str]:
    """One list, and what follows its first page; or what people and addresses are looked up by."""
    found = _GROUP.search(asked.target)
    if found is None:
        return (asked.target.partition("?")[0],)
    on = "skiptoken" in asked.target.lower()
    return (found[1], f"{found[1]} on") if on else (found[1],)


def of_exchange(asked: Asked) -> Sequence[str]:
    """What one cmdlet says of one list."""
    found = _IDENTITY.search(asked.body)
    return (f"{found[1]!r} {found[2]!r}",) if found else ()


def of_ews(asked: Asked) -> Sequence[str]:
    """One list."""
    found = _MAILBOX.search(asked.body)
    return (f"{found[1]!r}",) if found else ()


def of_path(asked: Asked) -> Sequence[str]:
    """One secret; one endpoint."""
    return (asked.target.partition("?")[0],)

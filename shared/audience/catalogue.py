"""What all directories together know of each list: one description, whoever told of it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace

from shared.audience.directory import DistributionList
from shared.audience.record import Walk

GRAPH = "graph"


@dataclass(slots=True)
class _Known:
    about: DistributionList
    id: str = ""  # Entra's or Exchange's own; "" as long as the list is known by address alone
    in_graph: DistributionList | None = None  # as Graph has it
    graph_was_asked: bool = False


class Catalogue:
    """The lists of one expansion. Thread-safe.

    Two descriptions are of one list when they have an id in common, or an address where one of them has no
    id. The first one's id stays the list's; what was told later is added: hidden once is hidden, and what is
    sure beats a guess.
    """

    def __init__(self) -> None:
        self._by_id: dict[str, _Known] = {}
        self._by_address: dict[str, _Known] = {}
        self._lock = threading.Lock()

    def add(self, found: DistributionList, directory: str) -> DistributionList:
        """What is known of the list now that it was `found`, by `directory`."""
        with self._lock:
            first, *others = self._same(found) or [_Known(found)]
            for other in others:
                self._unite(first, other)
            first.about = _merge(first.about, found)
            first.id = first.id or _own_id(found)
            if directory == GRAPH:
                first.in_graph, first.graph_was_asked = found, True
            self._by_id[found.id] = first
            for address in found.addresses:
                self._by_address.setdefault(address, first)
            return first.about

    def latest(self, source: DistributionList) -> DistributionList:
        """All that is known of the list by now."""
        with self._lock:
            known = self._by_id.get(source.id)
            return known.about if known else source

    def missing_in_graph(self, source: DistributionList) -> None:
        """Graph was asked for the list, and knows none."""
        with self._lock:
            if known := self._by_id.get(source.id):
                known.graph_was_asked = True

    def asked_graph(self, source: DistributionList) -> bool:
        """Whether Graph has told what it knows of the list, if only that it knows none."""
        with self._lock:
            known = self._by_id.get(source.id)
            return known is not None and known.graph_was_asked

    def in_graph(self, source: DistributionList) -> DistributionList | None:
        """The list as Graph has it, hidden where anybody said so; None where it has none."""
        with self._lock:
            known = self._by_id.get(source.id)
            if known is None or known.in_graph is None:
                return None
            return replace(known.in_graph, hidden=known.in_graph.hidden or known.about.hidden)

    def _same(self, found: DistributionList) -> list[_Known]:
        """What is known already of the list, one or several entries of it."""
        same = [self._by_id[found.id]] if found.id in self._by_id else []
        identifier = _own_id(found)
        for address in sorted(found.addresses):
            known = self._by_address.get(address)
            if known is None or any(known is other for other in same):
                continue
            if identifier in ("", known.id or identifier):
                same.append(known)
                identifier = identifier or known.id
        return same

    def _unite(self, first: _Known, other: _Known) -> None:
        first.about = _merge(first.about, other.about)
        first.id = first.id or other.id
        first.in_graph = first.in_graph or other.in_graph
        first.graph_was_asked |= other.graph_was_asked
        for entries in (self._by_id, self._by_address):
            for key, known in entries.items():
                if known is other:
                    entries[key] = first


def _own_id(found: DistributionList) -> str:
    return "" if "@" in found.id else found.id


def _merge(one: DistributionList, other: DistributionList) -> DistributionList:
    kind = other if other.kind_is_sure and not one.kind_is_sure else one
    address = other if other.address_is_sure and not one.address_is_sure else one
    named = one if one.name not in one.addresses else other
    return DistributionList(
        id=one.id,
        address=address.address,
        name=named.name,
        kind=kind.kind,
        directory=one.directory,
        hidden=one.hidden or other.hidden,
        kind_is_sure=kind.kind_is_sure,
        address_is_sure=address.address_is_sure,
        others=(one.addresses | other.addresses) - {address.address},
    )


def name_lists(walk: Walk, catalogue: Catalogue) -> None:
    """Call each list of a finished walk as it is known by now: a typed address may have been an alias of a
    list that was met later under its primary one."""
    taken = {node.source.address for node in walk.lists.values()}
    for node in walk.lists.values():
        latest = catalogue.latest(node.source)
        if latest.address not in taken:
            taken.add(latest.address)
            node.source = replace(latest, id=node.source.id, directory=node.source.directory)

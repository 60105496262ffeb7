"""Who is who: one number for each mailbox, whatever it is called where.

A mailbox has one id in Entra and may have many addresses, of which directories tell different ones. So the id
decides; who comes without one is known by address, and in the end by an alias that somebody else owns.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat

from shared.audience.addresses import domain_of
from shared.audience.catalogue import Catalogue, name_lists
from shared.audience.record import Walk


class Recipients:
    """The recipients of one walk, at most `limit`; each is a number."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.count = 0
        self.names: list[str | None] = []  # of the numbers, as they were first told
        self._by_address: dict[str, int] = {}
        self._by_id: dict[str, int] = {}
        self._without_id: set[str] = set()
        self._aliases: dict[str, str] = {}
        # What Exchange, and what another directory, called somebody who was known by another address.
        self._by_exchange: set[str] = set()
        self._by_others: set[str] = set()
        self._renamed: set[int] = set()  # numbers with more than one address
        self._joined: dict[int, int] = {}  # a number that turned out to be another, and which

    def take(
        self,
        addresses: Sequence[str],
        ids: Sequence[str],
        names: Sequence[str | None],
        into: array[int],
        *,
        from_exchange: bool = False,
    ) -> int:
        """Put the numbers of `addresses` behind `into`; how many there was room for. `ids` and `names` are
        theirs, or fewer where the directory tells none."""
        by_id, by_address, append = self._by_id, self._by_address, into.append
        told: Iterable[str] = ids if len(ids) == len(addresses) else repeat("", len(addresses))
        called: Iterable[str | None] = names if len(names) == len(addresses) else repeat(None, len(addresses))
        before = len(into)
        for address, identifier, name in zip(addresses, told, called, strict=True):
            number = by_id.get(identifier)
            if number is None or by_address.get(address) != number:
                number = self._meet(address, identifier, name, from_exchange)
                if number is None:
                    break
            append(number)
        return len(into) - before

    def learn(self, aliases: Mapping[str, str]) -> None:
        """Remember whose other addresses these are, by the one under which they were taken."""
        for alias, address in aliases.items():
            self._aliases.setdefault(alias, address)

    def _meet(self, address: str, identifier: str, name: str | None, from_exchange: bool) -> int | None:
        known = self._by_id.get(identifier) if identifier else None
        number = self._by_address.get(address)
        if number is None and known is None:
            if self.count >= self.limit:
                return None
            number = self.count
            self.count += 1
            self.names.append(name)
        elif number is None or known not in (None, number):
            self._renamed.add(known)  # type: ignore[arg-type]
            (self._by_exchange if from_exchange else self._by_others).add(address)
            number = known if number is None else self._join(number, known)  # type: ignore[arg-type]
        if name and not self.names[number]:  # type: ignore[index]
            self.names[number] = name  # type: ignore[index]
        self._by_address.setdefault(address, number)  # type: ignore[arg-type]
        if identifier:
            self._by_id[identifier] = self._by_address[address]
        else:
            self._without_id.add(address)
        return number

    def _join(self, one: int, other: int) -> int:
        """Both are the same mailbox; the number it goes by."""
        first, second = sorted((self._root(one), self._root(other)))
        if first != second:
            self._joined[second] = first
            self.names[first] = self.names[first] or self.names[second]
        return one

    def _root(self, number: int) -> int:
        while (following := self._joined.get(number)) is not None:
            number = following
        return number

    def finish(self, columns: Iterable[array[int]]) -> tuple[dict[str, int], dict[str, str]]:
        """The number of each recipient by the address to show, and that address for each other one that was
        met. In `columns`, which hold numbers, each mailbox goes by one from now on."""
        for address in self._without_id:
            owner = self._by_address.get(self._aliases.get(address, ""))
            if owner is not None and self._root(owner) != self._root(self._by_address[address]):
                self._join(owner, self._by_address[address])
        if not (self._joined or self._renamed):
            return self._by_address, {}
        for column in columns:
            for place, number in enumerate(column):
                if number in self._joined:
                    column[place] = self._root(number)
        names: dict[int, list[str]] = {}
        for address, number in self._by_address.items():
            names.setdefault(self._root(number), []).append(address)
        chosen = {number: min(known, key=self._preference) for number, known in names.items()}
        instead = {a: chosen[n] for n, known in names.items() if len(known) > 1 for a in known}
        return {address: number for number, address in chosen.items()}, instead

    def _preference(self, address: str) -> tuple[bool, bool, bool, str]:
        """No alias, and before others what Exchange calls somebody."""
        is_alias, by_exchange = address in self._aliases, address in self._by_exchange
        return is_alias, address in self._by_others, not by_exchange, address


def settle(walk: Walk, people: Recipients, targets: Mapping[str, str], catalogue: Catalogue) -> None:
    """Give each recipient of a finished walk one number and one address, whatever they were called where, and
    each list the address by which it is known in the end.

    `targets` are the addresses to which mail to some is passed on."""
    found = people.count
    walk.numbers, instead = people.finish(node.recipients for node in walk.lists.values())
    walk.names = people.names
    walk.duplicates += found - len(walk.numbers)
    walk.mailboxes = {instead.get(address, address): kind for address, kind in walk.mailboxes.items()}
    own = walk.domains
    walk.outside = {
        instead.get(address, address)
        for address, target in targets.items()
        if own and domain_of(target) not in own
    }
    name_lists(walk, catalogue)

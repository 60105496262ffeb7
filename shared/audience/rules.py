"""Which lists an admin lets Rollcall read.

A rule is an address (`board@company.com`), a pattern in which * stands for anything
(`board-*@company.com`), or a kind (`kind:microsoft_365_group`). Addresses are compared with every address
that is known of a list, and with what a sender typed. What is not sure is judged as if it were denied: EWS
shows every list but a Microsoft 365 group alike, and a list found by an alias may have any primary address.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from shared.audience.addresses import normalise, to_ascii

if TYPE_CHECKING:
    from shared.audience.directory import DistributionList, ListKind

_KIND = "kind:"


@dataclass(frozen=True, slots=True)
class Rules:
    """What `allow` names may be read, all where it is empty, unless `deny` names it too."""

    allow: Sequence[str] = ()
    deny: Sequence[str] = ()
    _allow: _Names = field(init=False, repr=False, compare=False)
    _deny: _Names = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_allow", _Names(self.allow))
        object.__setattr__(self, "_deny", _Names(self.deny))

    def forbid(self, found: DistributionList, typed: str = "") -> bool:
        """Whether the list, found behind the address `typed` or inside another list, must not be read."""
        addresses = found.addresses | {typed} if typed else found.addresses
        if self._deny.hold(addresses, self._possible(found)):
            return True
        if self._deny.name_addresses and not found.address_is_sure:
            return True
        return bool(self.allow) and not all(
            self._allow.hold(addresses, {kind}) for kind in self._possible(found)
        )

    def _possible(self, found: DistributionList) -> Set[ListKind]:
        return {found.kind} if found.kind_is_sure else _shown_alike()


class _Names:
    """Rules in the form in which they are asked."""

    def __init__(self, rules: Sequence[str]) -> None:
        kinds = [rule.removeprefix(_KIND) for rule in rules if rule.startswith(_KIND)]
        self.kinds = _parse_kinds(kinds) if kinds else frozenset()
        patterns = [_comparable(rule) for rule in rules if not rule.startswith(_KIND)]
        self.name_addresses = bool(patterns)
        parts = [".*".join(map(re.escape, pattern.split("*"))) for pattern in patterns]
        self.addresses = re.compile("|".join(parts) or r"(?!)", re.DOTALL)

    def hold(self, addresses: Set[str], kinds: Set[ListKind]) -> bool:
        """Whether one of the rules names one of `addresses` or `kinds`."""
        return bool(self.kinds & kinds) or any(self.addresses.fullmatch(address) for address in addresses)


def _parse_kinds(names: Sequence[str]) -> frozenset[ListKind]:
    from shared.audience.directory import ListKind

    return frozenset(map(ListKind, names))


@cache
def _shown_alike() -> frozenset[ListKind]:
    from shared.audience.directory import ListKind

    return frozenset(ListKind) - {ListKind.MICROSOFT_365_GROUP}


def _comparable(pattern: str) -> str:
    """The pattern in the form in which addresses are compared, as far as it is written out."""
    local, at, domain = pattern.rpartition("@")
    if "*" not in pattern:
        return normalise(pattern)
    return f"{local}{at}{domain if '*' in domain else to_ascii(domain)}"

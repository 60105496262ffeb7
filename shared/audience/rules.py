"""Which lists an admin lets Rollcall read.

A rule is an address (`board@company.com`), a pattern in which * stands for anything
(`board-*@company.com`), or a kind (`kind:microsoft_365_group`). Addresses are compared with a list's
primary address, and with what a sender typed. What EWS alone described may be of any kind but a Microsoft
365 group, so a rule that denies one of those kinds, or allows only some, keeps it from being read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from shared.audience.directory import DistributionList, ListKind

_KIND = "kind:"
_SHOWN_ALIKE = frozenset(ListKind) - {ListKind.MICROSOFT_365_GROUP}


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
        addresses = [found.address, typed] if typed else [found.address]
        if self._deny.hold(addresses, self._possible(found)):
            return True
        return bool(self.allow) and not all(
            self._allow.hold(addresses, {kind}) for kind in self._possible(found)
        )

    def _possible(self, found: DistributionList) -> Set[ListKind]:
        return {found.kind} if found.kind_is_sure else _SHOWN_ALIKE


class _Names:
    """Rules in the form in which they are asked."""

    def __init__(self, rules: Sequence[str]) -> None:
        self.kinds = {ListKind(rule.removeprefix(_KIND)) for rule in rules if rule.startswith(_KIND)}
        patterns = [rule for rule in rules if not rule.startswith(_KIND)]
        parts = [".*".join(map(re.escape, pattern.split("*"))) for pattern in patterns]
        self.addresses = re.compile("|".join(parts) or r"(?!)", re.DOTALL)

    def hold(self, addresses: Sequence[str], kinds: Set[ListKind]) -> bool:
        """Whether one of the rules names one of `addresses` or `kinds`."""
        return bool(self.kinds & kinds) or any(self.addresses.fullmatch(address) for address in addresses)

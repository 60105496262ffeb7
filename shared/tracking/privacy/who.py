"""Who has an address: all addresses of one person, as far as the directory tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from shared.audience.directory import DistributionList
from shared.errors import RollcallError
from shared.tracking.mail.sharing import Found


@dataclass(frozen=True, slots=True)
class Sought:
    """Somebody who is looked for. `addresses` are theirs, the one that was given first; `told` is what the
    directory said of it, for an admin."""

    addresses: tuple[str, ...]
    told: str


def who_has(address: str, find_people: Callable[[Sequence[str]], Mapping[str, Found]]) -> Sought:
    """Whoever has the address (normalised). Where the directory does not tell, the address stands for itself,
    and that is said: nobody must take one address for a whole person."""
    try:
        found = find_people([address])[address]
    except RollcallError as error:
        found = error
    if isinstance(found, RollcallError):
        alone = "Only this address was looked for: the directory could not be asked for others."
        return Sought((address,), f"{alone} {found.sentence} {found.remedy}")
    if isinstance(found, DistributionList):
        return Sought((address,), "Only this address was looked for: it is a list's, and nobody's own.")
    if found is None:
        return Sought(
            (address,),
            "Only this address was looked for: the directory knows nobody by it. If the person had others, "
            "look for each of them too.",
        )
    known = found.addresses | ({found.address} if found.address else frozenset())
    others = sorted(known - {address})
    if not others:
        return Sought((address,), "The directory knows no other address of this person.")
    return Sought(
        (address, *others),
        f"The directory told the person's addresses, and all {len(others) + 1} were looked for.",
    )

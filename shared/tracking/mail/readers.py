"""Who may see what became of a message that is not theirs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may see what became of a message that is not theirs. `id` is their object id in Entra,
    by which they are recognised; the address is for people."""

    id: str
    address: str

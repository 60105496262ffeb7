"""One expansion as it is kept, and what keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from shared.audience.recipients import Particulars
from shared.audience.result import Audience
from shared.helpers import Words


class State(StrEnum):
    """Where an expansion is."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an expansion came to nothing, as a sender is told, with the text to `forward`; `admin` is what an
    administrator is told."""

    code: str
    text: str
    remedy: str
    forward: str | None = None
    admin: Words | None = None


@dataclass(frozen=True, slots=True)
class Expansion:
    """One expansion as it stands. `runner` is the walk that works on it, `fingerprint` tells its
    addresses from others, `version` is the store's own and opaque. While Exchange is being read,
    `provisional` is how many recipients Graph alone has found, and `estimate` about how many there may be in
    the end; neither is part of the result. `waits_until`: a directory asked to be left alone until then.
    `before`: walks of the same process that begin first."""

    owner: str
    id: str
    fingerprint: str
    runner: str
    state: State
    started_at: datetime
    beat_at: datetime
    expires_at: datetime
    lists_done: int = 0
    lists_known: int = 0
    recipients: int = 0
    provisional: int | None = None
    estimate: int | None = None
    waits_until: datetime | None = None
    before: int = 0
    audience: Audience | None = None
    failure: Failure | None = None
    version: str = ""


class ExpansionStore(Protocol):
    """Keeps expansions and their recipients. Every method may raise StoreUnavailable."""

    def add(self, expansion: Expansion) -> Expansion | None:
        """Store a new expansion; None where its owner has one of this id already."""

    def find(self, owner: str, identifier: str) -> Expansion | None:
        """The expansion with its audience, or None."""

    def update(self, expansion: Expansion) -> Expansion:
        """Store the changed row. Raises Cancelled when it is not the version given any more."""

    def keep(
        self,
        expansion: Expansion,
        audience: Audience,
        addresses: Sequence[str],
        known: Particulars | None = None,
        members: Sequence[bytes] = (),
    ) -> Expansion:
        """Store what was found, and the row as done. `known` is of the addresses, in their order, `members`
        who is in which typed list, as in `by_list.members_of`. Raises Cancelled like `update`."""

    def list_members(self, expansion: Expansion) -> list[bytes]:
        """Who is in which typed list; empty where that was not kept."""

    def list_recipients(self, expansion: Expansion, start: int, limit: int) -> list[str]:
        """Addresses from number `start` on, at most `limit`, in their stored order."""

    def list_particulars(self, expansion: Expansion, start: int, limit: int) -> Particulars:
        """What is known beside the addresses that `list_recipients` lists; fewer where it is not kept."""

    def list_done(self) -> Iterable[Expansion]:
        """Every finished one, without its audience."""

    def has_recipient(self, expansion: Expansion, address: str) -> bool:
        """Whether the address is among its recipients."""

    def delete(self, owner: str, identifier: str) -> bool:
        """Forget it and its recipients; whether it was there."""

    def purge(self, now: datetime) -> int:
        """Forget all that have expired by `now`; how many there were."""

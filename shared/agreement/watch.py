"""The watch over the agreement: each change of how it stands is in the audit trail, whoever brought it about,
and where nobody did, as at its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shared.agreement.standing import Agreed, AgreementState

CLAIMED = 60.0
"""For how many seconds a process claims a change that it records."""


@dataclass(frozen=True, slots=True)
class AgreementStanding:
    """How the agreement stood at a look: its state, what it is called, and its key."""

    state: str = AgreementState.NONE.value
    agreement: str = ""
    key: str = ""


class StandingStore(Protocol):
    """Keeps how the agreement stood. Every method may raise StoreUnavailable."""

    def find(self) -> AgreementStanding | None:
        """How it stood at the last look that found a change; None where there was none."""

    def put(self, standing: AgreementStanding) -> None:
        """Keep it."""


class AgreementWatch:
    """Looks whether the agreement stands as it did."""

    def __init__(
        self,
        agreed: Agreed,
        store: StandingStore,
        claim: Callable[[str, float], bool],
        tell: Callable[[AgreementStanding, AgreementStanding], None],
        now: Callable[[], datetime],
    ) -> None:
        """`claim` settles which process looks; `tell` records what it was and what it is."""
        self._agreed = agreed
        self._store = store
        self._claim = claim
        self._tell = tell
        self._now = now

    def look(self) -> None:
        """Record a change, once; a crash in the middle may have it recorded again, and never not at all.
        Raises StoreUnavailable."""
        state = self._agreed.state(self._now()).value
        standing = AgreementStanding(state, self._agreed.code, self._agreed.key_code)
        before = self._last()
        if before == standing or not self._claim(_name(before, standing), CLAIMED):
            return
        if self._last() == before:  # another process may have been quicker
            self._tell(before, standing)
            self._store.put(standing)

    def _last(self) -> AgreementStanding:
        return self._store.find() or AgreementStanding()


def _name(before: AgreementStanding, standing: AgreementStanding) -> str:
    """What a change is claimed by."""
    both = (before.state, before.agreement, standing.state, standing.agreement, standing.key)
    return "-".join(("agreement", *both))

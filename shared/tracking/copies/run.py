"""A run: the sending of a mail's copies as it is kept, and what a device may say of it.

A copy is written down as being tried before it is handed over. What a device leaves behind so may have been
sent: it is in doubt, and nobody sends it again unless its sender says so. Nothing of the mail is in here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from shared.errors import Conflict

HELD = timedelta(seconds=180)
"""How long a device has a run after its last word; longer than it waits for the answer to any copy."""
EARLY = timedelta(seconds=2)
"""By how much a device's clock may run ahead of ours in the time in which a run can be taken back."""
MOST_REASONS = 1_000
"""For so many copies it is kept why they were not sent; of others it is only kept that they were not."""

ELSEWHERE = (
    "Another device is sending these copies.",
    "Stop it there, or wait until it has said nothing for three minutes.",
)
ERASED = "erased"
"""Why nobody gets this copy: its recipient was erased before the run began."""


class CopyState(StrEnum):
    """What became of one copy."""

    WAITING = "w"
    TRYING = "t"
    SENT = "s"
    FAILED = "f"
    DOUBT = "d"


_FOLLOWS: Mapping[CopyState, frozenset[CopyState]] = {
    CopyState.WAITING: frozenset({CopyState.WAITING, CopyState.TRYING, CopyState.FAILED}),
    CopyState.TRYING: frozenset(CopyState),
    CopyState.SENT: frozenset({CopyState.SENT}),
    CopyState.FAILED: frozenset({CopyState.WAITING, CopyState.FAILED}),
    CopyState.DOUBT: frozenset({CopyState.WAITING, CopyState.FAILED, CopyState.DOUBT}),
}
"""What may become of a copy. Sent is for ever; who is trying may hear its own word twice."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of the copy at a place; the sender's own has the place 0. `reason` is Microsoft's word."""

    place: int
    state: CopyState
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """`states` has a letter for each copy, the sender's own first. No copy leaves before `begins_at`. The run
    is `holder`'s until `held_until`, which is one life of the pane on `device`; `reasons` say why copies
    failed."""

    states: str
    begins_at: datetime
    holder: str
    device: str
    held_until: datetime
    reasons: dict[int, str] = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        """Whether nothing of it waits or is in doubt."""
        return not set(self.states) - {CopyState.SENT, CopyState.FAILED}

    def count(self, state: CopyState) -> int:
        """How many recipients' copies are in that state; the sender's own is not counted."""
        return self.states[1:].count(state)


def begun(recipients: int, gone: Iterable[int], holder: str, device: str, now: datetime, undo: float) -> Run:
    """A run to so many recipients, of whom those numbers (from 1) are erased, that can be taken back for
    `undo` seconds."""
    letters = [str(CopyState.WAITING)] * (recipients + 1)
    reasons = dict.fromkeys(gone, ERASED)
    for number in reasons:
        letters[number] = CopyState.FAILED
    kept = dict(list(reasons.items())[:MOST_REASONS])
    return Run("".join(letters), now + timedelta(seconds=undo), holder, device, now + HELD, kept)


def taken(run: Run, holder: str, device: str, now: datetime) -> Run:
    """The run, `holder` having it: what another left behind as being tried is in doubt. Raises Conflict while
    another device has it."""
    if run.holder == holder:
        return replace(run, held_until=now + HELD)
    if run.held_until > now and run.device != device:
        raise Conflict(*ELSEWHERE)
    states = run.states.replace(CopyState.TRYING, CopyState.DOUBT)
    return replace(run, states=states, holder=holder, device=device, held_until=now + HELD)


def noted(run: Run, holder: str, changes: Iterable[Fate], now: datetime, *, lets_go: bool = False) -> Run:
    """The run after what `holder` says of it. Raises Conflict where it has the run no more, where a copy
    would leave too early, and where one that was sent would be sent again."""
    if run.holder != holder:
        raise Conflict(*ELSEWHERE)
    letters, reasons = list(run.states), dict(run.reasons)
    for change in changes:
        before = CopyState(letters[change.place]) if change.place < len(letters) else None
        if before is None or change.state not in _FOLLOWS[before]:
            raise Conflict(
                "What this device knows of the copies is not what became of them.",
                "Close the pane and open it again.",
            )
        if change.state is CopyState.TRYING and now < run.begins_at - EARLY:
            raise Conflict("These copies can still be taken back.", "Wait until their time has come.")
        letters[change.place] = change.state
        reasons.pop(change.place, None)
        if change.state is CopyState.FAILED and change.reason and len(reasons) < MOST_REASONS:
            reasons[change.place] = change.reason
    until = now if lets_go else now + HELD
    return replace(run, states="".join(letters), reasons=reasons, held_until=until)

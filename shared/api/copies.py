"""The words of the API about the copies of a message: who sends them, and how far they are."""

from __future__ import annotations

from datetime import datetime
from math import ceil
from typing import Annotated

import msgspec

from shared.api.expansions import Id
from shared.tracking.copies.run import CopyState, Fate, Run

MOST_CHANGES = 500
Place = Annotated[int, msgspec.Meta(ge=0, le=100_000)]
Reason = Annotated[str, msgspec.Meta(max_length=60, pattern=r"^[A-Za-z0-9_.-]*\Z")]


class NewHolder(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Who sends from now on: `holder` is one life of a pane, `device` where it lives. The pane that is opened
    again on the same device goes on at once, another device once that has said nothing for a while."""

    holder: Id
    device: Id


class NewChange(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What became of the copy at a place, the sender's own having the place 0: `w` it waits, `t` it is being
    tried from now on, `s` sent, `f` not sent, for Microsoft's `reason`, `d` nobody knows."""

    place: Place
    state: CopyState
    reason: Reason = ""


class NewNotes(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What the holder says: what became of copies, perhaps of none, which keeps the run its own. `lets_go`:
    another device may go on at once."""

    holder: Id
    changes: Annotated[list[NewChange], msgspec.Meta(max_length=MOST_CHANGES)] = []
    lets_go: bool = False


class OpenReason(msgspec.Struct, frozen=True):
    """Why the copy at a place was not sent."""

    place: int
    reason: str


class RunAnswer(msgspec.Struct, frozen=True):
    """How far the copies are. `states` has a letter for each, the sender's own first: `w` waits, `t` is being
    tried, `s` sent, `f` not sent, `d` nobody knows; the numbers are of recipients alone. No copy leaves
    within `begins_in` seconds. `device` sends them, or did last; `free_in` is in how many seconds another may
    go on, 0 where none sends."""

    message_id: str
    states: str
    reasons: list[OpenReason]
    total: int
    sent: int
    failed: int
    doubt: int
    waiting: int
    begins_in: int
    device: str
    free_in: int


def changes_of(notes: NewNotes) -> list[Fate]:
    """What the domain is told."""
    return [Fate(each.place, each.state, each.reason) for each in notes.changes]


def describe_run(message: str, run: Run, now: datetime) -> RunAnswer:
    """How far it is now."""
    return RunAnswer(
        message,
        run.states,
        [OpenReason(place, reason) for place, reason in sorted(run.reasons.items())],
        len(run.states) - 1,
        run.count(CopyState.SENT),
        run.count(CopyState.FAILED),
        run.count(CopyState.DOUBT),
        run.count(CopyState.WAITING) + run.count(CopyState.TRYING),
        max(0, ceil((run.begins_at - now).total_seconds())),
        run.device,
        0 if run.is_over else max(0, ceil((run.held_until - now).total_seconds())),
    )

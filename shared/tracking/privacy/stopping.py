"""No more is recorded of a message, and what was recorded goes: with its deletion, and once more after it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

from shared.tracking.mail.messages import Message
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.tokens import week_of
from shared.tracking.privacy.opt_outs import OptOuts, OptOutStore, of_closed, of_message, of_unsent

SWEPT_FOR = 3600.0
"""Seconds for which a deleted message is looked after: whoever did not know yet that it was deleted, or was
at work on it, may have written something of it since."""
_DELETED = of_message("")


class Forgettable(Protocol):
    """Something that is recorded of messages."""

    def delete(self, message: str) -> object:
        """Forget what is recorded of the message of that id. Raises StoreUnavailable."""


def forget_events(message: Message, opt_outs: OptOuts, recorded: Iterable[Forgettable]) -> None:
    """Delete what was recorded of a message, and record no more of it: first the objection, so that nothing
    comes in behind our back."""
    _remember_unsent(message, opt_outs)
    opt_outs.end(message.id, week_of(message.created_at))
    for kept in recorded:
        kept.delete(message.id)


def stop_recording(message: Message, opt_outs: OptOuts) -> None:
    """Record no more of a message that is kept."""
    week = week_of(message.created_at)
    _remember_unsent(message, opt_outs)
    if not opt_outs.is_closed(week):
        opt_outs.add(of_closed(message.id), week)


def _remember_unsent(message: Message, opt_outs: OptOuts) -> None:
    week = week_of(message.created_at)
    if not message.was_sent and message.mode is not Mode.COUNTING and not opt_outs.is_closed(week):
        opt_outs.add(of_unsent(message.id), week)


def sweep(store: OptOutStore, now: datetime, recorded: Iterable[Forgettable]) -> int:
    """Delete once more what is recorded of messages that were deleted lately; of how many. Raises
    StoreUnavailable."""
    ended = store.list_since(_DELETED, now - timedelta(seconds=SWEPT_FOR))
    kinds = list(recorded)
    for objection in ended:
        for kept in kinds:
            kept.delete(objection.removeprefix(_DELETED))
    return len(ended)

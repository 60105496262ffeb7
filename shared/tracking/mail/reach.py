"""How many recipients a message has, as far as that is known."""

from __future__ import annotations

from shared.amounts import Amount, counted
from shared.tracking.mail.messages import Message


def recipients_of(message: Message) -> Amount:
    """Those who are not `gone`: at least so many, where they were not counted whole."""
    return counted(message.left, whole=message.complete)

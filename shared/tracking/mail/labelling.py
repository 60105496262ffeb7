"""Changing what a mail is called, at any time of its life."""

from __future__ import annotations

from collections.abc import Callable

from shared.errors import Conflict
from shared.tracking.mail.labels import Labels, changed
from shared.tracking.mail.messages import Message, Messages
from shared.tracking.mail.owners import Whose


def relabel(
    messages: Messages, owner: Whose, actor: str, identifier: str, change: Callable[[Labels], Labels]
) -> Message:
    """The message with what `change` makes of its labels, which may be called several times; what it raises
    comes through. Where that is the same, nothing happens. Raises NotFound."""
    message, told = messages.get(owner, identifier), list[str]()
    while True:
        labels = change(message.labels)
        if labels == message.labels:
            return message
        if (different := changed(message.labels, labels)) != told:
            messages.tell.message_labelled(actor, identifier, different)
            told = different
        try:
            return messages.store.relabel(message, labels)
        except Conflict:
            message = messages.get(message.owner, identifier)

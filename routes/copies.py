"""The copies of a tracked mail, which its sender's devices send: who is at it, and how far they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from routes.chapter import Call, Chapter
from shared.api.declaration import SENDER
from shared.later import Later
from shared.services.process import services
from shared.web import request
from shared.web.request import ID

if TYPE_CHECKING:
    from shared.api import copies as words
    from shared.api.copies import RunAnswer
    from shared.tracking.copies.run import Run
    from shared.tracking.mail.message import Message
else:
    words = Later("shared.api.copies")

routes = Chapter(__name__, __doc__)

HOLDER, NOTES = request.body(lambda: words.NewHolder), request.body(lambda: words.NewNotes)


@routes.declare("GET", "api/messages/{id}/copies", who=SENDER, takes=(ID,))
def copies_get(call: Call) -> RunAnswer:
    """How far the copies are, on whichever device they are sent."""
    message = _message(call)
    return _described(message, services().tracking.runs.get(message))


@routes.declare("PUT", "api/messages/{id}/copies", who=SENDER, takes=(ID, HOLDER))
def copies_take(call: Call) -> RunAnswer:
    """Begin to send the copies, or go on with them: nobody else does until the holder lets go, or has said
    nothing for a while."""
    message, new = _message(call), call[HOLDER]
    return _described(message, services().tracking.runs.take(message, new.holder, new.device))


@routes.declare("PATCH", "api/messages/{id}/copies", who=SENDER, takes=(ID, NOTES))
def copies_note(call: Call) -> RunAnswer:
    """Say what became of copies, and which are tried next: none is sent that was not."""
    message, notes = _message(call), call[NOTES]
    changes = words.changes_of(notes)
    run = services().tracking.runs.note(message, notes.holder, changes, lets_go=notes.lets_go)
    return _described(message, run)


def _message(call: Call) -> Message:
    """The caller's own: nobody else's device has the mail."""
    return services().tracking.messages.get(call.caller.id, call[ID])


def _described(message: Message, run: Run) -> RunAnswer:
    return words.describe_run(message.id, run, services().tracking.messages.now())

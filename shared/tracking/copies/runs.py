"""Runs: which device sends the copies of a message, and how far they are, whichever device asks.

The device has the mail and the sender's access token; the server has neither, and is the arbiter: a copy that
it did not let a device try is not sent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from shared.errors import Conflict, NotAllowed, NotFound
from shared.tracking.copies.run import Fate, Run, begun, noted, taken
from shared.tracking.mail.message import Message, Stage
from shared.tracking.mail.modes import Mode

NONE = ("No copies of this mail were begun.", "Begin them in Outlook.")


class RunStore(Protocol):
    """Keeps runs with their messages. Every method may raise StoreUnavailable."""

    def add(self, message: str, run: Run) -> bool:
        """Store a new run; whether there was none."""

    def find(self, message: str) -> Run | None:
        """The run of the message."""

    def change(self, message: str, change: Callable[[Run], Run]) -> Run | None:
        """Store what `change` makes of the run, as nobody else changes it meanwhile, and what it raises goes
        on. None: there is none."""


class Allowed(Protocol):
    """What an admin allows: to how many recipients, and for how many seconds a run can be taken back."""

    @property
    def copies_limit(self) -> int: ...
    @property
    def copies_undo(self) -> float: ...


class Runs:
    """What a sender's devices can do with runs."""

    def __init__(
        self,
        store: RunStore,
        together: Callable[[Message], Sequence[Message]],
        now: Callable[[], datetime],
        terms: Allowed,
    ) -> None:
        """`together` are the messages of one sending."""
        self.store = store
        self.together = together
        self.now = now
        self.terms = terms

    def take(self, message: Message, holder: str, device: str) -> Run:
        """The run, begun if there is none, and from now on the holder's. Raises Conflict where the mail has
        no copies, and while another device has it, and NotAllowed where they would be too many."""
        changed = self.store.change(message.id, lambda run: taken(run, holder, device, self.now()))
        if changed:
            return changed
        run = self._begin(message, holder, device)
        if self.store.add(message.id, run):
            return run
        return self.take(message, holder, device)

    def note(self, message: Message, holder: str, changes: Sequence[Fate], *, lets_go: bool) -> Run:
        """The run after what its holder says. Raises NotFound where none was begun, and Conflict where the
        holder has it no more, or says what cannot be."""
        changed = self.store.change(
            message.id, lambda run: noted(run, holder, changes, self.now(), lets_go=lets_go)
        )
        if changed is None:
            raise NotFound(*NONE)
        return changed

    def get(self, message: Message) -> Run:
        """The run. Raises NotFound where none was begun."""
        found = self.store.find(message.id)
        if found is None:
            raise NotFound(*NONE)
        return found

    def _begin(self, message: Message, holder: str, device: str) -> Run:
        if message.mode is Mode.COUNTING:
            raise Conflict("All recipients of this mail share one.", "Register the mail again.")
        if message.stage is Stage.REGISTERING:
            raise Conflict("This mail is not registered yet.", "Register it first, then send it.")
        sending = self.together(message)
        recipients = sum(each.recipients for each in sending)
        if recipients > self.terms.copies_limit:
            raise NotAllowed(
                "This mail has more recipients than your administrator allows for copies.",
                "Choose the mode Counting.",
            )
        gone: list[int] = []
        before = 0
        for each in sending:
            gone += [before + number for number in each.gone if message.mode is Mode.INDIVIDUAL]
            before += each.recipients
        return begun(recipients, gone, holder, device, self.now(), self.terms.copies_undo)

"""Messages: mails whose opens and clicks are counted, from their registration to their end.

A message takes over the recipients of one reviewed expansion, and its id follows from that expansion, so
that registering again after a lost answer, or a crash, goes on with the same message.

    mode           who shares a pixel          what is kept of the recipients
    counting       all                         their addresses
    pseudonymous   each has one                how many there are, and nothing else
    individual     each has one                their addresses, of which recipient 1 has the first
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from shared.errors import Conflict, NotAllowed, NotFound
from shared.tracking.mail.apart import Granted, counted, decide, move_recipients, rest_of, rest_to
from shared.tracking.mail.calendar import FROM_THE_START, SINCE_REGISTRATION, Due, Step, due_of
from shared.tracking.mail.delivery import sent_due
from shared.tracking.mail.dividing import Dividing
from shared.tracking.mail.fingerprint import fingerprint_of, id_of
from shared.tracking.mail.labels import NO_LABELS, Labels, typed_in
from shared.tracking.mail.links import Links
from shared.tracking.mail.message import Message, Sender, Stage
from shared.tracking.mail.message_store import ERASED, PART, MessageStore
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.notice import Notice
from shared.tracking.mail.owners import Whose
from shared.tracking.mail.recurring import Recurring
from shared.tracking.mail.told import MessageTold, ReviewedExpansions

__all__ = ["ERASED", "GONE", "PART", "Message", "MessageStore", "Messages", "Sender", "Stage"]

CLOSED = (
    "This mail was prepared so long ago that it is measured no more.",
    "Take the tracking out, and put it in anew.",
)
GONE = ("There is no such message, or it was deleted.", "Register the mail again.")


class Messages:
    """What a sender can do with messages. EVERY_OWNER is for admins."""

    def __init__(
        self,
        store: MessageStore,
        expansions: ReviewedExpansions,
        forget_events: Callable[[Message], None],
        modes: Iterable[Mode],
        now: Callable[[], datetime],
        tell: MessageTold,
        notice: Notice = Notice.LINE,
        *,
        has_pixel: bool = True,
        granted: Granted | None = None,
        dividing: Dividing | None = None,
        recurring: Recurring | None = None,
    ) -> None:
        """`forget_events` deletes what was recorded of a message; `notice` is what new ones hold, and whether
        they `has_pixel`. `granted` says who is told apart by name, where that takes their yes; `dividing`
        keeps which lists they are in, where that is told, and `recurring` tells who joined since the
        mail before."""
        self.store = store
        self.expansions = expansions
        self.forget_events = forget_events
        self.modes = frozenset(modes)
        self.now = now
        self.notice = notice
        self.tell = tell
        self.has_pixel = has_pixel
        self.granted = granted
        self.dividing = dividing
        self.recurring = recurring

    def register(
        self,
        owner: str,
        expansion_id: str,
        mode: Mode,
        sender: Sender,
        links: Links,
        labels: Labels = NO_LABELS,
        teams: tuple[str, ...] = (),
        draw: str = "",
    ) -> Message:
        """The message that takes over the expansion's recipients; the expansion is gone afterwards. Its
        labels are those with which it was registered first, until somebody changes them, and its teams stay.
        `draw` names the groups within which copies are given out that tell nobody's name.

        Raises NotAllowed for a mode that is switched off, NotFound without such an expansion, Conflict
        while it runs, after it failed, or when it became a message with other links, mode or sender.
        """
        if mode not in self.modes:
            raise NotAllowed(*self._refusal(mode))
        begun = Message(
            owner=owner,
            id=id_of(owner, expansion_id),
            fingerprint=fingerprint_of(mode, sender.name, sender.address, links),
            mode=mode,
            stage=Stage.REGISTERING,
            sender=sender,
            recipients=0,
            complete=False,
            created_at=self.now(),
            notice=self.notice,
            has_pixel=self.has_pixel,
            labels=labels,
            teams=teams,
        )
        message = self.store.find(owner, begun.id) or self._begin(begun, expansion_id, links.targets, draw)
        if message.fingerprint != begun.fingerprint or message.stage is Stage.DELETING:
            raise Conflict(
                "These recipients were registered for another mail, or with other links.",
                "Count the recipients again.",
            )
        if message.stage is Stage.REGISTERING:
            self.store.keep_links(message, links)
            try:
                if message.by_list and self.dividing:
                    self.dividing.keep(message, expansion_id, self.store, draw)
                if message.rest:
                    self._register_rest(message, expansion_id, links)
                move_recipients(message, expansion_id, self.store, self.expansions)
            except NotFound:
                # Unless the same request, sent twice, has just moved them.
                if self.get(owner, begun.id).stage is Stage.REGISTERING:
                    raise
            message = self._advance(message, Stage.REGISTERED)
        with suppress(NotFound):
            self.expansions.forget(owner, expansion_id)
        return message

    def mark_sent(
        self, owner: str, identifier: str, *, notice_gone: bool = False, deliver_at: datetime | None = None
    ) -> Message:
        """From now on events count; again changes only whether the sender took the notice out: another time
        of delivery would let the same numbers be told twice. Raises NotFound, or Conflict before the
        registration is complete, and when it is measured no more."""
        message = self.get(owner, identifier)
        if message.closed_at and message.stage is not Stage.SENT:
            raise Conflict(*CLOSED)
        if message.stage is Stage.REGISTERING:
            raise Conflict("This mail is not registered yet.", "Register it first, then send it.")
        if message.rest:
            with suppress(NotFound):  # deleted
                self.mark_sent(owner, message.rest, notice_gone=notice_gone, deliver_at=deliver_at)
        if message.stage is not Stage.SENT:
            self.tell.message_sent(owner, identifier)
        message = self._advance(message, Stage.SENT, deliver_at)
        notice = Notice.GONE if notice_gone else Notice.LINE
        while message.notice not in (notice, Notice.NONE):
            try:
                message = self.store.update(replace(message, notice=notice))
            except Conflict:
                message = self.get(owner, identifier)
        return message

    def disarm(self, owner: str, identifier: str) -> Message:
        """Events count no more until it is marked sent again, and what came until then never does. Once more
        changes nothing, nor where it is measured no more: sums stay. Raises NotFound."""
        message = self.get(owner, identifier)
        if message.rest:
            with suppress(NotFound):
                self.disarm(owner, message.rest)
        if message.stage is Stage.SENT and message.closed_at is None:
            self.tell.message_unsent(owner, identifier, message.sent_at)
        while message.stage is Stage.SENT and message.closed_at is None:
            try:
                # Before it is so: whoever copied its numbers must hear of it, and looks whether it is true.
                self.store.calendar.enter(Due(Step.GONE, self.now(), owner, identifier))
                changed = replace(message, stage=Stage.REGISTERED, sent_at=None, deliver_at=None)
                departed, message = sent_due(message), self.store.update(changed)
                self.store.calendar.strike(*departed)
            except Conflict:
                message = self.get(owner, identifier)
        return message

    def get(self, owner: Whose, identifier: str) -> Message:
        """The message. Raises NotFound."""
        found = self.store.find(owner, identifier)
        if found is None or found.stage is Stage.DELETING:
            raise NotFound(*GONE)
        return found

    def together(self, message: Message) -> list[Message]:
        """The messages of one sending, this one first."""
        other = self.store.find(message.owner, message.other_half) if message.other_half else None
        return [message, *([other] if other and other.stage is not Stage.DELETING else [])]

    def delete(self, owner: Whose, identifier: str) -> None:
        """Forget the message and its events. Raises NotFound."""
        self.end(self.get(owner, identifier))

    def end(self, message: Message) -> None:
        """The same, whatever it comes from: once begun it is finished, by the purge if need be."""
        departed = sent_due(message)
        gone = [Due(Step.GONE, self.now(), message.owner, message.id)] if message.was_sent else []
        self.store.calendar.enter(*due_of(message, Step.LEAVING), *gone)
        if message.stage is not Stage.DELETING:
            try:
                message = self._advance(message, Stage.DELETING)
            except NotFound:  # somebody else's deletion was quicker, or the purge
                return
        self.forget_events(message)
        self.store.calendar.enter(Due(Step.SETTLING, self.now(), message.owner, message.id))
        # It is not told of any more, and whoever finishes an interrupted deletion would not know this row.
        self.store.calendar.strike(*departed)
        self.store.delete(message)
        self.store.calendar.strike(*due_of(message, *SINCE_REGISTRATION))

    def _begin(self, begun: Message, expansion_id: str, targets: Sequence[str], draw: str) -> Message:
        expansion = self.expansions.get(begun.owner, expansion_id)
        if expansion.audience is None:
            raise Conflict("The recipients are not counted yet.", "Wait until the expansion's state is done.")
        apart, recipients = b"", expansion.recipients
        if begun.mode is Mode.INDIVIDUAL and self.granted:
            apart, recipients = decide(self.granted, self.expansions, begun.owner, expansion_id, recipients)
        message = replace(
            begun,
            recipients=recipients,
            complete=expansion.audience.complete,
            lists=typed_in(expansion.audience),
            apart=apart,
            rest=rest_of(begun.id) if counted(apart) > recipients else "",
        )
        if self.recurring:
            message = replace(message, turnover=self.recurring.turnover(message, expansion_id))
        if self.dividing:
            message = replace(message, by_list=self.dividing.applies(message, expansion_id, draw))
        return self._add(message, targets)

    def _add(self, message: Message, targets: Sequence[str]) -> Message:
        self.tell.message_registered(
            message.owner,
            message.id,
            message.mode.value,
            message.recipients,
            targets,
            sender_checked=message.sender.checked,
        )
        self.store.calendar.enter(*due_of(message, *FROM_THE_START))
        return self.store.add(message) or self.get(message.owner, message.id)

    def _register_rest(self, message: Message, expansion_id: str, links: Links) -> None:
        """Have everybody who is not told apart in a message of their own."""
        rest = self.store.find(message.owner, message.rest) or self._add(rest_to(message), links.targets)
        if rest.stage is Stage.REGISTERING:
            self.store.keep_links(rest, links)
            move_recipients(rest, expansion_id, self.store, self.expansions)
            self._advance(rest, Stage.REGISTERED)

    def _refusal(self, mode: Mode) -> tuple[str, str]:
        if not self.modes:
            return "Your organisation does not track mails.", "Send the mail without tracking."
        said = f"The mode {mode.value} is switched off in your organisation."
        return said, "Choose another mode, or ask your administrator."

    def _advance(self, message: Message, stage: Stage, deliver_at: datetime | None = None) -> Message:
        """The message at `stage`, whoever brought it there."""
        while message.stage is not stage:
            # A deletion keeps both: by them whoever finishes it finds the calendar's row.
            kept = message.sent_at, message.deliver_at if stage is Stage.DELETING else None
            sent, later = (self.now(), deliver_at) if stage is Stage.SENT else kept
            try:
                was_sent = message.was_sent or stage is Stage.SENT
                changed = replace(message, stage=stage, sent_at=sent, deliver_at=later, was_sent=was_sent)
                if stage is Stage.SENT:
                    self.store.calendar.enter(*sent_due(changed))
                return self.store.update(changed)
            except Conflict:
                message = self.get(message.owner, message.id)
                if stage is Stage.REGISTERED and message.stage is Stage.SENT:
                    return message
        return message

"""Which messages of a list somebody looks for.

A list may keep of each message a text to look through, which is all of `text_of`, and whether it was sent. It
may be without either where that is about to change: what is not known may fit, and the message decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from shared.tracking.mail.labels import fold
from shared.tracking.mail.message import Message, Stage

MAX_WORDS = 10
_LONGEST = 30_000  # characters that a cell of a table surely holds


@dataclass(frozen=True, slots=True)
class MessageSearch:
    """What a message must be. `words` are each a part of its name, campaign, tags, sender or lists; the
    campaign, the tag, the sender's address and the team are whole; it was registered `since` then, and before
    `until`. Texts are folded; None and empty ask for nothing."""

    words: tuple[str, ...] = ()
    campaign: str = ""
    tag: str = ""
    sender: str = ""
    since: datetime | None = None
    until: datetime | None = None
    sent: bool | None = None
    team: str = ""

    @property
    def looks_for_text(self) -> bool:
        """Whether what a message says of itself decides."""
        return any((self.words, self.campaign, self.tag, self.sender, self.team))

    @property
    def looks_through(self) -> bool:
        """Whether more than time decides."""
        return self.looks_for_text or self.sent is not None

    def may_fit(self, text: str | None, sent: bool | None) -> bool:
        """Whether a message of which a list keeps this may fit."""
        if None not in (sent, self.sent) and sent is not self.sent:
            return False
        wanted = (*self.words, self.campaign, self.tag, self.sender, self.team)
        return text is None or all(word in text for word in wanted)

    def fits(self, message: Message) -> bool:
        """Whether the message does."""
        labels = message.labels
        return (
            self.may_fit(_text_of(message), message.stage is Stage.SENT)
            and self.campaign in ("", fold(labels.campaign))
            and (not self.tag or self.tag in map(fold, labels.tags))
            and self.sender in ("", fold(message.sender.address))
            and (not self.team or self.team in map(fold, message.teams))
            and (self.since is None or message.created_at >= self.since)
            and (self.until is None or message.created_at < self.until)
        )


EVERYTHING = MessageSearch()


def words_in(text: str) -> tuple[str, ...]:
    """The words of what somebody typed, the first MAX_WORDS."""
    return tuple(fold(text).split()[:MAX_WORDS])


def text_of(message: Message) -> str | None:
    """What a list keeps of the message to look through; None where that would be too long."""
    text = _text_of(message)
    return text if len(text) <= _LONGEST else None


def _text_of(message: Message) -> str:
    labels, sender = message.labels, message.sender
    named = (labels.name, labels.campaign, *labels.tags, sender.name, sender.address)
    parts = (*named, *message.lists, *message.teams)
    return folded_text(parts)


def folded_text(parts: Iterable[str]) -> str:
    """A text to look through, of these parts."""
    return fold("\n".join(filter(None, parts)))

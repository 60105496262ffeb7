"""A message: one tracked mail, as it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.tracking.mail.labels import NO_LABELS, Labels
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.notice import Notice
from shared.tracking.mail.readers import Reader
from shared.tracking.mail.turnover import Turnover


class Stage(StrEnum):
    """Where a message is. Events count from `sent` on."""

    REGISTERING = "registering"
    REGISTERED = "registered"
    SENT = "sent"
    DELETING = "deleting"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who is named as the mail's sender. `checked`: the address is known to be that of whoever named it."""

    name: str
    address: str
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """One tracked mail. `recipients` counts them, and is a lower bound unless `complete`; `fingerprint`
    tells its registration from others, `gone` are erased recipients' numbers where they are told apart,
    `closed_at` is when it came to be measured no more, `deliver_at` when Outlook was to deliver it, if later
    than `sent_at`, `lists` are those that were typed, as far as they are kept, `version` is the store's own.
    Without `has_pixel` no open of it is measured. Where its sending is two messages, `apart` says who is in
    which; `rest` is the id of the other in the one of who is told apart, and `told_apart` in the one of
    everybody else. `was_sent` stays though the message was unsent later. `teams` are those that its owner was
    in, by name. `by_list`: it is kept which lists its recipients are in, `turnover` what changed among them
    since the mail before."""

    owner: str
    id: str
    fingerprint: str
    mode: Mode
    stage: Stage
    sender: Sender
    recipients: int
    complete: bool
    created_at: datetime
    sent_at: datetime | None = None
    readers: tuple[Reader, ...] = ()
    notice: Notice = Notice.NONE
    gone: tuple[int, ...] = ()
    closed_at: datetime | None = None
    was_sent: bool = False
    deliver_at: datetime | None = None
    has_pixel: bool = True
    apart: bytes = b""
    rest: str = ""
    told_apart: str = ""
    labels: Labels = NO_LABELS
    lists: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    by_list: bool = False
    turnover: Turnover | None = None
    version: str = ""

    @property
    def left(self) -> int:
        """How many recipients are not `gone`."""
        return self.recipients - len(self.gone)

    @property
    def other_half(self) -> str:
        """The id of the other message of the same sending; empty where there is none."""
        return self.rest or self.told_apart

    @property
    def controlled(self) -> bool:
        """Whether machines can be told by the notice."""
        return self.notice is Notice.LINE

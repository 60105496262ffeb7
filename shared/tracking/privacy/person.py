"""What an answer says of one person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from shared.sights import Sight
from shared.tracking.mail.messages import Message, Stage
from shared.tracking.mail.modes import Mode
from shared.tracking.recording.events import NOTICE, Event, Flag, Network

MOST_EVENTS = 1000
NOT_FOUND = (
    "A mail in the mode pseudonymous keeps nothing that leads to a person, so none is shown here. Lists "
    "under review are kept for an hour at most. What a mail said was never here."
)
KEPT = (
    "The objection is kept, as a digest, so that no later mail tracks this person. Messages that the person "
    "sent belong to their reports: delete them to erase the sender's name and address."
)


@dataclass(frozen=True, slots=True)
class KeptEvent(Sight):
    """One event as it is kept, not judged. They `did`: `opened`, `clicked`, or `noticed`, which is following
    the notice. `link` is where a click led; `marks` are what the request said of itself."""

    at: datetime
    did: str
    link: str | None
    agent: str
    network: str
    marks: list[str]


@dataclass(frozen=True, slots=True)
class Received(Sight):
    """A message of which the person is a recipient. In the mode `individual` there are their number, what
    the report says of them, and their events, the first MOST_EVENTS of `events_in_all`; in the mode
    `counting` the address alone is kept. Unless `sender_checked`, nobody vouches for the sender. `lists` are
    those of the typed lists of which it is kept that the person is in them."""

    message_id: str
    mode: Mode
    stage: Stage
    sender: str
    created_at: datetime
    sent_at: datetime | None
    recipient: int | None = None
    opened: str | None = None
    clicked: str | None = None
    events_in_all: int = 0
    events: list[KeptEvent] = field(default_factory=list)
    sender_checked: bool = False
    lists: list[str] = field(default_factory=list)

    @property
    def shows_single_people(self) -> bool:
        """Whether it says what the person did."""
        return self.opened is not None

    @property
    def of_message(self) -> str:
        """The message's id."""
        return self.message_id


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that names the person as its sender. `owner` is the object id of whoever registered it: what
    they did stands in the audit trail under that actor."""

    message_id: str
    owner: str
    name: str
    stage: Stage
    created_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Review:
    """An expansion in which the address stands, and until when at most."""

    id: str
    owner: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """What is kept of a person, as far as was looked; `next` is the `after` of the answer that goes on, None
    on the last. `shown` are messages that somebody else lets the person see. `reference` stands for the
    person in the audit trail. `text` says what cannot be found, and what the directory said of the address;
    `addresses` are all that were looked for. `claimed` are messages that name the person as their sender
    too, which is not known to be true: whoever registered them said so."""

    address: str
    reference: str
    objected_at: datetime | None
    received: list[Received] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    expansions: list[Review] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    next: str | None = None
    text: str = NOT_FOUND
    addresses: list[str] = field(default_factory=list)
    claimed: list[Sent] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was erased: from which messages, and how many expansions were forgotten. `unfinished` are
    messages whose registration is under way and may still bring the address along: ask again after ten
    minutes. `shown` are messages that the person may not see any more. `sent` is what is kept, and `text`
    why, and what the directory said of the address; `addresses` are all that were erased. `next` is as in
    Person: until it is None, go on."""

    address: str
    reference: str
    messages: list[str] = field(default_factory=list)
    expansions: int = 0
    unfinished: list[str] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    next: str | None = None
    text: str = KEPT
    addresses: list[str] = field(default_factory=list)


def describe_sent(message: Message) -> Sent:
    """What is kept of the message's sender."""
    return Sent(
        message.id, message.owner, message.sender.name, message.stage, message.created_at, message.sent_at
    )


def describe_deed(event: Event, targets: tuple[str, ...]) -> KeptEvent:
    """An event of a message whose links lead to `targets`."""
    clicked = bool(event.flags & Flag.CLICKED)
    return KeptEvent(
        datetime.fromtimestamp(event.at / 1000, UTC),
        "noticed" if clicked and event.link == NOTICE else "clicked" if clicked else "opened",
        targets[event.link] if clicked and event.link < len(targets) else None,
        event.agent,
        Network(event.network).name.lower() if event.network in set(Network) else str(event.network),
        [word for word, flag in (("head", Flag.HEAD), ("prefetch", Flag.PREFETCH)) if event.flags & flag],
    )

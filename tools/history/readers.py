"""What the readers of a mail do with it, by their mail programs as the sandbox's mailboxes have them."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from math import log

from sandbox.mailboxes.readers import Does, Reader, Step, usual_reader
from shared.tracking.mail.message import Message
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.tokens import EVERYBODY
from shared.tracking.recording.events import NOTICE, Entry, Event, Flag, key_of, pack
from shared.tracking.recording.hits import read_hit
from shared.tracking.recording.networks import Networks
from tools.history.plan import Planned

LINKS = 3
_TOGETHER = 3_600  # seconds, in which whatever happens is stored as one entry
_BEST_DAY = 1.3
_READ_AFTER = timedelta(hours=3)  # half of all who read
_LATEST = timedelta(days=6)

Source = Callable[[str, str, str, str], int]
"""Of a message's id, a day, an address and an agent: the number that stands for whoever that is."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who reads: `addresses` by place, and what is told of where requests come from."""

    addresses: Sequence[str]
    networks: Networks
    source: Source


def entries_of(planned: Planned, message: Message, sent_at: datetime, crowd: Crowd) -> Iterator[Entry]:
    """Everything that happens to the mail, as the journal would have it."""
    chance = random.Random(planned.number)
    happened: list[Event] = []
    for number, place in enumerate(planned.recipients, 1):
        recipient = EVERYBODY if message.mode is Mode.COUNTING else number
        address = crowd.addresses[place]
        for at, step, click in _steps(planned, address, chance, sent_at):
            happened += _events(at, step, click, recipient, message, zlib.crc32(address.encode()), crowd)
    happened.sort(key=lambda event: event.at)
    for number, (_, some) in enumerate(groupby(happened, key=lambda event: event.at // (_TOGETHER * 1000))):
        events = list(some)
        yield from pack(message.id, key_of(events[-1].at / 1000, "year", number), events)


def _steps(
    planned: Planned, address: str, chance: random.Random, sent_at: datetime
) -> Iterator[tuple[datetime, Step, int]]:
    """What happens to one copy, when, and which link is followed."""
    reader: Reader = usual_reader(zlib.crc32(address.encode()))
    best = _BEST_DAY if sent_at.weekday() == 1 else 1.0
    is_opened = chance.random() < planned.series.opens * best
    is_clicked = chance.random() < planned.series.clicks / planned.series.opens
    late = timedelta(seconds=chance.lognormvariate(log(_READ_AFTER.total_seconds()), 1.3))
    for step in reader.steps:
        if not step.by_person:
            yield sent_at + timedelta(seconds=step.after + chance.random() * 20), step, 0
        elif is_opened and (is_clicked or step.does is not Does.CLICK):
            when = min(late, _LATEST) + timedelta(seconds=step.after)
            yield sent_at + when, step, chance.choice((0, 0, 0, 1, 2))


def _events(
    at: datetime, step: Step, click: int, recipient: int, message: Message, number: int, crowd: Crowd
) -> Iterator[Event]:
    links: tuple[int | None, ...] = {
        Does.NOTHING: (),
        Does.IMAGES: (None,),
        Does.CLICK: (click,),
        Does.CLICK_ALL: (*range(LINKS), NOTICE),
    }[step.does]
    address = f"{step.network.value}.{number % 254 + 1}.{number // 254 % 254 + 1}"
    headers = {"user-agent": step.agent, "x-forwarded-for": address}
    for place, link in enumerate(links):
        hit = read_hit("GET", headers, at.timestamp() + place / 10)
        day, source = str(hit.at // 86_400_000), 0
        if recipient == EVERYBODY:
            source = crowd.source(message.id, day, hit.address, hit.agent)
        flags = hit.flags if link is None else hit.flags | Flag.CLICKED
        network = crowd.networks.owner_of(hit.address)
        yield Event(hit.at, flags, recipient, link or 0, source, network, hit.agent)

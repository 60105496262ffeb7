"""A message with its events, and somebody who asks for reports."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from shared.adapters.crawlers import is_crawler
from shared.tracking.mail.links import Links
from shared.tracking.mail.messages import Message, Sender, Stage
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.notice import Notice
from shared.tracking.mail.tokens import Keyring, Signer
from shared.tracking.recording.events import Entry, Event, Flag, key_of, pack
from shared.tracking.reporting.publishing import Publisher, Terms
from shared.tracking.reporting.reports import Reports, SummaryStore
from tests.support.memory_journal import MemoryEntries
from tests.support.memory_messages import MemoryMessages
from tests.support.memory_summaries import MemorySummaries
from tests.support.traffic import SENT_AT

HOUR = 3600.0
DAY, WEEK = 24 * HOUR, 168 * HOUR
TWICE = Terms(5, (86_400, 604_800))
EVERYTHING = Terms(smallest=1)
SENT = datetime.fromtimestamp(SENT_AT / 1000, UTC)
TARGETS = tuple(f"https://company.example/{n}" for n in range(6))
BROWSER = "Mozilla/5 Windows AppleWebKit/537 Chrome/130 Safari/537"
OUTLOOK = "Mozilla/4 MSIE Windows Trident ms-office MSOffice"


class CountingEntries(MemoryEntries):
    """Counts the entries that were read."""

    read_count = 0

    def read(self, message: str, after: str = "") -> Iterable[Entry]:  # type: ignore[override]
        for entry in super().read(message, after):
            self.read_count += 1
            yield entry


@dataclass
class Desk:
    """A message with its events, and somebody who asks for reports."""

    mode: Mode = Mode.INDIVIDUAL
    recipients: int = 2000
    summaries: SummaryStore = field(default_factory=MemorySummaries)
    entries: CountingEntries = field(default_factory=CountingEntries)
    messages: MemoryMessages = field(default_factory=MemoryMessages)
    at: float = 90 * 86_400
    notice: Notice = Notice.LINE
    terms: Terms = EVERYTHING
    signer: Signer = field(default_factory=lambda: Signer(Keyring.new()))
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    targets: tuple[str, ...] = TARGETS
    objecting: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        self.message = Message(
            "mia", self.id, "", self.mode, Stage.SENT, Sender("Mia", "mia@company.example"),
            self.recipients, True, SENT, SENT, notice=self.notice,
        )  # fmt: skip
        self.messages.add(self.message)
        written: dict[str, int | None] = {url: number for number, url in enumerate(self.targets)}
        self.messages.keep_links(self.message, Links(self.targets, written))
        for start in range(0, self.recipients, 3500):
            some = [f"p{n}@company.example" for n in range(start, min(start + 3500, self.recipients))]
            self.messages.keep_recipients(self.message, start, some)
        self.number = 0

    @property
    def reports(self) -> Reports:
        def now() -> datetime:
            return SENT + timedelta(seconds=self.at)

        publisher = Publisher(self.terms, lambda: self.signer.place)
        found = Reports(self.messages, self.entries, self.summaries, is_crawler, now, publisher)  # type: ignore[arg-type]
        found.objectors = lambda message: self.objecting
        return found

    def write(self, events: Iterable[Event], size: int = 20) -> None:
        """Store events as a process would: some at a time, when the last of them happened."""
        ordered = sorted(events, key=lambda event: event.at)
        for start in range(0, len(ordered), size):
            some = ordered[start : start + size]
            self.number += 1
            for entry in pack(self.message.id, key_of(some[-1].at / 1000, "abcd", self.number), some):
                self.entries.put(entry)

    def get(self) -> Any:
        """The report as of now, whose fields a test knows to be there."""
        return self.reports.get(self.message)

    def figures(self) -> object:
        """The report, but for the time it was made at."""
        return replace(self.reports.get(self.message), as_of=SENT)


def hit(after: float, recipient: int = 1, link: int | None = None, **more: int) -> Event:
    flags = Flag.CLICKED if link is not None else 0
    whole = {"flags": int(flags), "recipient": recipient, "link": link or 0, "source": 0, "network": 0} | more
    agent = OUTLOOK if link is None else BROWSER
    return Event(at=SENT_AT + round(after * 1000), agent=agent, **whole)


def published_desk(
    recipients: int = 1000, mode: Mode = Mode.PSEUDONYMOUS, terms: Terms = TWICE, **more: Any
) -> Desk:
    """Of a mail that was sent eight days ago, whose numbers were published after a day and a week."""
    return Desk(mode=mode, recipients=recipients, terms=terms, at=8 * DAY, **more)


def opens(numbers: Iterable[int], after: float = HOUR) -> list[Event]:
    """What these recipients did, a tenth of a second apart."""
    return [hit(after + number / 10, number) for number in numbers]

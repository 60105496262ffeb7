"""Reports: what became of a message, in numbers that do not say more than is known.

How many people did something is a range; `bounds` says what it rests on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from shared.errors import Conflict
from shared.tracking.mail.messages import ERASED, Message, MessageStore, Mode
from shared.tracking.mail.notice import Notice
from shared.tracking.recording.events import Entry
from shared.tracking.reporting.bounds import PeopleCount, clicked_by, opened_by
from shared.tracking.reporting.folding import cut, first_key, settled_until
from shared.tracking.reporting.judge import Judge
from shared.tracking.reporting.summaries import HOUR, Split, Summary, basis_of


@dataclass(frozen=True, slots=True)
class LinkReport:
    """What became of one link."""

    url: str
    clicked: Split
    clicked_by: PeopleCount


@dataclass(frozen=True, slots=True)
class HourReport:
    """The events of one hour."""

    at: datetime
    opened: Split
    clicked: Split


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a message. `recipients` is a lower bound unless `complete`; Where `notice`
    is not `line`, machines are told from people less well, so that ranges are wider. `reasons` says how often
    each rule spoke, `not_counted` why some events are in none of the numbers."""

    message_id: str
    mode: Mode
    recipients: int
    complete: bool
    notice: Notice
    sent_at: datetime | None
    as_of: datetime
    opened: Split
    opened_by: PeopleCount
    clicked: Split
    clicked_by: PeopleCount
    links: list[LinkReport]
    hours: list[HourReport]
    reasons: dict[str, int]
    not_counted: dict[str, int]


@dataclass(frozen=True, slots=True)
class RecipientReport:
    """What one recipient did: `yes`, `maybe` or `no`."""

    address: str
    opened: str
    clicked: str


@dataclass(frozen=True, slots=True)
class RecipientReportPage:
    """Some recipients, in the order of their numbers; `total` is how many did what was asked for, `next` the
    `start` of the page after this one, None on the last. Whoever was erased is none of them, nor counted."""

    recipients: list[RecipientReport]
    total: int
    next: int | None


class EntryReader(Protocol):
    """The journal, to read from."""

    def read(self, message: str, after: str = "") -> Iterator[Entry]:
        """The message's entries with keys greater than `after`, in order. Raises StoreUnavailable."""


class SummaryStore(Protocol):
    """Keeps summaries. Every method may raise StoreUnavailable."""

    def find(self, message: str) -> tuple[Summary, str] | None:
        """The message's summary and its version, or None."""

    def keep(self, message: str, summary: Summary, version: str) -> None:
        """Keep the summary, in place of that version (empty: of none). Raises Conflict when there is
        another by now."""


class Reports:
    """Makes reports, and keeps the summaries that make the next one quick."""

    def __init__(
        self,
        messages: MessageStore,
        entries: EntryReader,
        summaries: SummaryStore,
        is_crawler: Callable[[str], bool],
        now: Callable[[], datetime],
    ) -> None:
        self.messages = messages
        self.entries = entries
        self.summaries = summaries
        self.is_crawler = is_crawler
        self.now = now

    def get(self, message: Message) -> Report:
        """What became of the message, as of now."""
        summary, as_of, targets = self._fold(message)
        return Report(
            message_id=message.id,
            mode=message.mode,
            recipients=message.left,
            complete=message.complete,
            notice=message.notice,
            sent_at=message.sent_at,
            as_of=as_of,
            opened=summary.opened.count,
            opened_by=opened_by(message, summary, len(targets)),
            clicked=summary.clicked.count,
            clicked_by=clicked_by(message, summary, len(targets)),
            links=[
                LinkReport(url, link.count, clicked_by(message, summary, len(targets), link))
                for url, link in zip(targets, map(summary.link, range(len(targets))), strict=True)
            ],
            hours=[
                HourReport(datetime.fromtimestamp(hour * HOUR / 1000, UTC), opened, clicked)
                for hour, (opened, clicked) in sorted(summary.hours.items())
            ],
            reasons=summary.reasons,
            not_counted=summary.not_counted,
        )

    def list_recipients(self, message: Message, start: int, limit: int) -> list[RecipientReport]:
        """What the recipients who are left did, from place `start` among them on, at most `limit`. Raises
        Conflict where nobody may know."""
        return self.find_recipients(message, start, limit).recipients

    def find_recipients(
        self,
        message: Message,
        start: int,
        limit: int,
        opened: str | None = None,
        clicked: str | None = None,
    ) -> RecipientReportPage:
        """The recipients who `opened` and `clicked` so (`yes`, `maybe`, `no`; however, for None), from the
        one numbered `start` among them on, at most `limit`. Raises Conflict where nobody may know."""
        if message.mode is not Mode.INDIVIDUAL:
            raise Conflict("This mail tells nothing of single recipients.", "Look at the whole report.")
        summary, _, _ = self._fold(message)
        opens, clicks = summary.opened.who, summary.clicked.who

        def deeds_of(number: int) -> tuple[str, str]:
            return (
                _word(number, [opens.person, clicks.person], [opens.unsure, clicks.unsure]),
                _word(number, [clicks.person], [clicks.unsure]),
            )

        numbers: Sequence[int] = range(1, message.recipients + 1)
        if message.gone:
            gone = frozenset(message.gone)
            numbers = [number for number in numbers if number not in gone]
        if opened or clicked:
            wanted = (opened, clicked)
            numbers = [
                number
                for number in numbers
                if all(asked in (None, done) for asked, done in zip(wanted, deeds_of(number), strict=True))
            ]
        chosen, following = numbers[start : start + limit], start + limit
        first, last = (chosen[0], chosen[-1]) if chosen else (1, 0)
        addresses = self.messages.list_recipients(message, first - 1, last - first + 1)
        return RecipientReportPage(
            [
                RecipientReport(addresses[number - first], *deeds_of(number))
                for number in chosen
                if number - first < len(addresses) and addresses[number - first] != ERASED
            ],
            len(numbers),
            following if following < len(numbers) else None,
        )

    def _fold(self, message: Message) -> tuple[Summary, datetime, tuple[str, ...]]:
        """The summary with all there is by now."""
        as_of = self.now()
        sent_at = None if message.sent_at is None else _milliseconds(message.sent_at)
        basis = basis_of(sent_at, message.gone, control=message.controlled)
        found = self.summaries.find(message.id)
        summary, version = found or (Summary(), "")
        if summary.basis != basis:
            summary = Summary(basis=basis)
        targets = self.messages.get_links(message).targets
        judge = Judge(sent_at, len(targets), self.is_crawler, control=message.controlled)
        until = settled_until(_milliseconds(as_of))
        is_kept, is_new = False, False
        entries = self.entries.read(message.id, first_key(summary))
        for part in cut(entries, summary.until, message.gone):
            if part.number >= until and not is_kept:
                is_kept = True
                self._keep(message.id, summary, until, version, is_new)
            part.add_to(summary, judge, message.recipients)
            is_new = True
        if not is_kept:
            self._keep(message.id, summary, until, version, is_new)
        return summary, as_of, targets

    def _keep(self, message: str, summary: Summary, until: int, version: str, is_new: bool) -> None:
        """Keep what is settled, if that is more than was kept."""
        if is_new and until > summary.until:
            summary.until = until
            with suppress(Conflict):  # another report was quicker, with the same result
                self.summaries.keep(message, summary, version)


def _word(number: int, surely: list[bytearray], perhaps: list[bytearray]) -> str:
    if any(_has(bits, number) for bits in surely):
        return "yes"
    return "maybe" if any(_has(bits, number) for bits in perhaps) else "no"


def _has(bits: bytearray, number: int) -> bool:
    return number >> 3 < len(bits) and bool(bits[number >> 3] >> (number & 7) & 1)


def _milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)

"""Reports: what became of a message, in numbers that do not say more than is known.

How many people did something is a range; `bounds` says what it rests on, `publishing` what of it is told
where nobody is told apart. What a message's events add up to leaves this room as a Report alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import Protocol

from shared.audience.addresses import shown
from shared.errors import Conflict
from shared.paging import RowPage
from shared.sights import Sight
from shared.tracking.mail.messages import ERASED, Message, MessageStore
from shared.tracking.mail.modes import Mode
from shared.tracking.recording.events import Entry, time_of
from shared.tracking.reporting.bounds import PeopleCount, as_told, clicked_by, opened_by
from shared.tracking.reporting.by_list import ByList
from shared.tracking.reporting.folding import SLICE, cut, first_key, settled_until
from shared.tracking.reporting.judge import Judge
from shared.tracking.reporting.publishing import Publisher, measure
from shared.tracking.reporting.report import (
    HourReport,
    LinkReport,
    MinuteReport,
    Report,
    Withheld,
    unmeasured,
)
from shared.tracking.reporting.summaries import HOUR, MINUTE, Summary, basis_of, go_on, has

NOT_MEASURED = "not_measured"
SUMS_ALONE = (
    "What single recipients did is not kept any more: of this mail there are sums alone.",
    "Look at the whole report.",
)


@dataclass(frozen=True, slots=True)
class RecipientReport(Sight):
    """What one recipient did: `yes`, `maybe` or `no`; `not_measured` where they object to that, which is no
    answer at all. That something with a browser's name fetched the image is a maybe: what reads mails ahead
    of people does the same."""

    address: str
    opened: str
    clicked: str


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
        publisher: Publisher,
        objectors: Callable[[Message], frozenset[int]] = lambda message: frozenset(),
        mark: Callable[[Message, Report], Report] = lambda message, report: report,
    ) -> None:
        """`objectors` tells which recipients object, by number; `mark` what a report says of gaps."""
        self.messages = messages
        self.entries = entries
        self.summaries = summaries
        self.is_crawler = is_crawler
        self.now = now
        self.publisher = publisher
        self.objectors = objectors
        self.by_list = ByList(messages, lambda each: self.objectors(each), publisher.terms.smallest)
        self.mark = mark

    def get(self, message: Message) -> Report:
        """What is told of the message now."""
        bound = self.publisher.terms.bind(message)
        return self.mark(message, self._published(message, self.now()) if bound else self._exact(message))

    def _exact(self, message: Message) -> Report:
        """All that is known of the message, as of now."""
        summary, as_of, targets = self.fold(message)
        objecting = summary.objecting if summary.closed else len(self.objectors(message))

        def people(found: PeopleCount) -> PeopleCount:
            return as_told(found, message, summary, objecting)

        links = [
            LinkReport(url, link.count, people(clicked_by(message, summary, len(targets), link)))
            for url, link in zip(targets, map(summary.link, range(len(targets))), strict=True)
        ]
        return replace(
            unmeasured(message, as_of, self.publisher.terms.smallest, 1, links),
            opened=summary.opened.count if message.has_pixel else None,
            opened_by=people(opened_by(message, summary, len(targets))) if message.has_pixel else None,
            clicked=summary.clicked.count,
            clicked_by=people(clicked_by(message, summary, len(targets))),
            by_list=self.by_list.rows(message, summary, len(targets)),
            hours=[
                HourReport(datetime.fromtimestamp(hour * HOUR / 1000, UTC), opened, clicked)
                for hour, (opened, clicked) in sorted(summary.hours.items())
            ],
            reasons=summary.reasons,
            not_counted=summary.not_counted,
            not_measured=objecting,
            minutes=[
                MinuteReport(datetime.fromtimestamp(minute * MINUTE / 1000, UTC), opened, clicked)
                for minute, (opened, clicked) in sorted(summary.minutes.items())
            ],
        )

    def list_recipients(self, message: Message, after: int, limit: int) -> list[RecipientReport]:
        """What the recipients who are left did, behind number `after`, at most `limit`. Raises Conflict where
        nobody may know."""
        return self.find_recipients(message, after, limit).rows

    def find_recipients(
        self,
        message: Message,
        after: int,
        limit: int,
        opened: str | None = None,
        clicked: str | None = None,
    ) -> RowPage[RecipientReport]:
        """The recipients who `opened` and `clicked` so (words as in RecipientReport, joined by commas where
        any of them will do; however, for None), behind number `after`, at most `limit`, of all who did.
        Whoever was erased is none of them, nor counted. Raises Conflict where nobody may know."""
        if message.mode is not Mode.INDIVIDUAL:
            raise Conflict("This mail tells nothing of single recipients.", "Look at the whole report.")
        summary, _, _ = self.fold(message)
        if summary.closed or message.closed_at:
            raise Conflict(*SUMS_ALONE)
        opens, clicks, objecting = summary.opened.who, summary.clicked.who, self.objectors(message)

        def deeds_of(number: int) -> tuple[str, str]:
            no = NOT_MEASURED if number in objecting else "no"
            return (
                _word(number, [opens.known, clicks.person], [opens.unsure, clicks.unsure], no),
                _word(number, [clicks.person], [clicks.unsure], no),
            )

        numbers: Sequence[int] = range(1, message.recipients + 1)
        if message.gone:
            gone = frozenset(message.gone)
            numbers = [number for number in numbers if number not in gone]
        if opened or clicked:
            wanted = [asked and asked.split(",") for asked in (opened, clicked)]
            numbers = [
                number
                for number in numbers
                if all(
                    not asked or done in asked for asked, done in zip(wanted, deeds_of(number), strict=True)
                )
            ]
        begin = bisect_right(numbers, after)
        chosen = numbers[begin : begin + limit]
        first, last = (chosen[0], chosen[-1]) if chosen else (1, 0)
        addresses = self.messages.list_recipients(message, first - 1, last - first + 1)
        return RowPage(
            [
                RecipientReport(shown(addresses[number - first]), *deeds_of(number))
                for number in chosen
                if number - first < len(addresses) and addresses[number - first] != ERASED
            ],
            str(last) if begin + limit < len(numbers) else None,
            len(numbers),
        )

    def published_at(self, message: Message, moment: datetime) -> Report | None:
        """What was told of the message at that time of publication; where its numbers are not published, what
        is known now. None where nothing was told then."""
        if not self.publisher.terms.bind(message):
            return self.mark(message, self._exact(message))
        # It may have lost what is less than a millisecond.
        found = self._published(message, moment + timedelta(milliseconds=1), alone=True)
        return None if found.withheld is Withheld.NOT_YET else self.mark(message, found)

    def _published(self, message: Message, now: datetime, *, alone: bool = False) -> Report:
        """What was published of the message until then; `alone`: nothing, if not at the last of its times."""
        publisher = self.publisher
        reason = publisher.terms.withhold(message)
        moments, _ = publisher.terms.moments(message, now)
        targets = self.messages.get_links(message).targets
        told = {} if reason or not moments else self._told(message, moments, len(targets))
        if alone:
            last = moments[-1] if moments else 0
            told = {at: numbers for at, numbers in told.items() if at <= last and last in told}
        if not told:
            return publisher.silent(message, now, targets, reason or Withheld.NOT_YET)
        return publisher.report(message, now, targets, told, self.by_list.find(message))

    def _told(self, message: Message, moments: list[int], links: int) -> dict[int, list[int]]:
        """What was measured at these times. What is missing is measured now, of the events that were there
        then, and kept before anybody sees it: of several who do so one is kept, and shown to all."""
        while True:
            summary, version = self._begin(message)
            due = [moment for moment in moments if moment > max(summary.told, default=0)]
            # A time that the summary has gone past cannot be measured any more, but the last one has to be.
            due = [m for m in due if m == moments[-1] or settled_until(m) >= summary.until]
            if not due:
                return summary.told
            with suppress(Conflict):
                self._tell(message, summary, version, due[0], links)

    def _tell(self, message: Message, summary: Summary, version: str, moment: int, links: int) -> None:
        as_of, until = max(moment, summary.until * SLICE), settled_until(moment)
        settled: Summary | None = None
        then = takewhile(lambda entry: time_of(entry.key) < moment, self._entries(message, summary))
        judge = self._judge(message, links)
        for part in cut(then, summary.until, message.gone):
            if part.number >= until and settled is None:
                settled = deepcopy(summary)
            part.add_to(summary, judge, message.recipients)
        kept = settled or summary
        kept.until = max(kept.until, until)
        groups, objecting = self.by_list.groups(message), len(self.objectors(message))
        kept.told[moment] = measure(message, summary, links, as_of, objecting, groups)
        self.summaries.keep(message.id, kept, version)

    def _begin(self, message: Message) -> tuple[Summary, str]:
        """The summary to go on with, and the version that was found."""
        sent_at, deliver_at = _milliseconds(message.sent_at), _milliseconds(message.deliver_at)
        basis = basis_of(sent_at, message.gone, control=message.controlled, deliver_at=deliver_at)
        found = self.summaries.find(message.id)
        if found and found[0].closed:
            return found
        return (go_on(found[0], basis), found[1]) if found else (Summary(basis=basis), "")

    def _entries(self, message: Message, summary: Summary) -> Iterator[Entry]:
        return iter(()) if summary.closed else self.entries.read(message.id, first_key(summary))

    def _judge(self, message: Message, links: int) -> Judge:
        return Judge(
            _milliseconds(message.sent_at),
            links,
            self.is_crawler,
            control=message.controlled,
            deliver_at=_milliseconds(message.deliver_at),
        )

    def fold(self, message: Message) -> tuple[Summary, datetime, tuple[str, ...]]:
        """The summary with all there is by now."""
        as_of = self.now()
        summary, version = self._begin(message)
        targets = self.messages.get_links(message).targets
        judge = self._judge(message, len(targets))
        until = settled_until(round(as_of.timestamp() * 1000))
        is_kept, is_new = False, False
        for part in cut(self._entries(message, summary), summary.until, message.gone):
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


def _word(number: int, surely: list[bytearray], perhaps: list[bytearray], no: str) -> str:
    if any(has(bits, number) for bits in surely):
        return "yes"
    return "maybe" if any(has(bits, number) for bits in perhaps) else no


def _milliseconds(moment: datetime | None) -> int | None:
    return None if moment is None else round(moment.timestamp() * 1000)

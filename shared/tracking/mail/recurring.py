"""Recurring: who joined and left the audience of a mail since it was sent last, in numbers alone.

Both mails' recipients are compared once, while the later one is registered and both are kept anyway. Nothing
that stands for a person is kept of it, and nothing is compared later: what stays are ranges. The difference
of both audiences stands in both reports; how many joined and left beyond it is told in steps of the smallest
group.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shared.amounts import Amount
from shared.tracking.mail.apart import pages_of
from shared.tracking.mail.by_list import places_in
from shared.tracking.mail.labels import fold
from shared.tracking.mail.message import Message, Stage
from shared.tracking.mail.message_store import ERASED, PART, MessageStore
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.owners import Colleague, Whose, means
from shared.tracking.mail.search import MessageSearch
from shared.tracking.mail.told import ReviewedExpansions
from shared.tracking.mail.turnover import ListTurnover, Turnover

_PAGE, _MOST_PAGES = 50, 4
"""So many mails of a sender, the newest first, are looked through for the one before."""


class Recurring:
    """Finds the mail before, and compares. Methods may raise StoreUnavailable."""

    def __init__(self, store: MessageStore, expansions: ReviewedExpansions, smallest: int) -> None:
        self._store = store
        self._expansions = expansions
        self._smallest = smallest

    def turnover(self, message: Message, expansion_id: str) -> Turnover | None:
        """What changed since the mail before. None where there is none, where recipients of one of both are
        not kept, not all known, or so few that it would tell of single people."""
        if message.mode is Mode.PSEUDONYMOUS or not message.complete:
            return None
        before = self._before(message)
        if before is None or before.mode is Mode.PSEUDONYMOUS or not before.complete:
            return None
        found = pages_of(self._expansions, message.owner, expansion_id)
        now = [address for page in found for address in page]
        then = {address for address in self._recipients(before) if address != ERASED}
        if min(len(now), len(then)) < self._smallest:
            return None
        joined = [place for place, address in enumerate(now) if address not in then]
        left = len(then) - (len(now) - len(joined))
        stay = min(len(joined), left)
        return Turnover(
            before.sent_at or before.created_at,
            self._told(stay, len(joined) - stay, len(now)),
            self._told(stay, left - stay, len(then)),
            tuple(self._by_list(message, expansion_id, joined)),
        )

    def _before(self, message: Message) -> Message | None:
        """The last sent mail of the same campaign, or, without one, to the same lists, of the sender or of
        one of the sender's teams."""
        viewer: Whose = Colleague(message.owner, message.teams) if message.teams else message.owner
        campaign = fold(message.labels.campaign)
        if not campaign and not message.lists:
            return None
        search, after = MessageSearch(campaign=campaign, sent=True), ""
        for _ in range(_MOST_PAGES):
            page, following = self._store.list_page(viewer, after, _PAGE, search)
            for found in page:
                if (
                    found.stage is Stage.SENT
                    and found.id != message.id
                    and means(viewer, found.owner, found.teams)
                    and not _is_rest(found)
                    and (campaign or (not found.labels.campaign and set(found.lists) == set(message.lists)))
                ):
                    return found
            if following is None:
                break
            after = following
        return None

    def _recipients(self, message: Message) -> Iterator[str]:
        """All of the sending, the rest of whom nobody is told apart included."""
        rest = self._store.find(message.owner, message.rest) if message.rest else None
        for each in (message, rest) if rest else (message,):
            for start in range(0, each.recipients, PART):
                yield from self._store.list_recipients(each, start, PART)

    def _by_list(self, message: Message, expansion_id: str, joined: Sequence[int]) -> Iterator[ListTurnover]:
        known = self._expansions.list_members(message.owner, expansion_id)
        new = set(joined)
        for address, members in zip(message.lists, known, strict=False):
            places = set(places_in(int.from_bytes(members, "little")))
            if len(places) >= self._smallest:
                yield ListTurnover(address, self._told(len(places & new), 0, len(places)))

    def _told(self, people: int, more: int, most: int) -> Amount:
        """So many people in steps, and so many `more`, of whom there are `most` together."""
        least = people - people % self._smallest + more
        return Amount(least, min(least + self._smallest - 1, most))


def _is_rest(message: Message) -> bool:
    """Whether it is of those of a sending who are not told apart."""
    return message.mode is Mode.COUNTING and bool(message.apart)

"""What stands in a mail: its pixel's URL and its links' tracking URLs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from shared.errors import Conflict
from shared.paging import RowPage
from shared.tracking.mail.links import Links, TrackingUrls
from shared.tracking.mail.messages import ERASED, Message, MessageStore
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.notice import Notice
from shared.tracking.mail.tokens import EVERYBODY, NOBODY, week_of

FIRST = 200  # recipients whose URLs come with the registration's answer
PAGE_CHARACTERS = 4_000_000
"""A page of URLs ends after these, and holds one recipient's at least."""


@dataclass(frozen=True, slots=True)
class UrlSet:
    """What stands in one recipient's mail, whose place in the sending is `number` (from 1). `address` is None
    where nobody may know whose it is; `links` has a tracking URL for every spelling of a link that is
    tracked. The notice leads to `notice_url`, where whoever got the mail sees what is measured, and objects,
    unless all share one mail; None without it. There is no pixel where opens are not measured. `shared`:
    others have the same."""

    address: str | None
    pixel_url: str | None
    links: dict[str, str]
    notice_url: str | None
    shared: bool = False
    number: int = 0


class Mails:
    """Makes the URLs of messages, the same ones whenever asked. Every method may raise VaultUnavailable
    or StoreUnavailable."""

    def __init__(self, store: MessageStore, urls: Callable[[], TrackingUrls]) -> None:
        self.store = store
        self.urls = urls

    def begin(self, message: Message) -> UrlSet | RowPage[UrlSet]:
        """What stands in everybody's mail in the mode `counting`, in the first recipients' else."""
        return self.shared(message) if message.mode is Mode.COUNTING else self.list_urls(message, 0, FIRST)

    def shared(self, message: Message) -> UrlSet:
        """What stands in everybody's mail, in the mode `counting`."""
        return _url_set(self.urls(), message, self.store.get_links(message), EVERYBODY, None)

    def list_urls(self, message: Message, after: int, limit: int) -> RowPage[UrlSet]:
        """What stands in the mails of the recipients behind number `after`, at most `limit`, and no more than
        a page may hold: links times recipients are bounded by neither alone.

        In the mode `pseudonymous` a number stands for nobody until the sender's client draws who gets which,
        and tells nobody; so the order is the same with each request, and a client that goes on after a pause
        finds each set where it was. Behind those who are told apart come all others of the sending, who share
        one set. Whoever was erased is left out, and gets no mail. Raises Conflict in the mode `counting`.
        """
        if message.mode is Mode.COUNTING:
            raise Conflict("All recipients of this mail share their links.", "Register the mail again.")
        rest = self.store.find(message.owner, message.rest) if message.rest else None
        total = message.recipients + (rest.recipients if rest else 0)
        make, links = self._maker(message, rest), self.store.get_links(message)
        numbers = range(after, min(after + limit, total))
        sets, characters, following = list[UrlSet](), 0, after
        for number, address in zip(numbers, self._addresses(message, rest, numbers), strict=True):
            if address != ERASED:
                found = replace(make(links, number, address), number=number + 1)
                characters += sum(len(text) + len(url) for text, url in found.links.items())
                if sets and characters > PAGE_CHARACTERS:
                    break
                sets.append(found)
            following = number + 1
        more = bool(numbers) and following < total
        return RowPage(sets, str(following) if more else None, total)

    def _addresses(self, message: Message, rest: Message | None, numbers: range) -> Sequence[str | None]:
        if message.mode is not Mode.INDIVIDUAL:
            return [None] * len(numbers)
        own = [number for number in numbers if number < message.recipients]
        found: list[str | None] = []
        if own:
            found += self.store.list_recipients(message, own[0], len(own))
        if rest and len(own) < len(numbers):
            first = numbers[len(own)] - message.recipients
            found += self.store.list_recipients(rest, first, len(numbers) - len(own))
        return found

    def _maker(self, message: Message, rest: Message | None) -> Callable[[Links, int, str | None], UrlSet]:
        """Makes what stands in the mail of the recipient with that place in the sending."""
        urls = self.urls()
        shared: list[UrlSet] = []

        def make(links: Links, number: int, address: str | None) -> UrlSet:
            if rest is None or number < message.recipients:
                return _url_set(urls, message, links, number + 1, address)
            if not shared:
                shared.append(_url_set(urls, rest, links, EVERYBODY, None))
            return replace(shared[0], address=address)

        return make


def _url_set(urls: TrackingUrls, message: Message, links: Links, number: int, address: str | None) -> UrlSet:
    urls = urls.of_week(week_of(message.created_at))
    person = urls.signer.person(address) if address else NOBODY
    tracked = urls.links(message.id, number, person, links.targets)
    return UrlSet(
        address,
        urls.pixel(message.id, number, person) if message.has_pixel else None,
        {text: tracked[place] for text, place in links.written.items() if place is not None},
        None if message.notice is Notice.NONE else urls.notice(message.id, number, person),
        shared=number == EVERYBODY,
    )

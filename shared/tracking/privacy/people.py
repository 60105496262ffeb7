"""What is kept of one person: shown, and erased.

Nothing is kept by person, so all is looked through: expansions first, then messages, the oldest first. What
takes longer than an answer may is cut into several: each looks for PATIENCE seconds and says where the next
goes on. Erasing is done in the same order, and twice is as good as once. An expansion that holds the address
is forgotten, so that no message takes it over; in a message a blank takes its place, and with the address go
the person's events. A person is all of their addresses, as far as the directory tells.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from shared.audience.addresses import normalise
from shared.audience.addresses import shown as shown_form
from shared.audience.expansion_store import Expansion
from shared.errors import Conflict, InvalidRequest, NotFound
from shared.paging import place_of
from shared.tracking.mail.by_list import lists_with
from shared.tracking.mail.messages import Message, MessageStore, Stage
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.owners import EVERY_OWNER
from shared.tracking.mail.sharing import Found
from shared.tracking.privacy.erasing import Eraser
from shared.tracking.privacy.objections import Objection, Objections, PersonTold
from shared.tracking.privacy.person import (
    KEPT,
    MOST_EVENTS,
    NOT_FOUND,
    Erasure,
    KeptEvent,
    Person,
    Received,
    Review,
    Sent,
    describe_deed,
    describe_sent,
)
from shared.tracking.privacy.who import Sought, who_has
from shared.tracking.recording.events import Event, unpack
from shared.tracking.reporting.reports import Reports

PATIENCE = 20.0
"""Seconds after which an answer tells what was found so far."""
ANSWER_EVENTS = 2_000
"""Events after which it does so too: each may name a link."""
MAX_ADDRESS = 320
"""Characters: 64, an @ and 255. Directories hold what RFC 5321 would not."""
Place = Expansion | Message


class Reviews(Protocol):
    """Expansions, as far as a person is looked for in them. Every method may raise StoreUnavailable."""

    def list_done(self) -> Iterable[Expansion]:
        """Everybody's finished expansions, without their audiences."""

    def has_recipient(self, expansion: Expansion, address: str) -> bool:
        """Whether the address is among the expansion's recipients."""

    def forget(self, owner: str, identifier: str) -> None:
        """Delete it. Raises NotFound."""


class People:
    """Shows and erases people, for admins. Every method may raise StoreUnavailable and VaultUnavailable."""

    def __init__(
        self,
        messages: MessageStore,
        expansions: Reviews,
        reports: Reports,
        unshow: Callable[[Message, str], bool],
        objections: Objections,
        eraser: Eraser,
        find_people: Callable[[Sequence[str]], Mapping[str, Found]],
        tell: PersonTold,
        take_back: Callable[[str], None] = lambda reference: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`unshow` takes an address off a message's readers, and says whether it was there; `find_people`
        asks the directory who has each address, `take_back` forgets that whom a reference stands for said
        yes."""
        self._messages = messages
        self._expansions = expansions
        self._reports = reports
        self._unshow = unshow
        self._objections = objections
        self._eraser = eraser
        self._find_people = find_people
        self._tell = tell
        self._take_back = take_back
        self._clock = clock

    def get(self, address: str, actor: str, after: str = "") -> Person:
        """What is kept of whoever has that address, behind the place that an answer's `next` named."""
        who, objections = self._look_up(address)
        forms = _forms(who)
        for objection in objections:
            self._tell.person_exported(actor, objection.reference)
        received, sent, claimed = list[Received](), list[Sent](), list[Sent]()
        reviews, shown = list[Review](), list[str]()

        def look(place: Place) -> None:
            if isinstance(place, Expansion):
                if any(self._expansions.has_recipient(place, form) for form in forms):
                    reviews.append(Review(place.id, place.owner, place.expires_at))
                return
            if place.stage is Stage.DELETING:
                return
            if place.sender.address in forms:
                (sent if place.sender.checked else claimed).append(describe_sent(place))
            if any(reader.address in forms for reader in place.readers):
                shown.append(place.id)
            found = (self._messages.find_recipient(place, form) for form in forms)
            received.extend(self._received(place, number) for number in found if number)

        def is_full() -> bool:
            return sum(len(each.events) for each in received) >= ANSWER_EVENTS

        following = self._look_through(after, look, is_full)
        return Person(
            address,
            objections[0].reference,
            _since(objections),
            received,
            sent,
            reviews,
            shown,
            following,
            f"{NOT_FOUND} {who.told}",
            list(who.addresses),
            claimed,
        )

    def erase(self, address: str, actor: str, after: str = "") -> Erasure:
        """Erase whoever has that address, behind the place that an answer's `next` named."""
        who, objections = self._look_up(address)
        forms = _forms(who)
        for objection in objections:
            self._tell.person_erased(actor, objection.reference)
            self._take_back(objection.reference)
        messages, unfinished, sent, forgotten = list[str](), list[str](), list[Sent](), list[str]()
        shown: list[str] = []

        def look(place: Place) -> None:
            if isinstance(place, Expansion):
                if any(self._expansions.has_recipient(place, form) for form in forms):
                    with suppress(NotFound):
                        self._expansions.forget(place.owner, place.id)
                        forgotten.append(place.id)
                return
            if place.sender.address in forms and place.stage is not Stage.DELETING:
                sent.append(describe_sent(place))
            if any([self._unshow(place, form) for form in forms]):
                shown.append(place.id)
            if place.mode is Mode.PSEUDONYMOUS:
                return
            if self._erase_in(place, forms):
                messages.append(place.id)
            if place.stage is Stage.REGISTERING:
                unfinished.append(place.id)

        following = self._look_through(after, look)
        return Erasure(
            address,
            objections[0].reference,
            messages,
            len(forgotten),
            unfinished,
            sent,
            shown,
            following,
            f"{KEPT} {who.told}",
            list(who.addresses),
        )

    def object(self, address: str, actor: str) -> Objection:
        """Object on behalf of whoever has that address: for all of their addresses."""
        _, objections = self._look_up(address)
        for each in objections:
            self._take_back(each.reference)
        return _joined([self._objections.make(each, actor) for each in objections])

    def withdraw(self, address: str, actor: str) -> Objection:
        """Withdraw that, on their behalf."""
        _, objections = self._look_up(address)
        return _joined([self._objections.withdraw(each, actor) for each in objections])

    def _look_up(self, address: str) -> tuple[Sought, list[Objection]]:
        """Sought that is, and their objection by each of their addresses."""
        who = who_has(address, self._find_people)
        return who, [self._objections.of_address(each) for each in who.addresses]

    def _erase_in(self, message: Message, forms: Sequence[str]) -> bool:
        if message.mode is Mode.INDIVIDUAL:
            return self._eraser.erase(message, forms)
        return any([self._messages.erase_recipient(message, form) for form in forms])

    def _look_through(
        self, after: str, look: Callable[[Place], None], is_full: Callable[[], bool] = lambda: False
    ) -> str | None:
        """Look at the places behind `after` while patience lasts and the answer is not full; where to go on,
        None at the end."""
        until = self._clock() + PATIENCE
        places = sorted(
            ((key, place) for key, place in self._places(after) if key > after), key=lambda found: found[0]
        )
        for position, (key, place) in enumerate(places, 1):
            look(place)
            if position < len(places) and (is_full() or self._clock() >= until):
                return key
        return None

    def _places(self, after: str) -> Iterator[tuple[str, Place]]:
        if after < "m":
            for expansion in self._expansions.list_done():
                yield f"e{place_of(expansion.started_at, expansion.id)}", expansion
        for message in self._messages.list_messages(EVERY_OWNER):
            yield f"m{place_of(message.created_at, message.id)}", message

    def _received(self, message: Message, number: int) -> Received:
        known = Received(
            message.id,
            message.mode,
            message.stage,
            message.sender.address,
            message.created_at,
            message.sent_at,
            sender_checked=message.sender.checked,
            lists=self._lists(message, number),
        )
        if message.mode is not Mode.INDIVIDUAL or message.closed_at:  # sums say nothing of anybody
            return known
        deeds: list[KeptEvent] = []
        with suppress(NotFound, Conflict):  # deleted or closed meanwhile, or its links are not there yet
            [told] = self._reports.list_recipients(message, number - 1, 1)
            targets = self._reports.messages.get_links(message).targets
            deeds = [describe_deed(event, targets) for event in self._events(message, number)]
            known = replace(known, opened=told.opened, clicked=told.clicked)
        return replace(known, recipient=number, events_in_all=len(deeds), events=deeds[:MOST_EVENTS])

    def _lists(self, message: Message, number: int) -> list[str]:
        known = self._messages.find_members(message) if message.by_list else None
        places = lists_with(known, number) if known else []
        return [message.lists[place] for place in places if place < len(message.lists)]

    def _events(self, message: Message, number: int) -> Iterator[Event]:
        for entry in self._reports.entries.read(message.id):
            with suppress(ValueError):  # reports say so in the log
                yield from [event for event in unpack(entry.data) if event.recipient == number]


def _forms(who: Sought) -> tuple[str, ...]:
    """How the addresses may be written in what is kept: once domains were kept as people read them."""
    return tuple(dict.fromkeys(form for each in who.addresses for form in (each, shown_form(each))))


def _since(objections: Sequence[Objection]) -> datetime | None:
    return min((each.objected_at for each in objections if each.objected_at), default=None)


def _joined(objections: Sequence[Objection]) -> Objection:
    """The objection of a person with several addresses, of which the first was given."""
    return replace(objections[0], objected_at=_since(objections))


def parse_person(text: str, field: str) -> str:
    """The address, normalised, of whoever is to be looked for. Raises InvalidRequest naming `field`.

    Wider than an address that may be typed: what a directory once gave must be found, whatever it was.
    """
    address = normalise(text)
    if len(address) > MAX_ADDRESS or "@" not in address[1:-1] or not address.isprintable() or " " in address:
        raise InvalidRequest(field, "This is not an e-mail address.")
    return address

"""Links under control: withdrawing and correcting links of mails that were delivered.

Who may: the owner of a message, and an admin, whose word stands before the owner's. What a link leads to
instead is judged like a link that is registered. And since people have come to trust the mail, its owner
corrects only to where that mail leads anyway, or to hosts that an admin named; anything else takes an admin.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from shared.errors import BadToken, InvalidRequest, NotAllowed, NotFound
from shared.paging import RowPage
from shared.tracking.mail.amendments import Amendment, Amendments
from shared.tracking.mail.hosts import Hosts
from shared.tracking.mail.keys import SigningKeys
from shared.tracking.mail.links import MAX_LINKS, longest_target, parse_target
from shared.tracking.mail.messages import GONE, MessageStore, Stage
from shared.tracking.mail.owners import EVERY_OWNER, Whose
from shared.tracking.mail.tokens import Click, bare
from shared.tracking.mail.urls import host_of

_ID = re.compile(r"[0-9a-f]{32}")
_TICK = timedelta(microseconds=1)


class LinkTold(Protocol):
    """Hears what is about to happen to links. Where it raises, it does not happen. `link` is a number, None
    for all of the message."""

    def link_withdrawn(self, actor: str, message: str, link: int | None) -> None:
        """It leads nowhere."""

    def link_corrected(self, actor: str, message: str, link: int | None, host: str) -> None:
        """It leads to that host instead."""

    def link_restored(self, actor: str, message: str, link: int | None) -> None:
        """It leads again where its token says."""


@dataclass(frozen=True, slots=True)
class LinkState:
    """A link: its number, and the `target` in its tokens, None where nobody knows that any more. `amended` is
    what holds instead."""

    number: int
    target: str | None
    amended: Amendment | None


@dataclass(frozen=True, slots=True)
class Identified:
    """What a tracking URL is: which link of which message, which may be deleted by now."""

    message: str
    state: LinkState


class LinkControl:
    """Every method may raise StoreUnavailable. An `owner` of EVERY_OWNER is an admin, who reaches links of
    deleted messages as well: those go on leading where they lead."""

    def __init__(
        self,
        store: MessageStore,
        amendments: Amendments,
        hosts: Hosts,
        keys: SigningKeys,
        origin: str,
        now: Callable[[], datetime],
        tell: LinkTold,
        app: str = "",
    ) -> None:
        """Tracking URLs are below `origin`; those of before may be below the origin of the `app` itself."""
        self._store = store
        self._amendments = amendments
        self._hosts = hosts
        self._keys = keys
        self._origins = (origin, app or origin)
        self._now = now
        self._tell = tell

    def list_links(self, owner: Whose, message: str) -> list[LinkState]:
        """All links of the message; of one that is deleted those that were amended. Raises NotFound."""
        targets = self._targets(owner, message)
        amended = self._amendments.of_message(message)
        numbers = range(len(targets))
        if not targets:
            numbers = range(max((each.link or 0 for each in amended), default=-1) + 1)
        return [self._state(message, number, targets) for number in numbers]

    def list_amended(self, after: str, limit: int) -> RowPage[Amendment]:
        """Everything that was said of any link, those of deleted messages too, behind the place `after`."""
        places = {_place_of(each): each for each in self._amendments.all()}
        behind = [place for place in sorted(places) if place > after]
        following = behind[limit - 1] if len(behind) > limit else None
        return RowPage([places[place] for place in behind[:limit]], following, len(places))

    def identify(self, url: str, field: str) -> Identified:
        """What a tracking URL is, as somebody found it in a mail. Raises InvalidRequest where it is none of
        this deployment's, and VaultUnavailable."""
        beginning = next((f"{one}/c/" for one in self._origins if url.startswith(f"{one}/c/")), None)
        if beginning is None:
            raise InvalidRequest(field, "This is no tracked link of this Rollcall.")
        try:
            click = self._read(bare(url.removeprefix(beginning)))
        except BadToken:
            raise InvalidRequest(field, BadToken.sentence) from None
        self._amendments.of_message(click.message)
        amended = self._amendments.find(click.message, click.link)
        return Identified(click.message, LinkState(click.link, click.target, amended))

    def amend(self, owner: Whose, actor: str, message: str, link: int | None, text: str | None) -> None:
        """Have the link, or all of the message, lead to the URL in `text`, or nowhere. In force here at once,
        elsewhere within ten seconds.

        Raises NotFound; InvalidRequest, naming `$.target`, where the text is no URL to which a link may be
        registered; NotAllowed for whoever may not correct it to that, and where an admin decided already;
        Conflict where too many are amended.
        """
        targets, by_admin = self._targets(owner, message), owner is EVERY_OWNER
        self._check_number(targets, link, owner)
        target = None if text is None else self._check_target(text, targets, by_admin)
        for half in self._halves(owner, message):
            self._amend(half, link, target, actor, by_admin=by_admin)

    def _amend(
        self, message: str, link: int | None, target: str | None, actor: str, *, by_admin: bool
    ) -> None:
        before = self._amendments.of_message(message)
        if not by_admin and any(each.by_admin and each.link in (None, link) for each in before):
            raise NotAllowed(
                "An administrator decided where this link leads.", "Ask your administrator to change it."
            )
        if target is None:
            self._tell.link_withdrawn(actor, message, link)
        else:
            self._tell.link_corrected(actor, message, link, host_of(target))
        # The last word counts, whatever the clocks of those who had one before say.
        at = max([self._now(), *(each.at + _TICK for each in before)])
        self._amendments.put(Amendment(message, link, target, by_admin, at))

    def restore(self, owner: Whose, actor: str, message: str, link: int | None) -> None:
        """Take back what was said of the link, or of all links of the message and each of them; as quickly.
        An admin takes back the sender's word along with an admin's. What was not said is no error. Raises
        NotFound, and NotAllowed where an admin decided."""
        self._check_number(self._targets(owner, message), link, owner)
        for half in self._halves(owner, message):
            self._restore(owner, actor, half, link)

    def _restore(self, owner: Whose, actor: str, message: str, link: int | None) -> None:
        said = [each for each in self._amendments.of_message(message) if link is None or each.link == link]
        if owner is not EVERY_OWNER and any(each.by_admin for each in said):
            raise NotAllowed(
                "An administrator decided where this link leads.", "Ask your administrator to change it."
            )
        if said:
            self._tell.link_restored(actor, message, link)
        for each in said:
            self._amendments.remove(each)

    def _halves(self, owner: Whose, message: str) -> list[str]:
        """The ids of the messages of the same mail; of a deleted one its own alone."""
        found = self._store.find(owner, message)
        return [message, *([found.other_half] if found and found.other_half else [])]

    def _targets(self, owner: Whose, message: str) -> Sequence[str]:
        """The targets of the message's links; none of a deleted one, for an admin. Raises NotFound."""
        found = self._store.find(owner, message)
        if found is not None and found.stage is not Stage.DELETING:
            with suppress(NotFound):  # deleted meanwhile, or its registration was cut short
                return self._store.get_links(found).targets
        if owner is EVERY_OWNER and _ID.fullmatch(message):
            return ()
        raise NotFound(*GONE)

    def _check_number(self, targets: Sequence[str], link: int | None, owner: Whose) -> None:
        most = len(targets) or (MAX_LINKS if owner is EVERY_OWNER else 0)
        if link is not None and link >= most:
            raise NotFound("This mail has no such link.", "Choose one of its links.")

    def _check_target(self, text: str, targets: Sequence[str], by_admin: bool) -> str:
        field = "$.target"
        target = parse_target(text, field, *self._origins)
        if len(target) > longest_target(self._origins[0]):
            raise InvalidRequest(field, "This link is too long.")
        if not self._hosts.admit(target):
            raise InvalidRequest(field, "Your administrator lets no link lead there.")
        host = host_of(target)
        if not by_admin and host not in map(host_of, targets) and not self._hosts.name(target):
            raise NotAllowed(
                f"No link of this mail leads to {host}, so it takes an administrator to have one lead there.",
                "Withdraw the link, or ask your administrator to correct it.",
            )
        return target

    def _state(self, message: str, number: int, targets: Sequence[str]) -> LinkState:
        target = targets[number] if number < len(targets) else None
        return LinkState(number, target, self._amendments.find(message, number))

    def _read(self, token: str) -> Click:
        signer = self._keys.find()
        if signer is None:
            raise BadToken
        try:
            return signer.read_click(token)
        except BadToken:
            raise self._keys.unreadable() from None


def _place_of(amendment: Amendment) -> str:
    link = "all" if amendment.link is None else f"{amendment.link:04}"
    return f"{amendment.message}-{'admin' if amendment.by_admin else 'sender'}-{link}"

"""Who of those who were counted gets the mail in the end: what membership cannot tell.

`complete` is about who is in the lists. What happens to a mail behind them no directory says, so it is named
here instead of being left to be guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from shared.audience.directory import ListKind

if TYPE_CHECKING:
    from shared.audience.result import Audience


class Why(StrEnum):
    """Why somebody who was counted may not get the mail, or somebody who was not may."""

    FOLLOWERS = "followers"
    RESTRICTED = "restricted"
    OUTSIDE = "outside"
    FORWARDING = "forwarding"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason why delivery is not known. `lists` are the addresses it is about, empty where it may be any
    of the mail's; `text` is for the sender."""

    code: Why
    lists: list[str]
    text: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """Whether it is `known` who gets the mail, and if not, each of the `doubts`."""

    known: bool
    doubts: list[Doubt]


def delivery_of(audience: Audience) -> Delivery:
    """What is known of who gets a mail to `audience`. It is known only where there is nobody to get it."""
    doubts = list(_doubts(audience))
    return Delivery(known=audience.complete and not doubts, doubts=doubts)


def _doubts(audience: Audience) -> Iterator[Doubt]:
    # Microsoft Graph, group: subscribeByMail. Who follows a group is not among what its members are told by.
    groups = [entry.address for entry in audience.lists if entry.kind is ListKind.MICROSOFT_365_GROUP]
    if groups:
        yield Doubt(
            Why.FOLLOWERS,
            groups,
            "Of a Microsoft 365 group only those who follow it get a copy in their inbox. The others find "
            "the mail in the group.",
        )
    if audience.lists:
        yield Doubt(
            Why.RESTRICTED,
            [],
            "A list may take mail from some senders alone, or have a moderator who lets it through or not.",
        )
    if audience.external != 0:
        yield Doubt(
            Why.OUTSIDE,
            [],
            "An address outside your organisation may be a list of another one, or nobody's.",
        )
    if audience.count or not audience.complete:
        yield Doubt(
            Why.FORWARDING,
            [],
            "Whoever gets the mail may forward it, by a rule too, and a mailbox may be full.",
        )

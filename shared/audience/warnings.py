"""What a sender wants to know before Send, worked out from whom the mail reaches.

A warning is about a true count; what a count lacks is a problem's business.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from shared.audience.addresses import shown
from shared.audience.result import SenderWarning

if TYPE_CHECKING:
    from shared.audience.result import Audience, ListEntry
    from shared.audience.thresholds import Thresholds

# A list of which only Graph was asked looks like this when it was read without any trouble.
_READ = (None, "dynamic_not_visible", "empty_or_hidden")


def warnings_about(audience: Audience, thresholds: Thresholds) -> list[SenderWarning]:
    """What to point out to the sender: first what concerns the whole mail, then list by list."""
    return [
        *_too_many_for_a_day(audience, thresholds.daily_recipients),
        *_external(audience),
        *_large(audience, thresholds.large_list),
        *_overlapping(audience, thresholds),
        *_empty(audience),
        *_stale(audience),
    ]


def _too_many_for_a_day(audience: Audience, limit: int) -> Iterator[SenderWarning]:
    # "Exchange Online limits", recipient rate limit: a list of the organisation's address book is one.
    if audience.count > limit:
        yield SenderWarning(
            "daily_limit",
            None,
            f"There are {audience.known} recipients, and a mailbox may send to {limit:,} within 24 hours. "
            "A mail to the lists themselves counts each list as one recipient; a mail of its own for each "
            "recipient would be stopped on the way.",
        )


def _external(audience: Audience) -> Iterator[SenderWarning]:
    if audience.external is None and audience.count:
        yield SenderWarning(
            "external_unknown",
            None,
            "Whether anybody is outside your organisation is not known: its domains could not be read.",
        )
    elif audience.external:
        outside, of = str(audience.known_external).capitalize(), audience.known
        yield SenderWarning(
            "external_recipients",
            None,
            f"{outside} of {of} recipients is outside your organisation."
            if audience.external == 1
            else f"{outside} of {of} recipients are outside your organisation.",
        )


def _large(audience: Audience, limit: int) -> Iterator[SenderWarning]:
    """Typed lists alone: one that is nested makes the list around it as large."""
    for entry in audience.lists:
        if entry.parent is None and entry.recipients > limit:
            yield SenderWarning(
                "large_list",
                entry.address,
                f"This list reaches {entry.known_recipients} recipients, more than {limit:,}.",
            )


def _overlapping(audience: Audience, thresholds: Thresholds) -> Iterator[SenderWarning]:
    """Each list once, with the one that covers most of it. Of the audience's overlaps, the largest only."""
    by_address = {entry.address: entry for entry in audience.lists}
    by_id = {entry.id: entry for entry in audience.lists}
    told: set[str] = set()
    for overlap in audience.overlaps:
        pair = [by_address[address] for address in overlap.lists]
        smaller, larger = sorted(pair, key=lambda entry: (entry.recipients, entry.address))
        shared, size = overlap.recipients, smaller.recipients
        if (
            shared >= thresholds.overlap_recipients
            and shared * 100 >= size * thresholds.overlap_percent
            and smaller.address not in told
            and not _is_under(smaller, larger, by_id)
            and not _is_under(larger, smaller, by_id)
        ):
            told.add(smaller.address)
            yield SenderWarning(
                "lists_overlap",
                smaller.address,
                f"{shared:,} of this list's {smaller.known_recipients} recipients are in "
                f"{shown(larger.address)} too. Nobody gets the "
                "mail twice, but perhaps one of the two lists was meant.",
            )


def _is_under(inner: ListEntry, outer: ListEntry, by_id: Mapping[str, ListEntry]) -> bool:
    """Whether `inner` stands below `outer` in the tree."""
    parent = inner.parent
    while parent is not None and parent != outer.id:
        parent = by_id[parent].parent
    return parent is not None


def _empty(audience: Audience) -> Iterator[SenderWarning]:
    """Lists without any member; with members that mail does not reach only where all were read, since
    the people may be in a nested list that was not."""
    for entry in audience.lists:
        if entry.recipients or entry.problem not in _READ:
            continue
        if not entry.members:
            yield SenderWarning("empty_list", entry.address, "This list exists, but it shows no members.")
        elif audience.complete:
            yield SenderWarning(
                "empty_list", entry.address, "This list exists, but mail reaches none of its members."
            )


def _stale(audience: Audience) -> Iterator[SenderWarning]:
    """Lists whose membership the directory works out now and then rather than when it is asked."""
    for entry in audience.lists:
        if entry.as_of is not None:
            yield SenderWarning(
                "stale",
                entry.address,
                "Exchange works out who is in this list once a day, so the latest changes may be missing.",
            )

"""The words of the API about links under control."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import msgspec

from shared.paging import RowPage
from shared.tracking.mail.amendments import Amendment
from shared.tracking.mail.control import Identified, LinkState
from shared.tracking.mail.links import MAX_TRACKING_URL

Url = Annotated[str, msgspec.Meta(max_length=4 * MAX_TRACKING_URL, description="A web address.")]


class NewLead(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Where a link, or all links of a message, shall lead from now on: to `target`; nowhere if it is null."""

    target: Url | None


class FoundLink(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A tracking URL, as somebody found it in a mail."""

    url: Url


class AmendedAnswer(msgspec.Struct, frozen=True):
    """What was said of a link: it leads to `target`, or nowhere if that is null. `whole`: it was said of all
    links of the message; `by_admin`: an admin said so, whom the sender cannot overrule."""

    target: str | None
    whole: bool
    by_admin: bool
    at: datetime


class LinkAnswer(msgspec.Struct, frozen=True):
    """A link: `target` is where its mail says that it leads, null where the message is gone and nobody knows;
    `amended` is what holds instead, null where it leads there."""

    number: int
    target: str | None
    amended: AmendedAnswer | None


class LinksAnswer(msgspec.Struct, frozen=True):
    """The links of a message, by their numbers."""

    message_id: str
    links: list[LinkAnswer]


class AmendedLink(msgspec.Struct, frozen=True):
    """What was said of a link of a message, or of all its links where `link` is null: it leads to `target`,
    or nowhere if that is null."""

    message_id: str
    link: int | None
    target: str | None
    by_admin: bool
    at: datetime


class FoundLinkAnswer(msgspec.Struct, frozen=True):
    """Which link of which message a tracking URL is. The message may be deleted; its links lead on."""

    message_id: str
    link: LinkAnswer


def describe_links(message: str, links: Sequence[LinkState]) -> LinksAnswer:
    """The answer that says where a message's links lead."""
    return LinksAnswer(message, [_describe(link) for link in links])


def describe_amended(page: RowPage[Amendment]) -> RowPage[AmendedLink]:
    """The answer that lists what was said of links."""
    rows = [AmendedLink(each.message, each.link, each.target, each.by_admin, each.at) for each in page.rows]
    return RowPage(rows, page.next, page.total)


def describe_found(found: Identified) -> FoundLinkAnswer:
    """The answer that says what a tracking URL is."""
    return FoundLinkAnswer(found.message, _describe(found.state))


def _describe(link: LinkState) -> LinkAnswer:
    return LinkAnswer(link.number, link.target, link.amended and _describe_amended(link.amended))


def _describe_amended(amended: Amendment) -> AmendedAnswer:
    return AmendedAnswer(amended.target, amended.link is None, amended.by_admin, amended.at)

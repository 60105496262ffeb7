"""The words of the API about messages: what a request may hold, and what an answer does."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec

from shared.amounts import Amount
from shared.api.expansions import Id, Typed
from shared.paging import RowPage
from shared.tracking.mail.labels import (
    MAX_CAMPAIGN,
    MAX_LINK_NAME,
    MAX_NAME,
    MAX_PURPOSE,
    MAX_TAG,
    MAX_TAGS,
    Labels,
)
from shared.tracking.mail.links import MAX_LINKS, Links
from shared.tracking.mail.mails import UrlSet
from shared.tracking.mail.messages import Message, Stage
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.owners import Whose, means
from shared.tracking.mail.reach import recipients_of
from shared.tracking.mail.sharing import MAX_READERS
from shared.tracking.mail.turnover import Turnover


class NewSender(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Who is named as the sender of a mail."""

    name: Annotated[str, msgspec.Meta(max_length=200)]
    address: Typed


Name = Annotated[str, msgspec.Meta(max_length=MAX_NAME)]
Campaign = Annotated[str, msgspec.Meta(max_length=MAX_CAMPAIGN)]
Tags = Annotated[
    tuple[Annotated[str, msgspec.Meta(max_length=MAX_TAG)], ...], msgspec.Meta(max_length=MAX_TAGS)
]
LinkNames = Annotated[
    tuple[Annotated[str, msgspec.Meta(max_length=MAX_LINK_NAME)], ...], msgspec.Meta(max_length=MAX_LINKS)
]
Purpose = Annotated[str, msgspec.Meta(max_length=MAX_PURPOSE)]


class NewLabels(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What a mail is called, as its sender types it: each in one line, tags without commas. `purpose` is one
    of those that the administrator named, or empty. `links` are names of links, each in the place that its
    link has in the message's `links`, and by number afterwards. What is not given stays what it was."""

    name: Name | msgspec.UnsetType = msgspec.UNSET
    campaign: Campaign | msgspec.UnsetType = msgspec.UNSET
    tags: Tags | msgspec.UnsetType = msgspec.UNSET
    purpose: Purpose | msgspec.UnsetType = msgspec.UNSET
    links: LinkNames | msgspec.UnsetType = msgspec.UNSET


Draw = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[0-9a-f]{0,16}\Z",
        description="In the mode `pseudonymous`: the `draw` of the expansion's recipients, where copies are "
        "given out within the groups that it told.",
    ),
]


class NewMessage(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A mail whose opens and clicks shall be counted. What it says has no place here; `labels` are what its
    sender calls it."""

    expansion_id: Id
    mode: Mode
    sender: NewSender
    links: list[str] = []
    labels: NewLabels = NewLabels()
    draw: Draw = ""


class RestAnswer(msgspec.Struct, frozen=True):
    """The message of everybody who is not told apart, and how many they are."""

    message_id: str
    count: Amount


class RegisteredAnswer(msgspec.Struct, frozen=True):
    """What the mail must hold: `pixel_url`, `links` (what stands in the mail, and what shall stand there
    instead) and `notice_url` (where the notice leads; null without one) in the mode `counting`, the first
    `recipients` with theirs in the other modes. There is no pixel where opens are not measured.
    `untracked` are links that stay as they are: too long to be tracked, leading where the administrator lets
    none lead, or all, where clicks are not measured. `rest` is the message of those who did not say yes to
    being told apart, where that takes a yes: they are among the `recipients`."""

    message_id: str
    mode: Mode
    count: Amount
    untracked: list[str]
    pixel_url: str | None = None
    links: dict[str, str] | None = None
    notice_url: str | None = None
    recipients: RowPage[UrlSet] | None = None
    rest: RestAnswer | None = None


class SenderAnswer(msgspec.Struct, frozen=True):
    """Who is named as the sender of a mail. `checked`: the address is known to be that of whoever registered
    the mail; else nobody vouches for it."""

    name: str
    address: str
    checked: bool


class MessageAnswer(msgspec.Struct, frozen=True):
    """One tracked mail, to `count` recipients; events count from `sent_at` on. `deliver_at`: when Outlook was
    to deliver it, where that was to be later than sending. `mine`: it is the caller's own, and not one that
    somebody shared or that an admin or a team sees. `managed`: the caller may name, share and delete it.
    `lists` are those that its sender typed, at most 100 of them, `teams` those whose it is, by name.
    `turnover` says how many joined and left since the mail before.
    `other_half`: where only who said yes is told apart, the message of the same mail to the others: a name,
    readers, links and a deletion are for both."""

    message_id: str
    mode: Mode
    stage: Stage
    sender: SenderAnswer
    count: Amount
    created_at: datetime
    sent_at: datetime | None
    deliver_at: datetime | None
    mine: bool
    managed: bool
    labels: Labels
    lists: list[str]
    teams: list[str]
    other_half: str | None
    turnover: Turnover | None = None


class NewReaders(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Who, besides its owner, shall see what became of a message: these people and no others."""

    addresses: Annotated[list[Typed], msgspec.Meta(max_length=MAX_READERS)]


class ReadersAnswer(msgspec.Struct, frozen=True):
    """Who, besides its owner, sees what became of a message."""

    addresses: list[str]


def describe_message(message: Message, viewer: str, manages: Whose) -> MessageAnswer:
    """The answer that shows `message` to `viewer`, who may see it; `manages` is whose they may change."""
    return MessageAnswer(
        message_id=message.id,
        mode=message.mode,
        stage=message.stage,
        sender=SenderAnswer(message.sender.name, message.sender.address, message.sender.checked),
        count=recipients_of(message),
        created_at=message.created_at,
        sent_at=message.sent_at,
        deliver_at=message.deliver_at,
        mine=message.owner == viewer,
        managed=means(manages, message.owner, message.teams),
        labels=message.labels,
        lists=list(message.lists),
        teams=list(message.teams),
        turnover=message.turnover,
        other_half=message.other_half or None,
    )


def labels_of(new: NewLabels, before: Labels) -> Labels:
    """The labels that a request asks for, of a mail that had those `before`."""

    def given(value: str | msgspec.UnsetType, kept: str) -> str:
        return kept if value is msgspec.UNSET else value

    return Labels(
        given(new.name, before.name),
        given(new.campaign, before.campaign),
        before.tags if new.tags is msgspec.UNSET else new.tags,
        given(new.purpose, before.purpose),
        before.links if new.links is msgspec.UNSET else new.links,
    )


def describe_messages(page: RowPage[Message], viewer: str, manages: Whose) -> RowPage[MessageAnswer]:
    """The answer that lists messages."""
    shown = [describe_message(message, viewer, manages) for message in page.rows]
    return RowPage(shown, page.next, page.total)


def describe_readers(message: Message) -> ReadersAnswer:
    """The answer that names a message's readers."""
    return ReadersAnswer([reader.address for reader in message.readers])


def describe_registered(
    message: Message, links: Links, urls: UrlSet | RowPage[UrlSet], rest: Message | None
) -> RegisteredAnswer:
    """The answer that says what the mail must hold."""
    shared = urls if isinstance(urls, UrlSet) else None
    return RegisteredAnswer(
        message_id=message.id,
        mode=message.mode,
        count=recipients_of(message),
        untracked=[text for text, number in links.written.items() if number is None],
        pixel_url=shared.pixel_url if shared else None,
        links=shared.links if shared else None,
        notice_url=shared.notice_url if shared else None,
        recipients=urls if isinstance(urls, RowPage) else None,
        rest=RestAnswer(rest.id, recipients_of(rest)) if rest else None,
    )

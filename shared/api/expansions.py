"""The words of requests and answers about expansions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

import msgspec

from shared.amounts import Amount
from shared.api.declaration import ID_PATTERN
from shared.audience.addresses import LONGEST_TYPED, shown
from shared.audience.delivery import Delivery, delivery_of
from shared.audience.directory import ListKind
from shared.audience.expansion_store import Expansion, Failure
from shared.audience.problems import Problem
from shared.audience.recipients import Recipient
from shared.audience.result import Audience, Balance, ListEntry, Mailboxes, Overlap, SenderWarning
from shared.paging import RowPage

Id = Annotated[
    str,
    msgspec.Meta(
        pattern=ID_PATTERN, description="Chosen by the client, so that a lost answer can be asked for again."
    ),
]


Typed = Annotated[str, msgspec.Meta(max_length=LONGEST_TYPED, description="A recipient, as typed.")]


class NewExpansion(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What a sender asks to have counted."""

    addresses: Annotated[list[Typed], msgspec.Meta(min_length=1, description="As typed: people and lists.")]
    id: Id | None = None


class ProgressAnswer(msgspec.Struct, frozen=True):
    """How far a running expansion is. `provisional` is Graph's count, which is there before Exchange has
    been read and may lack dynamic lists; null where Graph alone is read. `estimate` is about how many
    recipients there may be, by one question, before anything is read to its end: a guess, to either side;
    null where nobody knows. `waits_until`: a directory asked to wait until then; null where none did.
    `before`: counts of others that begin before this one. Times are the server's."""

    lists_done: int
    lists_known: int
    recipients: int
    provisional: int | None
    estimate: int | None
    started_at: datetime
    beat_at: datetime
    waits_until: datetime | None
    before: int


class ListAnswer(msgspec.Struct, frozen=True):
    """One list of the tree. `members` were read directly, `recipients` are the unique ones under it, nested
    lists included. `parent` is the id of the list through which the shortest way leads here, null for a typed
    one; `depth` is 1 for a typed one. `directory` is the one that answered; `problem` the code of what kept
    it from being read whole. `as_of`: the membership may be as old as that; null for one that is live."""

    id: str
    address: str
    name: str
    kind: ListKind
    directory: str
    members: Amount
    recipients: Amount
    parent: str | None
    depth: int
    problem: str | None
    as_of: datetime | None


class CountProblem(msgspec.Struct, frozen=True):
    """One reason why a count may be short. `list` is the address it concerns, null where it is the whole
    expansion; `text` and `remedy` are in the words for who reads them; `forward` is a text to send to whoever
    can help."""

    code: str
    list: str | None
    text: str
    remedy: str
    forward: str | None


class FailureAnswer(msgspec.Struct, frozen=True):
    """Why an expansion came to nothing, in the words for who reads it."""

    code: str
    text: str
    remedy: str
    forward: str | None


class RunningAnswer(msgspec.Struct, frozen=True, tag_field="state", tag="running"):
    """An expansion under way."""

    id: str
    expires_at: datetime
    progress: ProgressAnswer


class FailedAnswer(msgspec.Struct, frozen=True, tag_field="state", tag="failed"):
    """An expansion that came to nothing, and why."""

    id: str
    expires_at: datetime
    failure: FailureAnswer


class ExpansionAnswer(msgspec.Struct, frozen=True, tag_field="state", tag="done"):
    """A finished expansion. `complete` is about who is in the lists, `delivery` about who gets the mail.
    `external`: how many recipients are outside the organisation; null where its domains could not be read.
    `overlaps` are the largest of `overlaps_in_all`; null where those are too many to count."""

    id: str
    expires_at: datetime
    complete: bool
    delivery: Delivery
    count: Amount
    lists: list[ListAnswer]
    balance: Balance
    overlaps: list[Overlap]
    overlaps_in_all: int | None
    external: Amount | None
    mailboxes: Mailboxes
    problems: list[CountProblem]
    warnings: list[SenderWarning]


class RecipientAnswer(msgspec.Struct, frozen=True):
    """One recipient. `name` is what the directory calls them, null where it told none. `list` is the `id` of
    the first of the expansion's lists that holds them directly, null where none is known to: then they were
    typed themselves. `more_lists`: how many others hold them directly."""

    address: str
    name: str | None
    list: str | None
    more_lists: int


@dataclass(frozen=True, slots=True)
class RecipientsAnswer:
    """Some of the recipients that an expansion found. Where reports tell how lists did, and it was asked for,
    `groups` has the number of each one's group: copies that tell nobody's name are given out within groups,
    the first to those of group 0. `draw` is what these groups are called; empty without them."""

    rows: list[RecipientAnswer]
    next: str | None
    total: int | None
    groups: list[int]
    draw: str


AnyExpansion = ExpansionAnswer | RunningAnswer | FailedAnswer
"""How an expansion stands; `state` says which it is."""


def describe(expansion: Expansion, *, to_admin: bool = False) -> AnyExpansion:
    """The answer that shows `expansion` to its owner, who may be an administrator."""
    if expansion.audience is not None:
        return _finished(expansion, expansion.audience, to_admin)
    if expansion.failure is not None:
        return FailedAnswer(expansion.id, expansion.expires_at, _failure(expansion.failure, to_admin))
    return RunningAnswer(
        expansion.id,
        expansion.expires_at,
        ProgressAnswer(
            expansion.lists_done,
            expansion.lists_known,
            expansion.recipients,
            expansion.provisional,
            expansion.estimate,
            expansion.started_at,
            expansion.beat_at,
            expansion.waits_until,
            expansion.before,
        ),
    )


def describe_recipients(page: RowPage[Recipient], groups: list[int], draw: str) -> RecipientsAnswer:
    """The answer that shows some recipients, their addresses as people read them."""
    rows = [RecipientAnswer(shown(each.address), each.name, each.list, each.more_lists) for each in page.rows]
    return RecipientsAnswer(rows, page.next, page.total, groups, draw)


def _failure(failure: Failure, to_admin: bool) -> FailureAnswer:
    if to_admin and failure.admin:
        return FailureAnswer(failure.code, failure.admin.sentence, failure.admin.remedy, None)
    return FailureAnswer(failure.code, failure.text, failure.remedy, failure.forward)


def _problem(problem: Problem, to_admin: bool) -> CountProblem:
    told = problem.told_to_admin() if to_admin else problem
    return CountProblem(told.code, told.list and shown(told.list), told.text, told.remedy, told.forward)


def _list(entry: ListEntry) -> ListAnswer:
    return ListAnswer(
        id=entry.id,
        address=shown(entry.address),
        name=entry.name,
        kind=entry.kind,
        directory=entry.directory,
        members=entry.known_members,
        recipients=entry.known_recipients,
        parent=entry.parent,
        depth=entry.depth,
        problem=entry.problem,
        as_of=entry.as_of,
    )


def _overlap(overlap: Overlap) -> Overlap:
    one, other = overlap.lists
    return replace(overlap, lists=(shown(one), shown(other)))


def _delivery(delivery: Delivery) -> Delivery:
    return replace(
        delivery,
        doubts=[replace(one, lists=[shown(address) for address in one.lists]) for one in delivery.doubts],
    )


def _finished(expansion: Expansion, found: Audience, to_admin: bool) -> ExpansionAnswer:
    return ExpansionAnswer(
        id=expansion.id,
        expires_at=expansion.expires_at,
        complete=found.complete,
        delivery=_delivery(delivery_of(found)),
        count=found.known,
        lists=[_list(entry) for entry in found.lists],
        balance=found.balance,
        overlaps=[_overlap(overlap) for overlap in found.overlaps],
        overlaps_in_all=found.overlaps_in_all,
        external=found.known_external,
        mailboxes=found.mailboxes,
        problems=[_problem(problem, to_admin) for problem in found.problems],
        warnings=[replace(one, list=one.list and shown(one.list)) for one in found.warnings],
    )

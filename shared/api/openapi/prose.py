"""What a route declares of itself, in sentences for whoever reads the description."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from shared.api.declaration import ANYONE, Declaration, Who

_WHO = {
    Who.SENDER: "For senders, and for admins.",
    Who.ADMIN: "For admins.",
    Who.AUDITOR: "For auditors, and for admins.",
    Who.SELF: "For anybody of the tenant, with a role or without one, about themselves.",
    Who.ANYONE: "For anyone: nobody signs in.",
    Who.NOBODY: "For no person.",
}
_PARAMETERS = {
    "id": "The id of an expansion or a message.",
    "token": "What the link in a mail ends with: signed, and good for that mail alone.",
    "address": "A person's address, percent-encoded; `-` where it stands in the header `Rollcall-Person`.",
    "path": "A file of the add-in or the pages.",
    "number": "Which of the message's links, from 0.",
    "after": "The `next` of the page before; the first page without it.",
    "limit": "How many rows a page has at most.",
    "Idempotency-Key": "Any text of one's own, the same when a request is sent again: the second joins what "
    "the first began. For requests without an `id`.",
    "groups": "`yes`: also the groups within which copies are given out that tell nobody's name.",
    "notice": "`gone`: the sender took the notice out of the mail.",
    "deliver_at": "When Outlook is to deliver the mail, where that is later.",
    "ids": "Of which messages, separated by commas.",
    "q": "Words, each a part of a message's name, campaign, tags, sender, lists or teams.",
    "campaign": "Messages of this campaign alone.",
    "team": "Messages of this team alone.",
    "tag": "Messages with this tag alone.",
    "sender": "Messages of this sender alone, by address or name.",
    "sort": "In which order: by when they were sent, by name, recipients, who opened or clicked; with `-` "
    "backwards. Without it the newest come first.",
    "sent": "Messages that were sent (`yes`), or were not (`no`).",
    "zone": "The time zone of weekdays, hours, weeks and months, like Europe/Berlin; else UTC.",
    "since": "From this time on.",
    "until": "Before this time.",
    "opened": "Recipients who opened the mail, surely (`yes`), perhaps (`maybe`), or not (`no`).",
    "clicked": "Recipients who followed a link, surely (`yes`), perhaps (`maybe`), or not (`no`).",
    "kind": "Records of this kind alone.",
    "actor": "Records of what this person did, by object id; `rollcall` for what it did by itself.",
}


def summary_of(declaration: Declaration) -> str:
    """What the route does, in a line."""
    text = inspect.getdoc(declaration.handler) or ""
    return " ".join(text.partition("\n\n")[0].split()).removesuffix(".")


def description_of(declaration: Declaration) -> str:
    """What there is to know beyond that."""
    text = inspect.getdoc(declaration.handler) or ""
    more = " ".join(text.partition("\n\n")[2].split())
    return " ".join(filter(None, (more, *_facts(declaration))))


def meaning_of(parameter: str) -> str:
    """What a parameter says; empty where nothing is written about it."""
    return _PARAMETERS.get(parameter, "")


def _facts(declaration: Declaration) -> Iterator[str]:
    yield _WHO[declaration.who]
    if declaration.program:
        yield f"For programs with the role `{declaration.program}`, where an administrator lets them in."
    names = {taken.name for taken in declaration.takes}
    if "after" in names:
        yield "Answered page by page: while there is a `next`, there may be more."
    if declaration.limited:
        yield "One person may ask only so often within a minute, and is told then when to come back."
    if declaration.under:
        yield f"Where there is an agreement, it must allow `{declaration.under.value}`."
    kinds = ", ".join(f"`{kind.value}`" for kind in declaration.recorded.kinds)
    if kinds and declaration.recorded.always:
        yield f"Each answer is in the audit trail, as {kinds}."
    elif kinds:
        yield f"What it changes or shows is in the audit trail, as {kinds}."
    if declaration.is_page and declaration.who is ANYONE:
        yield "For browsers: what goes wrong is said on a page."

"""The words of the API: what a request may hold, and what an answer does.

msgspec rather than pydantic: it is imported in a quarter of the time (27 against 120 ms, which a cold
start pays), reads Graph's pages several times faster, and turns the domain's own dataclasses into JSON
and JSON Schema, so that no answer is described twice.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec

from shared.audience.balance import Audience, Balance, ListEntry, Mailboxes, Overlap
from shared.audience.expansions import Expansion, Failure
from shared.audience.problems import Problem
from shared.audience.warnings import SenderWarning

ID_PATTERN = "^[A-Za-z0-9-]{8,64}$"
Id = Annotated[
    str,
    msgspec.Meta(
        pattern=ID_PATTERN, description="Chosen by the client, so that a lost answer can be asked for again."
    ),
]


class NewExpansion(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What a sender asks to have counted."""

    addresses: Annotated[list[str], msgspec.Meta(min_length=1, description="As typed: people and lists.")]
    id: Id | None = None


class ProgressAnswer(msgspec.Struct, frozen=True):
    """How far a running expansion is. `provisional` is Graph's count, which is there before Exchange has
    been read and may lack dynamic lists; null where Graph alone is read."""

    lists_done: int
    lists_known: int
    recipients: int
    provisional: int | None
    started_at: datetime
    beat_at: datetime


class RunningAnswer(msgspec.Struct, frozen=True, tag_field="state", tag="running"):
    """An expansion under way."""

    id: str
    expires_at: datetime
    progress: ProgressAnswer


class FailedAnswer(msgspec.Struct, frozen=True, tag_field="state", tag="failed"):
    """An expansion that came to nothing, and why."""

    id: str
    expires_at: datetime
    failure: Failure


class ExpansionAnswer(msgspec.Struct, frozen=True, tag_field="state", tag="done"):
    """A finished expansion."""

    id: str
    expires_at: datetime
    complete: bool
    count: int
    lists: list[ListEntry]
    balance: Balance
    overlaps: list[Overlap]
    external: int | None
    mailboxes: Mailboxes
    problems: list[Problem]
    warnings: list[SenderWarning]


class MeAnswer(msgspec.Struct, frozen=True):
    """Who calls. `name` is for display and may be empty; `roles` are `sender` and perhaps `admin`."""

    name: str
    roles: list[str]


class NewTest(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Which list an admin wants to see read by every directory."""

    address: str


class SignInAnswer(msgspec.Struct, frozen=True):
    """Where an admin signs the service account in."""

    authorize_url: str


class AccountAnswer(msgspec.Struct, frozen=True):
    """Who is signed in."""

    id: str
    username: str


class DirectoryAnswer(msgspec.Struct, frozen=True):
    """A directory that is read, with which permissions, and whether the sign-in covers them."""

    name: str
    scopes: list[str]
    ok: bool
    text: str
    remedy: str


class ConnectionAnswer(msgspec.Struct, frozen=True):
    """How the service account stands. `state` is `connected`, `stopped` or `disconnected`; `code`, `text` and
    `remedy` say why it is not connected. The sign-in would lapse in `days_left` if it were not used.
    At `consent_url` a tenant administrator grants the permissions, for the whole organisation."""

    state: str
    text: str
    remedy: str
    code: str | None
    account: AccountAnswer | None
    connected_at: datetime | None
    last_success_at: datetime | None
    days_left: int | None
    directories: list[DirectoryAnswer]
    consent_url: str


class DisconnectedAnswer(msgspec.Struct, frozen=True):
    """The sign-in is gone from Rollcall; `remedy` says how to end it at Microsoft as well."""

    text: str = "Rollcall forgot the sign-in. Expansion has stopped; tracking and reports go on."
    remedy: str = (
        "Other instances of the app notice within five minutes. To end the sign-in at Microsoft too, revoke "
        "the account's sessions in Entra."
    )


class CheckAnswer(msgspec.Struct, frozen=True):
    """One thing Rollcall depends on; `text` and `remedy` are empty where it works."""

    name: str
    ok: bool
    text: str = ""
    remedy: str = ""


class HealthAnswer(msgspec.Struct, frozen=True):
    """`ok` or `degraded`; `checks` are for admins only."""

    status: str
    checks: list[CheckAnswer] | None = None


class ProblemAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """What went wrong (RFC 9457). `code` is for programs, `detail` and `remedy` are for people;
    `field` names what in the request was wrong; `retry_after` is in seconds."""

    title: str
    status: int
    code: str
    detail: str
    remedy: str
    type: str = "about:blank"
    field: str | None = None
    retry_after: int | None = None


def describe(expansion: Expansion) -> RunningAnswer | FailedAnswer | ExpansionAnswer:
    """The answer that shows `expansion` to its owner."""
    if expansion.audience is not None:
        return _finished(expansion, expansion.audience)
    if expansion.failure is not None:
        return FailedAnswer(expansion.id, expansion.expires_at, expansion.failure)
    return RunningAnswer(
        expansion.id,
        expansion.expires_at,
        ProgressAnswer(
            expansion.lists_done,
            expansion.lists_known,
            expansion.recipients,
            expansion.provisional,
            expansion.started_at,
            expansion.beat_at,
        ),
    )


def _finished(expansion: Expansion, found: Audience) -> ExpansionAnswer:
    return ExpansionAnswer(
        id=expansion.id,
        expires_at=expansion.expires_at,
        complete=found.complete,
        count=found.count,
        lists=found.lists,
        balance=found.balance,
        overlaps=found.overlaps,
        external=found.external,
        mailboxes=found.mailboxes,
        problems=found.problems,
        warnings=found.warnings,
    )

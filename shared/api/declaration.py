"""What a route declares of itself, once: guard, parsing, description and audit rule come from it.

Nothing here is heavy, because every cold start reads it: what a route answers is its handler's return
annotation, which only the description looks up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from shared.record_kinds import Kind

if TYPE_CHECKING:
    import azure.functions as func

    from shared.agreement.allowances import Allowance

T = TypeVar("T")

ID_PATTERN = r"^[A-Za-z0-9-]{8,64}\Z"
"""Of the ids of expansions and messages."""


class Who(StrEnum):
    """Who may call a route. An admin may do what a sender or an auditor may. `self` is anybody of the
    tenant, with a role or without one, about themselves: such a route takes nobody's name or address.
    `nobody` is no person at all: it is for programs."""

    SENDER = "sender"
    ADMIN = "admin"
    ANYONE = "anyone"
    SELF = "self"
    NOBODY = "nobody"
    AUDITOR = "auditor"


SENDER, ADMIN, ANYONE, SELF, NOBODY, AUDITOR = Who


class Program(StrEnum):
    """The role that lets a program call a route without anybody signed in."""

    REPORT_READER = "Rollcall.Report.Reader"
    AUDIT_READER = "Rollcall.Audit.Reader"


REPORT_READER, AUDIT_READER = Program


@dataclass(frozen=True, slots=True, eq=False)
class Parameter(Generic[T]):
    """Something that a request brings: where it stands (`path`, `query`, `header`, `body`), its JSON Schema
    (for a body its `kind`, when asked for), and how it is read. `read` raises InvalidRequest naming what is
    wrong."""

    name: str
    place: str
    schema: Mapping[str, Any]
    read: Callable[[func.HttpRequest], T]
    kind: Callable[[], type] | None = None


@dataclass(frozen=True, slots=True)
class Recording:
    """Which kinds of records a route may write. `always`: it answers nothing that it did not record."""

    kinds: tuple[Kind, ...] = ()
    always: bool = False


def always(*kinds: Kind) -> Recording:
    """Every success is recorded, as one of these."""
    return Recording(kinds, always=True)


def sometimes(*kinds: Kind) -> Recording:
    """A success may be recorded, as these: a second request changes nothing, or a look must not fail."""
    return Recording(kinds)


UNRECORDED = Recording()

JSON, HTML, CSV, GIF = "application/json", "text/html", "text/csv", "image/gif"
NDJSON = "application/x-ndjson"
"""JSON, a value a line; each is what the handler's return annotation says."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOTHING = ""
"""The media type of an answer without a body."""
FILE = "*/*"

OK: Mapping[int, str] = {200: JSON}
DONE: Mapping[int, str] = {204: NOTHING}


@dataclass(frozen=True, slots=True, eq=False)
class Declaration:
    """A route. `answers` has the media type of each status; what stands in JSON is the handler's return
    annotation. `limited`: one person may ask only so often. `chapter` is a name and a sentence. `program` is
    the role with which a program may call it too; None where none may. `under`: what an agreement must
    allow, where there is one."""

    chapter: tuple[str, str]
    methods: tuple[str, ...]
    path: str
    who: Who
    takes: tuple[Parameter[Any], ...]
    answers: Mapping[int, str]
    recorded: Recording
    limited: bool
    handler: Callable[..., Any]
    program: Program | None = None
    under: Allowance | None = None

    @property
    def is_page(self) -> bool:
        """Whether a person opens it in a browser, who has no use for problem details: what goes wrong there
        is said on a page."""
        return any(media in (HTML, GIF) or status == 302 for status, media in self.answers.items())


@dataclass(frozen=True, slots=True)
class Lines(Generic[T]):
    """An answer that is a value a line."""

    values: list[T]


@dataclass(frozen=True, slots=True)
class Reply(Generic[T]):
    """An answer that is more than a value: another status than the first that is declared, or headers."""

    value: T
    status: int | None = None
    headers: Mapping[str, str] | None = None

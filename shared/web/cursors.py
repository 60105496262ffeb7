"""Cursors: where a listing goes on, as answers say it in `next` and requests in `after`.

A cursor is of one listing, with its filters, and holds a place in it. It is no secret and no permission:
whoever may not see the listing does not see more of it with a cursor, and one that was made by hand leads to
a place that the listing has anyway. The check in front is for what would go unnoticed: a cursor of another
listing, or of the same one with other filters, would leave rows out.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from binascii import Error
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import azure.functions as func

from shared.api.declaration import Declaration, Parameter
from shared.errors import InvalidRequest

T = TypeVar("T")

NAME = "after"
PATTERN = r"^[A-Za-z0-9_-]{14,400}\Z"
_CHECK = 9  # bytes: damage goes unnoticed once in 2**72


@dataclass(frozen=True, slots=True, eq=False)
class After(Parameter[T]):
    """The query's `after`. `form` is what the listing's places look like; `parse` makes of such a text what
    the listing goes by, and of an empty one its beginning."""

    form: str = ""
    parse: Callable[[str], Any] = str


def _read_text(req: func.HttpRequest) -> Any:
    given: str | None = req.params.get(NAME)
    if given is not None and not re.fullmatch(PATTERN, given):
        raise _refusal()
    return given or ""


def behind(form: str) -> After[str]:
    """A cursor whose places are texts that look like `form`."""
    return After(NAME, "query", {"type": "string", "pattern": PATTERN}, _read_text, form=form)


def behind_number() -> After[int]:
    """A cursor whose places are numbers; 0 is the beginning."""
    schema = {"type": "string", "pattern": PATTERN}
    return After(
        NAME,
        "query",
        schema,
        _read_text,
        form=r"[0-9]{1,9}",
        parse=lambda text: int(text or "0"),
    )


def read(after: After[T], listing: Sequence[str], cursor: str) -> T:
    """The place in `listing` that the cursor leads to; an empty one to its beginning. Raises
    InvalidRequest."""
    place = ""
    if cursor:
        try:
            held = base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True)
            place = held[_CHECK:].decode("ascii")
        except (Error, ValueError):
            raise _refusal() from None
        if cursor != write(listing, place) or not re.fullmatch(after.form, place):
            raise _refusal()
    found: T = after.parse(place)
    return found


def write(listing: Sequence[str], place: str) -> str:
    """The cursor that leads to `place` in `listing`."""
    text = json.dumps([*listing, place])
    held = hashlib.sha256(text.encode()).digest()[:_CHECK] + place.encode()
    return base64.urlsafe_b64encode(held).rstrip(b"=").decode()


def tells_apart(taken: Parameter[Any]) -> bool:
    """Whether what is brought as this tells one listing from another: not so a page's size and place."""
    return not isinstance(taken, After) and taken.name != "limit"


def listing_of(declaration: Declaration, brought: Sequence[tuple[Parameter[Any], Any]]) -> list[str]:
    """What tells the listing of a request from others: its route, and what was brought."""
    others = [str(value) for taken, value in brought if tells_apart(taken)]
    return [*declaration.methods, declaration.path, *others]


def sealed(found: T, listing: Sequence[str]) -> T:
    """An answer with its `next`, which is a place, as a cursor."""
    page: Any = found  # every answer of a listing is a dataclass that has one
    if page.next is None:
        return found
    last: T = replace(page, next=write(listing, page.next))
    return last


def _refusal() -> InvalidRequest:
    return InvalidRequest(
        NAME,
        "This is no cursor of this listing.",
        "Take the one that the page before it gave, with the same filters, or begin without one.",
    )

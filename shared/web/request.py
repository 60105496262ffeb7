"""What a request may bring, declared: its schema and how it is read; what is wrong is named."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar

import azure.functions as func

from shared import errors
from shared.api.declaration import ID_PATTERN, Parameter

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

MAX_BODY_BYTES = 1024 * 1024
MAX_KEY = 200  # characters of an Idempotency-Key


def read_cookie(req: func.HttpRequest, name: str) -> str:
    """The cookie's value; empty where there is none.

    Looked for by our name alone: Python's own parser gives up at the first cookie that it does not like, and
    a browser sends those of everything else on the host as well. Source: RFC 6265, section 5.4.
    """
    for pair in req.headers.get("cookie", "").split(";"):
        found, _, value = pair.partition("=")
        if found.strip() == name:
            return str(value.strip().strip('"'))
    return ""


def body(kind: Callable[[], type[T]]) -> Parameter[T]:
    """A JSON body that is what `kind` names, which is asked when there is a body."""
    return Parameter("body", "body", {}, lambda req: _read_body(req, kind()), kind)


def _read_body(req: func.HttpRequest, kind: type[T]) -> T:
    import msgspec

    sent = req.get_body()
    if not sent and "chunked" in req.headers.get("transfer-encoding", "").lower():
        # The Functions host hands a chunked body over empty (azure-functions-host issue 4926).
        raise errors.InvalidRequest(
            "body", "Send the request with a Content-Length; a chunked body does not arrive.", status=411
        )
    if len(sent) > MAX_BODY_BYTES:
        raise errors.InvalidRequest("body", "The request is larger than 1 MiB.", status=413)
    content_type = req.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type != "application/json":
        raise errors.InvalidRequest("content-type", "Send application/json.", status=415)
    try:
        return msgspec.json.decode(sent, type=kind)
    except msgspec.ValidationError as error:
        raise _explain(str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise errors.InvalidRequest("body", "This is not JSON.") from error


_MOST_ECHOED = 100  # characters of what was sent, in what is said of it
_AT = re.compile(r"(?P<what>.*) - at `(?P<path>[^`]*)`", re.DOTALL)


_NAMED = re.compile(r"Object (?P<kind>contains unknown|missing required) field `(?P<name>.*)`", re.DOTALL)


def _explain(message: str) -> errors.InvalidRequest:
    at = _AT.fullmatch(message)
    what, path = (at["what"], at["path"]) if at else (message, "$")
    if named := _NAMED.fullmatch(what):
        unknown = named["kind"] == "contains unknown"
        sentence = "There is no such field." if unknown else "This field is required."
        return errors.InvalidRequest(f"{path[:_MOST_ECHOED]}.{named['name'][:_MOST_ECHOED]}", sentence)
    return errors.InvalidRequest(path[:_MOST_ECHOED], f"{what[:_MOST_ECHOED]}.")


def _read_id(req: func.HttpRequest) -> str:
    identifier: str = req.route_params.get("id", "")
    if not re.fullmatch(ID_PATTERN, identifier):
        raise errors.InvalidRequest("id", "This is not an id.")
    return identifier


ID: Parameter[str] = Parameter("id", "path", {"type": "string", "pattern": ID_PATTERN}, _read_id)
"""The id in the path."""


def token() -> Parameter[str]:
    """A signed token in the path, which the handler judges."""
    schema = {"type": "string", "pattern": r"^[A-Za-z0-9_-]{1,2000}\Z"}
    return Parameter("token", "path", schema, lambda req: req.route_params["token"])


def number(name: str, default: int, low: int, high: int) -> Parameter[int]:
    """A whole number from `low` to `high` in the query; `default` where it is not given."""

    def read(req: func.HttpRequest) -> int:
        text = req.params.get(name)
        if text is None:
            return default
        if not re.fullmatch(r"[0-9]{1,9}", text) or not low <= int(text) <= high:
            raise errors.InvalidRequest(name, f"This must be a whole number between {low} and {high}.")
        return int(text)

    schema = {"type": "integer", "default": default, "minimum": low, "maximum": high}
    return Parameter(name, "query", schema, read)


def place(name: str, high: int) -> Parameter[int]:
    """A whole number from 0 to `high` in the path."""

    def read(req: func.HttpRequest) -> int:
        text = req.route_params.get(name, "")
        if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) > high:
            raise errors.InvalidRequest(name, f"This must be a whole number between 0 and {high}.")
        return int(text)

    return Parameter(name, "path", {"type": "integer", "minimum": 0, "maximum": high}, read)


def text(name: str, pattern: str) -> Parameter[str | None]:
    """A word like `pattern` in the query; None where it is not given."""

    def read(req: func.HttpRequest) -> str | None:
        given: str | None = req.params.get(name)
        if given is not None and not re.fullmatch(pattern, given):
            raise errors.InvalidRequest(name, "This is not one of those that there are.")
        return given

    return Parameter(name, "query", {"type": "string", "pattern": pattern}, read)


def phrase(name: str, longest: int) -> Parameter[str]:
    """A text of people's in the query, at most so long; empty where it is not given."""

    def read(req: func.HttpRequest) -> str:
        given: str = req.params.get(name) or ""
        if len(given) > longest or not given.replace("\t", " ").isprintable():
            raise errors.InvalidRequest(name, f"This must be a text of at most {longest} characters.")
        return given

    return Parameter(name, "query", {"type": "string", "maxLength": longest}, read)


def idempotency_key() -> Parameter[str]:
    """The header `Idempotency-Key`, with or without the quotes that its draft asks for; empty where it is not
    given. Source: draft-ietf-httpapi-idempotency-key-header."""
    name, pattern = "Idempotency-Key", rf"^[ -~]{{1,{MAX_KEY}}}\Z"

    def read(req: func.HttpRequest) -> str:
        given: str | None = req.headers.get(name)
        if given is None:
            return ""
        key = given.strip().removeprefix('"').removesuffix('"')
        if not re.fullmatch(pattern, key):
            raise errors.InvalidRequest(name, f"This must be a text of at most {MAX_KEY} characters.")
        return key

    return Parameter(name, "header", {"type": "string", "pattern": pattern}, read)


def ids(name: str, most: int) -> Parameter[str]:
    """Ids in the query, at most so many, with commas between them."""
    pattern = rf"^[A-Za-z0-9-]{{8,64}}(,[A-Za-z0-9-]{{8,64}}){{0,{most - 1}}}\Z"

    def read(req: func.HttpRequest) -> str:
        given: str = req.params.get(name) or ""
        if not re.fullmatch(pattern, given):
            raise errors.InvalidRequest(name, f"This must be one to {most} ids, separated by commas.")
        return given

    return Parameter(name, "query", {"type": "string", "pattern": pattern}, read)


def choice(name: str, kinds: type[E]) -> Parameter[E | None]:
    """One of `kinds` in the query; None where it is not given."""

    def read(req: func.HttpRequest) -> E | None:
        given = req.params.get(name)
        try:
            return None if given is None else kinds(given)
        except ValueError:
            raise errors.InvalidRequest(name, "This is not one of those that there are.") from None

    return Parameter(name, "query", {"type": "string", "enum": [*kinds]}, read)


def moment(name: str) -> Parameter[datetime | None]:
    """A time in the query (ISO 8601, UTC where it does not say); None where it is not given."""
    return Parameter(
        name, "query", {"type": "string", "format": "date-time"}, lambda req: _read_time(req, name)
    )


def _read_time(req: func.HttpRequest, name: str) -> datetime | None:
    given = req.params.get(name)
    if given is None:
        return None
    try:
        # A + that was not escaped arrives as a space.
        found = datetime.fromisoformat(given.replace(" ", "+"))
        if not 2000 <= found.year < 9000:  # the calendar's ends cannot be counted from
            raise ValueError
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise errors.InvalidRequest(name, "This must be a date, or a date and time.") from error

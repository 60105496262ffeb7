"""Reading requests: bodies, parameters, cookies; what is wrong is named."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TypeVar

import azure.functions as func
import msgspec

from shared import errors
from shared.api.expansions import ID_PATTERN

T = TypeVar("T")

MAX_BODY_BYTES = 1024 * 1024


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


def read_body(req: func.HttpRequest, kind: type[T]) -> T:
    """The request's JSON body as a `kind`. Raises InvalidRequest naming what is wrong with it."""
    body = req.get_body()
    if not body and "chunked" in req.headers.get("transfer-encoding", "").lower():
        # The Functions host hands a chunked body over empty (azure-functions-host issue 4926).
        raise errors.InvalidRequest(
            "body", "Send the request with a Content-Length; a chunked body does not arrive.", status=411
        )
    if len(body) > MAX_BODY_BYTES:
        raise errors.InvalidRequest("body", "The request is larger than 1 MiB.", status=413)
    content_type = req.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type != "application/json":
        raise errors.InvalidRequest("content-type", "Send application/json.", status=415)
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        raise _explain(str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise errors.InvalidRequest("body", "This is not JSON.") from error


_AT = re.compile(r"(?P<what>.*) - at `(?P<path>[^`]*)`", re.DOTALL)


_NAMED = re.compile(r"Object (?P<kind>contains unknown|missing required) field `(?P<name>.*)`", re.DOTALL)


def _explain(message: str) -> errors.InvalidRequest:
    at = _AT.fullmatch(message)
    what, path = (at["what"], at["path"]) if at else (message, "$")
    if named := _NAMED.fullmatch(what):
        unknown = named["kind"] == "contains unknown"
        sentence = "There is no such field." if unknown else "This field is required."
        return errors.InvalidRequest(f"{path}.{named['name'][:100]}", sentence)
    return errors.InvalidRequest(path, f"{what}.")


def read_id(req: func.HttpRequest) -> str:
    """The id in the route. Raises InvalidRequest when it cannot be one."""
    identifier: str = req.route_params.get("id", "")
    if not re.fullmatch(ID_PATTERN, identifier):
        raise errors.InvalidRequest("id", "This is not an id.")
    return identifier


def read_number(req: func.HttpRequest, name: str, default: int, low: int, high: int) -> int:
    """The whole number in the query parameter `name`. Raises InvalidRequest outside `low` to `high`."""
    text = req.params.get(name)
    if text is None:
        return default
    if not re.fullmatch(r"[0-9]{1,9}", text) or not low <= int(text) <= high:
        raise errors.InvalidRequest(name, f"This must be a whole number between {low} and {high}.")
    return int(text)


def read_word(req: func.HttpRequest, name: str, pattern: str) -> str | None:
    """The query parameter `name`; None where it is not given. Raises InvalidRequest for what is not like
    `pattern`."""
    text: str | None = req.params.get(name)
    if text is not None and not re.fullmatch(pattern, text):
        raise errors.InvalidRequest(name, "This is not one of those that there are.")
    return text


def read_time(req: func.HttpRequest, name: str) -> datetime | None:
    """The time in the query parameter `name` (ISO 8601, UTC where it does not say); None where it is not
    given. Raises InvalidRequest."""
    text = req.params.get(name)
    if text is None:
        return None
    try:
        # A + that was not escaped arrives as a space.
        moment = datetime.fromisoformat(text.replace(" ", "+"))
        if not 2000 <= moment.year < 9000:  # the calendar's ends cannot be counted from
            raise ValueError
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise errors.InvalidRequest(name, "This must be a date, or a date and time.") from error

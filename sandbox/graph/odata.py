"""The part of OData that Graph's directory objects speak: query options, filters, page tokens.

Stricter than Graph where that shows our own mistakes: an option that nobody knows is refused, and so is
every filter that Rollcall has no business sending.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote

MAX_PAGE = 999
DEFAULT_PAGE = 100
MAX_CLAUSES = 15  # what one `in` may hold; not documented for directory objects, widely met
OPTIONS = ("$select", "$filter", "$top", "$count", "$skiptoken")
# Graph knows these too. Rollcall has no use for them, so nothing stands behind them here.
_UNUSED = ("$search", "$orderby", "$expand", "$skip", "$format")

_LITERAL = r"'((?:[^']|'')*)'"
_EQUALS = re.compile(rf"(\w+) +eq +{_LITERAL}")
_IN = re.compile(rf"(\w+) +in +\( *({_LITERAL}(?: *, *{_LITERAL})*) *\)")
_ANY = re.compile(rf"(\w+)/any\( *(\w+) *: *(\w+) +eq +{_LITERAL} *\)")


class ODataError(Exception):
    """Graph refuses the request: the HTTP status, the code and message of its error body, more headers."""

    def __init__(self, status: int, code: str, message: str, **headers: str) -> None:
        super().__init__(message)
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.status = status
        self.code = code
        self.message = message


def bad_request(message: str) -> ODataError:
    """What Graph says to a request it cannot parse."""
    return ODataError(400, "BadRequest", message)


def unsupported(message: str) -> ODataError:
    """What Graph says to a request it understands and does not do."""
    return ODataError(400, "Request_UnsupportedQuery", message)


@dataclass(frozen=True, slots=True)
class Condition:
    """A parsed `$filter`: `property` has one of `values` (lower case, the directory ignores case)."""

    property: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """The query options of one request. `select` None means the default properties."""

    select: tuple[str, ...] | None = None
    condition: Condition | None = None
    top: int = DEFAULT_PAGE
    count: bool = False
    token: str | None = None
    given: tuple[tuple[str, str], ...] = ()


def parse_query(text: str, allowed: Iterable[str] = OPTIONS) -> Query:
    """The options in a query string. Raises ODataError for what Graph, or this sandbox, does not take."""
    pairs = tuple(parse_qsl(text, keep_blank_values=True))
    options = dict(pairs)
    if len(options) < len(pairs):
        raise bad_request("Query option was specified more than once, but it must be specified at most once.")
    for name in options:
        if name in _UNUSED:
            raise unsupported(f"The sandbox does not support the query parameter '{name}'.")
        if name not in allowed:
            raise bad_request(f"The query parameter '{name}' is not supported.")
    if options.get("$count", "false") not in ("true", "false"):
        raise bad_request(f"Invalid value '{options['$count']}' for $count query option found.")
    return Query(
        select=_parse_select(options["$select"]) if "$select" in options else None,
        condition=parse_filter(options["$filter"]) if "$filter" in options else None,
        top=_parse_top(options["$top"]) if "$top" in options else DEFAULT_PAGE,
        count=options.get("$count") == "true",
        token=options.get("$skiptoken"),
        given=tuple((name, value) for name, value in pairs if name != "$skiptoken"),
    )


def _parse_select(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(","))
    if not all(names):
        raise bad_request("Parsing OData Select and Expand failed: an empty term was found in $select.")
    return names


def _parse_top(text: str) -> int:
    if not re.fullmatch(r"-?\d+", text):
        raise bad_request(f"Invalid value '{text}' for $top query option found.")
    if not 1 <= int(text) <= MAX_PAGE:
        raise unsupported(
            f"Invalid page size specified: '{text}'. Must be between 1 and {MAX_PAGE} inclusive."
        )
    return int(text)


def parse_filter(text: str) -> Condition:
    """The condition in a `$filter`. Raises ODataError for any but `p eq 'x'`, `p in ('x','y')` and
    `p/any(v:v eq 'x')`."""
    text = text.strip()
    if match := _EQUALS.fullmatch(text):
        return Condition(match[1], (_value(match[2]),))
    if match := _IN.fullmatch(text):
        values = tuple(_value(literal) for literal in re.findall(_LITERAL, match[2]))
        if len(values) > MAX_CLAUSES:
            raise unsupported(
                "Too many child clauses specified in search filter expression containing 'OR' operators: "
                f"{len(values)}. Max allowed: {MAX_CLAUSES}."
            )
        return Condition(match[1], values)
    if match := _ANY.fullmatch(text):
        if match[2] != match[3]:
            raise bad_request(f"Invalid filter clause: Could not find a property named '{match[3]}'.")
        return Condition(f"{match[1]}/any", (_value(match[4]),))
    if text.count("'") % 2:
        where = text.rfind("'")
        raise bad_request(
            f"Invalid filter clause: There is an unterminated string literal at position {where} in '{text}'."
        )
    raise bad_request(f"Invalid filter clause: '{text}' is not understood.")


def _value(literal: str) -> str:
    return literal.replace("''", "'").lower()


def next_link(address: str, query: Query, state: dict[str, Any]) -> str:
    """The absolute URL of the next page of `address` (a URL without query), in the form Graph gives it.

    The token is bound to the address and the options, so that it is of no use in a URL of the client's
    own making.
    """
    payload = json.dumps(state, separators=(",", ":"))
    token = (_seal(address, query, payload) + payload.encode()).hex().upper()
    options = [*query.given, ("$skiptoken", f"X'{token}'")]
    return address + "?" + "&".join(f"{name}={_escape(value)}" for name, value in options)


def read_token(address: str, query: Query) -> dict[str, Any]:
    """The state that `next_link` put into the query's token. Raises ODataError if it is not of our making."""
    try:
        token = bytes.fromhex((query.token or "").removeprefix("X'").removesuffix("'"))
    except ValueError:
        token = b""
    seal, payload = token[:8], token[8:]
    if not payload or seal != _seal(address, query, payload.decode(errors="replace")):
        raise bad_request("Skip token is null or invalid.")
    state: dict[str, Any] = json.loads(payload)
    return state


def _seal(address: str, query: Query, payload: str) -> bytes:
    return hashlib.sha256(repr((address, query.given, payload)).encode()).digest()[:8]


def _escape(value: str) -> str:
    # Recorded links carry lower-case escapes and `+` for a space.
    return re.sub(r"%[0-9A-F]{2}", lambda m: m[0].lower(), quote(value, safe="")).replace("%20", "+")

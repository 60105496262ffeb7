"""The Functions host's routes: templates of ASP.NET Core, tried in order, the first match wins.

Source: azure-functions-host, WebScriptHostHttpRoutesManager; ASP.NET Core "Route template reference".
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote_from_bytes, unquote_to_bytes

Check = Callable[[str], bool]

_PARAMETER = re.compile(
    r"\{(?P<rest>\*{0,2})(?P<name>[A-Za-z_]\w*)(?P<constraints>(?::[a-z]+(?:\(\d+(?:,\d+)?\))?)*)(?P<optional>\??)\}"
)
_CONSTRAINT = re.compile(r":([a-z]+)(?:\((\d+)(?:,(\d+))?\))?")
_GUID = re.compile(r"[0-9a-f]{8}(-?)[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{12}", re.IGNORECASE)
_PERCENT = re.compile(rb"(?:%(?!2[fF])[0-9a-fA-F]{2})+")


@dataclass(frozen=True, slots=True)
class Route:
    """One function's address. `methods` is empty where every method fits; `template` is for people."""

    function: str
    template: str
    methods: frozenset[str]
    pattern: re.Pattern[str]
    checks: Mapping[str, tuple[Check, ...]]

    def match(self, method: str, path: str) -> dict[str, str] | None:
        """The route parameters if `path` (decoded) and `method` fit, else None. What is absent has no key."""
        if self.methods and method.upper() not in self.methods:
            return None
        found = self.pattern.fullmatch(path)
        if found is None:
            return None
        params = {name: value for name, value in found.groupdict().items() if value}
        fits = all(
            check(params[name]) for name in params.keys() & self.checks.keys() for check in self.checks[name]
        )
        return params if fits else None


def parse_route(function: str, prefix: str, template: str, methods: Iterable[str] = ()) -> Route:
    """The route of `function`. Raises ValueError for a template that this host does not understand."""
    pattern, checks = "", {}
    segments = [part for part in f"{prefix}/{template}".split("/") if part]
    for position, segment in enumerate(segments):
        text, position_is_last = "", position == len(segments) - 1
        whole = _PARAMETER.fullmatch(segment)
        for piece in re.split(r"(\{[^}]*\})", segment):
            if not piece.startswith("{"):
                text += re.escape(piece)
                continue
            parameter = _PARAMETER.fullmatch(piece)
            special = parameter and (parameter["rest"] or parameter["optional"])
            if parameter is None or (special and not (whole and position_is_last)):
                raise ValueError(f"{function}: this host does not understand {piece} in the route {template}")
            text += f"(?P<{parameter['name']}>{'(?!/).*' if parameter['rest'] else '[^/]+'})"
            checks[parameter["name"]] = tuple(
                _check(function, *found.groups()) for found in _CONSTRAINT.finditer(parameter["constraints"])
            )
        pattern += f"(?:/{text})?" if whole and (whole["rest"] or whole["optional"]) else f"/{text}"
    return Route(
        function,
        "/" + "/".join(segments),
        frozenset(method.upper() for method in methods),
        # An empty segment fits nothing, not even a catch-all's beginning (RoutePatternMatcher).
        re.compile(pattern if "(?!/)" in pattern else f"{pattern}/?", re.IGNORECASE),
        {name: found for name, found in checks.items() if found},
    )


def find_route(routes: Iterable[Route], method: str, path: str) -> tuple[Route, dict[str, str]] | None:
    """The first route that fits and its parameters. A wrong method fits as little as a wrong path."""
    for route in routes:
        params = route.match(method, path)
        if params is not None:
            return route, params
    return None


def decode_path(raw: bytes) -> str:
    """A request's path as Kestrel hands it on: percent-decoded but for %2F, dot segments resolved."""
    decoded = _PERCENT.sub(lambda found: unquote_to_bytes(found[0]), raw).decode("utf-8", "rollcall-percent")
    if "/." not in decoded:
        return decoded
    kept: list[str] = []
    parts = decoded.split("/")[1:]
    for part in parts:
        if part == "..":
            del kept[-1:]
        elif part != ".":
            kept.append(part)
    if parts[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _keep_percent(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return quote_from_bytes(error.object[error.start : error.end], safe=""), error.end


# Bytes that are no UTF-8 stay percent-encoded.
codecs.register_error("rollcall-percent", _keep_percent)


def _check(function: str, name: str, low: str | None, high: str | None) -> Check:
    least, most = int(low or 0), int(high or low or 0)
    checks: dict[str, Check] = {
        "int": lambda value: _is_integer(value, 31),
        "long": lambda value: _is_integer(value, 63),
        "bool": lambda value: value.lower() in ("true", "false"),
        "guid": lambda value: _GUID.fullmatch(value) is not None,
        "alpha": lambda value: re.fullmatch("[a-z]*", value, re.IGNORECASE | re.ASCII) is not None,
        "length": lambda value: least <= len(value) <= most,
        "minlength": lambda value: len(value) >= least,
        "maxlength": lambda value: len(value) <= least,
        "min": lambda value: _is_integer(value, 63) and int(value) >= least,
        "max": lambda value: _is_integer(value, 63) and int(value) <= least,
        "range": lambda value: _is_integer(value, 63) and least <= int(value) <= most,
    }
    if name not in checks:
        raise ValueError(f"{function}: this host does not know the route constraint {name}")
    return checks[name]


def _is_integer(value: str, bits: int) -> bool:
    if not re.fullmatch(r"\s*[+-]?[0-9]{1,20}\s*", value):
        return False
    return -(1 << bits) <= int(value) < 1 << bits

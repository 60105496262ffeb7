"""How the text of a setting becomes a value: each function returns it, or raises ValueError with what it
must be. The text itself is never repeated, since it may be a secret."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from ipaddress import ip_network
from itertools import pairwise
from typing import Any, TypeVar
from urllib.parse import urlsplit

Word = TypeVar("Word", bound=StrEnum)
KINDS = (
    "distribution_list",
    "dynamic_distribution_list",
    "mail_enabled_security_group",
    "microsoft_365_group",
)
GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)


def text(value: str) -> str:
    return value


def guid(value: str) -> str:
    if not GUID.fullmatch(value):
        raise ValueError("must be a GUID")
    return value.lower()


def guids(value: str) -> tuple[str, ...]:
    return tuple(guid(part) for part in words(value))


def words(value: str) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"[\s,]+", value) if part)


def one_of(*allowed: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value not in allowed:
            raise ValueError(f"must be one of {', '.join(allowed)}")
        return value

    return parse


def word(**meanings: Any) -> Callable[[str], Any]:
    def parse(value: str) -> Any:
        if value not in meanings:
            raise ValueError(f"must be one of {', '.join(meanings)}")
        return meanings[value]

    return parse


def member_of(words: type[Word]) -> Callable[[str], Word]:
    """One of the words of an enumeration."""

    def parse(value: str) -> Word:
        if value not in set(words):
            raise ValueError(f"must be one of {', '.join(words)}")
        return words(value)

    return parse


def some_of(*allowed: str, former: Mapping[str, str] | None = None) -> Callable[[str], tuple[str, ...]]:
    """The first of them must be among them; `former`: what words were once, and are now."""

    def parse(value: str) -> tuple[str, ...]:
        named = [(former or {}).get(word, word) for word in words(value.lower())]
        if any(word not in allowed for word in named) or len(set(named)) < len(named):
            raise ValueError(f"must name some of {', '.join(allowed)}, each once")
        if allowed[0] not in named:
            raise ValueError(f"must name {allowed[0]}, which is always among them")
        return tuple(name for name in allowed if name in named)

    return parse


def lists(value: str) -> tuple[str, ...]:
    named = words(value.lower())
    for word in named:
        kind = word.removeprefix("kind:")
        if kind not in KINDS if kind != word else not re.fullmatch(r"[^@:]*[*@][^@:]*", word):
            raise ValueError(f"must hold addresses, patterns with *, or kind: and one of {', '.join(KINDS)}")
    return named


def phrases(most: int, longest: int) -> Callable[[str], tuple[str, ...]]:
    def parse(value: str) -> tuple[str, ...]:
        named = [" ".join(part.split()) for part in value.split(";")]
        found = tuple(dict.fromkeys(name for name in named if name))
        if len(found) > most or any(len(name) > longest or not name.isprintable() for name in found):
            raise ValueError(
                f"must hold at most {most} texts of at most {longest} characters, between semicolons"
            )
        return found

    return parse


def hosts(value: str) -> tuple[str, ...]:
    named = words(value.lower())
    if not all(re.fullmatch(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\]", name) for name in named):
        raise ValueError("must hold names of hosts, such as company.com, as ASCII (xn--...)")
    return named


def address(value: str) -> str:
    if not re.fullmatch(r"[^@\s,]+@[^@\s,]+", value):
        raise ValueError("must be one address")
    return value.lower()


# Some of them go into headers: no user, and no character that would end a value there.
_HOST = re.compile(r"([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?", re.IGNORECASE)
_LOCAL = ("localhost", "127.0.0.1", "::1")


def https(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme != "https" or not _HOST.fullmatch(parts.netloc) or parts.query or parts.fragment:
        raise ValueError("must be an https URL without query, fragment or user")
    return value.rstrip("/")


def container(value: str) -> str:
    """The URL of a container of blobs; plain http only on this machine."""
    parts = urlsplit(value)
    schemes = ("https", "http") if parts.hostname in _LOCAL else ("https",)
    if parts.scheme not in schemes or not _HOST.fullmatch(parts.netloc) or parts.query or parts.fragment:
        raise ValueError("must be an https URL without query, fragment or user")
    if not re.fullmatch(r"(/[a-z0-9-]+){1,2}", parts.path):
        raise ValueError("must be the URL of a container")
    return value


def script(value: str) -> str:
    """A script's URL; plain http only on this machine."""
    parts = urlsplit(value)
    local = parts.hostname in _LOCAL
    if parts.scheme not in (("https", "http") if local else ("https",)) or not _HOST.fullmatch(parts.netloc):
        raise ValueError("must be an https URL (http only on localhost)")
    if not re.fullmatch(r"(/[A-Za-z0-9._-]+)+\.js", parts.path) or parts.query or parts.fragment:
        raise ValueError("must be the URL of a script, with nothing behind .js")
    return value


def origin(value: str) -> str:
    """An origin that mail clients can reach; plain http only on this machine."""
    parts = urlsplit(value)
    local = parts.hostname in _LOCAL
    if parts.scheme not in (("https", "http") if local else ("https",)) or not _HOST.fullmatch(parts.netloc):
        raise ValueError("must be an https origin (http only on localhost)")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("must be an origin, with nothing behind the host")
    return value.rstrip("/")


def origins(value: str) -> tuple[str, ...]:
    return tuple(origin(part) for part in words(value))


def number(low: float, high: float) -> Callable[[str], float]:
    def parse(value: str) -> float:
        if not re.fullmatch(r"\d{1,9}(\.\d{1,3})?", value) or not low <= float(value) <= high:
            raise ValueError(f"must be a number between {low:g} and {high:g}")
        return float(value)

    return parse


def count(low: int, high: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        if not re.fullmatch(r"\d{1,9}", value) or not low <= int(value) <= high:
            raise ValueError(f"must be a whole number between {low} and {high}")
        return int(value)

    return parse


def seconds_each(most: int, low: int, high: int) -> Callable[[str], tuple[int, ...]]:
    def parse(value: str) -> tuple[int, ...]:
        named = words(value)
        found = [int(word) for word in named if re.fullmatch(r"[0-9]{1,9}", word)]
        rising = all(one < other for one, other in pairwise(found))
        if not 1 <= len(found) == len(named) <= most or not rising or found[0] < low or found[-1] > high:
            raise ValueError(f"must be one to {most} whole numbers between {low} and {high}, which rise")
        return tuple(found)

    return parse


def networks(value: str) -> tuple[str, ...]:
    for word in words(value):
        ip_network(word)  # raises ValueError saying what is wrong
    return words(value)

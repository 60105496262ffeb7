"""Has a deployed Rollcall count a list of a real organisation, and judges what comes."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import requests

_PATTERN = re.compile(r"(\S+@\S+)\s+(\d+)(?:\s+(\w+))?")
_LIMIT = 600.0  # seconds; ROLLCALL_EXPANSION_LIMIT is 480


@dataclass(frozen=True, slots=True)
class Expected:
    """What a count of the list at `address` must be: complete, and `count`; or, where `code` says why
    not, incomplete for that reason, and no more than `count`."""

    address: str
    count: int
    code: str | None


def parse_expected(text: str) -> Expected:
    """From `sales-team@contoso.com 25` or `board@contoso.com 9 hidden_membership`. Raises ValueError."""
    match = _PATTERN.fullmatch(text.strip())
    if match is None:
        raise ValueError("an address and a number are needed, and a problem's code where there is one")
    return Expected(match[1], int(match[2]), match[3])


def expand(url: str, access_token: str, address: str) -> dict[str, Any]:
    """The finished expansion, which is forgotten at once. Raises requests.RequestException, also for a
    refusal, and TimeoutError."""
    with requests.Session() as http:
        http.headers["Authorization"] = f"Bearer {access_token}"
        where = f"{url.rstrip('/')}/api/expansions"
        body = {"id": str(uuid.uuid4()), "addresses": [address]}
        found = _ask(http, "POST", where, json=body).json()
        until = time.monotonic() + _LIMIT
        while found["state"] == "running":
            if time.monotonic() > until:
                raise TimeoutError
            time.sleep(2)
            found = _ask(http, "GET", f"{where}/{body['id']}").json()
        _ask(http, "DELETE", f"{where}/{body['id']}")
    answer: dict[str, Any] = found
    return answer


def judge(expected: Expected, found: dict[str, Any]) -> Iterator[str]:
    """What is wrong with `found`, in sentences; nothing where it is as expected."""
    if found["state"] != "done":
        yield f"It failed: {found['failure']['text']}"
        return
    codes = sorted({problem["code"] for problem in found["problems"]})
    least, most = found["count"]["at_least"], found["count"]["at_most"]
    if expected.code is None and not found["complete"]:
        yield f"It is not complete: {', '.join(codes)}."
    if expected.code is not None and expected.code not in codes:
        yield f"The problem {expected.code} is missing; there is {', '.join(codes) or 'none'}."
    if least > expected.count or (most is not None and most < expected.count):
        yield f"It counts {least} recipients, not {expected.count}."
    balance = dict(found["balance"])
    if balance.pop("members_read") != sum(balance.values()):
        yield "The balance sheet does not balance."


def _ask(http: requests.Session, method: str, url: str, **options: Any) -> requests.Response:
    answer = http.request(method, url, timeout=240, allow_redirects=False, **options)
    answer.raise_for_status()
    return answer

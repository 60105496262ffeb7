"""Examples for the API's description: what the app answered in the sandbox.

    python -m tests.routes.declarations.recording

asks for everything once and writes them. A test asks for everything, too, and fails where an answer looks
different by now.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
import requests

from shared.api.openapi.examples import PLACE

RECORDS = "EXAMPLES_ARE_RECORDED"
HERE, TEST = "tests/routes/declarations/test_answers.py", "test_the_examples_are_what_is_answered"
# Neither the machine nor the run: what differs each time, and what a reader would take for a secret.
ALWAYS_NEW = (
    (re.compile(r"https?://localhost:\d+"), "https://rollcall.company.com"),
    (re.compile(r"/(o|c|p)/[\w-]+"), r"/\1/signed-for-this-mail-alone"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)"), "2026-11-27T09:30:00Z"),
    (re.compile(r"\b[0-9a-f]{64}\b"), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    (re.compile(r"(state|nonce|code_challenge)=[\w-]+"), r"\1=made-anew-each-time"),
)
UUID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b|\b[0-9a-f]{32}\b")
MOST = 3  # entries of a list


def examples_of(answers: Mapping[str, Sequence[requests.Response]]) -> dict[str, Any]:
    """Of each operation whose answer is JSON, its first answer, and what was sent."""
    found: dict[str, Any] = {}
    for operation, given in sorted(answers.items()):
        first = given[0]
        is_json = first.headers.get("content-type", "").startswith("application/json")
        if operation == "GET /api/openapi.json" or not is_json or not first.content:
            continue
        found[operation] = {"status": first.status_code, "answer": _short(first.json())}
        if first.request.body and "json" in str(first.request.headers.get("Content-Type")):
            found[operation]["request"] = json.loads(first.request.body)
    return _settled(found)


def look_alike(one: Any, other: Any) -> bool:
    """Whether two answers have the same names in them, as far as both say something: whatever else is kept by
    then, lists may be longer, and sums tell of more."""
    if isinstance(one, dict) and isinstance(other, dict) and one and other:
        if _is_counts(one) and _is_counts(other):
            return True
        return one.keys() == other.keys() and all(look_alike(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list) and one and other:
        return look_alike(one[0], other[0])
    return True


def _is_counts(value: Mapping[str, Any]) -> bool:
    return all(isinstance(one, int) for one in value.values())


def keep(examples: Mapping[str, Any]) -> None:
    """Write them, where that was asked for."""
    if os.environ.get(RECORDS):
        PLACE.write_text(json.dumps(examples, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _short(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _short(one) for name, one in value.items()}
    return [_short(one) for one in value[:MOST]] if isinstance(value, list) else value


def _settled(examples: dict[str, Any]) -> dict[str, Any]:
    text = json.dumps(examples)
    for pattern, instead in ALWAYS_NEW:
        text = pattern.sub(instead, text)
    known: dict[str, str] = {}
    for found in UUID.findall(text):
        known.setdefault(found, f"{len(known) + 1:08x}-0000-4000-8000-000000000000")
    settled: dict[str, Any] = json.loads(UUID.sub(lambda found: known[found[0]], text))
    return settled


def main() -> int:
    """Record them; the exit code."""
    os.environ[RECORDS] = "yes"
    return pytest.main(["-q", f"{HERE}::{TEST}"])


if __name__ == "__main__":
    sys.exit(main())

"""Reading requests: strangers' cookies beside ours, and text that ends in a line break."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import azure.functions as func
import pytest
from hypothesis import given
from hypothesis import strategies as st

from routes.chapter import declared
from shared.api.openapi import document
from shared.web import request

OURS = "rollcall-sign-in"
ROOT = Path(__file__).parents[3]


def asked(cookies: str) -> func.HttpRequest:
    return func.HttpRequest("GET", "/api/connection/callback", headers={"cookie": cookies}, body=b"")


@pytest.mark.parametrize(
    "strangers",
    [
        'prefs={"lang":"en"}',
        "flag",
        "flag;",
        "a[b]=1",
        "=nameless",
        "a=b=c",
        "name=M\u00fcller",
        "rollcall-sign-in-2=no",
        "x-rollcall-sign-in=no",
        "expires=Thu, 26 Nov 2026 08:00:00 GMT",
        'quoted="a, b"',
        "$Version=1",
        ";;",
    ],
)
def test_a_strangers_cookie_does_not_hide_ours(strangers: str) -> None:
    for cookies in (f"{strangers}; {OURS}=proof", f"{OURS}=proof; {strangers}", f"{strangers};{OURS}=proof"):
        assert request.read_cookie(asked(cookies), OURS) == "proof"
    assert request.read_cookie(asked(strangers), OURS) == ""


@given(st.lists(st.text(st.characters(exclude_characters=";\r\n", max_codepoint=0x24F))))
def test_no_strangers_cookie_decides_over_ours(strangers: list[str]) -> None:
    strangers = [each for each in strangers if each.partition("=")[0].strip() != OURS]
    found = request.read_cookie(asked("; ".join([*strangers, f"{OURS}=proof"])), OURS)
    assert found == "proof"


def patterns(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("pattern"), str):
            yield schema["pattern"]
        schema = list(schema.values())
    for each in schema if isinstance(schema, list) else ():
        yield from patterns(each)


def test_the_description_writes_the_end_of_a_pattern_as_json_schema_does() -> None:
    found = set(patterns(json.loads(json.dumps(document(declared())))))
    assert len(found) > 5
    assert all(pattern.endswith("$") and "\\Z" not in pattern for pattern in found)


def test_no_pattern_of_ours_takes_a_last_line_break_for_the_end() -> None:
    """Python's `$` matches before one; the description's patterns are no Python, see the test above."""
    sources = [*ROOT.glob("shared/**/*.py"), *ROOT.glob("routes/**/*.py"), *ROOT.glob("tools/**/*.py")]
    assert len(sources) > 100
    for source in sources:
        if source.parent.name != "openapi":
            literals = re.findall(r'r?"[^"\n]*[\])}*+?.\w]\$"', source.read_text())
            assert not literals, (source, literals)

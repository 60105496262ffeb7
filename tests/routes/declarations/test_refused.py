"""What cannot be declared, and what a route that breaks its word answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import azure.functions as func
import pytest

from routes import chapter
from routes.chapter import Call, Chapter, declared
from shared.api.declaration import (
    ANYONE,
    SENDER,
    UNRECORDED,
    Declaration,
    Recording,
    always,
    sometimes,
)
from shared.audit import Search
from shared.record_kinds import Kind
from shared.services.process import services
from shared.web import request, response
from tests.support.api import Api


def test_a_route_without_a_word_on_who_may_call_cannot_be_written() -> None:
    routes: Any = Chapter("made-up", "Made up.")
    with pytest.raises(TypeError, match="who"):
        routes.declare("GET", "api/made-up")


def refuse(path: str, **options: Any) -> Callable[[Callable[[Call], object]], object]:
    def written(handler: Callable[[Call], object]) -> object:
        return Chapter("made-up", "Made up.").declare("GET", path, **options)(handler)

    return written


def described_handler(call: Call) -> None:
    """Made up."""


@pytest.mark.parametrize(
    ("path", "options", "handler"),
    [
        ("api/made-up/{id}", {"who": SENDER}, described_handler),
        ("api/made-up", {"who": SENDER, "takes": (request.ID,)}, described_handler),
        ("api/made-up", {"who": SENDER}, lambda call: None),
        ("api/made-up", {"who": ANYONE, "limited": True}, described_handler),
    ],
    ids=["a path's part is not declared", "a part is not in the path", "not described", "limits nobody"],
)
def test_a_declaration_that_cannot_be_true_is_refused_at_import(
    path: str, options: dict[str, Any], handler: Callable[[Call], object]
) -> None:
    before = declared()
    with pytest.raises(ValueError, match=r"."):
        refuse(path, **options)(handler)
    assert declared() == before


@pytest.mark.parametrize(
    ("recorded", "writes", "status"),
    [
        (always(Kind.LIST_TESTED), Kind.LIST_TESTED, 200),
        (always(Kind.LIST_TESTED), None, 500),
        (sometimes(Kind.LIST_TESTED), None, 200),
        (UNRECORDED, None, 200),
        (UNRECORDED, Kind.LIST_TESTED, 500),
        (always(Kind.LIST_TESTED), Kind.AUDIT_EXPORTED, 500),
    ],
)
def test_a_route_records_what_it_declares_or_answers_nothing(
    api: Api, recorded: Recording, writes: Kind | None, status: int
) -> None:
    audit, trail = services().audit, services().audit.trail
    before = trail.read(Search(), 1).rows

    def handler(call: Call) -> dict[str, str]:
        """Made up."""
        if writes:
            audit.note(writes, "somebody")
        return {}

    about = ("made-up", "")
    made_up = Declaration(about, ("GET",), "api/x", ANYONE, (), {200: "x"}, recorded, False, handler)
    asked = func.HttpRequest("GET", "/api/x", body=b"")
    answer = response.guarded("made_up", lambda: chapter._serve(made_up, asked), response.problem)
    assert answer.status_code == status
    if status == 500 and writes:  # nothing was written that is not declared
        assert trail.read(Search(), 1).rows == before

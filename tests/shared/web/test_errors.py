"""The errors: drawn, complete, and each with a status."""

from __future__ import annotations

import inspect
import re
from typing import Any

import pytest

from shared import errors
from shared.web import response


def kinds() -> list[type[Exception]]:
    return [
        kind
        for _, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, Exception) and kind.__module__ == errors.__name__
    ]


def test_the_drawing_shows_every_error_under_its_parent() -> None:
    drawn: dict[str, str] = {}
    above: list[tuple[int, str]] = []
    for line in (errors.__doc__ or "").splitlines():
        if found := re.match(r"(?P<branch>[│├└─ ]*)(?P<name>[A-Z]\w+)(?:\s{2,}|$)", line):
            depth = len(found["branch"])
            above = [(d, name) for d, name in above if d < depth]
            drawn[found["name"]] = above[-1][1] if above else ""
            above.append((depth, found["name"]))
    assert drawn == {kind.__name__: kind.__bases__[0].__name__.replace("Exception", "") for kind in kinds()}


@pytest.mark.parametrize("kind", [k for k in kinds() if issubclass(k, errors.RollcallError)])
def test_every_error_has_a_status_a_sentence_and_a_remedy(kind: type[errors.RollcallError]) -> None:
    needed = inspect.signature(kind).parameters.values()
    given: dict[str, Any] = {"field": "$.field", "sentence": "Wrong.", "reason": "reason", "retry_after": 3}
    error = kind(
        *(given[p.name] for p in needed if p.default is p.empty and p.kind is p.POSITIONAL_OR_KEYWORD)
    )
    assert 400 <= response.status_of(error) < 600
    assert error.sentence.endswith(".")
    assert error.remedy.endswith(".")
    assert error.code == error.code.lower()


@pytest.mark.parametrize(("asked", "told"), [(0.0, "1"), (0.4, "1"), (3.0, "3"), (3.2, "4")])
def test_nobody_is_told_to_come_back_before_the_wait_is_over(asked: float, told: str) -> None:
    assert response.problem(errors.TooManyRequests(asked)).headers["Retry-After"] == told

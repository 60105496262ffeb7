"""Bodies that are too large, with the limit that the template sets.

The decision is docs/decisions/a-body-is-refused-by-the-host.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.host import host as local_host
from shared.web.request import MAX_BODY_BYTES
from tests.support.api import Api, assert_problem

ROOT = Path(__file__).parents[2]


def limit() -> int:
    text = (ROOT / "infra" / "modules" / "settings.bicep").read_text(encoding="utf-8")
    [found] = re.findall(r"FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '(\d+)'", text)
    return int(found)


@pytest.fixture
def deployed(unconnected: Api) -> Iterator[Api]:
    """The app behind a host with the template's limit."""
    with pytest.MonkeyPatch.context() as environ:
        environ.setenv("FUNCTIONS_REQUEST_BODY_SIZE_LIMIT", str(limit()))
        with local_host.serve(ROOT) as running:
            yield Api(running.origin, unconnected.sandbox)


def test_the_platforms_limit_is_twice_ours_so_that_our_answer_is_heard() -> None:
    assert limit() == 2 * MAX_BODY_BYTES


@pytest.mark.parametrize("more", [1, MAX_BODY_BYTES])
def test_a_body_over_1_mib_and_up_to_the_platforms_limit_is_told_so(deployed: Api, more: int) -> None:
    sent = b" " * (MAX_BODY_BYTES + more)
    answer = deployed.call("POST", "/api/expansions", data=sent, headers={"Content-Type": "application/json"})
    assert_problem(answer, 413, "invalid_request", "body")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/api/expansions"),
        ("POST", "/api/messages"),
        ("GET", "/api/health"),
        ("GET", "/o/x"),
        ("GET", "/c/x"),
        ("POST", "/p/x"),
        ("GET", "/addin/pane.html"),
    ],
)
def test_a_larger_one_reaches_no_route_and_gets_an_empty_500(deployed: Api, method: str, path: str) -> None:
    answer = deployed.call(method, path, data=b" " * (limit() + 1))
    assert (answer.status_code, answer.content) == (500, b"")

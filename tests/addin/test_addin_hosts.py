"""Which links the pane leaves alone because an admin lets none lead there: the same as the server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shared.tracking.mail.hosts import Hosts
from tests.support.mail_bodies import FUNCTIONS
from tests.support.node import Node


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with Node(FUNCTIONS) as process:
        yield process


@pytest.mark.parametrize(
    ("allow", "deny"),
    [
        ([], []),
        (["contoso.example"], []),
        ([], ["contoso.example"]),
        (["contoso.example"], ["news.contoso.example"]),
        (["news.contoso.example"], ["contoso.example"]),
        (["xn--bcher-kva.example", "192.0.2.1"], []),
    ],
)
@pytest.mark.parametrize(
    "host",
    [
        "contoso.example",
        "news.contoso.example",
        "NEWS.Contoso.example.",
        "notcontoso.example",
        "contoso.example.org",
        "bücher.example",
        "192.0.2.1",
    ],
)
def test_the_pane_and_the_server_agree_on_where_links_may_lead(
    node: Node, host: str, allow: list[str], deny: list[str]
) -> None:
    found = node.call("findWithin", f'<a href="https://{host}/a">x</a>', {"allow": allow, "deny": deny})
    [link] = found["links"]
    assert link["tracked"] is Hosts(allow, deny).admit(link["url"])
    assert link.get("reason") == (None if link["tracked"] else "host")
    assert not link["isGuess"]

"""What is kept of a request: whose address it is, behind however many servers of ours."""

from __future__ import annotations

import pytest

from shared.tracking.recording.hits import read_hit


@pytest.mark.parametrize(
    ("proxies", "address"), [(1, "203.0.113.3"), (2, "203.0.113.2"), (3, "203.0.113.1"), (9, "203.0.113.1")]
)
def test_the_address_is_the_one_that_the_first_server_of_ours_wrote(proxies: int, address: str) -> None:
    forwarded = "203.0.113.1, 203.0.113.2:4711, 203.0.113.3"
    assert read_hit("GET", {"x-forwarded-for": forwarded}, 0, proxies).address == address


def test_what_a_caller_claims_to_have_come_through_is_not_believed() -> None:
    claimed = "198.51.100.9, 198.51.100.8, 203.0.113.2, 203.0.113.3"
    assert read_hit("GET", {"x-forwarded-for": claimed}, 0, 2).address == "203.0.113.2"

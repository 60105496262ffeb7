"""The sample for Power BI: Microsoft's parser reads it, and each field that it asks for is the feed's."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from shared.services.process import services
from tests.routes.test_feed import CROWD, act, long_ago, programs, sent
from tests.routes.test_feed import read as told
from tests.support.api import MIA, Api
from tools import powerquery

__all__ = ["programs"]
SAMPLE = (Path(__file__).parents[2] / "docs" / "samples" / "feed.pq").read_text(encoding="utf-8")
TOKEN = ["access_token"]  # of Entra's answer
pytestmark = pytest.mark.skipif(
    not powerquery.MODULES.exists(), reason="The parser is not installed: `python3 dev.py test` does that"
)


@pytest.fixture(scope="module")
def sample() -> dict[str, Any]:
    return powerquery.read(SAMPLE)


def is_there(line: dict[str, Any], fields: list[str]) -> bool:
    value: Any = line
    for field in fields:
        if not isinstance(value, dict) or field not in value:
            return False
        value = value[field]
    return True


def test_the_sample_is_understood_and_makes_the_columns_that_it_names(sample: dict[str, Any]) -> None:
    assert sample["refused"] is None
    assert len(sample["columns"]) > 5
    assert sample["columns"] in sample["records"]


def test_every_field_that_the_sample_reads_is_in_a_line_of_the_feed(
    programs: Api, sample: dict[str, Any]
) -> None:
    body = sent(programs, "counting", CROWD)
    act(body)
    long_ago(body, 3)
    deleted = sent(programs, "counting", CROWD)
    long_ago(deleted, 3)
    assert programs.as_person(MIA).call("DELETE", f"/api/messages/{deleted['message_id']}").status_code == 204
    later = services().now() + timedelta(minutes=3)
    services().tracking.outlets.feed._now = lambda: later
    # The parameters that the sample asks with are those that the feed takes.
    assert ["limit", "after"] in sample["records"]
    first = told(programs, "?limit=200")
    lines = [*first, *told(programs, f"?limit=200&after={first[0]['cursor']}")]
    assert {line["kind"] for line in lines} == {"report", "gone", "end"}
    asked = [fields for fields in sample["fields"] if fields != TOKEN]
    assert len(asked) > 10
    assert [fields for fields in asked if not any(is_there(line, fields) for line in lines)] == []
    bounds = [call[1:] for call in sample["calls"] if call[0] == "Bound"]
    assert len(bounds) == 4
    reports = [line["report"] for line in lines if line["kind"] == "report"]
    assert [fields for fields in bounds if not any(is_there(report, fields) for report in reports)] == []


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("[limit = ", "[limit ", "generalized identifier"),
        ("in\n    Table.FromRecords", "\n    Table.FromRecords", "in"),
        ('"end" then', '"end then', "line(s): 34"),
    ],
)
def test_a_mistake_planted_in_the_sample_is_found(right: str, wrong: str, said: str) -> None:
    assert right in SAMPLE
    line, column, message = powerquery.read(SAMPLE.replace(right, wrong, 1))["refused"]
    assert line >= 1
    assert column >= 1
    assert said in message


def test_a_field_that_the_feed_does_not_have_would_be_seen() -> None:
    found = powerquery.read(SAMPLE.replace("[labels][name]", "[label][name]"))
    assert ["message", "label", "name"] in found["fields"]

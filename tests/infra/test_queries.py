"""Every query of alerts, workbook and handbook, read by Kusto's own parser."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from shared.record_kinds import Kind
from tests.infra.alert_rules import alert_queries, counts_rows, handbook_queries, workbook_queries
from tests.infra.azure_rules import World
from tools import kql

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(
    not kql.MODULES.exists(), reason="Kusto's parser is not installed: `python3 dev.py test` does that"
)


def test_every_alert_is_understood(world: World) -> None:
    queries = alert_queries(world)
    assert len(queries) > 15
    assert kql.misunderstood(queries) == {}


def test_every_panel_and_every_question_of_the_handbook_is_understood() -> None:
    book = json.loads((ROOT / "infra" / "modules" / "workbook.json").read_text(encoding="utf-8"))
    panels = {one["name"]: one["content"]["query"] for one in book["items"] if "query" in one["content"]}
    assert len(panels) > 10
    assert len(handbook_queries()) > 3
    assert kql.misunderstood(panels | handbook_queries()) == {}


def test_every_rule_for_sentinel_is_understood() -> None:
    rules = {path.stem: path.read_text() for path in (ROOT / "infra" / "sentinel").glob("*.kql")}
    assert len(rules) == 4
    assert kql.misunderstood(rules) == {}
    asked = [found for rule in rules.values() for found in re.findall(r"kind\) (?:in \(|== )(.*)", rule)]
    said = {kind for found in asked for kind in re.findall(r'"(\w+)"', found)}
    assert len(said) > 5
    assert said <= {kind.value for kind in Kind}


def test_every_transformation_is_understood() -> None:
    folder = ROOT / "infra" / "modules" / "transformations"
    tables = json.loads((ROOT / "tools" / "kql" / "tables.json").read_text(encoding="utf-8"))
    found: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*.kql")):
        found |= kql.misunderstood({path.stem: path.read_text()}, {"source": tables[path.stem]})
    assert found == {}


def test_the_workbook_that_is_deployed_is_the_file(world: World) -> None:
    book = json.loads((ROOT / "infra" / "modules" / "workbook.json").read_text(encoding="utf-8"))
    assert len(workbook_queries(world)) == sum("query" in one["content"] for one in book["items"])


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("requests | summarize first = min(timestamp), last = max(timestamp)", r"\(1,22\)"),
        ("requests | summarize sum(ItemCount)", "ItemCount"),
        ("AppTraces | where Mesage contains 'x'", "Mesage"),
        ("AppTraces | where Message contains", r"\(1,\d+\)"),
        ("AppMetric | take 1", "AppMetric"),
        ("requests\n| summarise sum(itemCount)", r"\(2,3\)"),
        ("customMetrics | summarize sums(valueSum)", "sums"),
    ],
)
def test_a_planted_mistake_is_found_with_its_place(query: str, said: str) -> None:
    assert re.search(said, " ".join(kql.misunderstood({"planted": query})["planted"]))


@pytest.mark.parametrize(
    ("query", "is_wrong"),
    [
        ("requests | summarize count() by name", True),
        ("traces | where severityLevel >= 3 | summarize countif(message has 'x')", True),
        ("AppDependencies | summarize percentiles(DurationMs, 50, 95)", True),
        ("AppRequests | summarize avg(DurationMs)", True),
        ("union (AppMetrics | summarize n = sum(Sum)), (AppTraces | summarize n = 2.0 * count())", True),
        ("requests | summarize sum(itemCount) by name", False),
        ("exceptions | summarize dcount(operation_Id)", False),
        ("customMetrics | where name == 'rollcall.requests' | summarize avg(valueSum)", False),
        (
            "union (AppExceptions | summarize n = countif(true)), (AppTraces | summarize n = sum(ItemCount))",
            False,
        ),
    ],
)
def test_rows_that_may_stand_for_several_are_not_counted_as_one(query: str, is_wrong: bool) -> None:
    assert counts_rows(query) is is_wrong

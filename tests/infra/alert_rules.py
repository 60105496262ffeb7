"""What Rollcall demands of its alerts and of the workbook: they hear what is said, and each has its page."""

from __future__ import annotations

import json
import re
from pathlib import Path

from shared import telemetry
from tests.infra.azure_rules import World
from tests.support import code_facts

ROOT = Path(__file__).parents[2]
RULES = "Microsoft.Insights/scheduledQueryRules"


def alert_queries(world: World) -> dict[str, str]:
    """The query of each alert, by the alert's name."""
    return {one["name"]: one["properties"]["criteria"]["allOf"][0]["query"] for _, one in world.of(RULES)}


def workbook_queries(world: World) -> dict[str, str]:
    """The query of each panel, by the panel's name."""
    book = json.loads(world.one("bare", "Microsoft.Insights/workbooks")["serializedData"])
    return {one["name"]: one["content"]["query"] for one in book["items"] if "query" in one["content"]}


def alerts_hear_the_log(world: World) -> list[str]:
    """What an alert or a panel listens for is said in the code; each alert's every look has one number."""
    queries = alert_queries(world) | workbook_queries(world)
    heard = {phrase for query in queries.values() for phrase in re.findall(r'contains "([^"]+)"', query)}
    complaints = [
        f"nothing logs {phrase!r}"
        for phrase in sorted(heard)
        if not any(phrase in line for line in code_facts.log_lines())
    ]
    return complaints or ([] if heard else ["no alert listens"])


def alerts_read_figures(world: World) -> list[str]:
    """What is read of figures is measured, and by the words that it asks for."""
    queries = alert_queries(world) | workbook_queries(world)
    return [complaint for query in queries.values() for complaint in unknown_figures(query)]


def unknown_figures(query: str) -> list[str]:
    """What a query asks of figures that are not there."""
    known = {
        one.name: set(one.labels) for one in (*telemetry.COUNTERS, *telemetry.STATES, *telemetry.TIMINGS)
    }
    asked = re.findall(r'"(rollcall\.[a-z.]+)"', query)
    labels = set(re.findall(r"(?:Properties|customDimensions)\.(\w+)", query))
    there = set[str]().union(*(known.get(name, set()) for name in asked))
    return [
        *(f"nothing measures {name}" for name in asked if name not in known),
        *(f"{', '.join(asked)} are not told apart by {label}" for label in sorted(labels - there)),
    ]


def handbook_queries() -> dict[str, str]:
    """Each question of docs/operations.md, by its first line."""
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```kusto\n(.*?)```", text, re.DOTALL)
    return {one.splitlines()[0]: one for block in blocks for one in block.strip().split("\n\n")}


def rows_are_weighed(world: World) -> list[str]:
    """A row may stand for several, so rows are neither counted nor averaged without their weight.

    Figures are no sample, and the host leaves exceptions out of it (host.json).
    """
    queries = alert_queries(world) | workbook_queries(world) | handbook_queries()
    return [f"{name} counts a sample" for name, one in queries.items() if counts_rows(one)]


def counts_rows(query: str) -> bool:
    """Whether a query takes rows of a table that may be sampled for what they stand for."""
    sampled = (
        r"\b(AppRequests|requests|AppDependencies|dependencies|AppTraces|traces|AppEvents|customEvents)\b"
    )
    plain = r"\b(count|countif|avg|avgif|percentile|percentiles|stdev|variance)\("
    spoken = re.sub(r"'[^']*'|\"[^\"]*\"", "''", query)  # what is said in texts names no table
    asked = re.split(r"\bunion\b|\), ?\(", spoken)
    return any(re.search(sampled, one) and re.search(plain, one) for one in asked)


def alerts_have_a_page(world: World) -> list[str]:
    """Each alert names its heading in docs/operations.md, and a pilot has fewer of them than production."""
    handbook = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    complaints = []
    counts = dict.fromkeys(world.made, 0)
    for kind in (RULES, "Microsoft.Insights/metricAlerts"):
        for where, one in world.of(kind):
            counts[where] += 1
            page = re.search(r"See docs/operations\.md, ([\w-]+)\.$", one["properties"]["description"])
            if page is None or f"### {page[1]}\n" not in handbook:
                complaints.append(f"{where}: {one['name']} has no page")
    told = "A pilot has {} of them, production {}; each has three rules on metrics".format(
        *(counts[where] - 3 for where in ("pilot", "production"))
    )
    if told not in handbook:
        complaints.append(f"docs/operations.md does not say: {told}")
    return complaints

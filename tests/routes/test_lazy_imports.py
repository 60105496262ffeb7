"""A cold start does not pay for what it may never use."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"azure", "cryptography", "jwt", "msal", "requests", "urllib3"}


@pytest.mark.parametrize(
    "module", ["shared.adapters.entra", "shared.adapters.keyvault", "shared.web.callers"]
)
def test_importing_loads_no_heavy_library(module: str) -> None:
    script = f"import sys, {module}; print(*{{name.split('.')[0] for name in sys.modules}})"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert not HEAVY & set(loaded.split())
    assert "shared" in loaded.split()

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


UNUSED_BY_A_PIXEL = {
    "msgspec",
    "shared.account",
    "shared.adapters",
    "shared.addin",
    "shared.api.expansions",
    "shared.api.messages",
    "shared.audience.directory",
    "shared.audience.expansions",
    "shared.audit",
    "shared.tracking.mail.messages",
    "shared.tracking.privacy.people",
    "shared.tracking.reporting",
    "shared.web.callers",
}


def test_a_cold_start_loads_nothing_that_a_pixel_does_not_need() -> None:
    script = "import azure.functions, function_app, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    loaded_rooms = {".".join(name.split(".")[:n]) for name in loaded.split() for n in (1, 2, 3, 4)}
    assert "shared.tracking.recording.tracker" in loaded_rooms
    assert not UNUSED_BY_A_PIXEL & loaded_rooms

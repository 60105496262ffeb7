"""What azd asks before it makes anything."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from infra import preflight

ROOT = Path(__file__).parents[2]


def run(folder: Path, state: str, **values: str) -> subprocess.CompletedProcess[str]:
    """The hook as azd runs it, with an Azure CLI that knows every provider in this state."""
    providers = ", ".join(f'{{"n": "{one.lower()}", "s": "{state}"}}' for one in preflight.PROVIDERS)
    az = folder / "az"
    az.write_text(f"#!/bin/sh\necho '[{providers}]'\n")
    az.chmod(0o755)
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("ROLLCALL_", "AZURE_"))}
    ours["PATH"] = f"{folder}{os.pathsep}{ours['PATH']}"
    command = [sys.executable, str(ROOT / "infra" / "preflight.py")]
    return subprocess.run(command, env=ours | values, capture_output=True, text=True, timeout=60, check=False)


def test_what_is_in_order_passes_without_a_word(tmp_path: Path) -> None:
    done = run(
        tmp_path, "Registered", ROLLCALL_DYNAMIC_LISTS="absent", ROLLCALL_PUBLIC_URL="https://r.example"
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_name_that_nothing_reads_is_refused_with_the_one_that_is_meant(tmp_path: Path) -> None:
    done = run(tmp_path, "Registered", ROLLCALL_ALERT_MAIL="it@contoso.com")
    assert done.returncode == 1
    assert "ROLLCALL_ALERT_MAIL is set, but nothing reads it. Is ROLLCALL_ALERT_EMAIL meant?" in done.stderr


def test_a_host_name_is_the_second_step(tmp_path: Path) -> None:
    first = run(tmp_path, "Registered", ROLLCALL_CUSTOM_DOMAIN="mail.contoso.com")
    assert (first.returncode, "second step" in first.stderr) == (1, True)
    second = run(
        tmp_path, "Registered", ROLLCALL_CUSTOM_DOMAIN="mail.contoso.com", AZURE_FUNCTION_APP_NAME="rollcall"
    )
    assert second.returncode == 0


def test_new_mails_lead_to_an_app_for_readers_only_once_it_is_there(tmp_path: Path) -> None:
    used = {"ROLLCALL_TRACKING_APP": "used"}
    first = run(tmp_path, "Registered", **used)
    assert (first.returncode, "Set it to ready now" in first.stderr) == (1, True)
    named = run(tmp_path, "Registered", ROLLCALL_TRACKING_DOMAIN="links.contoso.com")
    assert (named.returncode, "ROLLCALL_TRACKING_DOMAIN is the second step" in named.stderr) == (1, True)
    assert run(tmp_path, "Registered", ROLLCALL_TRACKING_APP_NAME="tracking", **used).returncode == 0


def test_a_fresh_subscription_is_told_what_to_register(tmp_path: Path) -> None:
    done = run(tmp_path, "NotRegistered")
    assert (done.returncode, "az provider register --namespace Microsoft.App --wait" in done.stderr) == (
        1,
        True,
    )


def test_without_the_azure_cli_it_is_said_that_nobody_looked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert preflight.unregistered("") == []
    assert "nobody looked" in capsys.readouterr().out


def test_azd_runs_it_before_it_makes_anything() -> None:
    hooks = yaml.safe_load((ROOT / "azure.yaml").read_text(encoding="utf-8"))["hooks"]["preprovision"]
    assert all("infra/preflight.py" in hook["run"] for hook in hooks.values())


def test_an_azd_that_is_too_old_is_refused_by_azd_itself() -> None:
    azure = yaml.safe_load((ROOT / "azure.yaml").read_text(encoding="utf-8"))
    least = json.loads((ROOT / "infra" / "versions.json").read_text(encoding="utf-8"))["azd"]
    # azd's schema knows `azd` and `extensions` here, and forbids any other name.
    assert azure["requiredVersions"] == {"azd": f">= {least}"}

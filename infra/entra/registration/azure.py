"""The Azure CLI and the Azure Developer CLI, as whoever is signed in to them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
# The oldest versions of what is met on the way; docs/setup.md tells the same.
LEAST: dict[str, str] = json.loads((ROOT / "infra" / "versions.json").read_text())


class AzureFailed(Exception):
    """A command of Azure's did not do what it was asked; its own words."""


def az(*arguments: str) -> dict[str, Any]:
    """What the Azure CLI answers, as JSON. Raises AzureFailed."""
    answer: dict[str, Any] = json.loads(_run("az", "The Azure CLI", *arguments, "--output", "json") or "{}")
    return answer


def azd(environment: str | None) -> dict[str, str]:
    """The values of azd's environment, the selected one without a name. Raises AzureFailed."""
    chosen = ["--environment", environment] if environment else []
    told = _run("azd", "The Azure Developer CLI", "env", "get-values", *chosen, "--output", "json")
    values: dict[str, str] = json.loads(told)
    return values


def check_versions(*, azd_too: bool) -> None:
    """Raises AzureFailed where a tool is missing, or older than what is known to do."""
    _check("az", str(az("version").get("azure-cli", "")), "az upgrade")
    if azd_too:
        found = re.search(r"\d+\.\d+\.\d+", _run("azd", "The Azure Developer CLI", "version"))
        _check("azd", found[0] if found else "", "https://aka.ms/azd-install")


def _check(tool: str, found: str, remedy: str) -> None:
    if _order(found) < _order(LEAST[tool]):
        raise AzureFailed(
            f"{tool} {LEAST[tool]} or later is needed; this is {found or 'unknown'}. See: {remedy}"
        )


def _order(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)][:3]


def _run(program: str, name: str, *arguments: str) -> str:
    path = shutil.which(program)
    if path is None:
        hint = "" if program == "az" else " Without it, say where the values are: --values FILE."
        raise AzureFailed(f"{name} ({program}) is not installed.{hint}")
    done = subprocess.run([path, *arguments], capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode:
        raise AzureFailed(done.stderr.strip() or done.stdout.strip())
    return done.stdout

"""register.py as a command, with programs in place of az and azd."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from infra.entra.register import run_reconcile
from infra.entra.registration.azure import LEAST
from infra.entra.registration.entra import Entra
from infra.entra.registration.wanted import Wanted
from tests.support.entra_tenant import Tenant
from tests.support.registrations import AFTER

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "infra" / "entra" / "register.py"


@pytest.fixture
def bin_folder(tmp_path: Path) -> Path:
    install(tmp_path, "az", f"echo '{json.dumps({'azure-cli': LEAST['az']})}'")
    install(tmp_path, "azd", f"echo 'azd version {LEAST['azd']} (commit 0)'")
    return tmp_path


def install(folder: Path, name: str, script: str) -> None:
    """A program that does this."""
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    """The exit code, and what was said."""
    done = subprocess.run(
        [sys.executable, "-I", SCRIPT, *arguments],
        env={"PATH": f"{folder}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout + done.stderr


def test_without_the_azure_cli_it_says_so(tmp_path: Path) -> None:
    assert run(tmp_path) == (1, "The Azure CLI (az) is not installed.\n")


def test_without_azd_it_says_how_to_do_without(bin_folder: Path) -> None:
    (bin_folder / "azd").unlink()
    code, said = run(bin_folder)
    assert (code, said) == (
        1,
        "The Azure Developer CLI (azd) is not installed. "
        "Without it, say where the values are: --values FILE.\n",
    )


@pytest.mark.parametrize(
    ("tool", "script"), [("az", 'echo \'{"azure-cli": "2.59.9"}\''), ("azd", "echo azd version 1.9.10")]
)
def test_a_tool_that_is_too_old_is_refused(bin_folder: Path, tool: str, script: str) -> None:
    install(bin_folder, tool, script)
    code, said = run(bin_folder)
    assert code == 1
    assert said.startswith(f"{tool} {LEAST[tool]} or later is needed; this is ")


def test_what_the_azure_cli_says_is_passed_on(bin_folder: Path) -> None:
    install(bin_folder, "az", "echo Please run az login >&2; exit 1")
    assert run(bin_folder) == (1, "Please run az login\n")


def test_another_tenant_than_the_deployments_is_refused(bin_folder: Path, tmp_path: Path) -> None:
    answer = {"azure-cli": LEAST["az"], "name": "AzureCloud", "tenantId": "mine"}
    install(bin_folder, "az", f"echo '{json.dumps(answer)}'")
    values = tmp_path / "values.env"
    lines = [f'{name}="{value}"\n' for name, value in (AFTER | {"AZURE_TENANT_ID": "theirs"}).items()]
    values.write_text("".join(lines))
    assert run(bin_folder, "--values", str(values)) == (
        1,
        "az is signed in to the tenant mine, and this environment belongs to theirs. "
        "Run: az login --tenant theirs\n",
    )


def test_a_value_that_is_missing_is_asked_for(bin_folder: Path) -> None:
    install(bin_folder, "azd", "case $1 in version) echo azd version 99.0.0;; *) echo '{}';; esac")
    code, said = run(bin_folder)
    assert (code, "azd env set AZURE_SUBSCRIPTION_ID VALUE" in said) == (1, True)


def test_a_missing_file_of_values_is_no_traceback(bin_folder: Path) -> None:
    code, said = run(bin_folder, "--values", "no-such.env")
    assert (code, "Traceback" in said, "no-such.env" in said) == (1, False, True)


def test_where_nothing_is_registered_nobody_is_told_that_all_is_well(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tenant = Tenant()
    entra = Entra(tenant, tenant.sleep, tenant.clock)
    assert run_reconcile(entra, Wanted.of(AFTER), withdrawing=True) == 1
    assert capsys.readouterr().out == "Nothing is registered as rollcall-pilot-ba2v6g34stp2e.\n"


# A tenant behind a program, which it is kept beside between two calls.
TENANT = """
import json, pickle, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from infra.entra.registration.azure import AzureFailed
from tests.support.entra_tenant import Tenant
kept = Path({kept!r})
tenant = pickle.loads(kept.read_bytes()) if kept.exists() else Tenant()
arguments = sys.argv[1:]
assert arguments[-2:] == ["--output", "json"], arguments
try:
    answer = tenant(*arguments[:-2])
    print(json.dumps(answer) if answer else "", end="")
except AzureFailed as failure:
    sys.exit(str(failure))
kept.write_bytes(pickle.dumps(tenant))
"""


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_from_nothing_to_the_end_as_one_types_it(bin_folder: Path, tmp_path: Path) -> None:
    script = tmp_path / "az.py"
    script.write_text(TENANT.format(root=str(ROOT), kept=str(tmp_path / "tenant")))
    install(bin_folder, "az", f'exec {sys.executable} {script} "$@"')
    values = tmp_path / "values.json"
    install(bin_folder, "azd", f"case $1 in version) echo azd version 99.0.0;; *) cat {values};; esac")
    values.write_text(json.dumps(AFTER))
    code, said = run(bin_folder)
    assert (code, said.splitlines()[0]) == (
        0,
        "Registered as rollcall-pilot-ba2v6g34stp2e. The deployment wants to know:",
    )
    assert run(bin_folder, "reconcile") == (0, "Entra grants what the settings say, and nothing else.\n")
    values.write_text(json.dumps(AFTER | {"ROLLCALL_SENDER_IDS": "mia"}))
    assert "Withdrawn: 1 of 1." in run(bin_folder, "reconcile", "--withdraw")[1]
    assert "Deleted, for good." in run(bin_folder, "remove", "--delete")[1]
    assert run(bin_folder, "remove") == (0, "Nothing is registered as rollcall-pilot-ba2v6g34stp2e.\n")


def test_the_least_versions_are_those_that_are_told() -> None:
    told = (ROOT / "docs" / "setup.md").read_text()
    rows = re.findall(r"^\| (.+?) \| (\d+\.\d+[.\d]*) \|", told, re.MULTILINE)
    names = {"az": "(`az`)", "azd": "(`azd`)", "bicep": "[Bicep]", "python": "Python"}
    assert {
        tool: next(version for what, version in rows if name in what) for tool, name in names.items()
    } == LEAST

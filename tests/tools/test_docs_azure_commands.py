"""The commands of az and azd in the documentation, judged by what would have to run them."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from infra.entra.registration.checking import check
from infra.entra.registration.entra import Entra
from infra.entra.registration.making import make
from infra.entra.registration.reconciling import find_excess, withdraw
from infra.entra.registration.removing import find_registrations, remove
from infra.entra.registration.wanted import Wanted
from tests.support import azd_grammar
from tests.support.entra_tenant import Tenant
from tests.support.registrations import AFTER
from tests.tools.documented import Command, record, tell

ROOT = Path(__file__).parents[2]
PARSER = ROOT / "tests" / "support" / "az_parser.py"
AZ_FOLDER = ROOT / ".dev" / "az"
AZ_PYTHON = AZ_FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
WRONG = [
    ["keyvault", "secret", "set", "--vault-name", "v", "--nme", "n"],
    ["keyvault", "secret", "set", "--vault-name", "v"],
    ["keyvault", "sekret", "set"],
    ["keyvault", "secret", "set", "--vault-nam", "v", "--name", "n", "--value", "x"],
    ["account", "show", "more"],
]


def judge(lines: list[list[str]]) -> list[str | None]:
    """What az has against each."""
    if not (AZ_FOLDER / "installed").exists():
        pytest.skip("the Azure CLI is not in .dev/az: `python3 dev.py check-commands` puts it there (730 MB)")
    environment = {"AZURE_CONFIG_DIR": str(AZ_FOLDER / "config"), "AZURE_CORE_COLLECT_TELEMETRY": "no"}
    # Whatever it would fetch, it is told to fetch from nowhere.
    environment |= dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
    done = subprocess.run(
        [AZ_PYTHON, PARSER],
        input=json.dumps(lines),
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    assert done.returncode == 0, done.stderr
    found: list[str | None] = json.loads(done.stdout)
    return found


def complain(commands: list[Command]) -> list[str]:
    """What az has against the commands of pages."""
    lines = sorted({command.words: command.page for command in commands}.items())
    answers = judge([list(words[1:]) for words, _ in lines])
    return [
        f"{page}: {' '.join(words)}: {no}" for (words, page), no in zip(lines, answers, strict=True) if no
    ]


def test_a_shell_finds_the_commands_in_a_script(tmp_path: Path) -> None:
    tell(tmp_path, "az")
    script = 'A="$(azd env get-value X)"\naz rest \\\n  --url "a b $A" # and more\nid="$(az ad x)" && cd y'
    assert record(tmp_path, script) == [
        ("azd", "env", "get-value", "X"),
        ("az", "rest", "--url", "a b an-answer"),
        ("az", "ad", "x"),
        ("cd", "y"),
    ]


def test_a_script_that_is_none_is_found(tmp_path: Path) -> None:
    tell(tmp_path, "az")
    for script in ('az "rest', "az rest; frobnicate"):
        with pytest.raises(AssertionError):
            record(tmp_path, script)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_az_takes_every_command_that_is_told(tmp_path: Path) -> None:
    commands = tell(tmp_path, "az")
    assert len(commands) > 15
    assert complain(commands) == []


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_az_takes_every_command_of_register_py() -> None:
    tenant = Tenant()
    entra, wanted = Entra(tenant, tenant.sleep, tenant.clock), Wanted.of(AFTER)
    make(entra, wanted, say=str)
    check(entra, wanted)
    other = Wanted.of(AFTER | {"ROLLCALL_SENDER_IDS": "mia", "ROLLCALL_SERVICE_ACCOUNT_ID": "old"})
    withdraw(entra, find_excess(entra, other))
    remove(entra, find_registrations(entra, wanted))
    lines = [[*command, "--output", "json"] for command in dict.fromkeys([*tenant.commands, ("version",)])]
    assert {line[0] for line in lines} == {"account", "cloud", "rest", "version"}
    assert [no for no in judge(lines) if no] == []


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_az_refuses_what_is_wrong() -> None:
    assert [bool(no) for no in judge(WRONG)] == [True] * len(WRONG)


def test_azd_takes_every_command_that_is_told(tmp_path: Path) -> None:
    commands = tell(tmp_path, "azd")
    assert len(commands) > 15
    for page, words in commands:
        try:
            azd_grammar.parse(list(words[1:]))
        except azd_grammar.Unknown as unknown:
            pytest.fail(f"{page}: {' '.join(words)}: {unknown}")


@pytest.mark.parametrize(
    "line",
    [
        "frobnicate",
        "env set",
        "env set NAME",
        "env set NAME a b",
        "env get-value",
        "env get-values NAME",
        "env new pilot --region westeurope",
        "up pilot",
        "down --purg",
        "provision --from-package x",
        "auth login --environment pilot",
    ],
)
def test_azd_refuses_what_is_wrong(line: str) -> None:
    with pytest.raises(azd_grammar.Unknown):
        azd_grammar.parse(line.split())

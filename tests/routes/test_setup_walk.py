"""An admin's walk through setup.md by the commands that stand there: from nothing to a count in the sandbox.

`az`, `azd` and `git` are programs that note what they are asked, and answer what Azure would; register.py's
part runs in a stand-in for the tenant, everything else in the app and the simulated Microsoft 365 behind it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from infra.entra.register import run_check, run_make
from infra.entra.registration.entra import Entra
from infra.entra.registration.wanted import Wanted
from sandbox.stack.cookies import taken
from tests.support.api import ADA, Api
from tests.support.entra_tenant import Tenant
from tests.tools.documented import FENCE

PAGE = (Path(__file__).parents[2] / "docs" / "setup.md").read_text(encoding="utf-8")
CONNECT = "## 4. Connect the service account"
REGISTER = re.compile(r"^(python3 infra/entra/register\.py.*)\n", re.MULTILINE)
STAND_IN = """#!{python}
import json, pathlib, sys
kept = pathlib.Path({kept!r})
state = json.loads(kept.read_text())
said, values = [pathlib.Path(sys.argv[0]).name, *sys.argv[1:]], state["values"]
state["asked"].append(said)
line = " ".join(said)
if said[:3] == ["azd", "env", "set"]:
    values[said[3]] = said[4]
elif said[:3] == ["azd", "env", "new"]:
    values |= {{"AZURE_ENV_NAME": said[3], "AZURE_LOCATION": said[5], "AZURE_SUBSCRIPTION_ID": said[7]}}
elif said[:3] == ["azd", "env", "get-value"]:
    print(values[said[3]])
elif said == ["azd", "up"]:
    values |= state["made"]
elif line.startswith("git clone"):
    pathlib.Path("rollcall").mkdir()
for beginning, answer in state["answers"].items():
    if line.startswith(beginning):
        print(answer)
kept.write_text(json.dumps(state))
"""
pytestmark = pytest.mark.skipif(
    shutil.which("bash") is None or shutil.which("curl") is None, reason="bash and curl are needed"
)


class Admin:
    """Somebody at a terminal, who types what setup.md says."""

    def __init__(self, folder: Path, made: dict[str, str], token: str) -> None:
        self.folder = folder
        self.kept = folder / "kept.json"
        answers = {
            "az ad user show": "svc",
            "az ad signed-in-user show": "ada",
            "az ad group show": "pilot",
            "az account get-access-token": token,
        }
        state = {"values": {}, "asked": [], "made": made, "answers": answers}
        self.kept.write_text(json.dumps(state))
        for name in ("az", "azd", "git"):
            program = folder / "bin" / name
            program.parent.mkdir(exist_ok=True)
            program.write_text(STAND_IN.format(python=sys.executable, kept=str(self.kept)))
            program.chmod(0o755)
        self.tenant = Tenant()

    @property
    def state(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.kept.read_text())
        return found

    def types(self, script: str) -> str:
        """What the terminal shows; register.py's part is this process's."""
        shown = ""
        for part in REGISTER.split(script):
            if part.startswith("python3 "):
                self.registers(part.split()[2:])
            elif part.strip():
                shown += self._runs(part)
        return shown

    def _runs(self, script: str) -> str:
        path = f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "-euc", script],
            cwd=self.folder,
            env=os.environ | {"PATH": path},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, script + done.stderr
        return done.stdout

    def registers(self, arguments: list[str]) -> None:
        """register.py, by azd's environment as it is by now."""
        entra = Entra(self.tenant, self.tenant.sleep, self.tenant.clock)
        wanted = Wanted.of(self.state["values"])
        assert arguments in ([], ["check"])
        assert (run_check if arguments else run_make)(entra, wanted) == 0


def blocks(part: str) -> Iterator[str]:
    """The bash blocks of a part of the page, as they would be pasted."""
    for found in FENCE.finditer(part):
        if found[2] == "bash":
            yield re.sub(rf"^{found[1]}", "", found[3], flags=re.MULTILINE)


def section(heading: str) -> str:
    return PAGE.partition(f"{heading}\n")[2].partition("\n## ")[0]


def test_an_admin_comes_from_nothing_to_a_count_by_the_commands_of_the_page(
    unconnected: Api, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tenant = unconnected.sandbox.world.tenant
    made = {
        "ROLLCALL_PUBLIC_URL": unconnected.origin,
        "ROLLCALL_CLIENT_ID": tenant.client_id,
        "ROLLCALL_IDENTITY_PRINCIPAL_ID": "the-identity",
    }
    admin = Admin(tmp_path, made, unconnected.sandbox.caller_token(ADA))
    deploying = list(blocks(section("## 2. Deploy")))
    admin.types(deploying[0])
    assert admin.state["asked"][-1] == ["azd", "up"]
    # In a tenant that keeps deployments out of Entra, register.py goes before it and after it.
    [apart] = [one for one in deploying if "ROLLCALL_REGISTER_APPS" in one]
    admin.types(apart)
    [looked] = blocks(section("## 3. Consent"))
    admin.types(looked)
    assert "Missing: 0." in capsys.readouterr().out

    [shown] = blocks(section(CONNECT))
    assert admin.types(shown).strip() == f"{unconnected.origin}/addin/pages.html#/connection"
    start = unconnected.as_person(ADA).call("GET", "/api/connection/start")
    callback = unconnected.sandbox.sign_in_service_account(start.json()["authorize_url"])
    assert "now reads lists" in requests.get(callback, cookies=taken(start), timeout=30).text

    signs_in, *asks = blocks(section("## Without a browser"))
    connection, health, counted = (json.loads(admin.types(signs_in + ask)) for ask in asks)
    assert connection["state"] == "connected"
    assert [one for one in connection["setup"] if one["state"] == "missing"] == []
    assert health["status"] == "ok"
    assert counted["count"]["at_least"] > 0

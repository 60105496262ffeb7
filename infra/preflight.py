#!/usr/bin/env python3
"""Looks before `azd provision` makes anything: azd runs it, with the environment's values as variables.

Refuses a ROLLCALL_ variable that nothing reads, a host name before the app is there to have it, settings
that exceed the agreement, and a subscription that has not registered what the function app is made of. Needs
Python 3.11 and nothing else; without the Azure CLI the last is not looked at, without what `dev.py` installs
the agreement is not, and either is said.
"""

from __future__ import annotations

import difflib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROVIDERS = (
    "Microsoft.App",
    "Microsoft.Web",
    "Microsoft.Storage",
    "Microsoft.KeyVault",
    "Microsoft.Insights",
)
ROOT = HERE.parent
PATIENCE = 60.0  # seconds for the Azure CLI
EXPIRED = 3  # how the agreement's verification ends where it has


def known_names() -> set[str]:
    """The variables that main.bicepparam reads, and the outputs that azd keeps beside them."""
    read = re.findall(
        r"readEnvironmentVariable\('(\w+)'", (HERE / "main.bicepparam").read_text(encoding="utf-8")
    )
    made = re.findall(r"^output (\w+) ", (HERE / "main.bicep").read_text(encoding="utf-8"), re.MULTILINE)
    return {*read, *made}


def unread(values: Mapping[str, str]) -> list[str]:
    """A sentence for each ROLLCALL_ variable that nothing reads."""
    known = known_names()
    sentences = []
    for name in sorted(name for name in values if name.startswith("ROLLCALL_") and name not in known):
        near = difflib.get_close_matches(name, sorted(known), 1)
        meant = f" Is {near[0]} meant?" if near else ""
        sentences.append(
            f"{name} is set, but nothing reads it.{meant} Take it out of .azure/<environment>/.env."
        )
    return sentences


def too_early(values: Mapping[str, str]) -> list[str]:
    """A sentence for each second step that is set before the first one was done."""
    readers = "docs/operations.md, An app of their own for readers"
    sentences = [
        f"{name} is the second step: its DNS records need what the first one tells. "
        f'Set it to "" now, and then go on with {page}.'
        for name, app, page in (
            ("ROLLCALL_CUSTOM_DOMAIN", "AZURE_FUNCTION_APP_NAME", "docs/setup.md, Going live"),
            ("ROLLCALL_TRACKING_DOMAIN", "ROLLCALL_TRACKING_APP_NAME", readers),
        )
        if values.get(name) and not values.get(app)
    ]
    if values.get("ROLLCALL_TRACKING_APP") == "used" and not values.get("ROLLCALL_TRACKING_APP_NAME"):
        sentences.append(
            "ROLLCALL_TRACKING_APP=used is the second step: new mails would lead to an app without code. "
            f"Set it to ready now, and then go on with {readers}."
        )
    return sentences


def beyond_agreement(values: Mapping[str, str], python: Path | None = None) -> list[str]:
    """What is wrong between the agreement and the settings, as far as what verifies it is installed."""
    if not (values.get("ROLLCALL_AGREEMENT") or values.get("ROLLCALL_AGREEMENT_KEY")):
        return []
    venv = ROOT / ".dev" / "venv"
    places = [python] if python else [venv / "bin" / "python", venv / "Scripts" / "python.exe"]
    program = next((place for place in places if place.exists()), None)
    if program is None:
        print("Nobody looked whether the settings are within the agreement: python3 dev.py agreement verify")
        return []
    command = [str(program), "-m", "tools.agreement", "verify", "--brief"]
    done = subprocess.run(
        command, cwd=ROOT, env=dict(values), capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    said = (done.stdout + done.stderr).strip()
    if done.returncode == EXPIRED:  # a deployment that tracks nothing may be made
        print(said)
    return [said] if done.returncode not in (0, EXPIRED) else []


def unregistered(subscription: str) -> list[str]:
    """A sentence for each resource provider that the subscription lacks, as far as the CLI tells."""
    program = shutil.which("az")
    if program is None:
        print(
            "The Azure CLI (az) is not here, so nobody looked whether the resource providers are registered."
        )
        return []
    command = [program, "provider", "list", "--query", "[].{n: namespace, s: registrationState}"]
    if subscription:
        command += ["--subscription", subscription]
    try:
        done = subprocess.run(
            [*command, "--output", "json"], capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        print("The Azure CLI did not answer, so nobody looked whether the resource providers are registered.")
        return []
    if done.returncode:
        print(f"Nobody looked whether the resource providers are registered: {done.stderr.strip()}")
        return []
    states = {one["n"].lower(): one["s"] for one in json.loads(done.stdout)}
    return [
        f"The resource provider {one} is not registered: az provider register --namespace {one} --wait"
        for one in PROVIDERS
        if states.get(one.lower()) != "Registered"
    ]


def main() -> int:
    """Say everything that is wrong at once; the exit code."""
    values = os.environ
    wrong = [*unread(values), *too_early(values), *beyond_agreement(values)]
    wrong += unregistered(values.get("AZURE_SUBSCRIPTION_ID", ""))
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())

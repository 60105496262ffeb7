#!/usr/bin/env python3
"""The app registrations of apps.bicep, where a deployment may not make them, and what Entra grants beyond.

For tenants that keep deployments out of Entra, and for clouds that the Microsoft Graph Bicep extension does
not know. Needs a Python, the Azure CLI after `az login`, and the Entra role Cloud Application Administrator.
What is wanted is what azd's environment says; without azd, a file made by `azd env get-values`.

register.py                        make the registrations, or bring them up to date: before the deployment,
                                   which needs the ids that this prints, and again after it
register.py check                  show what a set-up needs of Entra and whether it is there, as a table
register.py reconcile              show what Entra grants beyond the settings; with --withdraw, withdraw it
register.py remove                 show what would be deleted; with --delete, delete it

Run again, each changes only what differs.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

# Before anything that an older Python could not read.
if sys.version_info < (3, 11):  # noqa: UP036 - who starts this may have any Python
    sys.exit(f"register.py needs Python 3.11 or later; this is {sys.version.split()[0]} ({sys.executable}).")

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from infra.entra.registration.azure import AzureFailed, az, azd, check_versions
from infra.entra.registration.checking import LOOK, MISSING, check, table
from infra.entra.registration.entra import Entra
from infra.entra.registration.making import make
from infra.entra.registration.reconciling import find_excess, withdraw
from infra.entra.registration.removing import find_registrations, remove
from infra.entra.registration.wanted import Incomplete, Wanted, read_values


def parser() -> argparse.ArgumentParser:
    """The command line."""
    line = argparse.ArgumentParser(
        prog="register.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    line.add_argument("command", nargs="?", default="make", choices=["make", "check", "reconcile", "remove"])
    line.add_argument("--environment", metavar="NAME", help="azd's environment; otherwise the selected one")
    line.add_argument("--values", metavar="FILE", help="what `azd env get-values` printed, where azd is not")
    line.add_argument("--withdraw", action="store_true", help="reconcile: withdraw what it shows")
    line.add_argument("--delete", action="store_true", help="remove: delete what it shows, for good")
    return line


def run(arguments: argparse.Namespace) -> int:
    """Do what the command line says; the exit code. Raises AzureFailed and Incomplete."""
    check_versions(azd_too=not arguments.values)
    values = (
        read_values(Path(arguments.values).read_text()) if arguments.values else azd(arguments.environment)
    )
    wanted = Wanted.of(values)
    entra = Entra(az)
    if wanted.tenant_id not in ("", entra.tenant_id):
        raise Incomplete(
            f"az is signed in to the tenant {entra.tenant_id}, and this environment belongs to "
            f"{wanted.tenant_id}. Run: az login --tenant {wanted.tenant_id}"
        )
    if arguments.command == "make":
        return run_make(entra, wanted)
    if arguments.command == "check":
        return run_check(entra, wanted)
    if arguments.command == "reconcile":
        return run_reconcile(entra, wanted, withdrawing=arguments.withdraw)
    return run_remove(entra, wanted, deleting=arguments.delete)


def run_make(entra: Entra, wanted: Wanted) -> int:
    """make: the registrations."""
    backend, addin = make(entra, wanted, say=print)
    print(f"Registered as {wanted.name}. The deployment wants to know:")
    print(f"  azd env set ROLLCALL_BACKEND_CLIENT_ID {backend}")
    print(f"  azd env set ROLLCALL_ADDIN_CLIENT_ID {addin}")
    if not (wanted.public_url and wanted.identity):
        print("Run this again after azd up: the function app's address and identity are not known yet.")
    if excess := find_excess(entra, wanted):
        print(f"Entra grants more than the settings say ({len(excess)}). See: register.py reconcile")
    return 0


def run_check(entra: Entra, wanted: Wanted) -> int:
    """check: what a set-up needs. The exit code is 1 where something is missing."""
    found = check(entra, wanted)
    print(table(found))
    missing, unseen = ([one for one in found if one.state == state] for state in (MISSING, LOOK))
    print(f"Missing: {len(missing)}. To look at yourself: {len(unseen)}.")
    return 1 if missing else 0


def run_reconcile(entra: Entra, wanted: Wanted, *, withdrawing: bool) -> int:
    """reconcile: what Entra grants beyond the settings."""
    if not find_registrations(entra, wanted):
        # Not the same as nothing granted: the name may be another environment's, or Entra be late.
        print(f"Nothing is registered as {wanted.name}.")
        return 1
    excess = find_excess(entra, wanted)
    for one in excess:
        print(f"- {one.says}")
        if one.remedy:
            print(f"  {one.remedy}")
    ours = [one for one in excess if one.method]
    if not excess:
        print("Entra grants what the settings say, and nothing else.")
    elif withdrawing:
        withdraw(entra, ours)
        print(f"Withdrawn: {len(ours)} of {len(excess)}.")
    elif ours:
        print(f"{len(ours)} of these can be withdrawn by: register.py reconcile --withdraw")
    return 0


def run_remove(entra: Entra, wanted: Wanted, *, deleting: bool) -> int:
    """remove: the registrations."""
    found = find_registrations(entra, wanted)
    for one in found:
        print(f"- {one.says}")
    if not found:
        print(f"Nothing is registered as {wanted.name}.")
    elif deleting:
        remove(entra, found)
        print("Deleted, for good.")
    else:
        print("To delete them for good, with everything that was granted: register.py remove --delete")
    return 0


def main() -> int:
    """Run; the exit code."""
    try:
        return run(parser().parse_args())
    except (AzureFailed, Incomplete, OSError) as failure:
        print(failure, file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nobody reads on; Python would complain at its exit
        return 1


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""The app registrations of apps.bicep, where a deployment may not make them.

For tenants that keep deployments out of Entra, and for clouds that the Microsoft Graph Bicep extension does
not know. Needs Python 3.11, the Azure CLI after `az login`, and the Entra role Cloud Application
Administrator. Run it before the deployment, which needs the ids it prints, and again after it with
--public-url and --identity, the deployment's outputs. Again and again changes only what differs.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

CLOUDS = json.loads((Path(__file__).resolve().parent.parent / "clouds.json").read_text())
GRAPH = "00000003-0000-0000-c000-000000000000"
EXCHANGE = "00000002-0000-0ff1-ce00-000000000000"
SENDING = "Mail.Send"
SIGN_IN = ["openid", "profile", "offline_access"]
ROLES = {
    "Rollcall.Sender": ("Sender", "May count the recipients of a mail, and send tracked mail."),
    "Rollcall.Admin": (
        "Admin",
        "May what a sender may, connect the service account, and see what others sent.",
    ),
    "Rollcall.ServiceAccount": (
        "Service account",
        "Is the account that reads the lists. May not call Rollcall.",
    ),
}


class AzureFailed(Exception):
    """The Azure CLI did not do what it was asked; its own words."""


class Entra:
    """Microsoft Graph, spoken to through the Azure CLI as whoever is signed in to it."""

    def __init__(self, az: Callable[..., dict[str, Any]]) -> None:
        self._az = az
        self.cloud: dict[str, str] = CLOUDS[az("cloud", "show")["name"]]
        self.tenant_id: str = az("account", "show")["tenantId"]

    def get(self, path: str) -> dict[str, Any]:
        """What is at `path`."""
        return self._call("GET", path)

    def put(self, path: str, body: dict[str, Any]) -> None:
        """Make what is at `path` if it is missing, and give it these properties."""
        self._call("PATCH", path, body)

    def add(self, path: str, body: dict[str, Any]) -> None:
        """One more in the collection at `path`."""
        self._call("POST", path, body)

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        url = f"{self.cloud['graph']}/v1.0/{quote(path, safe='/()=?$&')}"
        if body is None:
            return self._az("rest", "--method", method, "--url", url)
        with tempfile.TemporaryDirectory() as folder:
            # A command line is no place for JSON: every shell has its own mind about quotes.
            file = Path(folder) / "body.json"
            file.write_text(json.dumps(body))
            headers = ["Content-Type=application/json", "Prefer=create-if-missing"]
            return self._az(
                "rest", "--method", method, "--url", url, "--headers", *headers, "--body", f"@{file}"
            )


def az(*arguments: str) -> dict[str, Any]:
    """What the Azure CLI answers, as JSON. Raises AzureFailed."""
    program = shutil.which("az")
    if program is None:
        raise AzureFailed("The Azure CLI (az) is not installed.")
    done = subprocess.run(
        [program, *arguments, "--output", "json"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise AzureFailed(done.stderr.strip())
    answer: dict[str, Any] = json.loads(done.stdout or "{}")
    return answer


def register(entra: Entra, wanted: argparse.Namespace) -> tuple[str, str]:
    """Make both registrations, or bring them up to date; the client ids of the backend and the add-in."""
    addin = _register_addin(entra, wanted)
    backend = _register_backend(entra, wanted, [addin, *wanted.setup_client])
    path = f"servicePrincipals(appId='{backend}')"
    # Nobody gets a token who was not assigned: taking an account off the list is how its access is revoked.
    entra.put(path, {"appRoleAssignmentRequired": True})
    if wanted.identity:
        _trust(entra, wanted)
    if wanted.service_account:
        _admit_service_account(entra, wanted, entra.get(path)["id"])
    return backend, addin


def _register_addin(entra: Entra, wanted: argparse.Namespace) -> str:
    path = f"applications(uniqueName='{wanted.name}-addin')"
    body: dict[str, Any] = {"displayName": "Rollcall for Outlook", "signInAudience": "AzureADMyOrg"}
    if wanted.public_url:
        origin = wanted.public_url
        ends = [f"{origin}/addin/dialog.html", f"{origin}/addin/pages.html"]
        body["spa"] = {"redirectUris": [origin.replace("https://", "brk-multihub://"), *ends]}
    # Sent each time, so that leaving --send-copies out takes the permission off again.
    body["requiredResourceAccess"] = [_access(entra, GRAPH, [SENDING])] if wanted.send_copies else []
    entra.put(path, body)
    client_id: str = entra.get(path)["appId"]
    entra.put(f"servicePrincipals(appId='{client_id}')", {})
    return client_id


def _register_backend(entra: Entra, wanted: argparse.Namespace, clients: list[str]) -> str:
    path, scope = f"applications(uniqueName='{wanted.name}-api')", _stable_id(wanted.name, "access_as_user")
    access = [_access(entra, GRAPH, [*wanted.graph_scopes.split(), *SIGN_IN])]
    if wanted.exchange_scope:
        access.append(_access(entra, EXCHANGE, wanted.exchange_scope))
    body: dict[str, Any] = {
        "displayName": "Rollcall",
        "signInAudience": "AzureADMyOrg",
        "requiredResourceAccess": access,
        "api": {
            "requestedAccessTokenVersion": 2,
            "oauth2PermissionScopes": [
                {
                    "id": scope,
                    "value": "access_as_user",
                    "type": "Admin",
                    "isEnabled": True,
                    "adminConsentDisplayName": "Use Rollcall",
                    "adminConsentDescription": "Count recipients and see results as the signed-in person.",
                }
            ],
        },
        "appRoles": [
            {
                "id": _stable_id(wanted.name, value),
                "value": value,
                "displayName": name,
                "description": description,
                "allowedMemberTypes": ["User"],
                "isEnabled": True,
            }
            for value, (name, description) in ROLES.items()
        ],
    }
    if wanted.public_url:
        body["web"] = {"redirectUris": [f"{wanted.public_url}/api/connection/callback"]}
    entra.put(path, body)
    client_id: str = entra.get(path)["appId"]
    # Its URI holds its client id, and a client is authorized for a scope that is there.
    admitted = [{"appId": client, "delegatedPermissionIds": [scope]} for client in clients]
    identifier = f"api://{client_id}"
    again = {"displayName": "Rollcall", "identifierUris": [identifier]}
    entra.put(path, again | {"api": body["api"] | {"preAuthorizedApplications": admitted}})
    return client_id


def _access(entra: Entra, api: str, names: list[str]) -> dict[str, Any]:
    offered = entra.get(f"servicePrincipals(appId='{api}')")["oauth2PermissionScopes"]
    ids = {scope["value"]: scope["id"] for scope in offered}
    if missing := [name for name in names if name not in ids]:
        raise AzureFailed(f"This tenant does not offer {', '.join(missing)}.")
    return {"resourceAppId": api, "resourceAccess": [{"id": ids[name], "type": "Scope"} for name in names]}


def _trust(entra: Entra, wanted: argparse.Namespace) -> None:
    """Let the function app's identity stand in for a client secret."""
    entra.put(
        f"applications(uniqueName='{wanted.name}-api')/federatedIdentityCredentials(name='function-app')",
        {
            "issuer": f"{entra.cloud['login']}/{entra.tenant_id}/v2.0",
            "subject": wanted.identity,
            "audiences": [entra.cloud["federation"]],
        },
    )


def _admit_service_account(entra: Entra, wanted: argparse.Namespace, backend: str) -> None:
    """Assign the account, and consent for it alone."""
    account, role = wanted.service_account, _stable_id(wanted.name, "Rollcall.ServiceAccount")
    assignments = entra.get(f"users/{account}/appRoleAssignments")["value"]
    if all(assignment["appRoleId"] != role for assignment in assignments):
        entra.add(
            f"servicePrincipals/{backend}/appRoleAssignedTo",
            {"principalId": account, "resourceId": backend, "appRoleId": role},
        )
    grants = entra.get(f"users/{account}/oauth2PermissionGrants")["value"]
    scopes = {GRAPH: [*wanted.graph_scopes.split(), *SIGN_IN], EXCHANGE: wanted.exchange_scope}
    for api, names in scopes.items():
        if not names:
            continue
        resource = entra.get(f"servicePrincipals(appId='{api}')")["id"]
        given = [one for one in grants if (one["clientId"], one["resourceId"]) == (backend, resource)]
        if given:
            entra.put(f"oauth2PermissionGrants/{given[0]['id']}", {"scope": " ".join(names)})
        else:
            entra.add(
                "oauth2PermissionGrants",
                {
                    "clientId": backend,
                    "resourceId": resource,
                    "consentType": "Principal",
                    "principalId": account,
                    "scope": " ".join(names),
                },
            )


def _stable_id(name: str, what: str) -> str:
    """The same id for the same thing, so that running this again changes nothing."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"rollcall:{name}:{what}"))


def parser() -> argparse.ArgumentParser:
    """The command line."""
    line = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    line.add_argument("name", help="what the registrations' unique names begin with: rollcall-pilot")
    line.add_argument("--public-url", default="", help="the deployment's ROLLCALL_PUBLIC_URL")
    line.add_argument("--identity", default="", help="the deployment's ROLLCALL_IDENTITY_PRINCIPAL_ID")
    line.add_argument("--graph-scopes", default="Directory.Read.All User.Read.All")
    line.add_argument(
        "--exchange-scope",
        action="append",
        default=[],
        choices=["Exchange.ManageV2", "EWS.AccessAsUser.All"],
        help="for the Exchange Admin API, and for EWS",
    )
    line.add_argument(
        "--send-copies",
        action="store_true",
        help="the add-in may send mail as its user: for the modes individual and anonymous",
    )
    line.add_argument("--service-account", default="", help="its object id; consent is given for it alone")
    line.add_argument("--setup-client", action="append", default=[], help="a further client that may call")
    return line


def main() -> int:
    """Do what the command line says; the exit code."""
    try:
        backend, addin = register(Entra(az), parser().parse_args())
    except AzureFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    print(f"backendClientId: {backend}\naddinClientId:   {addin}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

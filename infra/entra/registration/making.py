"""The two registrations, as apps.bicep makes them; either goes on where the other began."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from infra.entra.registration.azure import ROOT, AzureFailed
from infra.entra.registration.entra import Entra
from infra.entra.registration.wanted import GRAPH, Wanted

# The same file as apps.bicep loads: Entra refuses to give a permission that is in use another id.
PERMISSIONS = json.loads((ROOT / "infra" / "entra" / "permissions.json").read_text())
SCOPE: dict[str, Any] = PERMISSIONS["scope"]
ROLES: dict[str, dict[str, Any]] = PERMISSIONS["roles"]
# Those that are assigned to the application alone, for ROLLCALL_TEAMS.
GROUPS_TOLD = "ApplicationGroup"
ORGANISATION = {"signInAudience": "AzureADMyOrg"}


def backend_path(wanted: Wanted) -> str:
    """Where the backend's application is."""
    return f"applications(uniqueName='{wanted.name}-api')"


def addin_path(wanted: Wanted) -> str:
    """Where the add-in's application is."""
    return f"applications(uniqueName='{wanted.name}-addin')"


def principal_path(client_id: str) -> str:
    """Where an application's service principal is."""
    return f"servicePrincipals(appId='{client_id}')"


def make(entra: Entra, wanted: Wanted, say: Callable[[str], object]) -> tuple[str, str]:
    """Make both registrations, or bring them up to date; the client ids of the backend and the add-in.

    Takes nothing away from people. Raises AzureFailed.
    """
    addin = _make_addin(entra, wanted)
    carried = _free_permissions(entra, wanted, say)
    backend = _make_backend(entra, wanted, [addin, *wanted.setup_clients])
    # Everybody of the tenant may sign in, to see and decide what is kept of them on /me. All else takes a
    # role, which is in the token: taking it away is how access is revoked.
    entra.put(principal_path(backend), {"appRoleAssignmentRequired": False})
    principal = entra.get(principal_path(backend))["id"]
    if wanted.identity:
        _trust(entra, wanted)
    _assign(entra, wanted, principal, carried)
    if wanted.service_account:
        _consent(entra, wanted, principal)
    return backend, addin


def _make_addin(entra: Entra, wanted: Wanted) -> str:
    body: dict[str, Any] = {"displayName": "Rollcall for Outlook"} | ORGANISATION
    if wanted.public_url:
        ends = [f"{wanted.public_url}/addin/{page}.html" for page in ("dialog", "pages")]
        body["spa"] = {"redirectUris": [wanted.public_url.replace("https://", "brk-multihub://"), *ends]}
    # Sent each time, so that a mode or setting that was taken out takes its permission off again.
    scopes = wanted.addin_scopes
    body["requiredResourceAccess"] = [_access(entra, GRAPH, scopes)] if scopes else []
    client_id = _put_application(entra, addin_path(wanted), body)
    entra.put(principal_path(client_id), {})
    return client_id


def _make_backend(entra: Entra, wanted: Wanted, clients: list[str]) -> str:
    path = backend_path(wanted)
    api = {"requestedAccessTokenVersion": 2, "oauth2PermissionScopes": [SCOPE]}
    body = {
        "displayName": "Rollcall",
        "requiredResourceAccess": [_access(entra, name, scopes) for name, scopes in wanted.scopes.items()],
        "api": api,
        "appRoles": list(ROLES.values()),
        "optionalClaims": {"accessToken": PERMISSIONS["accessTokenClaims"]},
        "groupMembershipClaims": GROUPS_TOLD,
    } | ORGANISATION
    if wanted.public_url:
        body["web"] = {"redirectUris": [f"{wanted.public_url}/api/connection/callback"]}
    client_id = _put_application(entra, path, body)
    # Its URI holds its client id, and a client is authorized for a scope that is there.
    admitted = [{"appId": client, "delegatedPermissionIds": [SCOPE["id"]]} for client in clients]
    again = {"displayName": "Rollcall", "identifierUris": [f"api://{client_id}"]}
    entra.put(path, again | {"api": api | {"preAuthorizedApplications": admitted}})
    return client_id


def _put_application(entra: Entra, path: str, body: dict[str, Any]) -> str:
    try:
        made = entra.put(path, body)
    except AzureFailed as failure:
        if "property uniqueName already exists" in str(failure):
            raise AzureFailed(
                f"{failure}\nA deleted registration keeps its name for 30 days. Restore it in the Entra "
                "admin center, App registrations, Deleted applications, or delete it there for good."
            ) from None
        raise
    return str((made or entra.get(path))["appId"])


def _free_permissions(entra: Entra, wanted: Wanted, say: Callable[[str], object]) -> list[tuple[str, str]]:
    """Switch off permissions that go by the ids of earlier versions: only then can they be replaced.

    Answers who had their roles: pairs of a principal and the role's id of today.
    """
    found = entra.find(backend_path(wanted))
    if found is None:
        return []
    ids = {role["value"]: role["id"] for role in ROLES.values()}
    scopes = found.get("api", {}).get("oauth2PermissionScopes", [])
    old_roles = [one for one in found.get("appRoles", []) if one["id"] not in ids.values()]
    old_scopes = [one for one in scopes if one["id"] != SCOPE["id"]]
    if not old_roles and not old_scopes:
        return []
    say("The registration's permissions have the ids of an earlier version: replacing them.")
    today = {one["id"]: ids[one["value"]] for one in old_roles if one["value"] in ids}
    principal = entra.find(principal_path(found["appId"]))
    assigned = _assignments(entra, principal["id"]) if principal else []
    off = {"isEnabled": False}
    roles = [one | off if one in old_roles else one for one in found.get("appRoles", [])]
    api = {"oauth2PermissionScopes": [one | off if one in old_scopes else one for one in scopes]}
    # No client may be authorized for a scope that is about to go.
    entra.change(backend_path(wanted), {"appRoles": roles, "api": api | {"preAuthorizedApplications": []}})
    return [(one["principalId"], today[one["appRoleId"]]) for one in assigned if one["appRoleId"] in today]


def _access(entra: Entra, api: str, names: list[str]) -> dict[str, Any]:
    offered = entra.get(principal_path(api))["oauth2PermissionScopes"]
    ids = {scope["value"]: scope["id"] for scope in offered}
    if missing := [name for name in names if name not in ids]:
        raise AzureFailed(f"This tenant does not offer {', '.join(missing)}.")
    return {"resourceAppId": api, "resourceAccess": [{"id": ids[name], "type": "Scope"} for name in names]}


def _trust(entra: Entra, wanted: Wanted) -> None:
    """Let the function app's identity stand in for a client secret."""
    entra.put(
        f"{backend_path(wanted)}/federatedIdentityCredentials(name='function-app')",
        {
            "description": "Rollcall's function app",
            "issuer": f"{entra.cloud['login']}/{entra.tenant_id}/v2.0",
            "subject": wanted.identity,
            "audiences": [entra.cloud["federation"]],
        },
    )


def wanted_assignments(wanted: Wanted) -> list[tuple[str, str]]:
    """Who is to have which role: pairs of a principal and a role's id."""
    people = {
        "admin": wanted.admins,
        "sender": wanted.senders,
        "auditor": wanted.auditors,
        "serviceAccount": [wanted.service_account],
    }
    return [(one, ROLES[role]["id"]) for role, ids in people.items() for one in ids if one]


def _assign(entra: Entra, wanted: Wanted, principal: str, carried: list[tuple[str, str]]) -> None:
    there = {(one["principalId"], one["appRoleId"]) for one in _assignments(entra, principal)}
    for person, role in dict.fromkeys([*wanted_assignments(wanted), *carried]):
        if (person, role) not in there:
            body = {"principalId": person, "resourceId": principal, "appRoleId": role}
            try:
                entra.add(f"servicePrincipals/{principal}/appRoleAssignedTo", body)
            except AzureFailed as failure:
                raise AzureFailed(f"{person} could not be assigned. {failure}") from None


def _assignments(entra: Entra, principal: str) -> list[dict[str, Any]]:
    return entra.list(f"servicePrincipals/{principal}/appRoleAssignedTo")


def _consent(entra: Entra, wanted: Wanted, principal: str) -> None:
    """Consent for the service account alone."""
    for api, names in wanted.scopes.items():
        resource = entra.get(principal_path(api))["id"]
        key = {"clientId": principal, "resourceId": resource, "principalId": wanted.service_account}
        look = partial(_find_grant, entra, key)
        if (given := look()) is None:
            grant = key | {"consentType": "Principal", "scope": " ".join(names)}
            if entra.add("oauth2PermissionGrants", grant):
                continue
            given = entra.wait_for(look)  # it is there already; the list was an old one
        if set(given["scope"].split()) != set(names):
            entra.change(f"oauth2PermissionGrants/{given['id']}", {"scope": " ".join(names)})


def _find_grant(entra: Entra, key: dict[str, str]) -> dict[str, Any] | None:
    grants = entra.list(f"servicePrincipals/{key['clientId']}/oauth2PermissionGrants")
    return next((one for one in grants if key.items() <= one.items()), None)

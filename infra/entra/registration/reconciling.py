"""What Entra grants beyond the settings: a deployment adds, and takes nothing away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from infra.entra.registration.entra import Entra
from infra.entra.registration.making import (
    ROLES,
    addin_path,
    backend_path,
    principal_path,
    wanted_assignments,
)
from infra.entra.registration.wanted import EXCHANGE, GRAPH, Wanted
from shared.account.needs import SIGN_IN

VARIABLES = {
    "admin": "ROLLCALL_ADMIN_IDS",
    "sender": "ROLLCALL_SENDER_IDS",
    "auditor": "ROLLCALL_AUDITOR_IDS",
    "serviceAccount": "ROLLCALL_SERVICE_ACCOUNT_ID",
}
AGAIN = "register.py, or azd provision where that registers, mends it."


@dataclass(frozen=True)
class Excess:
    """Something granted that the settings do not say: a sentence, and the request that withdraws it.

    Without a method it is for a person to decide; `remedy` says how.
    """

    says: str
    method: str = ""
    path: str = ""
    body: dict[str, Any] = field(default_factory=dict)
    remedy: str = ""


def find_excess(entra: Entra, wanted: Wanted) -> list[Excess]:
    """All that is granted beyond `wanted`, sensitive things first; empty without a registration.

    Raises AzureFailed.
    """
    found: list[Excess] = []
    if application := entra.find(backend_path(wanted)):
        found += _find_credentials(entra, wanted, application)
        found += _find_clients(entra, wanted, application)
        if principal := entra.find(principal_path(application["appId"])):
            found += _find_grants(entra, wanted, principal["id"])
            found += _find_assignments(entra, wanted, principal["id"])
    if (addin := entra.find(addin_path(wanted))) and (
        principal := entra.find(principal_path(addin["appId"]))
    ):
        found += _find_addin_grants(entra, wanted, principal["id"])
    return found


def withdraw(entra: Entra, excess: list[Excess]) -> None:
    """Withdraw each that can be. Raises AzureFailed."""
    for one in excess:
        if one.method:
            entra.send(one.method, one.path, one.body)


def _find_credentials(entra: Entra, wanted: Wanted, application: dict[str, Any]) -> Iterator[Excess]:
    """Whoever holds one of these may sign in as Rollcall."""
    path = f"applications/{application['id']}"
    for one in entra.list(f"{path}/federatedIdentityCredentials"):
        if one["name"] != "function-app":
            says = f"The backend trusts the federated credential {one['name']} ({one['subject']})."
            yield Excess(says, "DELETE", f"{path}/federatedIdentityCredentials/{one['id']}")
        elif wanted.identity and one["subject"] != wanted.identity:
            says = f"The backend trusts the identity {one['subject']}; the app's is {wanted.identity}."
            yield Excess(says, remedy=AGAIN)
    if wanted.credential != "secret":
        for one in application.get("passwordCredentials") or []:
            says = f"The backend has a client secret, {_describe(one)}: the setting is {wanted.credential}."
            yield Excess(says, "POST", f"{path}/removePassword", {"keyId": one["keyId"]})
    if wanted.credential != "certificate":
        for one in application.get("keyCredentials") or []:
            says = f"The backend has a certificate, {_describe(one)}: the setting is {wanted.credential}."
            # They are one property, so the first takes all of them along.
            yield Excess(says, "PATCH", path, {"keyCredentials": []})


def _describe(credential: dict[str, Any]) -> str:
    until = str(credential.get("endDateTime", ""))[:10]
    return f"{credential.get('displayName') or credential['keyId']} until {until}"


def _find_clients(entra: Entra, wanted: Wanted, application: dict[str, Any]) -> Iterator[Excess]:
    addin = entra.find(addin_path(wanted))
    named = {*wanted.setup_clients, addin["appId"] if addin else ""}
    for one in application.get("api", {}).get("preAuthorizedApplications", []):
        if one["appId"] not in named:
            yield Excess(f"The client {one['appId']} may call Rollcall without being asked.", remedy=AGAIN)


def _find_grants(entra: Entra, wanted: Wanted, principal: str) -> Iterator[Excess]:
    """What the backend may do, and as whom."""
    apis = {found["id"]: api for api in (GRAPH, EXCHANGE) if (found := entra.find(principal_path(api)))}
    for grant in entra.list(f"servicePrincipals/{principal}/oauth2PermissionGrants"):
        path, given = f"oauth2PermissionGrants/{grant['id']}", grant["scope"].split()
        asked = wanted.scopes.get(apis.get(grant["resourceId"], ""), [])
        kept = [scope for scope in given if scope in asked]
        whom = (
            f"as {_name_person(entra, grant['principalId'])}" if grant.get("principalId") else "as everybody"
        )
        if grant["consentType"] == "AllPrincipals" and wanted.service_account:
            says = f"The backend may {', '.join(given)} {whom}: the settings name one service account."
            yield Excess(says, "DELETE", path)
        elif grant.get("principalId") and wanted.service_account not in ("", grant["principalId"]):
            yield Excess(f"The backend may {', '.join(given)} {whom}, another account.", "DELETE", path)
        elif not kept:
            yield Excess(f"The backend may {', '.join(given)} {whom}, which nothing needs.", "DELETE", path)
        elif len(kept) < len(given):
            more = ", ".join(scope for scope in given if scope not in asked)
            says = f"The backend may {more} {whom}, which nothing needs."
            yield Excess(says, "PATCH", path, {"scope": " ".join(kept)})


def _find_assignments(entra: Entra, wanted: Wanted, principal: str) -> Iterator[Excess]:
    """Who may sign in, and as what."""
    names = {role["id"]: (key, role["displayName"]) for key, role in ROLES.items()}
    there = entra.list(f"servicePrincipals/{principal}/appRoleAssignedTo")
    right = set(wanted_assignments(wanted))
    named = {role for _, role in right}
    for one in there:
        if (one["principalId"], one["appRoleId"]) in right:
            continue
        key, role = names.get(one["appRoleId"], ("", "a role that is no more"))
        says = f"{one['principalDisplayName']} ({one['principalId']}) is assigned: {role}."
        if key and one["appRoleId"] not in named:
            # An empty setting is no decision that nobody shall: then it is done in the admin center.
            remedy = f"{VARIABLES[key]} is empty, so this is left to you: Enterprise applications, Rollcall."
            yield Excess(says, remedy=remedy)
        else:
            yield Excess(says, "DELETE", f"servicePrincipals/{principal}/appRoleAssignedTo/{one['id']}")


def _find_addin_grants(entra: Entra, wanted: Wanted, principal: str) -> Iterator[Excess]:
    """What the add-in may do as its users beyond what the settings need."""
    graph = entra.get(principal_path(GRAPH))["id"]
    asked = {*SIGN_IN, "email", "User.Read", *wanted.addin_scopes}
    for grant in entra.list(f"servicePrincipals/{principal}/oauth2PermissionGrants"):
        given = grant["scope"].split()
        if grant["resourceId"] != graph or not (more := [scope for scope in given if scope not in asked]):
            continue
        whom = _name_person(entra, grant["principalId"]) if grant.get("principalId") else "everybody"
        says = f"The add-in may {', '.join(more)} as {whom}: no setting needs it."
        path, kept = f"oauth2PermissionGrants/{grant['id']}", [scope for scope in given if scope in asked]
        if kept:
            yield Excess(says, "PATCH", path, {"scope": " ".join(kept)})
        else:
            yield Excess(says, "DELETE", path)


def _name_person(entra: Entra, principal_id: str) -> str:
    found = entra.find(f"users/{principal_id}?$select=userPrincipalName")
    return str(found["userPrincipalName"]) if found else f"{principal_id} (deleted)"

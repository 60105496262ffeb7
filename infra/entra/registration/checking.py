"""What a set-up needs of Entra, and whether it is there: looks only, changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from infra.entra.registration.entra import Entra
from infra.entra.registration.making import (
    ROLES,
    addin_path,
    backend_path,
    principal_path,
    wanted_assignments,
)
from infra.entra.registration.reconciling import AGAIN, VARIABLES, find_excess
from infra.entra.registration.wanted import GRAPH, Wanted

WELL, MISSING, LOOK = "well", "missing", "look"
"""It is there; it is not; and what this command cannot see, which is not the same as either."""
Thing = dict[str, Any]


@dataclass(frozen=True)
class Finding:
    """One thing that a set-up needs: how it stands, and what to do where it is not well."""

    state: str
    what: str
    helps: str = ""


def check(entra: Entra, wanted: Wanted) -> list[Finding]:
    """All of it, in the order of docs/setup.md. Raises AzureFailed."""
    backend, addin = entra.find(backend_path(wanted)), entra.find(addin_path(wanted))
    found = [*_account(entra, wanted)]
    found.append(_stands(backend is not None, "registration of the backend", AGAIN))
    if backend:
        found += _backend(entra, wanted, backend)
    found.append(_stands(addin is not None, "registration of the add-in", AGAIN))
    if addin:
        found += _addin(entra, wanted, addin)
    if backend:
        excess = len(find_excess(entra, wanted))
        helps = f"{excess} too many. See: register.py reconcile"
        found.append(_stands(not excess, "nothing granted beyond the settings", helps))
    return [*found, *_elsewhere(wanted)]


def table(findings: list[Finding]) -> str:
    """One line for each, in columns."""
    width = max(len(one.what) for one in findings)
    lines = [f"{one.state:<7}  {one.what:<{width}}  {one.helps}".rstrip() for one in findings]
    return "\n".join(lines)


def _stands(is_well: bool, what: str, helps: str) -> Finding:
    return Finding(WELL, what) if is_well else Finding(MISSING, what, helps)


def _account(entra: Entra, wanted: Wanted) -> Iterator[Finding]:
    """The service account: whether it is as step 1 has it."""
    if not wanted.service_account:
        yield Finding(LOOK, "service account", "ROLLCALL_SERVICE_ACCOUNT_ID is empty: any that is assigned.")
        return
    path = f"users/{wanted.service_account}"
    account = entra.find(f"{path}?$select=userPrincipalName,accountEnabled,userType")
    if account is None:
        yield Finding(MISSING, "service account", "ROLLCALL_SERVICE_ACCOUNT_ID is nobody's object id.")
        return
    yield Finding(WELL, "service account")
    yield _stands(bool(account["accountEnabled"]), "service account is enabled", "Enable it.")
    # Who was made before there were guests has no type, and is a member.
    is_member = account.get("userType") in ("Member", None)
    yield _stands(is_member, "service account is a member", "A guest cannot search groups: take another one.")
    above = entra.list(f"{path}/transitiveMemberOf?$select=id,displayName")
    roles = [one["displayName"] for one in above if one["@odata.type"] == "#microsoft.graph.directoryRole"]
    helps = f"Take away: {', '.join(roles)}."
    yield _stands(not roles, "service account has no Entra role", helps)


def _backend(entra: Entra, wanted: Wanted, application: Thing) -> Iterator[Finding]:
    yield _proof(entra, wanted, application)
    callback = f"{wanted.public_url}/api/connection/callback"
    yield _address(wanted, application.get("web"), [callback], "sign-in's address")
    principal = entra.find(principal_path(application["appId"]))
    yield _stands(principal is not None, "enterprise application Rollcall", AGAIN)
    if principal:
        yield from _roles(entra, wanted, principal["id"])
        yield from _consents(entra, wanted, principal["id"])


def _proof(entra: Entra, wanted: Wanted, application: Thing) -> Finding:
    """How the backend proves itself."""
    if wanted.credential != "managed_identity":
        kind = "passwordCredentials" if wanted.credential == "secret" else "keyCredentials"
        helps = "setup.md, A client secret or a certificate instead."
        return _stands(bool(application.get(kind)), f"a {wanted.credential} for the backend", helps)
    what = "trust in the function app's identity"
    if not wanted.identity:
        return Finding(LOOK, what, "Not known before azd up.")
    trusted = entra.list(f"applications/{application['id']}/federatedIdentityCredentials")
    return _stands(wanted.identity in [one["subject"] for one in trusted], what, AGAIN)


def _address(wanted: Wanted, platform: Thing | None, asked: list[str], what: str) -> Finding:
    if not wanted.public_url:
        return Finding(LOOK, what, "Not known before azd up.")
    there = (platform or {}).get("redirectUris", [])
    return _stands(set(asked) <= set(there), what, AGAIN)


def _roles(entra: Entra, wanted: Wanted, principal: str) -> Iterator[Finding]:
    """Who has which role, by the settings; where one is empty, whether anybody has it."""
    there = [
        (one["principalId"], one["appRoleId"])
        for one in entra.list(f"servicePrincipals/{principal}/appRoleAssignedTo")
    ]
    for key, variable in VARIABLES.items():
        role = ROLES[key]["id"]
        what = f"role {ROLES[key]['displayName']}"
        asked = [pair for pair in wanted_assignments(wanted) if pair[1] == role]
        if lacking := [person for person, _ in asked if (person, role) not in there]:
            yield Finding(MISSING, what, f"Not assigned to {', '.join(lacking)}. {AGAIN}")
        elif asked or any(one == role for _, one in there):
            yield Finding(WELL, what)
        elif key == "auditor":  # nobody has to be one
            yield Finding(LOOK, what, f"Nobody has it; {variable} is empty.")
        else:
            yield Finding(MISSING, what, f"Nobody has it; {variable} is empty.")


def _consents(entra: Entra, wanted: Wanted, principal: str) -> Iterator[Finding]:
    """Each permission that the directories need, as the service account or as everybody."""
    grants = entra.list(f"servicePrincipals/{principal}/oauth2PermissionGrants")
    for api, scopes in wanted.scopes.items():
        resource = entra.get(principal_path(api))["id"]
        given = {
            scope
            for one in grants
            if one["resourceId"] == resource
            and (one["consentType"] == "AllPrincipals" or one.get("principalId") == wanted.service_account)
            for scope in one["scope"].split()
        }
        for scope in scopes:
            yield _stands(scope in given, f"consent to {scope}", "setup.md, step 3.")


def _addin(entra: Entra, wanted: Wanted, application: Thing) -> Iterator[Finding]:
    pages = [f"{wanted.public_url}/addin/{page}.html" for page in ("dialog", "pages")]
    asked = [wanted.public_url.replace("https://", "brk-multihub://"), *pages]
    yield _address(wanted, application.get("spa"), asked, "the add-in's addresses")
    principal = entra.find(principal_path(application["appId"]))
    yield _stands(principal is not None, "enterprise application Rollcall for Outlook", AGAIN)
    if not principal or not wanted.addin_scopes:
        return
    graph = entra.get(principal_path(GRAPH))["id"]
    given = {
        scope
        for one in entra.list(f"servicePrincipals/{principal['id']}/oauth2PermissionGrants")
        if one["resourceId"] == graph and one["consentType"] == "AllPrincipals"
        for scope in one["scope"].split()
    }
    for scope in wanted.addin_scopes:
        what = f"the add-in's consent to {scope}"
        if scope in given:
            yield Finding(WELL, what)
        else:
            yield Finding(LOOK, what, "Not for everybody: each sender is asked once.")


def _elsewhere(wanted: Wanted) -> Iterator[Finding]:
    """What the Azure CLI's sign-in may not read: its permissions on Graph are not ours to choose."""
    yield Finding(LOOK, "Conditional Access, security defaults", "setup.md, Conditional Access.")
    asked = {scope for scopes in wanted.scopes.values() for scope in scopes}
    if "Exchange.ManageV2" in asked:
        yield Finding(LOOK, "Exchange role of the service account", "setup.md, step 1.")
    if "EWS.AccessAsUser.All" in asked:
        yield Finding(LOOK, "mailbox, and allow-list of EWS", "setup.md, EWS in Exchange Online.")
    yield Finding(LOOK, "the add-in in Outlook", "setup.md, step 6.")

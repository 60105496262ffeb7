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
from shared.account.needs import LOOK, MISSING, SIGN_IN, WELL, Need, needs

__all__ = ["LOOK", "MISSING", "WELL", "Finding", "check", "table"]
# What each need is called. The page Connection has words of its own, in its reader's language.
WHAT = {
    "account": "service account",
    "account_enabled": "service account is enabled",
    "account_member": "service account is a member",
    "account_roles": "service account has no Entra role",
    "backend": "registration of the backend",
    "proof": "a {of} for the backend",
    "callback": "sign-in's address",
    "backend_principal": "enterprise application Rollcall",
    "role": "role {of}",
    "consent": "consent to {of}",
    "addin": "registration of the add-in",
    "addin_addresses": "the add-in's addresses",
    "addin_principal": "enterprise application Rollcall for Outlook",
    "addin_consent": "the add-in's consent to {of}",
    "beyond": "nothing granted beyond the settings",
    "policies": "Conditional Access, security defaults",
    "exchange_role": "Exchange role of the service account",
    "ews_mailbox": "mailbox, and allow-list of EWS",
    "outlook": "the add-in in Outlook",
}
TRUST = Need("proof", "managed_identity")
Thing = dict[str, Any]


@dataclass(frozen=True)
class Finding:
    """How one thing stands that a set-up needs, and what to do where it is not well."""

    need: Need
    state: str
    helps: str = ""

    @property
    def what(self) -> str:
        """What is needed, in words."""
        name, of = self.need
        if self.need == TRUST:
            return "trust in the function app's identity"
        return WHAT[name].format(of=ROLES[of]["displayName"] if name == "role" else of)


def check(entra: Entra, wanted: Wanted) -> list[Finding]:
    """All that can be asked for by now, in the order of docs/setup.md. Raises AzureFailed."""
    backend, addin = entra.find(backend_path(wanted)), entra.find(addin_path(wanted))
    found = [*_account(entra, wanted)]
    found.append(_stands(backend is not None, Need("backend"), AGAIN))
    if backend:
        found += _backend(entra, wanted, backend)
        excess = len(find_excess(entra, wanted))
        helps = f"{excess} too many. See: register.py reconcile"
        found.append(_stands(not excess, Need("beyond"), helps))
    found.append(_stands(addin is not None, Need("addin"), AGAIN))
    if addin:
        found += _addin(entra, wanted, addin)
    told = {one.need: one for one in [*found, *_elsewhere()]}
    return [told[need] for need in _needs(wanted) if need in told]


def _needs(wanted: Wanted) -> Iterator[Need]:
    asked = [scope for scopes in wanted.scopes.values() for scope in scopes if scope not in SIGN_IN]
    return needs(asked, wanted.addin_scopes, wanted.credential)


def table(findings: list[Finding]) -> str:
    """One line for each, in columns."""
    width = max(len(one.what) for one in findings)
    lines = [f"{one.state:<7}  {one.what:<{width}}  {one.helps}".rstrip() for one in findings]
    return "\n".join(lines)


def _stands(is_well: bool, need: Need, helps: str) -> Finding:
    return Finding(need, WELL) if is_well else Finding(need, MISSING, helps)


def _account(entra: Entra, wanted: Wanted) -> Iterator[Finding]:
    """The service account: whether it is as step 1 has it."""
    if not wanted.service_account:
        yield Finding(Need("account"), LOOK, "ROLLCALL_SERVICE_ACCOUNT_ID is empty: any that is assigned.")
        return
    path = f"users/{wanted.service_account}"
    account = entra.find(f"{path}?$select=userPrincipalName,accountEnabled,userType")
    if account is None:
        yield Finding(Need("account"), MISSING, "ROLLCALL_SERVICE_ACCOUNT_ID is nobody's object id.")
        return
    yield Finding(Need("account"), WELL)
    yield _stands(bool(account["accountEnabled"]), Need("account_enabled"), "Enable it.")
    # Who was made before there were guests has no type, and is a member.
    is_member = account.get("userType") in ("Member", None)
    yield _stands(is_member, Need("account_member"), "A guest cannot search groups: take another one.")
    above = entra.list(f"{path}/transitiveMemberOf?$select=id,displayName")
    roles = [one["displayName"] for one in above if one["@odata.type"] == "#microsoft.graph.directoryRole"]
    helps = f"Take away: {', '.join(roles)}."
    yield _stands(not roles, Need("account_roles"), helps)


def _backend(entra: Entra, wanted: Wanted, application: Thing) -> Iterator[Finding]:
    yield _proof(entra, wanted, application)
    callback = f"{wanted.public_url}/api/connection/callback"
    yield _address(wanted, application.get("web"), [callback], "callback")
    principal = entra.find(principal_path(application["appId"]))
    yield _stands(principal is not None, Need("backend_principal"), AGAIN)
    if principal:
        yield from _roles(entra, wanted, principal["id"])
        yield from _consents(entra, wanted, principal["id"])


def _proof(entra: Entra, wanted: Wanted, application: Thing) -> Finding:
    """How the backend proves itself."""
    if wanted.credential != "managed_identity":
        kind = "passwordCredentials" if wanted.credential == "secret" else "keyCredentials"
        helps = "setup.md, A client secret or a certificate instead."
        return _stands(bool(application.get(kind)), Need("proof", wanted.credential), helps)
    if not wanted.identity:
        return Finding(TRUST, LOOK, "Not known before azd up.")
    trusted = entra.list(f"applications/{application['id']}/federatedIdentityCredentials")
    return _stands(wanted.identity in [one["subject"] for one in trusted], TRUST, AGAIN)


def _address(wanted: Wanted, platform: Thing | None, asked: list[str], name: str) -> Finding:
    if not wanted.public_url:
        return Finding(Need(name), LOOK, "Not known before azd up.")
    there = (platform or {}).get("redirectUris", [])
    return _stands(set(asked) <= set(there), Need(name), AGAIN)


def _roles(entra: Entra, wanted: Wanted, principal: str) -> Iterator[Finding]:
    """Who has which role, by the settings; where one is empty, whether anybody has it."""
    there = [
        (one["principalId"], one["appRoleId"])
        for one in entra.list(f"servicePrincipals/{principal}/appRoleAssignedTo")
    ]
    for key, variable in VARIABLES.items():
        role = ROLES[key]["id"]
        need = Need("role", key)
        asked = [pair for pair in wanted_assignments(wanted) if pair[1] == role]
        if lacking := [person for person, _ in asked if (person, role) not in there]:
            yield Finding(need, MISSING, f"Not assigned to {', '.join(lacking)}. {AGAIN}")
        elif asked or any(one == role for _, one in there):
            yield Finding(need, WELL)
        elif key == "auditor":  # nobody has to be one
            yield Finding(need, LOOK, f"Nobody has it; {variable} is empty.")
        else:
            yield Finding(need, MISSING, f"Nobody has it; {variable} is empty.")


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
            yield _stands(scope in given, Need("consent", scope), "setup.md, step 3.")


def _addin(entra: Entra, wanted: Wanted, application: Thing) -> Iterator[Finding]:
    pages = [f"{wanted.public_url}/addin/{page}.html" for page in ("dialog", "pages")]
    asked = [wanted.public_url.replace("https://", "brk-multihub://"), *pages]
    yield _address(wanted, application.get("spa"), asked, "addin_addresses")
    principal = entra.find(principal_path(application["appId"]))
    yield _stands(principal is not None, Need("addin_principal"), AGAIN)
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
        need = Need("addin_consent", scope)
        if scope in given:
            yield Finding(need, WELL)
        else:
            yield Finding(need, LOOK, "Not for everybody: each sender is asked once.")


def _elsewhere() -> Iterator[Finding]:
    """What the Azure CLI's sign-in may not read: its permissions on Graph are not ours to choose."""
    yield Finding(Need("policies"), LOOK, "setup.md, Conditional Access.")
    yield Finding(Need("exchange_role"), LOOK, "setup.md, step 1.")
    yield Finding(Need("ews_mailbox"), LOOK, "setup.md, EWS in Exchange Online.")
    yield Finding(Need("outlook"), LOOK, "setup.md, step 6.")

"""infra/entra/apps.bicep, evaluated by the real compiler and deployed to the tenant that stands in.

`bicep snapshot` tells each resource with its values; only what another resource will answer is left as an
expression. Those that name one of ours are looked up in the tenant, the others are left out.
"""

from __future__ import annotations

import json
import re
from typing import Any

from tests.support.entra_tenant import EXCHANGE, GRAPH, TENANT, Tenant
from tools.bicep import Bicep

PARAMETERS = """
using 'apps.bicep'
param name = 'rollcall-pilot-ba2v6g34stp2e'
param publicUrl = 'https://rollcall.example.org'
param identityPrincipalId = 'the-identity'
param cloud = loadJsonContent('../clouds.json').AzureCloud
param directories = ['graph', 'exchange']
param graphScopes = 'Directory.Read.All User.Read.All'
param sendsCopies = false
param readsTips = false
param people = {
  admins: ['ada']
  senders: ['mia', 'pilot']
  auditors: ['otto']
  operators: []
  serviceAccount: 'svc'
}
param setupClientIds = ['the-azure-cli']
"""
# The same as an azd environment.
VALUES = {
    "AZURE_SUBSCRIPTION_ID": "12345678-1234-1234-1234-123456789012",
    "AZURE_ENV_NAME": "pilot",
    "AZURE_LOCATION": "westeurope",
    "ROLLCALL_PUBLIC_URL": "https://rollcall.example.org",
    "ROLLCALL_IDENTITY_PRINCIPAL_ID": "the-identity",
    "ROLLCALL_DIRECTORIES": "graph,exchange",
    "ROLLCALL_ADMIN_IDS": "ada",
    "ROLLCALL_SENDER_IDS": "mia,pilot",
    "ROLLCALL_AUDITOR_IDS": "otto",
    "ROLLCALL_SERVICE_ACCOUNT_ID": "svc",
    "ROLLCALL_SETUP_CLIENT_IDS": "the-azure-cli",
}
NAME = "rollcall-pilot-ba2v6g34stp2e"


def evaluate(bicep: Bicep) -> list[dict[str, Any]]:
    """The resources of apps.bicep in that copy, in the order of their making. Raises CompilerFailed."""
    parameters = bicep.folder / "entra" / "apps.bicepparam"
    parameters.write_text(PARAMETERS)
    where = ["--subscription-id", VALUES["AZURE_SUBSCRIPTION_ID"], "--tenant-id", TENANT]
    bicep.run("snapshot", str(parameters), "--mode", "overwrite", *where, "--location", "westeurope")
    made = json.loads(parameters.with_suffix(".snapshot.json").read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = made["predictedResources"]
    order = ["applications", "servicePrincipals", "federatedIdentityCredentials", "appRoleAssignedTo"]
    kinds = [*order, "oauth2PermissionGrants"]
    # As the template depends: the credential before the second writing of its application.
    return sorted(
        found, key=lambda one: kinds.index(_kind(one)) + (0.5 if "identifierUris" in str(one) else 0)
    )


def deploy(tenant: Tenant, resources: list[dict[str, Any]]) -> None:
    """Make them as Microsoft Graph's extension does: upsert, and an existing assignment or grant is well."""
    for one in resources:
        body = _resolve(tenant, one["properties"])
        kind = _kind(one)
        if kind == "applications":
            tenant.rest("PATCH", f"applications(uniqueName='{body.pop('uniqueName')}')", body, True, "")
        elif kind == "servicePrincipals":
            tenant.rest("PATCH", f"servicePrincipals(appId='{body.pop('appId')}')", body, True, "")
        elif kind == "federatedIdentityCredentials":
            application, _, name = body.pop("name").partition("/")
            key = f"applications(uniqueName='{application}')/federatedIdentityCredentials(name='{name}')"
            tenant.rest("PATCH", key, body, True, "")
        elif not _is_there(tenant, body):
            path = f"servicePrincipals/{body['resourceId']}/{kind}" if kind == "appRoleAssignedTo" else kind
            tenant.rest("POST", path, body, False, "")


def _kind(resource: dict[str, Any]) -> str:
    return str(resource["type"]).partition("@")[0].rpartition("/")[2]


def _is_there(tenant: Tenant, body: dict[str, Any]) -> bool:
    there = [*tenant.state["assignments"].values(), *tenant.state["grants"].values()]
    return any(body.items() <= one.items() for one in there)


def _resolve(tenant: Tenant, value: Any) -> Any:
    """Without expressions: looked up where they name one of ours, left out elsewhere."""
    if isinstance(value, dict):
        found = {name: _resolve(tenant, one) for name, one in value.items()}
        return {name: one for name, one in found.items() if one is not None}
    if isinstance(value, list):
        return [one for one in (_resolve(tenant, one) for one in value) if one is not None]
    if not isinstance(value, str) or not value.startswith("["):
        return value
    reference = re.fullmatch(r"\[(format\('api://\{0\}', )?reference\('(\w+)'\)\.(\w+)\)?\]", value)
    if reference is None:
        return None
    found = _look_up(tenant, reference[2])[reference[3]]
    return f"api://{found}" if reference[1] else found


def _look_up(tenant: Tenant, symbol: str) -> dict[str, Any]:
    """The object in the tenant that the template calls so."""
    own = {"addin": f"{NAME}-addin", "backend": f"{NAME}-api"}
    if symbol in own:
        there = tenant.state["applications"].values()
        return next(one for one in there if one["uniqueName"] == own[symbol])
    api = {"graph": GRAPH, "exchange": EXCHANGE}.get(symbol)
    app_id = api or _look_up(tenant, symbol.removesuffix("Principal"))["appId"]
    return next(one for one in tenant.state["servicePrincipals"].values() if one["appId"] == app_id)

"""An environment's values, and registrations made by them in a tenant that stands in."""

from __future__ import annotations

from typing import Any

from infra.entra.registration.entra import Entra
from infra.entra.registration.making import ROLES, make
from infra.entra.registration.wanted import Wanted
from tests.support.entra_tenant import Tenant

NAMED = {
    "AZURE_SUBSCRIPTION_ID": "12345678-1234-1234-1234-123456789012",
    "AZURE_ENV_NAME": "pilot",
    "AZURE_LOCATION": "westeurope",
}
BEFORE = NAMED | {
    "ROLLCALL_ADMIN_IDS": "ada",
    "ROLLCALL_SENDER_IDS": "mia,pilot",
    "ROLLCALL_AUDITOR_IDS": "otto",
    "ROLLCALL_SERVICE_ACCOUNT_ID": "svc",
}
AFTER = BEFORE | {
    "ROLLCALL_PUBLIC_URL": "https://rollcall.example.org",
    "ROLLCALL_IDENTITY_PRINCIPAL_ID": "the-identity",
}


def run(tenant: Tenant, values: dict[str, str], said: list[str] | None = None) -> tuple[str, str]:
    """The client ids of the backend and the add-in."""
    entra = Entra(tenant, tenant.sleep, tenant.clock)
    return make(entra, Wanted.of(values), say=(said if said is not None else []).append)


def application(tenant: Tenant, which: str) -> dict[str, Any]:
    """The `api` or the `addin`."""
    name = f"rollcall-pilot-ba2v6g34stp2e-{which}"
    return next(one for one in tenant.state["applications"].values() if one["uniqueName"] == name)


def principal(tenant: Tenant, app_id: str) -> dict[str, Any]:
    """An application's service principal."""
    return next(one for one in tenant.state["servicePrincipals"].values() if one["appId"] == app_id)


def assignments(tenant: Tenant) -> set[tuple[str, str]]:
    """Who has which role."""
    values = {role["id"]: role["value"] for role in ROLES.values()}
    there = tenant.state["assignments"].values()
    return {(one["principalId"], values.get(one["appRoleId"], "?")) for one in there}

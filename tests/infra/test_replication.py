"""What register.py takes for a directory that replicates late, and what it does not."""

from __future__ import annotations

from typing import Any

import pytest

from infra.entra.registration.azure import AzureFailed
from infra.entra.registration.entra import Entra
from tests.support.entra_tenant import GRAPH, Tenant
from tests.support.registration_refusals import refuse

LATE = [
    ("Not Found", "Request_ResourceNotFound", "Resource 'x' does not exist or one of its queried"),
    (
        "Bad Request",
        "Request_BadRequest",
        "The appId 'x' of the service principal does not reference a valid application object.",
    ),
    ("Bad Request", "Request_BadRequest", "Not a valid reference update."),
    ("Bad Request", "Request_BadRequest", "Permission being assigned was not found on application"),
    ("Bad Request", "Request_BadRequest", "Specified resourceId was not found"),
    ("Bad Request", "InvalidAppId", "Property PreAuthorizedApplication references applications 'x' that"),
    (
        "Conflict",
        "Directory_ConcurrencyViolation",
        "Error due to concurrent requests being made to the tenant.",
    ),
    ("Too Many Requests", "TooManyRequests", "Too many requests."),
    ("Service Unavailable", "serviceNotAvailable", "The service is temporarily unavailable."),
]
FINAL = [
    ("Forbidden", "Authorization_RequestDenied", "Insufficient privileges to complete the operation."),
    (
        "Bad Request",
        "Request_BadRequest",
        "Another object with the same value for property uniqueName already",
    ),
    (
        "Bad Request",
        "CannotDeleteOrUpdateEnabledEntitlement",
        "Permission (scope or role) cannot be deleted or",
    ),
    ("Bad Request", "Request_BadRequest", "Invalid value specified for property 'displayName'."),
]


def refusing(tenant: Tenant, refusal: tuple[str, str, str], times: int) -> tuple[Entra, list[int]]:
    """A tenant that refuses so often before it does what it is asked; and how often it was asked."""
    asked: list[int] = []

    def answer(*arguments: str) -> dict[str, Any]:
        if arguments[0] == "rest":
            asked.append(1)
            if len(asked) <= times:
                refuse(*refusal)
        return tenant(*arguments)

    return Entra(answer, tenant.sleep, tenant.clock), asked


@pytest.mark.parametrize("refusal", LATE, ids=lambda refusal: refusal[2][:40])
def test_what_entra_says_while_it_replicates_is_tried_again(refusal: tuple[str, str, str]) -> None:
    entra, asked = refusing(Tenant(), refusal, 3)
    entra.get(f"servicePrincipals(appId='{GRAPH}')")
    assert len(asked) == 4


@pytest.mark.parametrize("refusal", FINAL, ids=lambda refusal: refusal[2][:40])
def test_what_no_waiting_helps_is_said_at_once(refusal: tuple[str, str, str]) -> None:
    entra, asked = refusing(Tenant(), refusal, 3)
    with pytest.raises(AzureFailed, match=refusal[1]):
        entra.get(f"servicePrincipals(appId='{GRAPH}')")
    assert len(asked) == 1

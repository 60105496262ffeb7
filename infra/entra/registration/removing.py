"""The end of both registrations."""

from __future__ import annotations

from dataclasses import dataclass

from infra.entra.registration.entra import Entra
from infra.entra.registration.making import addin_path, backend_path
from infra.entra.registration.wanted import Wanted


@dataclass(frozen=True)
class Registration:
    """One that would be deleted."""

    id: str
    says: str


def find_registrations(entra: Entra, wanted: Wanted) -> list[Registration]:
    """Those of this environment that are there. Raises AzureFailed."""
    applications = [entra.find(path(wanted)) for path in (backend_path, addin_path)]
    return [
        Registration(one["id"], f"{one['displayName']}: {one['uniqueName']}, client id {one['appId']}")
        for one in applications
        if one
    ]


def remove(entra: Entra, found: list[Registration]) -> None:
    """Delete them, and what Entra would keep of them for 30 days: the name would not be free until then.

    Their service principals, assignments and consents go with them. Source: msgraph-bicep-types 137. Raises
    AzureFailed.
    """
    for one in found:
        entra.delete(f"applications/{one.id}")
    for one in found:
        # Deleted a moment ago, so it is there, even where a replica does not know yet.
        entra.get(f"directory/deletedItems/{one.id}")
        entra.delete(f"directory/deletedItems/{one.id}")

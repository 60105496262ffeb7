"""What is looked at to tell whether Rollcall works, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from shared.agreement.standing import AgreementState
from shared.services.others import OtherServices

if TYPE_CHECKING:
    from shared.adapters.entra import ServiceAccount
    from shared.audience.canary import Canary
    from shared.services.tracking import TrackingServices


class AllServices(OtherServices, Protocol):
    """The services that are looked at."""

    tracking: TrackingServices

    @property
    def service_account(self) -> ServiceAccount: ...
    @property
    def canary(self) -> Canary | None: ...


def checks_of(services: AllServices) -> dict[str, Callable[[], object]]:
    """Each raises what is wrong. What this deployment does not have is not among them."""
    checks: dict[str, Callable[[], object]] = {
        "key_vault": lambda: services.vault.get("rollcall-token-cache"),
        "storage": lambda: services.expansions.store.find("health", "health"),
        "service_account": lambda: services.service_account.access_token("graph"),
        "events": services.tracking.check,
        "individual_basis": services.tracking.consent.check,
    }
    if services.canary:
        checks["canary"] = services.canary.check
    if services.agreed.fixed is not AgreementState.NONE:
        checks["agreement"] = lambda: services.agreed.check(services.now)
    return checks

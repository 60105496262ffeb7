"""What is looked at to tell whether Rollcall works, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from shared.agreement.standing import AgreementState
from shared.services.others import OtherServices

if TYPE_CHECKING:
    from shared.adapters.entra import ServiceAccount
    from shared.audience.canary import Canary
    from shared.health import Ahead
    from shared.services.tracking import TrackingServices


class AllServices(OtherServices, Protocol):
    """The services that are looked at."""

    tracking: TrackingServices

    @property
    def service_account(self) -> ServiceAccount: ...
    @property
    def canary(self) -> Canary | None: ...


def checks_of(services: AllServices) -> dict[str, Callable[[], object]]:
    """Each raises what is wrong, or answers what is ahead. What is not deployed is not among them."""
    checks: dict[str, Callable[[], object]] = {
        "key_vault": lambda: services.vault.get("rollcall-token-cache"),
        "storage": lambda: services.expansions.store.find("health", "health"),
        "service_account": lambda: services.service_account.access_token("graph"),
        "events": services.tracking.check,
        "individual_basis": services.tracking.consent.check,
    }
    if "ews" in services.settings.directories:
        from shared.adapters.directories.ews.retirement import is_online

        if is_online(services.settings.ews_url):
            checks["ews_end"] = lambda: _look_ahead(services)
    if services.canary:
        checks["canary"] = services.canary.check
    if services.agreed.fixed is not AgreementState.NONE:
        checks["agreement"] = lambda: services.agreed.check(services.now)
    return checks


def _look_ahead(services: AllServices) -> Ahead:
    """What the end of Exchange Web Services means to this deployment."""
    from shared.adapters.directories.ews.retirement import look_ahead

    settings = services.settings
    return look_ahead(
        services.now().date(),
        exchange_too="exchange" in settings.directories,
        dynamic_lists=settings.dynamic_lists,
    )

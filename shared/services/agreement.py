"""What looks after the agreement, built where it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.services.others import OtherServices

if TYPE_CHECKING:
    from shared.agreement.watch import AgreementWatch


def watch_of(services: OtherServices) -> AgreementWatch:
    """What records each change of how the agreement stands."""
    from shared.adapters.storage.tables.claims import ClaimTable
    from shared.adapters.storage.tables.standings import StandingTable
    from shared.agreement.watch import AgreementWatch

    return AgreementWatch(
        services.agreed,
        StandingTable(services.tables),
        ClaimTable(services.tables, services.now).claim,
        services.trail.agreement_changed,
        services.now,
    )

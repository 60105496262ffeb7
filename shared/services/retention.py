"""What was kept as long as it may be comes to its end, hour by hour.

`shared/tracking/privacy/ends.py` has the table of all ends. What goes by itself at once, or every five
minutes, is not here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from shared.errors import RollcallError
from shared.services.process import Services

SIGHTING_KEPT = timedelta(days=7)
"""The canary list is looked at daily: what was seen longer ago is of a list that nobody watches any more."""


def end_what_is_due(services: Services) -> None:
    """All of it; what fails keeps nothing else from its end. Raises the first error."""
    troubles: list[RollcallError] = []
    for act in _acts(services):
        try:
            act()
        except RollcallError as error:
            troubles.append(error)
    for trouble in troubles:
        raise trouble


def _acts(services: Services) -> list[Callable[[], object]]:
    from shared.adapters.storage.tables.claims import ClaimTable
    from shared.adapters.storage.tables.notifications import NotificationTable
    from shared.adapters.storage.tables.sightings import SightingTable
    from shared.hooks.notifications import KEPT

    now = services.now()
    return [
        lambda: services.tracking.purge.run(),
        lambda: services.audit.cut(now - timedelta(days=services.settings.audit_kept)),
        lambda: services.tracking.consent.table.end(now - timedelta(days=services.settings.audit_kept)),
        lambda: ClaimTable(services.tables, services.now).purge(),
        lambda: SightingTable(services.tables).purge(now - SIGHTING_KEPT),
        lambda: NotificationTable(services.tables).end(now - KEPT),
    ]

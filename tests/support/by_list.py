"""A house in which mails to typed lists are sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from unittest.mock import Mock

from shared.tracking.mail.dividing import Dividing
from shared.tracking.mail.labels import Labels
from shared.tracking.mail.messages import Message, Messages
from shared.tracking.mail.modes import Mode
from shared.tracking.mail.recurring import Recurring
from shared.tracking.reporting.publishing import Terms
from shared.tracking.reporting.report import ListReport
from tests.support.desk import LINKS, MIA, SENDER
from tests.support.house import House

DEFAULTS = Terms()
Typed = Mapping[str, Sequence[int]]
"""The places of the members of each typed list."""


def dividing(house: House, terms: Terms = DEFAULTS, *, granted: Sequence[bool] | None = None) -> Dividing:
    """Have the house keep which lists recipients are in; `granted` says who said yes, where that is asked."""
    house.terms = terms
    house.begin()
    made = Dividing(house.reviewed, terms.smallest, terms.step)
    house.messages = Messages(
        house.store,
        house.reviewed,
        house.forget,
        Mode,
        lambda: house.now,
        Mock(),
        granted=(lambda addresses: granted[: len(addresses)]) if granted else None,
        dividing=made,
        recurring=Recurring(house.store, house.reviewed, terms.smallest),
    )
    return made


def send(
    house: House,
    recipients: int | Sequence[str],
    typed: Typed,
    mode: Mode = Mode.INDIVIDUAL,
    draw: str = "",
    campaign: str = "",
    teams: tuple[str, ...] = (),
    *,
    sent: bool = True,
) -> Message:
    """A sent mail to so many recipients, or these, who are in these lists by their place."""
    expansion = house.reviewed.add(recipients if isinstance(recipients, int) else 0)
    if not isinstance(recipients, int):
        house.reviewed.addresses[expansion] = sorted(recipients)
    house.reviewed.typed[expansion] = {name: list(places) for name, places in typed.items()}
    if draw == "drawn":
        made = house.messages.dividing
        assert made
        draw, _ = made.draw(MIA, expansion) or ("", [])
    labels = Labels(campaign=campaign)
    message = house.messages.register(MIA, expansion, mode, SENDER, LINKS, labels, teams, draw)
    house.later(minutes=1)
    return house.messages.mark_sent(MIA, message.id) if sent else message


def rows(house: House, message: Message) -> dict[str, ListReport]:
    """What its report says by list; lists that are told of together are joined by a plus."""
    found = house.reports.get(house.messages.get(MIA, message.id)).by_list
    return {"+".join(row.lists): row for row in found}

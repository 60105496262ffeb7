"""Turnover: how many joined and left the audience of a recurring mail since it was sent last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shared.amounts import Amount


@dataclass(frozen=True, slots=True)
class ListTurnover:
    """How many of those who joined are in a typed list."""

    list: str
    joined: Amount


@dataclass(frozen=True, slots=True)
class Turnover:
    """How many `joined` and `left` the audience since the mail of this campaign, or to these lists, that was
    sent at `since`; of lists only where it is known who is in which."""

    since: datetime
    joined: Amount
    left: Amount
    by_list: tuple[ListTurnover, ...] = ()

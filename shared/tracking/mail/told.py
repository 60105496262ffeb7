"""What messages need of others: the expansions that they take over, and whoever keeps a record of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from shared.audience.expansion_store import Expansion
from shared.paging import RowPage


class MessageTold(Protocol):
    """Hears what its owner is about to do with a message. Where it raises, it is not done."""

    def message_registered(
        self,
        owner: str,
        message: str,
        mode: str,
        count: int,
        targets: Sequence[str],
        *,
        sender_checked: bool,
    ) -> None:
        """It is registered, with that many recipients and links to these targets. `sender_checked`: it names
        its owner as the sender."""

    def message_labelled(self, actor: str, message: str, fields: Sequence[str]) -> None:
        """These of its labels are about to be changed."""

    def message_sent(self, owner: str, message: str) -> None:
        """Its events count from now on."""

    def message_unsent(self, owner: str, message: str, since: datetime | None) -> None:
        """Its events count no more; they counted `since` then."""


class ReviewedExpansions(Protocol):
    """Expansions, as far as a message takes one over."""

    def get(self, owner: str, identifier: str) -> Expansion:
        """The expansion. Raises NotFound."""

    def list_recipients(self, owner: str, identifier: str, after: int, limit: int) -> RowPage[str]:
        """Its recipients behind the first `after`. Raises NotFound, or Conflict while it runs."""

    def list_members(self, owner: str, identifier: str) -> list[bytes]:
        """Who of its recipients is in which typed list; empty where that was not kept. Raises NotFound."""

    def forget(self, owner: str, identifier: str) -> None:
        """Delete it. Raises NotFound."""

"""What happens to a message, for whoever keeps a record of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol


class MessageTold(Protocol):
    """Hears what its owner is about to do with a message. Where it raises, it is not done."""

    def message_registered(
        self, owner: str, message: str, mode: str, count: int, targets: Sequence[str]
    ) -> None:
        """It is registered, with that many recipients and links to these targets."""

    def message_sent(self, owner: str, message: str) -> None:
        """Its events count from now on."""

    def message_unsent(self, owner: str, message: str, since: datetime | None) -> None:
        """Its events count no more; they counted `since` then."""

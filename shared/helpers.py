"""Who can help when something went wrong, and how that is said to each reader.

An administrator reads what to do. A sender can seldom do it, so a sender reads whom to tell, and gets the
text to send.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Helper(StrEnum):
    """Whose it is to mend. `READER`: whoever reads it, by waiting or by doing it otherwise."""

    READER = "reader"
    LIST_OWNER = "list_owner"
    EXCHANGE_ADMIN = "exchange_admin"
    ENTRA_ADMIN = "entra_admin"
    SUBSCRIPTION_OWNER = "subscription_owner"
    ROLLCALL_ADMIN = "rollcall_admin"


_CALLED = {
    Helper.LIST_OWNER: "the owner of the list",
    Helper.EXCHANGE_ADMIN: "your organisation's Exchange administrator",
    Helper.ENTRA_ADMIN: "your organisation's Entra administrator",
    Helper.SUBSCRIPTION_OWNER: "whoever looks after Rollcall's Azure subscription",
    Helper.ROLLCALL_ADMIN: "whoever looks after Rollcall in your organisation",
}


@dataclass(frozen=True, slots=True)
class Words:
    """What one reader is told. `forward` is a text to send to whoever can help; None where nobody need."""

    sentence: str
    remedy: str
    forward: str | None = None


def sender_words(plainly: str, sentence: str, remedy: str, helper: Helper, code: str) -> Words:
    """What a sender is told of an administrator's `sentence` and `remedy`; `plainly` is how it looks."""
    called = _CALLED.get(helper)
    if called is None:
        return Words(plainly, remedy)
    what = f"{sentence} {remedy}"
    forward = f"Rollcall reports: {what} ({code})"
    return Words(plainly, f"Tell {called}. There is a text to send.", forward)

"""The end of Exchange Web Services in Exchange Online, before it and after. On premises they stay.

Source: "Retirement of Exchange Web Services in Exchange Online", for the date.
"""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from shared.errors import EwsBlocked
from shared.health import Ahead

RETIRED_ON = date(2027, 4, 1)
_ONLINE = ("office365.com", "office.com", "office365.us", "office365.cn", "outlook.cn", "apps.mil")


def is_online(url: str) -> bool:
    """Whether that address is Exchange Online's, and not a server's on premises."""
    host = (urlsplit(url).hostname or "").lower()
    return any(host == name or host.endswith(f".{name}") for name in _ONLINE)


def retired() -> EwsBlocked:
    """What is said of them once they ended."""
    return EwsBlocked(
        "Microsoft retired Exchange Web Services in Exchange Online on 1 April 2027.",
        "Your administrator can connect the Exchange Online Admin API (`exchange`) instead of `ews`.",
        reason="retired",
    )


def look_ahead(today: date, *, exchange_too: bool, dynamic_lists: bool) -> Ahead:
    """How many days are left, and which lists cannot be counted afterwards. Raises EwsBlocked at the end.

    `exchange_too`: the Admin API is read as well. `dynamic_lists` False: an admin vouches that there are
    none.
    """
    if today >= RETIRED_ON:
        raise retired()
    days = (RETIRED_ON - today).days
    left = f"Microsoft ends Exchange Web Services in Exchange Online on 1 April 2027; days left: {days}."
    if exchange_too:
        lost = "Lists are then read by the Exchange Online Admin API and Microsoft Graph alone."
        remedy = (
            "Test a list of each kind: where `exchange` finds what `ews` does, take `ews` out of "
            "ROLLCALL_DIRECTORIES."
        )
    elif dynamic_lists:
        lost = (
            "Dynamic distribution lists cannot be counted then, and of lists that may hold one, which are "
            "distribution lists and mail-enabled security groups, only a lower bound is known."
        )
        remedy = (
            "Connect the Exchange Online Admin API before that day: put `exchange` in the place of `ews` in "
            "ROLLCALL_DIRECTORIES."
        )
    else:
        lost = "No list is lost by it: ROLLCALL_DYNAMIC_LISTS says that there are no dynamic ones."
        remedy = "Take `ews` out of ROLLCALL_DIRECTORIES."
    return Ahead(f"{left} {lost}", remedy)

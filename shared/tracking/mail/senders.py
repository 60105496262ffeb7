"""Who is named as a mail's sender, as a request says, and whether that is true."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from shared.audience.addresses import parse_address
from shared.audience.directory import Mailbox
from shared.errors import InvalidRequest, RollcallError
from shared.tracking.mail.messages import Sender
from shared.tracking.mail.sharing import Found

FindPeople = Callable[[Sequence[str]], Mapping[str, Found]]
"""Whose each address is, as the directory says."""


def parse_sender(name: str, address: str, field: str) -> Sender:
    """The sender that a request's `field` names. Raises InvalidRequest."""
    if not name.isprintable():
        raise InvalidRequest(f"{field}.name", "This is not a name.")
    return Sender(name.strip(), parse_address(address, f"{field}.address"))


def check_sender(sender: Sender, caller: str, names: Collection[str], find_people: FindPeople) -> Sender:
    """The sender, checked where the address is the caller's own: one of the names by which Entra knows them,
    or one that the directory says is theirs, by their object id.

    Whether somebody may send for another mailbox is told by nobody whom Rollcall may ask, and neither is
    anything while the directory does not answer: then it stays unchecked.
    """
    return replace(sender, checked=sender.address in names or _is_theirs(sender.address, caller, find_people))


def _is_theirs(address: str, caller: str, find_people: FindPeople) -> bool:
    try:
        found = find_people([address]).get(address)
    except RollcallError:
        return False
    return isinstance(found, Mailbox) and found.signs_in and found.id == caller

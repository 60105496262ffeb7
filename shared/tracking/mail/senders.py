"""Who is named as a mail's sender, as a request says."""

from __future__ import annotations

from shared.audience.addresses import parse_address
from shared.errors import InvalidRequest
from shared.tracking.mail.messages import Sender


def parse_sender(name: str, address: str, field: str) -> Sender:
    """The sender that a request's `field` names. Raises InvalidRequest."""
    if not name.isprintable():
        raise InvalidRequest(f"{field}.name", "This is not a name.")
    return Sender(name.strip(), parse_address(address, f"{field}.address"))

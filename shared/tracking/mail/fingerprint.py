"""What a message is called, and what tells its registration from others."""

from __future__ import annotations

import hashlib

from shared.tracking.mail.links import Links
from shared.tracking.mail.modes import Mode


def fingerprint_of(mode: Mode, name: str, address: str, links: Links) -> str:
    """The same for the same mode, sender and links; it tells nothing of them."""
    # By the former names, so that what was registered under them can be registered once more.
    words = [mode.former, name, address, *links.written]
    return hashlib.sha256("\n".join(map(repr, words)).encode()).hexdigest()


def id_of(owner: str, expansion_id: str) -> str:
    """The id of the message that takes over the expansion: the same whenever it is registered."""
    return hashlib.sha256(f"{owner}\n{expansion_id}".encode()).hexdigest()[:32]

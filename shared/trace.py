"""What Microsoft's logs and ours have in common: the `client-request-id` of each request.

It must be a GUID. All that one expansion sends begin alike, so that an admin who knows the beginning, which
the audit trail keeps, finds every one of them in the tenant's own logs.
"""

from __future__ import annotations

from contextvars import ContextVar
from uuid import uuid4

_beginning: ContextVar[str] = ContextVar("beginning", default="")


def beginning_of(runner: str) -> str:
    """How the ids begin that belong to `runner`, which is 12 hexadecimal digits or more; 48 bits."""
    return f"{runner[:8]}-{runner[8:12]}-"


def begin(beginning: str) -> None:
    """Have the ids of this thread begin so from now on."""
    _beginning.set(beginning)


def client_request_id() -> str:
    """A new id."""
    beginning = _beginning.get()
    return beginning + str(uuid4())[len(beginning) :]

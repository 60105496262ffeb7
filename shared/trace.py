"""What Microsoft's logs and ours have in common: the `client-request-id` of each request.

It must be a GUID. All that one act of ours sends begin alike: an expansion, a sign-in, a look at the
connection. The audit trail keeps that beginning with the act, so that an admin finds every one of its
requests in the tenant's own logs, and the other way round. What belongs to no act (fetching the keys that
callers' access tokens are signed with, reading a secret that a pixel needs) begins like all such of its
process, as the process's first record has it.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import uuid4

_beginning: ContextVar[str] = ContextVar("beginning", default="")


def beginning_of(runner: str) -> str:
    """How the ids begin that belong to `runner`, which is 12 hexadecimal digits or more; 48 bits."""
    return f"{runner[:8]}-{runner[8:12]}-"


PROCESS = beginning_of(secrets.token_hex(6))


def begin(beginning: str) -> None:
    """Have the ids of this thread begin so from now on."""
    _beginning.set(beginning)


@contextmanager
def act(beginning: str = "") -> Iterator[None]:
    """Have the ids in this block begin with `beginning`. Without one they begin as those of the act around
    this block do, and where there is none, with one of their own."""
    before = _beginning.set(beginning or _beginning.get() or beginning_of(secrets.token_hex(6)))
    try:
        yield
    finally:
        _beginning.reset(before)


def beginning() -> str:
    """How the ids of the act under way begin; empty outside of one."""
    return _beginning.get()


def mark(headers: MutableMapping[str, str]) -> None:
    """Give a request with these headers a new id, under both names that Microsoft's services know: Key Vault
    logs the second as CorrelationId."""
    headers["client-request-id"] = headers["x-ms-client-request-id"] = client_request_id()


def client_request_id() -> str:
    """A new id."""
    start = _beginning.get() or PROCESS
    return start + str(uuid4())[len(start) :]

"""What a set-up needs outside of Rollcall: the lines of one table.

Two fill it, each by what it may read: `register.py check` with the Azure CLI's sign-in, and the page
*Connection* with the service account's. This imports nothing that must be installed, as whoever runs
`register.py` has only a Python.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

WELL, MISSING, LOOK = "well", "missing", "look"
"""It is there; it is not; and what cannot be seen from there, which is not the same as either."""
# What the sign-in itself needs, besides the lists: who it is, and to go on without the person.
SIGN_IN = ("openid", "profile", "offline_access")
ROLES = ("admin", "sender", "auditor", "serviceAccount")
"""People's roles, as infra/entra/permissions.json calls them."""


class Need(NamedTuple):
    """One thing that a set-up needs; `of` says which, where there are several of a kind."""

    name: str
    of: str = ""


def needs(permissions: Sequence[str], addin_permissions: Sequence[str], credential: str) -> Iterator[Need]:
    """All of it, in the order of docs/setup.md. `permissions` are the directories', without the sign-in's."""
    yield Need("account")
    yield Need("account_enabled")
    yield Need("account_member")
    yield Need("account_roles")
    yield Need("backend")
    yield Need("proof", credential)
    yield Need("callback")
    yield Need("backend_principal")
    yield from (Need("role", role) for role in ROLES)
    yield from (Need("consent", name) for name in (*permissions, *SIGN_IN))
    yield Need("addin")
    yield Need("addin_addresses")
    yield Need("addin_principal")
    yield from (Need("addin_consent", name) for name in addin_permissions)
    yield Need("beyond")
    yield Need("policies")
    if "Exchange.ManageV2" in permissions:
        yield Need("exchange_role")
    if "EWS.AccessAsUser.All" in permissions:
        yield Need("ews_mailbox")
    yield Need("outlook")

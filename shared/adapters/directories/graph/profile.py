"""What Graph says of the signed-in account itself: looked at when it is connected, and when an admin looks.

Sources: "Get a user" and "List a user's transitive memberships", learn.microsoft.com/graph/api;
"Microsoft Entra built-in roles", learn.microsoft.com/entra/identity/role-based-access-control.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from shared.adapters.directories.graph.wire import GraphWire
from shared.adapters.directories.http import Session
from shared.errors import DirectoryDown, UnreadableAnswer

GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"  # the role's template, the same in every tenant
_PATHS = [
    "/me?$select=userType,mail",
    "/me/transitiveMemberOf?$select=id,displayName,roleTemplateId&$top=999",
]


@dataclass(frozen=True, slots=True)
class Profile:
    """The account behind an access token. `has_mailbox` is by its mail address; `is_global_admin` False
    also where Graph does not show its roles. `roles` are their names, None where not all can be known."""

    is_guest: bool
    has_mailbox: bool
    is_global_admin: bool
    roles: tuple[str, ...] | None = None


class _User(msgspec.Struct):
    userType: str | None = None
    mail: str | None = None


class _Membership(msgspec.Struct):
    roleTemplateId: str | None = None
    displayName: str | None = None


class _Memberships(msgspec.Struct):
    value: list[_Membership] = []
    more: str | None = msgspec.field(default=None, name="@odata.nextLink")


def fetch_profile(url: str, access_token: str, timeout: float) -> Profile:
    """The account that Graph at `url` knows by `access_token`; `timeout` is in seconds.

    Raises DirectoryDown or UnreadableAnswer.
    """
    with Session(1) as session:
        me, roles = GraphWire(url, session).batch(_PATHS, access_token, timeout)
    if me.status != 200:
        raise DirectoryDown
    try:
        user = msgspec.json.decode(me.body, type=_User)
        found = msgspec.json.decode(roles.body, type=_Memberships) if roles.status == 200 else None
    except ValueError as error:
        raise UnreadableAnswer from error
    held = [one for one in found.value if one.roleTemplateId] if found else []
    # With pages to come, who shows no role so far may have one there.
    is_whole = found is not None and (bool(held) or found.more is None)
    return Profile(
        is_guest=user.userType == "Guest",
        has_mailbox=bool(user.mail),
        is_global_admin=any(role.roleTemplateId == GLOBAL_ADMINISTRATOR for role in held),
        roles=tuple(role.displayName or "" for role in held) if is_whole else None,
    )

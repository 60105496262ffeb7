"""The delegated permissions this tenant knows, and how a scope names one.

In the cloud a scope's prefix names its resource. Here Graph and Exchange share one origin, so for
that origin the permission's own name decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

OPENID = frozenset({"openid", "profile", "offline_access", "email"})

# What the consent page says, after the wording of the admin centre.
TITLES = {
    "graph": {
        "Directory.Read.All": "Read directory data",
        "User.Read.All": "Read all users' full profiles",
        "User.ReadBasic.All": "Read all users' basic profiles",
        "User.Read": "Sign in and read user profile",
        "Group.Read.All": "Read all groups",
        "GroupMember.Read.All": "Read group memberships",
        "OrgContact.Read.All": "Read organizational contacts",
        "Member.Read.Hidden": "Read hidden memberships",
        "Mail.Send": "Send mail as you",
        "MailTips.ReadBasic.Shared": "Read mail tips for mailboxes you can access",
    },
    "exchange": {
        "EWS.AccessAsUser.All": "Access mailboxes as the signed-in user via Exchange Web Services",
        "Exchange.ManageV2": "Manage Exchange configuration as the signed-in user",
    },
    "backend": {"access_as_user": "Use Rollcall as the signed-in user"},
}
# What only the add-in is registered for: the backend may not even ask.
FOR_PUBLIC_CLIENTS = frozenset({"Mail.Send", "MailTips.ReadBasic.Shared"})
_CLOUD = {
    "graph": ("https://graph.microsoft.com", "00000003-0000-0000-c000-000000000000"),
    "exchange": ("https://outlook.office365.com", "00000002-0000-0ff1-ce00-000000000000"),
}


@dataclass(frozen=True, slots=True)
class Permission:
    """One scope that was asked for. `name` may be `.default`: whatever was consented to before."""

    resource: str
    name: str
    audience: str  # as it will stand in the access token's `aud`
    scope: str  # as it was asked


def parse_scope(scope: str, *, origin: str, client_id: str) -> Permission | None:
    """The permission that `scope` names; None for an OpenID scope. Raises ValueError if unknown."""
    if scope in OPENID:
        return None
    prefix, _, name = scope.rpartition("/")
    for resource in TITLES:
        known = name in TITLES[resource] or name == ".default"
        if known and prefix in _prefixes(resource, origin, client_id):
            audience = client_id if resource == "backend" else prefix or _CLOUD["graph"][0]
            return Permission(resource, name, audience, scope)
    raise ValueError(scope)


def is_for(claims: dict[str, Any], resource: str, *, origin: str) -> bool:
    """Whether an access token with `claims` was issued for `resource` (`graph`, `exchange`)."""
    granted = set(str(claims.get("scp", "")).split())
    audience = str(claims.get("aud"))
    return audience in _prefixes(resource, origin, "") and not granted.isdisjoint(TITLES[resource])


def _prefixes(resource: str, origin: str, client_id: str) -> tuple[str, ...]:
    if resource == "backend":
        return (f"api://{client_id}", client_id)
    # Entra takes a scope without prefix as one of Graph's.
    return (*_CLOUD[resource], origin, *([""] if resource == "graph" else []))

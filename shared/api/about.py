"""The words of answers about Rollcall itself."""

from __future__ import annotations

import msgspec

from shared.health import CheckAnswer


class MeAnswer(msgspec.Struct, frozen=True):
    """Who calls. `name` is for display and may be empty; `roles` are some of `sender`, `admin` and `auditor`,
    all three for an admin; none for somebody who sees nothing but what is about themselves. `teams` are those
    that they are in, by name, `sees_teams` those whose messages they see: all for an admin. Whoever has a
    role is told to which hosts, and all below them, tracked links may lead (to all where `allow_hosts` is
    empty), and to which they may not."""

    name: str
    roles: list[str]
    teams: list[str]
    sees_teams: list[str]
    allow_hosts: list[str]
    deny_hosts: list[str]


class HealthAnswer(msgspec.Struct, frozen=True):
    """`ok` or `degraded`; `checks` are for admins only."""

    status: str
    checks: list[CheckAnswer] | None = None

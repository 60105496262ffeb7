"""The words of answers about Rollcall itself."""

from __future__ import annotations

import msgspec

from shared.health import CheckAnswer


class MeAnswer(msgspec.Struct, frozen=True):
    """Who calls. `name` is for display and may be empty; `roles` are some of `sender`, `admin` and `auditor`,
    all three for an admin; none for somebody who sees nothing but what is about themselves. `teams` are those
    that they are in, by name, `sees_teams` those whose messages they see: all for an admin."""

    name: str
    roles: list[str]
    teams: list[str]
    sees_teams: list[str]


class HealthAnswer(msgspec.Struct, frozen=True):
    """`ok` or `degraded`; `checks` are for admins only."""

    status: str
    checks: list[CheckAnswer] | None = None

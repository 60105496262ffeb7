"""A sandbox of one's own, for tests of the server."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sandbox.server.server import Running
from sandbox.tenant.tenant import Person, Tenant


def keys_url(running: Running) -> str:
    return f"{running.origin}/{running.world.tenant.tenant_id}/discovery/v2.0/keys"


def make_tenant(people: int = 1, **changes: Any) -> Tenant:
    staff = [Person(f"p{n}", f"Person {n}", f"p{n}@t.example", f"p{n}@t.example") for n in range(people)]
    ids = ("11111111-1111-1111-1111-111111111111", "22222222-2222-2222-2222-222222222222")
    return replace(Tenant("Test", *ids, ["t.example"], "p0", staff), **changes)

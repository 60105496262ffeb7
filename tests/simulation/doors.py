"""Who the app is and who calls it, and every route by its name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from azure.core.credentials import AccessToken

from sandbox.entra import tokens
from sandbox.tenant.world import World as Tenant
from shared.api.declaration import Program
from shared.web.callers import Caller, Callers
from tests.simulation.primitives import State


class Identity:
    """The function app's managed identity."""

    def __init__(self, world: Tenant) -> None:
        self.world = world

    def get_token(self, *scopes: str, **_: Any) -> AccessToken:
        """An access token for what is asked for."""
        tenant = self.world
        resource = scopes[0].removesuffix("/.default")
        return AccessToken(*tokens.managed_identity_token(tenant, tenant.managed_identity, resource))


class Known:
    """Who calls, as it was found a few minutes ago: a signature costs more than all else in a call."""

    def __init__(self, callers: Callers) -> None:
        self.callers = callers
        self.found: dict[tuple[str | None, bool, Program | None], tuple[float, Caller]] = {}

    def identify(
        self, authorization: str | None, *, needs_role: bool = True, program: Program | None = None
    ) -> Caller:
        """Like that of Callers."""
        asked = authorization, needs_role, program
        until, caller = self.found.get(asked, (0.0, None))
        if caller is None or State.scheduler.now > until:
            caller = self.callers.identify(authorization, needs_role=needs_role, program=program)
            self.found[asked] = State.scheduler.now + 300.0, caller
        return caller


def handlers() -> tuple[dict[str, tuple[Callable[..., Any], str]], set[str]]:
    """Each route and timer with its method; and those that are coroutines."""
    import function_app

    found: dict[str, tuple[Callable[..., Any], str]] = {}
    hot: set[str] = set()
    for builder in function_app.app._function_builders:
        made = builder._function
        binding = made.get_trigger()
        methods = getattr(binding, "methods", None) or ()
        method = str(getattr(next(iter(methods), "GET"), "value", next(iter(methods), "GET")))
        name = str(made.get_function_name())
        found[name] = made.get_user_function(), method
        if name in ("track_open", "track_click", "objection_page"):
            hot.add(name)
    return found, hot

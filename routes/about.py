"""Whether Rollcall works, and its API described."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import azure.functions as func

from routes.chapter import Call, Chapter, declared
from shared.api.declaration import ANYONE, HTML, SELF
from shared.errors import SettingsError
from shared.later import Later
from shared.services.process import services
from shared.web import response
from shared.web.headers import NOTHING_RUNS

if TYPE_CHECKING:
    from shared.api import about as api_about
    from shared.api.about import HealthAnswer, MeAnswer
else:
    api_about = Later("shared.api.about")

routes = Chapter(__name__, __doc__)


@routes.declare("GET", "api/me", who=SELF)
def me(call: Call) -> MeAnswer:
    """Who calls, and what they may do."""
    caller = call.caller
    known = (("sender", caller.is_sender), ("admin", caller.is_admin), ("auditor", caller.is_auditor))
    roles = [role for role, has in known if has]
    teams = list(call.teams) if roles else []
    settings = services().settings
    every = [team.name for team in settings.teams]
    return api_about.MeAnswer(
        caller.name,
        roles,
        teams,
        every if caller.is_admin else teams,
        allow_hosts=list(settings.allow_hosts) if roles else [],
        deny_hosts=list(settings.deny_hosts) if roles else [],
    )


@routes.declare("GET", "api/health", who=ANYONE)
def health(call: Call) -> HealthAnswer:
    """Whether Rollcall works; what does not, for admins."""
    authorization = call.req.headers.get("authorization")
    detailed = False
    if authorization is not None:
        detailed = services().callers.identify(authorization, needs_role=False).is_admin
    checks = services().health.look(fresh=detailed)
    status = "ok" if all(check.ok for check in checks) else "degraded"
    return api_about.HealthAnswer(status, checks if detailed else None)


@routes.declare("GET", "api/openapi.json", who=ANYONE)
def openapi(call: Call) -> dict[str, Any]:
    """The API, described for programs."""
    return _described()


@routes.declare("GET HEAD", "api", who=ANYONE, answers={200: HTML})
def api_page(call: Call) -> func.HttpResponse:
    """The API, described for people."""
    from shared.api.openapi.page import STYLE_HASH, page

    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": f"{NOTHING_RUNS}; style-src '{STYLE_HASH}'",
    }
    return response.file(200, page(_described()).encode(), headers)


def _described() -> dict[str, Any]:
    from shared.api.openapi import document

    try:
        server = services().settings.public_url
    except SettingsError:  # what the API is does not depend on where
        server = "/"
    return document(declared(), server)

"""Whether Rollcall works, and its API described."""

import azure.functions as func

from routes import who
from shared import api, web
from shared.services import services

routes = func.Blueprint()


@routes.route("api/me", methods=["GET"])
@web.answers
def me(req: func.HttpRequest) -> func.HttpResponse:
    """Who calls, and what they may do."""
    caller = who.sender(req)
    roles = ["sender", "admin"] if caller.is_admin else ["sender"]
    return web.answer(api.MeAnswer(caller.name, roles))


@routes.route("api/health", methods=["GET"])
@web.answers
def health(req: func.HttpRequest) -> func.HttpResponse:
    """Whether Rollcall works; what does not, for admins."""
    detailed = "authorization" in req.headers and who.sender(req).is_admin
    checks = services().health.look(fresh=detailed)
    status = "ok" if all(check.ok for check in checks) else "degraded"
    return web.answer(api.HealthAnswer(status, checks if detailed else None))


@routes.route("api/openapi.json", methods=["GET"])
@web.answers
def openapi(req: func.HttpRequest) -> func.HttpResponse:
    """The API, described for programs."""
    from shared.openapi import document

    return web.answer(document())

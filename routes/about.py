"""Whether Rollcall works, and its API described."""

import azure.functions as func

from routes import who
from shared.api import about as api_about
from shared.services.process import services
from shared.web import response

routes = func.Blueprint()


@routes.route("api/me", methods=["GET"])
@response.answers
def me(req: func.HttpRequest) -> func.HttpResponse:
    """Who calls, and what they may do."""
    caller = who.sender(req)
    roles = ["sender", "admin"] if caller.is_admin else ["sender"]
    return response.answer(api_about.MeAnswer(caller.name, roles))


@routes.route("api/health", methods=["GET"])
@response.answers
def health(req: func.HttpRequest) -> func.HttpResponse:
    """Whether Rollcall works; what does not, for admins."""
    detailed = "authorization" in req.headers and who.sender(req).is_admin
    checks = services().health.look(fresh=detailed)
    status = "ok" if all(check.ok for check in checks) else "degraded"
    return response.answer(api_about.HealthAnswer(status, checks if detailed else None))


@routes.route("api/openapi.json", methods=["GET"])
@response.answers
def openapi(req: func.HttpRequest) -> func.HttpResponse:
    """The API, described for programs."""
    from shared.api.openapi import document

    return response.answer(document())

"""The trail, for admins."""

import azure.functions as func

from routes import who
from shared.audit import KEY_PATTERN, WORD_PATTERN, Search
from shared.services.process import services
from shared.web import request, response
from shared.web.audit_file import to_csv

routes = func.Blueprint()


@routes.route("api/audit", methods=["GET"])
@response.answers
def audit_get(req: func.HttpRequest) -> func.HttpResponse:
    """Who did what when, newest first, page by page."""
    who.admin(req)
    limit = request.read_number(req, "limit", 100, 1, 1000)
    page = services().audit.trail.read(_search(req), limit, request.read_word(req, "after", KEY_PATTERN))
    return response.answer(page)


@routes.route("api/audit.csv", methods=["GET"])
@response.answers
def audit_csv(req: func.HttpRequest) -> func.HttpResponse:
    """The same as a file."""
    caller, search = who.admin(req), _search(req)
    services().audit.note("audit_exported", caller.id)
    return response.spreadsheet(to_csv(search, services().audit.trail), "rollcall-audit")


def _search(req: func.HttpRequest) -> Search:
    kind, actor = (request.read_word(req, name, WORD_PATTERN) for name in ("kind", "actor"))
    return Search(kind, actor, request.read_time(req, "since"), request.read_time(req, "until"))

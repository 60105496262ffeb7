"""The trail, for admins."""

import azure.functions as func

from routes import who
from shared import web
from shared.audit import KEY_PATTERN, WORD_PATTERN, Search, to_csv
from shared.services import services

routes = func.Blueprint()


@routes.route("api/audit", methods=["GET"])
@web.answers
def audit_get(req: func.HttpRequest) -> func.HttpResponse:
    """Who did what when, newest first, page by page."""
    who.admin(req)
    limit = web.read_number(req, "limit", 100, 1, 1000)
    page = services().audit.trail.read(_search(req), limit, web.read_word(req, "after", KEY_PATTERN))
    return web.answer(page)


@routes.route("api/audit.csv", methods=["GET"])
@web.answers
def audit_csv(req: func.HttpRequest) -> func.HttpResponse:
    """The same as a file."""
    caller, search = who.admin(req), _search(req)
    services().audit.note("audit_exported", caller.id)
    return web.spreadsheet(to_csv(search, services().audit.trail), "rollcall-audit")


def _search(req: func.HttpRequest) -> Search:
    kind, actor = (web.read_word(req, name, WORD_PATTERN) for name in ("kind", "actor"))
    return Search(kind, actor, web.read_time(req, "since"), web.read_time(req, "until"))

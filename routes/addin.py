"""The add-in and the pages, as they were built: for anyone, since nothing in them is a secret."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import azure.functions as func

from routes.chapter import Call, Chapter
from shared.api.declaration import ANYONE, FILE, HTML, NOTHING, Parameter, Reply
from shared.services.process import services
from shared.web import pages, response
from shared.web.nowhere import NoSuchAddress

routes = Chapter(__name__, __doc__)

PATH = Parameter(
    "path",
    "path",
    {"type": "string", "pattern": r"^[A-Za-z0-9_-]{1,50}(/[A-Za-z0-9_-]{1,50})?\.[a-z0-9]{2,5}\Z"},
    lambda req: req.route_params.get("path") or "",
)


@routes.declare(
    "GET HEAD",
    "addin/{*path}",
    who=ANYONE,
    takes=(PATH,),
    answers={200: FILE, 302: NOTHING, 304: NOTHING, 404: HTML, 503: HTML},
)
def addin_files(call: Call) -> func.HttpResponse:
    """A file of the add-in, the pages or a manifest; /addin alone leads to the pages."""
    from shared.addin.files import NotBuilt

    if not call[PATH]:
        # Where we are is a setting; the request's Host header is anybody's.
        return response.redirect(f"{services().settings.public_url}/addin/pages.html")
    headers = call.req.headers
    try:
        found = services().addin.find(
            call[PATH], headers.get("accept-encoding", ""), headers.get("if-none-match", "")
        )
    except NotBuilt:
        return pages.notice(
            "Not built",
            "This deployment has no add-in.",
            "Run python3 dev.py build, then deploy again.",
            503,
        )
    if found is None:
        raise NoSuchAddress
    return response.file(found.status, found.body, found.headers)


@routes.declare("GET HEAD", ".well-known/microsoft-officeaddins-allowed.json", who=ANYONE)
def addin_allowed(call: Call) -> Reply[Mapping[str, Any]]:
    """Which script Outlook may run when a mail is sent."""
    from shared.addin.fields import allowed_scripts

    allowed = allowed_scripts(services().settings)
    return Reply(allowed, headers={"Cache-Control": "public, max-age=3600"})

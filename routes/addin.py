"""The add-in and the pages, as they were built: for anyone, since nothing in them is a secret."""

import azure.functions as func

from shared.services.process import services
from shared.web import pages, response

routes = func.Blueprint()

NOT_FOUND = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}


@routes.route("addin/{*path}", methods=["GET", "HEAD"])
@response.shows_pages
def addin_files(req: func.HttpRequest) -> func.HttpResponse:
    """A file of the add-in; /addin alone leads to the pages."""
    from shared.addin.files import NotBuilt

    name = req.route_params.get("path") or ""
    if not name:
        # Where we are is a setting; the request's Host header is anybody's.
        return response.redirect(f"{services().settings.public_url}/addin/pages.html")
    try:
        found = services().addin.find(
            name, req.headers.get("accept-encoding", ""), req.headers.get("if-none-match", "")
        )
    except NotBuilt:
        return pages.notice(
            "Not built",
            "This deployment has no add-in.",
            "Run python3 dev.py build, then deploy again.",
            503,
        )
    if found is None:
        return response.file(404, b"There is nothing here.\n", NOT_FOUND)
    return response.file(found.status, found.body, found.headers)


@routes.route(".well-known/microsoft-officeaddins-allowed.json", methods=["GET", "HEAD"])
@response.answers
def addin_allowed(req: func.HttpRequest) -> func.HttpResponse:
    """Which script Outlook may run when a mail is sent."""
    from shared.addin.fields import allowed_scripts

    return response.answer(
        allowed_scripts(services().settings), headers={"Cache-Control": "public, max-age=3600"}
    )

"""The pixel and the links in a mail: for anyone, with a signed token."""

import azure.functions as func

from shared import web
from shared.errors import BadToken
from shared.services import services

routes = func.Blueprint()


@routes.route("o/{token}", methods=["GET", "HEAD"])
@web.always(web.pixel)
async def track_open(req: func.HttpRequest) -> func.HttpResponse:
    """The tracking pixel: always an image, whatever becomes of the event."""
    await services().tracking.tracker.opened(req.route_params["token"], req.method, req.headers)
    return web.pixel()


@routes.route("c/{token}", methods=["GET", "HEAD"])
@web.always(web.link_unavailable)
async def track_click(req: func.HttpRequest) -> func.HttpResponse:
    """Send the reader where the signed link leads."""
    try:
        target = await services().tracking.tracker.clicked(req.route_params["token"], req.method, req.headers)
    except BadToken:
        return web.link_damaged()
    return web.redirect(target)

"""The pixel and the links in a mail: for anyone, with a signed token."""

import azure.functions as func

from shared.errors import BadToken
from shared.services.process import services
from shared.web import response

routes = func.Blueprint()


@routes.route("o/{token}", methods=["GET", "HEAD"])
@response.always(response.pixel)
async def track_open(req: func.HttpRequest) -> func.HttpResponse:
    """The tracking pixel: always an image, whatever becomes of the event."""
    await services().tracking.tracker.opened(req.route_params["token"], req.method, req.headers)
    return response.pixel()


@routes.route("c/{token}", methods=["GET", "HEAD"])
@response.always(response.link_unavailable)
async def track_click(req: func.HttpRequest) -> func.HttpResponse:
    """Send the reader where the signed link leads."""
    try:
        target = await services().tracking.tracker.clicked(req.route_params["token"], req.method, req.headers)
    except BadToken:
        return response.link_damaged()
    return response.redirect(target)

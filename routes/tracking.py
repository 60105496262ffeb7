"""The pixel and the links in a mail: for anyone, with a signed token."""

from __future__ import annotations

import azure.functions as func

from routes.chapter import Chapter
from shared.api.declaration import ANYONE, GIF, HTML, NOTHING
from shared.errors import BadToken
from shared.languages.reader import listen
from shared.services.ending import ending
from shared.services.process import services
from shared.web import request, response

routes = Chapter(__name__, __doc__)
# The worker loads this on its main thread, which alone may listen for the signal that ends it.
ending.watch()

TOKEN = request.token()


@routes.declare_hot("GET HEAD", "o/{token}", who=ANYONE, takes=(TOKEN,), answers={200: GIF})
@response.always(response.pixel)
async def track_open(req: func.HttpRequest) -> func.HttpResponse:
    """The tracking pixel: always an image, whatever becomes of the event."""
    await services().tracking.tracker.opened(req.route_params["token"], req.method, req.headers)
    return response.pixel()


@routes.declare_hot(
    "GET HEAD",
    "c/{token}",
    who=ANYONE,
    takes=(TOKEN,),
    answers={302: NOTHING, 404: HTML, 410: HTML, 503: HTML},
)
@response.always(response.link_unavailable)
async def track_click(req: func.HttpRequest) -> func.HttpResponse:
    """Send the reader where the signed link leads; 410 where it was withdrawn."""
    try:
        target = await services().tracking.tracker.clicked(req.route_params["token"], req.method, req.headers)
    except BadToken:
        listen(req.headers.get("accept-language"))
        return response.link_damaged()
    return response.link_withdrawn() if target is None else response.redirect(target)

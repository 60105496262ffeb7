"""Objecting to being tracked: for anyone with a signed link."""

from __future__ import annotations

import asyncio
from urllib.parse import parse_qs

import azure.functions as func

from routes.chapter import Call, Chapter
from shared.api.declaration import ANYONE, HTML, sometimes
from shared.errors import BadToken, RollcallError
from shared.languages.reader import listen
from shared.record_kinds import Kind
from shared.services.process import services
from shared.web import pages, request, response

routes = Chapter(__name__, __doc__)

MAX_CHOICE = 200  # bytes
TOKEN = request.token()
SHARED = (
    "All who got this mail share its links, and nothing that is recorded tells who did what.",
    "Ask whoever sent the mail, or the administrator of Rollcall in their organisation.",
)
PAGES = dict.fromkeys((200, 404, 503), HTML)
CHOICES = dict.fromkeys((200, 400, 403, 404, 503), HTML)


@routes.declare("GET HEAD", "p", who=ANYONE, answers={200: HTML})
def objection_about(call: Call) -> func.HttpResponse:
    """The page that says what is measured."""
    return pages.about(services().settings.privacy_contact, _agreement())


@routes.declare_hot("GET HEAD", "p/{token}", who=ANYONE, takes=(TOKEN,), answers=PAGES)
@response.always(response.link_unavailable)
async def objection_page(req: func.HttpRequest) -> func.HttpResponse:
    """The page on which whoever got a mail may object. It changes nothing.

    That it was asked for is kept as a look at the notice, by which scanners are told from people."""
    token = req.route_params["token"]
    listen(req.headers.get("accept-language"))
    await services().tracking.tracker.noticed(token, req.method, req.headers)
    return await asyncio.to_thread(_show_objection, token)


def _show_objection(token: str) -> func.HttpResponse:
    from shared.tracking.privacy.objections import ByLink

    contact = services().settings.privacy_contact
    try:
        what = services().tracking.objections.what_by_link(token)
    except RollcallError as error:
        return _trouble(error)
    if what is ByLink.NOTHING:
        return pages.shared(contact, _agreement())
    return pages.objection(contact, _agreement(), of_one_mail=what is ByLink.ONE_MAIL)


@routes.declare(
    "POST", "p/{token}", who=ANYONE, takes=(TOKEN,), answers=CHOICES, recorded=sometimes(Kind.OBJECTED)
)
def objection_choose(call: Call) -> func.HttpResponse:
    """What the page's button does: object. By a link alone nobody withdraws, or sees, an objection."""
    from shared.tracking.privacy.objections import ByLink

    objections, contact = services().tracking.objections, services().settings.privacy_contact
    try:
        what = objections.what_by_link(call[TOKEN])
        if what is ByLink.NOTHING:
            return pages.notice("Nothing was changed", *SHARED, 400)
        match _read_choice(call.req):
            case "object":
                objections.make_by_link(call[TOKEN])
            case "withdraw":
                return pages.no_withdrawal(contact, of_one_mail=what is ByLink.ONE_MAIL)
            case _:
                return pages.notice("Nothing was changed", "This was no choice.", "Go back to the page.", 400)
    except RollcallError as error:
        return _trouble(error)
    return pages.objected(contact, of_one_mail=what is ByLink.ONE_MAIL)


def _agreement() -> str:
    return services().agreed.told(services().now())


def _trouble(error: RollcallError) -> func.HttpResponse:
    """A page for whoever has no use for problem details. Nothing of the request is in it."""
    if isinstance(error, BadToken):
        return response.link_damaged()
    return pages.notice("Nothing was changed", error.sentence, error.remedy, response.status_of(error))


def _read_choice(req: func.HttpRequest) -> str:
    body = req.get_body()
    if len(body) > MAX_CHOICE:
        return ""
    return parse_qs(body.decode("latin-1")).get("choice", [""])[0]

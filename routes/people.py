"""What is kept of one person, for admins; and objecting to being tracked, for anyone with a signed link."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote

import azure.functions as func

from routes.chapter import Call, Chapter
from shared.api.declaration import ADMIN, ANYONE, HTML, Parameter, always, sometimes
from shared.errors import BadToken, RollcallError
from shared.languages.reader import listen
from shared.record_kinds import Kind
from shared.services.process import services
from shared.web import cursors, pages, request, response

if TYPE_CHECKING:
    from shared.tracking.privacy.objections import Objection
    from shared.tracking.privacy.person import Erasure, Person

routes = Chapter(__name__, __doc__)

MAX_CHOICE = 200  # bytes
# Proxies log the paths of requests. Whoever does not want an address there puts this in its place, and the
# address, percent-encoded, into the header.
IN_HEADER, HEADER = "-", "Rollcall-Person"


def _read_address(req: func.HttpRequest) -> str:
    from shared.tracking.privacy.people import parse_person

    # The host leaves %2F as it is, so that a slash does not end the segment.
    text = req.route_params["address"].replace("%2F", "/").replace("%2f", "/")
    if text == IN_HEADER:
        text = unquote(req.headers.get(HEADER, ""))
    return parse_person(text, "address")


ADDRESS = Parameter(
    "address",
    "path",
    {"type": "string", "pattern": r"^-\Z|^[^\s@/]{1,64}@[^\s@/]{1,255}\Z"},
    _read_address,
)
AFTER = cursors.behind(r"[em][0-9]{16}-[A-Za-z0-9-]{8,64}")
TOKEN = request.token()
SHARED = (
    "All who got this mail share its links, and nothing that is recorded tells who did what.",
    "Ask whoever sent the mail, or the administrator of Rollcall in their organisation.",
)
PAGES = dict.fromkeys((200, 404, 503), HTML)
CHOICES = dict.fromkeys((200, 400, 403, 404, 503), HTML)


@routes.declare(
    "GET", "api/people/{address}", who=ADMIN, takes=(ADDRESS, AFTER), recorded=always(Kind.PERSON_EXPORTED)
)
def people_get(call: Call) -> Person:
    """What is kept of a person, page by page."""
    return services().tracking.people.get(call[ADDRESS], call.caller.id, call[AFTER])


@routes.declare(
    "DELETE", "api/people/{address}", who=ADMIN, takes=(ADDRESS, AFTER), recorded=always(Kind.PERSON_ERASED)
)
def people_delete(call: Call) -> Erasure:
    """Erase a person, page by page."""
    return services().tracking.people.erase(call[ADDRESS], call.caller.id, call[AFTER])


@routes.declare(
    "POST",
    "api/people/{address}/objection",
    who=ADMIN,
    takes=(ADDRESS,),
    recorded=sometimes(Kind.OBJECTED),
)
def people_object(call: Call) -> Objection:
    """Object to tracking, on a person's behalf."""
    return services().tracking.people.object(call[ADDRESS], call.caller.id)


@routes.declare(
    "DELETE",
    "api/people/{address}/objection",
    who=ADMIN,
    takes=(ADDRESS,),
    recorded=sometimes(Kind.OBJECTION_WITHDRAWN),
)
def people_withdraw(call: Call) -> Objection:
    """Withdraw a person's objection, on their behalf."""
    return services().tracking.people.withdraw(call[ADDRESS], call.caller.id)


@routes.declare("GET HEAD", "p", who=ANYONE, answers={200: HTML})
def objection_about(call: Call) -> func.HttpResponse:
    """The page that says what is measured."""
    return pages.about(services().settings.privacy_contact)


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
        return pages.shared(contact)
    return pages.objection(contact, of_one_mail=what is ByLink.ONE_MAIL)


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

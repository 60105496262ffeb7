"""What is kept of one person, for admins; and objecting to being tracked, for anyone with a signed link."""

from urllib.parse import parse_qs, unquote

import azure.functions as func

from routes import who
from shared.errors import BadToken, RollcallError
from shared.services.process import services
from shared.tracking.privacy.objections import BY_LINK
from shared.web import pages, request, response

routes = func.Blueprint()

MAX_CHOICE = 200  # bytes
# The platform logs the paths of requests. Whoever does not want an address there puts this in its place, and
# the address, percent-encoded, into the header.
IN_HEADER, HEADER = "-", "Rollcall-Person"


@routes.route("api/people/{address}", methods=["GET"])
@response.answers
def people_get(req: func.HttpRequest) -> func.HttpResponse:
    """What is kept of a person, page by page."""
    caller, address, after = who.admin(req), _read_address(req), _read_after(req)
    return response.answer(services().tracking.people.get(address, caller.id, after))


@routes.route("api/people/{address}", methods=["DELETE"])
@response.answers
def people_delete(req: func.HttpRequest) -> func.HttpResponse:
    """Erase a person, page by page."""
    caller, address, after = who.admin(req), _read_address(req), _read_after(req)
    return response.answer(services().tracking.people.erase(address, caller.id, after))


@routes.route("api/people/{address}/objection", methods=["POST"])
@response.answers
def people_object(req: func.HttpRequest) -> func.HttpResponse:
    """Object to tracking, on a person's behalf."""
    caller, objections = who.admin(req), services().tracking.objections
    return response.answer(objections.make(objections.of_address(_read_address(req)), caller.id))


@routes.route("api/people/{address}/objection", methods=["DELETE"])
@response.answers
def people_withdraw(req: func.HttpRequest) -> func.HttpResponse:
    """Withdraw a person's objection, on their behalf."""
    caller, objections = who.admin(req), services().tracking.objections
    return response.answer(objections.withdraw(objections.of_address(_read_address(req)), caller.id))


@routes.route("p", methods=["GET", "HEAD"])
@response.answers
def objection_about(req: func.HttpRequest) -> func.HttpResponse:
    """The page that says what is measured."""
    return pages.about()


@routes.route("p/{token}", methods=["GET", "HEAD"])
@response.answers
def objection_page(req: func.HttpRequest) -> func.HttpResponse:
    """The page on which whoever got a mail may object. It changes nothing."""
    try:
        found = services().tracking.objections.of_token(req.route_params["token"])
    except RollcallError as error:
        return _trouble(error)
    return pages.objection(found.objected_at, of_one_mail=found.of_one_mail)


@routes.route("p/{token}", methods=["POST"])
@response.answers
def objection_choose(req: func.HttpRequest) -> func.HttpResponse:
    """What the page's button does: object, or withdraw that."""
    objections = services().tracking.objections
    try:
        found = objections.of_token(req.route_params["token"])
        match _read_choice(req):
            case "object":
                found = objections.make(found, BY_LINK)
            case "withdraw":
                found = objections.withdraw(found, BY_LINK)
            case _:
                return pages.notice("Nothing was changed", "This was no choice.", "Go back to the page.", 400)
    except RollcallError as error:
        return _trouble(error)
    return pages.objection(found.objected_at, of_one_mail=found.of_one_mail)


def _trouble(error: RollcallError) -> func.HttpResponse:
    """A page for whoever has no use for problem details. Nothing of the request is in it."""
    if isinstance(error, BadToken):
        return response.link_damaged()
    return pages.notice("Nothing was changed", error.sentence, error.remedy, response.status_of(error))


def _read_address(req: func.HttpRequest) -> str:
    from shared.tracking.privacy.people import parse_person

    # The host leaves %2F as it is, so that a slash does not end the segment.
    text = req.route_params["address"].replace("%2F", "/").replace("%2f", "/")
    if text == IN_HEADER:
        text = unquote(req.headers.get(HEADER, ""))
    return parse_person(text, "address")


def _read_after(req: func.HttpRequest) -> str:
    from shared.tracking.privacy.people import PLACE_PATTERN

    return request.read_word(req, "after", PLACE_PATTERN) or ""


def _read_choice(req: func.HttpRequest) -> str:
    body = req.get_body()
    if len(body) > MAX_CHOICE:
        return ""
    return parse_qs(body.decode("latin-1")).get("choice", [""])[0]

"""Whom a mail reaches: counted, watched, picked up, forgotten."""

import uuid

import azure.functions as func

from routes import who
from shared.api import expansions as api_expansions
from shared.audience.addresses import parse_address
from shared.errors import InvalidRequest
from shared.services.process import services
from shared.web import request, response

routes = func.Blueprint()


@routes.route("api/expansions", methods=["POST"])
@response.answers
def expansions_create(req: func.HttpRequest) -> func.HttpResponse:
    """Count whom a mail to these addresses reaches."""
    caller = who.sender(req)
    services().rate.take(caller.id)
    new = request.read_body(req, api_expansions.NewExpansion)
    most = services().settings.max_addresses
    if len(new.addresses) > most:
        raise InvalidRequest("$.addresses", f"There are more than {most} addresses.")
    addresses = [parse_address(text, f"$.addresses[{i}]") for i, text in enumerate(new.addresses)]
    expansion = services().expansions.expand(caller.id, new.id or str(uuid.uuid4()), addresses)
    return response.answer(api_expansions.describe(expansion), 200 if expansion.audience else 202)


@routes.route("api/expansions/{id}", methods=["GET"])
@response.answers
def expansions_get(req: func.HttpRequest) -> func.HttpResponse:
    """How far an expansion is, or what it found."""
    return response.answer(
        api_expansions.describe(services().expansions.get(who.sender(req).id, request.read_id(req)))
    )


@routes.route("api/expansions/{id}", methods=["DELETE"])
@response.answers
def expansions_delete(req: func.HttpRequest) -> func.HttpResponse:
    """Forget an expansion now."""
    services().expansions.forget(who.sender(req).id, request.read_id(req))
    return response.no_content()


@routes.route("api/expansions/{id}/recipients", methods=["GET"])
@response.answers
def expansions_recipients(req: func.HttpRequest) -> func.HttpResponse:
    """The addresses an expansion found, page by page."""
    caller, identifier = who.sender(req), request.read_id(req)
    start = request.read_number(req, "start", 0, 0, 999_999_999)
    limit = request.read_number(req, "limit", 1000, 1, 10_000)
    return response.answer(services().expansions.list_recipients(caller.id, identifier, start, limit))

"""A tracked mail, from its registration to its end."""

import azure.functions as func

from routes import who
from shared import api, web
from shared.services import services
from shared.tracking.links import parse_links
from shared.tracking.messages import parse_sender

routes = func.Blueprint()


@routes.route("api/messages", methods=["POST"])
@web.answers
def messages_create(req: func.HttpRequest) -> func.HttpResponse:
    """Register a mail whose opens and clicks shall be counted."""
    caller = who.sender(req)
    new = web.read_body(req, api.NewMessage)
    named = parse_sender(new.sender.name, new.sender.address, "$.sender")
    links = parse_links(new.links, "$.links", services().settings.public_url)
    message = services().tracking.messages.register(caller.id, new.expansion_id, new.mode, named, links)
    return web.answer(api.describe_registered(message, links, services().tracking.mails.begin(message)), 201)


@routes.route("api/messages", methods=["GET"])
@web.answers
def messages_list(req: func.HttpRequest) -> func.HttpResponse:
    """The caller's messages, newest first; everybody's for an admin."""
    owner = who.reach(who.sender(req))
    start = web.read_number(req, "start", 0, 0, 999_999_999)
    limit = web.read_number(req, "limit", 100, 1, 1000)
    page = services().tracking.messages.list_messages(owner, start, limit)
    return web.answer(api.describe_messages(page))


@routes.route("api/messages/{id}/recipients", methods=["GET"])
@web.answers
def messages_recipients(req: func.HttpRequest) -> func.HttpResponse:
    """What must stand in each recipient's mail, page by page."""
    message = services().tracking.messages.get(who.sender(req).id, web.read_id(req))
    start = web.read_number(req, "start", 0, 0, 999_999_999)
    limit = web.read_number(req, "limit", 200, 1, 1000)
    return web.answer(services().tracking.mails.list_urls(message, start, limit))


@routes.route("api/messages/{id}/sent", methods=["POST"])
@web.answers
def messages_sent(req: func.HttpRequest) -> func.HttpResponse:
    """From now on events count."""
    message = services().tracking.messages.mark_sent(who.sender(req).id, web.read_id(req))
    return web.answer(api.describe_message(message))


@routes.route("api/messages/{id}", methods=["DELETE"])
@web.answers
def messages_delete(req: func.HttpRequest) -> func.HttpResponse:
    """Forget a message and its events."""
    services().tracking.messages.delete(who.reach(who.sender(req)), web.read_id(req))
    return web.no_content()

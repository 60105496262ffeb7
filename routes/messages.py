"""A tracked mail, from its registration to its end."""

import azure.functions as func

from routes import who
from shared.api import messages as words
from shared.services.process import services
from shared.tracking.mail.links import parse_links
from shared.tracking.mail.messages import parse_sender
from shared.web import request, response

routes = func.Blueprint()


@routes.route("api/messages", methods=["POST"])
@response.answers
def messages_create(req: func.HttpRequest) -> func.HttpResponse:
    """Register a mail whose opens and clicks shall be counted."""
    caller = who.sender(req)
    new = request.read_body(req, words.NewMessage)
    named = parse_sender(new.sender.name, new.sender.address, "$.sender")
    links = parse_links(new.links, "$.links", services().settings.public_url)
    message = services().tracking.messages.register(caller.id, new.expansion_id, new.mode, named, links)
    urls = services().tracking.mails.begin(message)
    return response.answer(words.describe_registered(message, links, urls), 201)


@routes.route("api/messages", methods=["GET"])
@response.answers
def messages_list(req: func.HttpRequest) -> func.HttpResponse:
    """The caller's messages and those shared with them, newest first; everybody's for an admin."""
    caller = who.sender(req)
    start = request.read_number(req, "start", 0, 0, 999_999_999)
    limit = request.read_number(req, "limit", 100, 1, 1000)
    page = services().tracking.sharing.list_messages(who.reach(caller), start, limit)
    return response.answer(words.describe_messages(page, caller.id))


@routes.route("api/messages/{id}/recipients", methods=["GET"])
@response.answers
def messages_recipients(req: func.HttpRequest) -> func.HttpResponse:
    """What must stand in each recipient's mail, page by page."""
    message = services().tracking.messages.get(who.sender(req).id, request.read_id(req))
    start = request.read_number(req, "start", 0, 0, 999_999_999)
    limit = request.read_number(req, "limit", 200, 1, 1000)
    return response.answer(services().tracking.mails.list_urls(message, start, limit))


@routes.route("api/messages/{id}/sent", methods=["POST"])
@response.answers
def messages_sent(req: func.HttpRequest) -> func.HttpResponse:
    """From now on events count."""
    caller = who.sender(req)
    message = services().tracking.messages.mark_sent(caller.id, request.read_id(req))
    return response.answer(words.describe_message(message, caller.id))


@routes.route("api/messages/{id}/sent", methods=["DELETE"])
@response.answers
def messages_unsent(req: func.HttpRequest) -> func.HttpResponse:
    """Events count no more: the mail was not sent after all."""
    caller = who.sender(req)
    message = services().tracking.messages.disarm(caller.id, request.read_id(req))
    return response.answer(words.describe_message(message, caller.id))


@routes.route("api/messages/{id}", methods=["DELETE"])
@response.answers
def messages_delete(req: func.HttpRequest) -> func.HttpResponse:
    """Forget a message and its events."""
    caller = who.sender(req)
    message = services().tracking.messages.get(who.reach(caller), request.read_id(req))
    services().audit.note("message_deleted", caller.id, message.id, owner=message.owner)
    services().tracking.messages.delete(message.owner, message.id)
    return response.no_content()

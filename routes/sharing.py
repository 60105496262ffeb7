"""With whom the owner of a message shares what became of it."""

import azure.functions as func

from routes import who
from shared.api import messages as words
from shared.audience.addresses import parse_address
from shared.services.process import services
from shared.web import request, response

routes = func.Blueprint()


@routes.route("api/messages/{id}/readers", methods=["GET"])
@response.answers
def messages_readers(req: func.HttpRequest) -> func.HttpResponse:
    """Who sees a message's report besides its owner."""
    message = services().tracking.messages.get(who.reach(who.sender(req)), request.read_id(req))
    return response.answer(words.describe_readers(message))


@routes.route("api/messages/{id}/readers", methods=["PUT"])
@response.answers
def messages_share(req: func.HttpRequest) -> func.HttpResponse:
    """Share a message's report with these people, and no others."""
    caller, identifier = who.sender(req), request.read_id(req)
    new = request.read_body(req, words.NewReaders)
    addresses = [parse_address(text, f"$.addresses[{i}]") for i, text in enumerate(new.addresses)]

    def record(readers: list[str]) -> None:
        services().audit.note("message_shared", caller.id, identifier, readers=readers)

    message = services().tracking.sharing.share(who.reach(caller), identifier, addresses, record)
    return response.answer(words.describe_readers(message))

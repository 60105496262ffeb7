"""Every route: read the request, make one call, answer.

The host matches routes in the order of the functions' names, so no route here may shadow another
whatever the order; HEAD and every method not named is answered 404 by the host.
"""

import uuid

import azure.functions as func

from shared import api, web
from shared.audience.addresses import parse_address
from shared.callers import Caller
from shared.errors import InvalidRequest, NotAllowed, RollcallError
from shared.services import services
from shared.tracking.links import parse_links
from shared.tracking.messages import parse_sender

app = func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)


def sender(req: func.HttpRequest) -> Caller:
    """The sender who calls. Raises NotAuthenticated or NotAllowed."""
    return services().callers.identify(req.headers.get("authorization"))


def admin(req: func.HttpRequest) -> Caller:
    """The admin who calls. Raises NotAuthenticated or NotAllowed."""
    caller = sender(req)
    if not caller.is_admin:
        raise NotAllowed("Only a Rollcall admin may do this.")
    return caller


@app.route("api/expansions", methods=["POST"])
@web.answers
def expansions_create(req: func.HttpRequest) -> func.HttpResponse:
    """Count whom a mail to these addresses reaches."""
    caller = sender(req)
    new = web.read_body(req, api.NewExpansion)
    most = services().settings.max_addresses
    if len(new.addresses) > most:
        raise InvalidRequest("$.addresses", f"There are more than {most} addresses.")
    addresses = [parse_address(text, f"$.addresses[{i}]") for i, text in enumerate(new.addresses)]
    expansion = services().expansions.expand(caller.id, new.id or str(uuid.uuid4()), addresses)
    return web.answer(api.describe(expansion), 200 if expansion.audience else 202)


@app.route("api/expansions/{id}", methods=["GET"])
@web.answers
def expansions_get(req: func.HttpRequest) -> func.HttpResponse:
    """How far an expansion is, or what it found."""
    return web.answer(api.describe(services().expansions.get(sender(req).id, web.read_id(req))))


@app.route("api/expansions/{id}", methods=["DELETE"])
@web.answers
def expansions_delete(req: func.HttpRequest) -> func.HttpResponse:
    """Forget an expansion now."""
    services().expansions.forget(sender(req).id, web.read_id(req))
    return web.no_content()


@app.route("api/expansions/{id}/recipients", methods=["GET"])
@web.answers
def expansions_recipients(req: func.HttpRequest) -> func.HttpResponse:
    """The addresses an expansion found, page by page."""
    caller, identifier = sender(req), web.read_id(req)
    start = web.read_number(req, "start", 0, 0, 999_999_999)
    limit = web.read_number(req, "limit", 1000, 1, 10_000)
    return web.answer(services().expansions.list_recipients(caller.id, identifier, start, limit))


@app.timer_trigger("timer", schedule="0 */5 * * * *")
def expansions_purge(timer: func.TimerRequest) -> None:
    """Forget what is past its time."""
    services().expansions.purge()
    services().messages.purge()
    services().connection.purge()


@app.route("api/messages", methods=["POST"])
@web.answers
def messages_create(req: func.HttpRequest) -> func.HttpResponse:
    """Register a mail whose opens and clicks shall be counted."""
    caller = sender(req)
    new = web.read_body(req, api.NewMessage)
    named = parse_sender(new.sender.name, new.sender.address, "$.sender")
    links = parse_links(new.links, "$.links", services().settings.public_url)
    message = services().messages.register(caller.id, new.expansion_id, new.mode, named, links)
    return web.answer(api.describe_registered(message, links, services().mails.begin(message)), 201)


@app.route("api/messages", methods=["GET"])
@web.answers
def messages_list(req: func.HttpRequest) -> func.HttpResponse:
    """The caller's messages, newest first; everybody's for an admin."""
    owner = _reach(sender(req))
    start = web.read_number(req, "start", 0, 0, 999_999_999)
    limit = web.read_number(req, "limit", 100, 1, 1000)
    page = services().messages.list_messages(owner, start, limit)
    return web.answer(api.describe_messages(page))


@app.route("api/messages/{id}/recipients", methods=["GET"])
@web.answers
def messages_recipients(req: func.HttpRequest) -> func.HttpResponse:
    """What must stand in each recipient's mail, page by page."""
    message = services().messages.get(sender(req).id, web.read_id(req))
    start = web.read_number(req, "start", 0, 0, 999_999_999)
    limit = web.read_number(req, "limit", 200, 1, 1000)
    return web.answer(services().mails.list_urls(message, start, limit))


@app.route("api/messages/{id}/sent", methods=["POST"])
@web.answers
def messages_sent(req: func.HttpRequest) -> func.HttpResponse:
    """From now on events count."""
    return web.answer(api.describe_message(services().messages.mark_sent(sender(req).id, web.read_id(req))))


@app.route("api/messages/{id}", methods=["DELETE"])
@web.answers
def messages_delete(req: func.HttpRequest) -> func.HttpResponse:
    """Forget a message and its events."""
    services().messages.delete(_reach(sender(req)), web.read_id(req))
    return web.no_content()


def _reach(caller: Caller) -> str | None:
    """Whose messages the caller may see: its own; everybody's for an admin."""
    return None if caller.is_admin else caller.id


@app.route("api/connection/start", methods=["GET"])
@web.answers
def connection_start(req: func.HttpRequest) -> func.HttpResponse:
    """Where an admin signs the service account in."""
    admin(req)
    return web.answer(api.SignInAnswer(services().connection.start()))


@app.route("api/connection/callback", methods=["GET"])
@web.answers
def connection_callback(req: func.HttpRequest) -> func.HttpResponse:
    """The end of a sign-in: Entra sends the browser here. Who may do so is settled by `state`."""
    try:
        username = services().connection.finish(req.params)
    except RollcallError as error:
        return web.notice("Not connected", error.sentence, error.remedy, web.status_of(error))
    return web.notice("Connected", f"Rollcall now reads lists as {username}.", "You can close this page.")


@app.route("api/connection/test", methods=["POST"])
@web.answers
def connection_test(req: func.HttpRequest) -> func.HttpResponse:
    """Read one list by every directory, and say who is missing where."""
    admin(req)
    address = parse_address(web.read_body(req, api.NewTest).address, "$.address")
    return web.answer(services().cross_check(address))


@app.route("api/health", methods=["GET"])
@web.answers
def health(req: func.HttpRequest) -> func.HttpResponse:
    """Whether Rollcall works; what does not, for admins."""
    checks = services().health.look()
    status = "ok" if all(check.ok for check in checks) else "degraded"
    detailed = "authorization" in req.headers and sender(req).is_admin
    return web.answer(api.HealthAnswer(status, checks if detailed else None))


@app.route("api/openapi.json", methods=["GET"])
@web.answers
def openapi(req: func.HttpRequest) -> func.HttpResponse:
    """The API, described for programs."""
    from shared.openapi import document

    return web.answer(document())

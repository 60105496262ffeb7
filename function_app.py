"""Every route: read the request, make one call, answer.

The host matches routes in the order of the functions' names, so no route here may shadow another
whatever the order; HEAD and every method not named is answered 404 by the host.
"""

import uuid

import azure.functions as func

from shared import api, pages, spreadsheet, web
from shared.audience.addresses import parse_address
from shared.audit import KEY_PATTERN, WORD_PATTERN, Search, to_csv
from shared.callers import Caller
from shared.connection import SIGN_IN_LASTS
from shared.errors import BadToken, InvalidRequest, NotAllowed, RollcallError
from shared.services import services
from shared.tracking import sheets
from shared.tracking.links import parse_links
from shared.tracking.messages import Mode, parse_sender

SIGN_IN = "rollcall-sign-in"
CLOSE = "You can close this page."

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
    services().rate.take(caller.id)
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
    services().tracking.messages.purge()
    services().connection.purge()


@app.route("api/messages", methods=["POST"])
@web.answers
def messages_create(req: func.HttpRequest) -> func.HttpResponse:
    """Register a mail whose opens and clicks shall be counted."""
    caller = sender(req)
    new = web.read_body(req, api.NewMessage)
    named = parse_sender(new.sender.name, new.sender.address, "$.sender")
    links = parse_links(new.links, "$.links", services().settings.public_url)
    message = services().tracking.messages.register(caller.id, new.expansion_id, new.mode, named, links)
    return web.answer(api.describe_registered(message, links, services().tracking.mails.begin(message)), 201)


@app.route("api/messages", methods=["GET"])
@web.answers
def messages_list(req: func.HttpRequest) -> func.HttpResponse:
    """The caller's messages, newest first; everybody's for an admin."""
    owner = _reach(sender(req))
    start = web.read_number(req, "start", 0, 0, 999_999_999)
    limit = web.read_number(req, "limit", 100, 1, 1000)
    page = services().tracking.messages.list_messages(owner, start, limit)
    return web.answer(api.describe_messages(page))


@app.route("api/messages/{id}/recipients", methods=["GET"])
@web.answers
def messages_recipients(req: func.HttpRequest) -> func.HttpResponse:
    """What must stand in each recipient's mail, page by page."""
    message = services().tracking.messages.get(sender(req).id, web.read_id(req))
    start = web.read_number(req, "start", 0, 0, 999_999_999)
    limit = web.read_number(req, "limit", 200, 1, 1000)
    return web.answer(services().tracking.mails.list_urls(message, start, limit))


@app.route("api/messages/{id}/sent", methods=["POST"])
@web.answers
def messages_sent(req: func.HttpRequest) -> func.HttpResponse:
    """From now on events count."""
    message = services().tracking.messages.mark_sent(sender(req).id, web.read_id(req))
    return web.answer(api.describe_message(message))


@app.route("api/messages/{id}/report", methods=["GET"])
@web.answers
def messages_report(req: func.HttpRequest) -> func.HttpResponse:
    """What became of a message."""
    tracking = services().tracking
    return web.answer(tracking.reports.get(tracking.messages.get(_reach(sender(req)), web.read_id(req))))


@app.route("api/messages/{id}/report.csv", methods=["GET"])
@web.answers
def messages_report_sheet(req: func.HttpRequest) -> func.HttpResponse:
    """What became of a message, for a spreadsheet: by recipient in the mode `individual`, else by hour and
    link."""
    tracking = services().tracking
    message = tracking.messages.get(_reach(sender(req)), web.read_id(req))
    if message.mode is Mode.INDIVIDUAL:
        found = tracking.reports.list_recipients(message, 0, message.recipients)
        table = spreadsheet.to_csv(sheets.RECIPIENT_COLUMNS, sheets.recipient_rows(found))
    else:
        table = spreadsheet.to_csv(sheets.REPORT_COLUMNS, sheets.report_rows(tracking.reports.get(message)))
    return web.spreadsheet(table, "rollcall-report")


@app.route("api/messages/{id}", methods=["DELETE"])
@web.answers
def messages_delete(req: func.HttpRequest) -> func.HttpResponse:
    """Forget a message and its events."""
    services().tracking.messages.delete(_reach(sender(req)), web.read_id(req))
    return web.no_content()


def _reach(caller: Caller) -> str | None:
    """Whose messages the caller may see: its own; everybody's for an admin."""
    return None if caller.is_admin else caller.id


@app.route("o/{token}", methods=["GET", "HEAD"])
@web.always(web.pixel)
async def track_open(req: func.HttpRequest) -> func.HttpResponse:
    """The tracking pixel: always an image, whatever becomes of the event."""
    await services().tracking.tracker.opened(req.route_params["token"], req.method, req.headers)
    return web.pixel()


@app.route("c/{token}", methods=["GET", "HEAD"])
@web.always(web.link_unavailable)
async def track_click(req: func.HttpRequest) -> func.HttpResponse:
    """Send the reader where the signed link leads."""
    try:
        target = await services().tracking.tracker.clicked(req.route_params["token"], req.method, req.headers)
    except BadToken:
        return web.link_damaged()
    return web.redirect(target)


@app.timer_trigger("timer", schedule="30 * * * * *")
def track_drain(timer: func.TimerRequest) -> None:
    """Bring home the events that storage did not take in time."""
    services().tracking.drain()


@app.route("api/connection", methods=["GET"])
@web.answers
def connection_get(req: func.HttpRequest) -> func.HttpResponse:
    """How the service account stands, asked of Microsoft now."""
    admin(req)
    return web.answer(services().connection.look())


@app.route("api/connection", methods=["DELETE"])
@web.answers
def connection_delete(req: func.HttpRequest) -> func.HttpResponse:
    """Disconnect the service account."""
    services().connection.disconnect(admin(req).id)
    return web.answer(api.DisconnectedAnswer())


@app.route("api/connection/sign-in", methods=["GET"])
@web.answers
def connection_sign_in(req: func.HttpRequest) -> func.HttpResponse:
    """The page on which an admin begins to connect the service account."""
    return pages.sign_in()


@app.route("api/connection/start", methods=["GET"])
@web.answers
def connection_start(req: func.HttpRequest) -> func.HttpResponse:
    """Where an admin signs the service account in. The cookie binds the sign-in to this browser."""
    begun = services().connection.start(admin(req).id)
    secure = services().settings.public_url.startswith("https:")
    seconds = SIGN_IN_LASTS.total_seconds()
    cookie = web.cookie(SIGN_IN, begun.proof, "/api/connection", seconds, secure=secure)
    return web.answer(api.SignInAnswer(begun.authorize_url), headers=cookie)


@app.route("api/connection/callback", methods=["GET"])
@web.answers
def connection_callback(req: func.HttpRequest) -> func.HttpResponse:
    """The end of a sign-in: Entra sends the browser here. Who may do so is settled by `state` and cookie."""
    if req.params.get("admin_consent") == "True":
        return pages.notice("Consent granted", "The permissions are granted for your organisation.", CLOSE)
    try:
        connected = services().connection.finish(req.params, web.read_cookie(req, SIGN_IN))
    except RollcallError as error:
        return pages.notice("Not connected", error.sentence, error.remedy, web.status_of(error))
    text = f"Rollcall now reads lists as {connected.username}."
    return pages.notice("Connected", " ".join([text, *connected.warnings]), CLOSE)


@app.timer_trigger("timer", schedule="0 23 4 * * *")
def connection_keep(timer: func.TimerRequest) -> None:
    """Once a day: use the sign-in before it lapses, and look after the canary list."""
    services().keep()


@app.route("api/connection/test", methods=["POST"])
@web.answers
def connection_test(req: func.HttpRequest) -> func.HttpResponse:
    """Read one list by every directory, and say who is missing where."""
    caller = admin(req)
    address = parse_address(web.read_body(req, api.NewTest).address, "$.address")
    services().audit.note("list_tested", caller.id, address)
    return web.answer(services().cross_check(address))


@app.route("api/audit", methods=["GET"])
@web.answers
def audit_get(req: func.HttpRequest) -> func.HttpResponse:
    """Who did what when, newest first, page by page."""
    admin(req)
    limit = web.read_number(req, "limit", 100, 1, 1000)
    page = services().audit.trail.read(_search(req), limit, web.read_word(req, "after", KEY_PATTERN))
    return web.answer(page)


@app.route("api/audit.csv", methods=["GET"])
@web.answers
def audit_csv(req: func.HttpRequest) -> func.HttpResponse:
    """The same as a file."""
    caller, search = admin(req), _search(req)
    services().audit.note("audit_exported", caller.id)
    return web.spreadsheet(to_csv(search, services().audit.trail), "rollcall-audit")


def _search(req: func.HttpRequest) -> Search:
    kind, actor = (web.read_word(req, name, WORD_PATTERN) for name in ("kind", "actor"))
    return Search(kind, actor, web.read_time(req, "since"), web.read_time(req, "until"))


@app.route("api/health", methods=["GET"])
@web.answers
def health(req: func.HttpRequest) -> func.HttpResponse:
    """Whether Rollcall works; what does not, for admins."""
    detailed = "authorization" in req.headers and sender(req).is_admin
    checks = services().health.look(fresh=detailed)
    status = "ok" if all(check.ok for check in checks) else "degraded"
    return web.answer(api.HealthAnswer(status, checks if detailed else None))


@app.route("api/openapi.json", methods=["GET"])
@web.answers
def openapi(req: func.HttpRequest) -> func.HttpResponse:
    """The API, described for programs."""
    from shared.openapi import document

    return web.answer(document())

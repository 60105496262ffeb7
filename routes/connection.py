"""The service account, for admins: how it stands, sign in, disconnect, try a list."""

import azure.functions as func

from routes import who
from shared.account.connection import SIGN_IN_LASTS
from shared.api import connection as api_connection
from shared.audience.addresses import parse_address
from shared.errors import RollcallError
from shared.services.process import services
from shared.web import pages, request, response

SIGN_IN = "rollcall-sign-in"
CLOSE = "You can close this page."

routes = func.Blueprint()


@routes.route("api/connection", methods=["GET"])
@response.answers
def connection_get(req: func.HttpRequest) -> func.HttpResponse:
    """How the service account stands, asked of Microsoft now."""
    return response.answer(services().connection.look(who.admin(req).id))


@routes.route("api/connection", methods=["DELETE"])
@response.answers
def connection_delete(req: func.HttpRequest) -> func.HttpResponse:
    """Disconnect the service account."""
    services().connection.disconnect(who.admin(req).id)
    return response.answer(api_connection.DisconnectedAnswer())


@routes.route("api/connection/start", methods=["GET"])
@response.answers
def connection_start(req: func.HttpRequest) -> func.HttpResponse:
    """Where an admin signs the service account in. The cookie binds the sign-in to this browser."""
    begun = services().connection.start(who.admin(req).id)
    secure = services().settings.public_url.startswith("https:")
    seconds = SIGN_IN_LASTS.total_seconds()
    cookie = response.cookie(SIGN_IN, begun.proof, "/api/connection", seconds, secure=secure)
    return response.answer(api_connection.SignInAnswer(begun.authorize_url), headers=cookie)


@routes.route("api/connection/callback", methods=["GET"])
@response.answers
def connection_callback(req: func.HttpRequest) -> func.HttpResponse:
    """The end of a sign-in: Entra sends the browser here. Who may do so is settled by `state` and cookie."""
    if req.params.get("admin_consent") == "True":
        return pages.after_sign_in(
            "Consent granted", "The permissions are granted for your organisation.", CLOSE
        )
    try:
        connected = services().connection.finish(req.params, request.read_cookie(req, SIGN_IN))
    except RollcallError as error:
        return pages.after_sign_in("Not connected", error.sentence, error.remedy, response.status_of(error))
    text = f"Rollcall now reads lists as {connected.username}."
    return pages.after_sign_in("Connected", " ".join([text, *connected.warnings]), CLOSE)


@routes.route("api/connection/test", methods=["POST"])
@response.answers
def connection_test(req: func.HttpRequest) -> func.HttpResponse:
    """Read one list by every directory, and say who is missing where."""
    caller = who.admin(req)
    address = parse_address(request.read_body(req, api_connection.NewTest).address, "$.address")
    return response.answer(services().cross_check(caller.id, address))

"""The service account, for admins: how it stands, sign in, disconnect, try a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import azure.functions as func

from routes.chapter import Call, Chapter
from shared import trace
from shared.api.declaration import ADMIN, ANYONE, HTML, Reply, always, sometimes
from shared.audience.addresses import parse_address
from shared.errors import RollcallError
from shared.later import Later
from shared.record_kinds import Kind
from shared.services.process import services
from shared.web import pages, request, response

if TYPE_CHECKING:
    from shared.account.answers import ConnectionAnswer
    from shared.api import connection as api_connection
    from shared.api.connection import DisconnectedAnswer, SignInAnswer
    from shared.audience.cross_check import CrossCheck
else:
    api_connection = Later("shared.api.connection")

SIGN_IN, PLACE = "rollcall-sign-in", "/api/connection"
CLOSE = "You can close this page."
NEW_TEST = request.body(lambda: api_connection.NewTest)

routes = Chapter(__name__, __doc__)


@routes.declare("GET", "api/connection", who=ADMIN, recorded=sometimes(Kind.CONNECTION_CHECKED))
def connection_get(call: Call) -> ConnectionAnswer:
    """How the service account stands and what the set-up needs, asked of Microsoft now."""
    by_addin = call.caller.client == services().settings.addin_client_ids[0]
    return services().connection.look(call.caller.id, by_addin=by_addin)


@routes.declare("DELETE", "api/connection", who=ADMIN, recorded=always(Kind.DISCONNECTED))
def connection_delete(call: Call) -> DisconnectedAnswer:
    """Disconnect the service account."""
    services().connection.disconnect(call.caller.id)
    return api_connection.DisconnectedAnswer()


@routes.declare("GET", "api/connection/start", who=ADMIN, recorded=always(Kind.CONNECTION_STARTED))
def connection_start(call: Call) -> Reply[SignInAnswer]:
    """Where an admin signs the service account in. The cookie binds the sign-in to this browser."""
    from shared.account.connection import SIGN_IN_LASTS

    begun = services().connection.start(call.caller.id)
    seconds = SIGN_IN_LASTS.total_seconds()
    cookie = response.cookie(SIGN_IN, begun.proof, PLACE, seconds, secure=_is_over_https())
    return Reply(api_connection.SignInAnswer(begun.authorize_url), headers=cookie)


@routes.declare(
    "GET",
    "api/connection/callback",
    who=ANYONE,
    answers=dict.fromkeys((200, 400, 403, 502, 503), HTML),
    recorded=sometimes(Kind.CONNECTING, Kind.CONNECTED, Kind.CONNECTION_REFUSED),
)
def connection_callback(call: Call) -> func.HttpResponse:
    """The end of a sign-in: Entra sends the browser here. Who may do so is settled by `state` and cookie."""
    if call.req.params.get("admin_consent") == "True":
        return pages.after_sign_in(
            "Consent granted", "The permissions are granted for your organisation.", CLOSE
        )
    try:
        name = response.cookie_name(SIGN_IN, secure=_is_over_https())
        connected = services().connection.finish(call.req.params, request.read_cookie(call.req, name))
    except RollcallError as error:
        return pages.after_sign_in("Not connected", error.sentence, error.remedy, response.status_of(error))
    text = f"Rollcall now reads lists as {connected.username}."
    return pages.after_sign_in("Connected", " ".join([text, *connected.warnings]), CLOSE)


@routes.declare(
    "POST", "api/connection/test", who=ADMIN, takes=(NEW_TEST,), recorded=always(Kind.LIST_TESTED)
)
def connection_test(call: Call) -> CrossCheck:
    """Read one list by every directory, and say who is missing where."""
    address = parse_address(call[NEW_TEST].address, "$.address")
    with trace.act():
        services().trail.list_tested(call.caller.id, address)
        return services().cross_checks.check(address)


def _is_over_https() -> bool:
    return services().settings.public_url.startswith("https:")

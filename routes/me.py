"""What is kept of the person who asks, and what they decide about it: for anybody of the tenant.

Nothing here takes a name or an address: whose it is, the access token says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import azure.functions as func

from routes.chapter import Call, Chapter
from shared.api.declaration import ANYONE, NOTHING, SELF, always, sometimes
from shared.errors import RollcallError
from shared.later import Later
from shared.record_kinds import Kind
from shared.services.process import services
from shared.web import cursors, request, response

if TYPE_CHECKING:
    from shared.api import me as words
    from shared.api.me import KeptAnswer, MeasuringAnswer
    from shared.tracking.privacy.own import Myself
    from shared.tracking.privacy.person import Erasure
else:
    words = Later("shared.api.me")

routes = Chapter(__name__, __doc__)

PAGE = "/addin/pages.html#/me"
ANSWER = request.body(lambda: words.NewAnswer)
AFTER = cursors.behind(r"[em][0-9]{16}-[A-Za-z0-9-]{8,64}")


@routes.declare("GET HEAD", "me", who=ANYONE, answers={302: NOTHING})
def me_page(_: Call) -> func.HttpResponse:
    """Lead to the page on which everybody sees and decides what is kept of them."""
    return response.redirect(PAGE)


@routes.declare("GET", "api/me/measuring", who=SELF, limited=True)
def me_standing(call: Call) -> MeasuringAnswer:
    """Whether the caller is measured individually, and why."""
    return _standing(_myself(call))


@routes.declare(
    "PUT",
    "api/me/measuring",
    who=SELF,
    takes=(ANSWER,),
    limited=True,
    recorded=sometimes(Kind.CONSENTED, Kind.CONSENT_REFUSED, Kind.OBJECTED, Kind.OBJECTION_WITHDRAWN),
)
def me_answer(call: Call) -> MeasuringAnswer:
    """Say yes or no to being measured individually."""
    given, own = call[ANSWER], services().tracking.consent.own
    if given.yes:
        me = _myself(call)
        own.say_yes(me, given.version, given.language)
    else:
        try:
            me = _myself(call)
        except RollcallError:
            known = own.recall(call.caller.id)
            if known is None:
                raise
            me = known
        own.say_no(me, given.version, given.language)
    return _standing(me)


@routes.declare(
    "GET", "api/me/kept", who=SELF, takes=(AFTER,), limited=True, recorded=always(Kind.PERSON_EXPORTED)
)
def me_kept(call: Call) -> KeptAnswer:
    """What is kept of the caller, page by page."""
    from shared.tracking.privacy.objections import BY_SELF

    me = _myself(call)
    kept = services().tracking.people.get(me.addresses[0], BY_SELF, call[AFTER])
    return words.KeptAnswer(call.sealed(kept), services().tracking.consent.own.answers(me))


@routes.declare(
    "DELETE", "api/me/kept", who=SELF, takes=(AFTER,), limited=True, recorded=always(Kind.PERSON_ERASED)
)
def me_erase(call: Call) -> Erasure:
    """Erase the caller, page by page. Their objections stay, so that nobody measures them again."""
    from shared.tracking.privacy.objections import BY_SELF

    me = _myself(call)
    erased = services().tracking.people.erase(me.addresses[0], BY_SELF, call[AFTER])
    services().tracking.consent.own.forget(me)
    return erased


def _myself(call: Call) -> Myself:
    return services().tracking.consent.own.identify(call.caller.id, call.caller.names)


def _standing(me: Myself) -> MeasuringAnswer:
    standing, ours = services().tracking.consent.own.standing(me), services()
    return words.describe_standing(standing, ours.settings.privacy_contact, ours.agreed, ours.now())

"""The authorize endpoint: what an app asks for, who signs in, and what goes back to the app."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from sandbox.entra import clients, grants, tokens
from sandbox.entra.aadsts import EntraError
from sandbox.tenant.permissions import Permission
from sandbox.tenant.registrations import App
from sandbox.tenant.tenant import Person
from sandbox.tenant.world import Code, Session, World

_CODE_LIFETIME = 600  # seconds
_RESPONSE_MODES = ("query", "fragment", "form_post")
_MAY_CONSENT = frozenset({"Global Administrator", "Privileged Role Administrator"})
_ANYONE_CONSENTS = frozenset({"User.Read", "access_as_user", "Mail.Send", "MailTips.ReadBasic.Shared"})


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back to the app through the browser."""

    redirect_uri: str
    mode: str
    fields: dict[str, str]

    @property
    def location(self) -> str:
        """Where the browser is sent; not for `form_post`."""
        mark = "#" if self.mode == "fragment" else "&" if "?" in self.redirect_uri else "?"
        return f"{self.redirect_uri}{mark}{urlencode(self.fields)}"


@dataclass(frozen=True, slots=True)
class Asked:
    """One authorize request whose app and redirect URI are good, so that errors may go there."""

    app: App
    redirect_uri: str
    mode: str
    query: Mapping[str, str]

    @property
    def scopes(self) -> list[str]:
        """The scopes, OpenID's own among them."""
        return self.query.get("scope", "").split()

    def reply(self, **fields: str) -> Reply:
        """An answer to the app, with the state it gave."""
        state = {"state": self.query["state"]} if "state" in self.query else {}
        return Reply(self.redirect_uri, self.mode, fields | state)

    def refuse(self, error: EntraError) -> Reply:
        """An error answer to the app."""
        return self.reply(error=error.error, error_description=error.description)


def parse_request(world: World, query: Mapping[str, str]) -> Asked:
    """The request in `query`. Raises EntraError, for the page, when the app must not be answered."""
    app = clients.find_app(world, query.get("client_id", ""))
    redirect_uri = query.get("redirect_uri", "")
    if not clients.may_redirect(app, redirect_uri):
        raise EntraError(50011, redirect_uri=redirect_uri, client=app.client_id)
    mode = query.get("response_mode", "query")
    return Asked(app, redirect_uri, mode if mode in _RESPONSE_MODES else "query", query)


def check_request(world: World, asked: Asked) -> list[Permission]:
    """The permissions asked for. Raises EntraError, for the app, when the request is no good."""
    query = asked.query
    if query.get("response_type") != "code":
        raise EntraError(700054, kind=query.get("response_type", ""))
    if not query.get("code_challenge") or query.get("code_challenge_method") != "S256":
        raise EntraError(9002325)
    if not asked.scopes:
        raise EntraError(900144, name="scope")
    permissions = grants.parse_scopes(world, asked.scopes)
    grants.check_registered(asked.app, permissions)
    return permissions


def complete_silently(world: World, asked: Asked, signed_in: Sequence[str]) -> Reply:
    """Go on as whom `login_hint` names among those `signed_in` in this browser, or as the only one.

    Raises EntraError, for the app, when that needs somebody to do something.
    """
    permissions = check_request(world, asked)
    people = [person for id in signed_in if (person := world.find_person(id))]
    if hint := asked.query.get("login_hint", ""):
        hinted = world.find_person(hint)
        people = [person for person in people if person is hinted]
    if len(people) != 1:
        raise EntraError(50058)
    person = people[0]
    grants.check_may_sign_in(world, asked.app, person)
    if any(grants.lacks_consent(world, permission) for permission in permissions):
        raise EntraError(65001, client=asked.app.client_id, name=asked.app.name)
    for switch in grants.mended_by_sign_in(world, person):
        issued_at = datetime.now(UTC).isoformat(timespec="milliseconds")
        number = grants.MENDED_BY_SIGN_IN[switch]
        raise EntraError(number, issued_at=issued_at, resource=world.origin)
    return _reply(world, asked, person, frozenset())


def complete(world: World, asked: Asked, account: str) -> Reply:
    """Sign `account` in and consent to what is asked.

    Raises EntraError, for the page, when this account cannot go on.
    """
    permissions = check_request(world, asked)
    person = world.find_person(account)
    if person is None:
        raise EntraError(50034, tenant=world.tenant.name)
    grants.check_may_sign_in(world, asked.app, person)
    consent(world, person, permissions)
    grants.remember(world, asked.app, permissions)
    return _reply(world, asked, person, grants.mended_by_sign_in(world, person))


def _reply(world: World, asked: Asked, person: Person, mended: frozenset[str]) -> Reply:
    spa = asked.app.public and asked.redirect_uri.startswith("http")
    session = Session(person.id, asked.app.client_id, datetime.now(UTC), mended, spa)
    name = f"1.A{secrets.token_urlsafe(300)}"
    world.codes[name] = Code(
        session,
        asked.redirect_uri,
        asked.query["code_challenge"],
        asked.scopes,
        asked.query.get("nonce", ""),
        time.time() + _CODE_LIFETIME,
    )
    fields = {"code": name, "session_state": secrets.token_hex(16)}
    if asked.query.get("client_info") == "1":
        fields["client_info"] = tokens.client_info(world, person.id)
    return asked.reply(**fields)


def consent(world: World, person: Person, permissions: list[Permission]) -> None:
    """Grant what is missing, for the whole tenant, if `person` may. Raises EntraError 90094."""
    missing = [permission for permission in permissions if grants.lacks_consent(world, permission)]
    if not missing:
        return
    names = {permission.name for permission in missing}
    if not names <= _ANYONE_CONSENTS and _MAY_CONSENT.isdisjoint(person.directory_roles):
        raise EntraError(90094)
    if ".default" in names or "*" in world.switches.consent_missing:
        world.switches.consent_missing = []
    else:
        world.switches.consent_missing = [n for n in world.switches.consent_missing if n not in names]

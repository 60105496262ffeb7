"""The sign-in page: pick an account, see what the app wants, accept or cancel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sandbox.entra.aadsts import EntraError
from sandbox.entra.sign_in import Asked
from sandbox.serving.layout import badge, page, text
from sandbox.tenant.permissions import TITLES, Permission
from sandbox.tenant.tenant import Person
from sandbox.tenant.world import World

_SHOWN = 8


def sign_in(
    world: World, asked: Asked, permissions: Sequence[Permission], error: EntraError | None = None
) -> str:
    """The page for `asked`, with what went wrong the last time."""
    hint = asked.query.get("login_hint", "")
    hinted = world.find_person(hint) if hint else None
    accounts = _accounts(world, hinted, for_service_account=not asked.app.public)
    chosen = hinted or accounts[0]
    known = "".join(_account(world, person, checked=person is chosen) for person in accounts)
    wanted = "".join(f"<li>{_title(p)} <small><code>{text(p.name)}</code></small></li>" for p in permissions)
    refused = f'<p class="error"><strong>{_plain(error)}</strong></p>' if error else ""
    body = f"""
<section><p class="soft">{text(world.tenant.name)} · simulated Microsoft Entra ID</p>
<h1>Sign in to {text(asked.app.name)}</h1>{refused}
<form method="post"><div class="accounts">{known}
<label><input type="radio" name="account" value="" id="other"> Another account
<input type="text" aria-label="Address of another account" placeholder="name@{text(world.tenant.domains[0])}"
 oninput="other.checked = true; other.value = this.value"></label></div>
<h2>{text(asked.app.name)} would like to</h2><ul>{wanted or "<li>Sign you in</li>"}</ul>
<p class="soft">There are no passwords here: picking an account stands for signing in, with every factor.</p>
<div class="buttons"><button name="action" value="cancel">Cancel</button>
<button class="main" name="action" value="accept">Accept</button></div></form></section>"""
    return page(f"Sign in to {asked.app.name}", body, narrow=True)


def refusal(world: World, error: EntraError) -> str:
    """The page where the app itself must not be answered."""
    body = f"""
<section><p class="soft">{text(world.tenant.name)} · simulated Microsoft Entra ID</p>
<h1>Sorry, but we're having trouble signing you in.</h1>
<p class="error">{_plain(error)}</p>
<p><small>Correlation ID: {text(error.correlation_id)}</small></p></section>"""
    return page("Sign in", body, narrow=True)


def signed_out(world: World) -> str:
    """The page after signing out."""
    body = f"""
<section><p class="soft">{text(world.tenant.name)} · simulated Microsoft Entra ID</p>
<h1>You signed out</h1><p>You can close this window.</p></section>"""
    return page("Signed out", body, narrow=True)


def form_post(redirect_uri: str, fields: Mapping[str, str]) -> str:
    """The page that hands `fields` to the app by itself."""
    hidden = "".join(f'<input type="hidden" name="{text(k)}" value="{text(v)}">' for k, v in fields.items())
    button = '<button class="main">Continue</button>'
    body = f'<form method="post" action="{text(redirect_uri)}">{hidden}{button}</form>'
    return page("Working...", body, narrow=True, script="document.forms[0].submit()")


def _accounts(world: World, hinted: Person | None, *, for_service_account: bool) -> list[Person]:
    """Who is likely to sign in, the likeliest first, then others, to fill the page."""
    people = world.tenant.people
    roles = [p for p in people if p.app_roles or p.directory_roles]
    members = [p for p in people[: 10 * _SHOWN] if p.kind == "user" and not p.guest and p.readable]
    service = [world.service_account]
    callers = [p for p in roles if p.app_roles]
    first = [*service, *roles] if for_service_account else [*callers, *service, *roles]
    likely = [first[0], *([hinted] if hinted else []), *first, *members]
    return list({person.id: person for person in likely}.values())[:_SHOWN]


def _account(world: World, person: Person, *, checked: bool) -> str:
    remarks = [*person.directory_roles, *person.app_roles]
    if person is world.service_account:
        remarks.insert(0, "service account")
    badges = "".join(badge(remark) for remark in remarks)
    mark = " checked" if checked else ""
    return (
        f'<label><input type="radio" name="account" value="{text(person.id)}"{mark}> {text(person.name)}'
        f"{badges}<br><small>{text(person.upn)}</small></label>"
    )


def _title(permission: Permission) -> str:
    if permission.name == ".default":
        return "Do what was already consented to"
    return text(TITLES[permission.resource][permission.name])


def _plain(error: EntraError) -> str:
    return text(error.text)

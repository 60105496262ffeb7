"""The sandbox's front page: who is in the tenant, which lists there are, what is broken at the moment."""

from __future__ import annotations

from sandbox.server.mishaps import ADMINS, FURTHER, MICROSOFT, SUBSCRIPTION, WORDS
from sandbox.serving.layout import badge, page, text
from sandbox.tenant.tenant import Contact, Device, Group, Person
from sandbox.tenant.world import Entry, World

_SHOWN = 200  # people, and lists
_MEMBERS = 50  # of one list
_NODES = 4000  # in the whole tree: ten levels of lists that share lists would fill any page

_SCRIPT = """
const put = changes => fetch('/_sandbox/switches', {method: 'PUT', body: JSON.stringify(changes),
  headers: {'Content-Type': 'application/json'}});
for (const box of document.querySelectorAll('.switches input'))
  box.onchange = () => put({[box.name]: box.checked});
const body = document.querySelector('#requests');
async function refresh() {
  const {requests} = await (await fetch('/_sandbox/requests?last=15')).json();
  body.replaceChildren(...requests.reverse().map(r => {
    const row = document.createElement('tr');
    for (const cell of [r.at.slice(11, 19), r.service, r.method, r.path, r.status || 'closed',
                        Math.round(r.seconds * 1000) + ' ms'])
      row.insertCell().textContent = cell;
    return row;
  }));
}
refresh(); setInterval(refresh, 2000);
"""
_KINDS = {
    "distribution_list": "distribution list",
    "mail_enabled_security_group": "mail-enabled security group",
    "microsoft_365_group": "Microsoft 365 group",
    "security_group": "security group without mail",
    "dynamic_distribution_list": "dynamic distribution list",
    "public_folder": "public folder",
}


def home(world: World) -> str:
    """The page."""
    tenant = world.tenant
    sizes = {
        "people": len(tenant.people),
        "mail contacts": len(tenant.contacts),
        "lists and groups": len(tenant.groups),
    }
    counts = ", ".join(f"{word}: {size:,}" for word, size in sizes.items())
    body = f"""
<h1>{text(tenant.name)}</h1>
<p class="soft">A simulated Microsoft 365 tenant ({counts}).
Nothing here is real, and nothing leaves this machine.</p>
{_switches(world)}{_lists(world)}{_people(world)}{_requests()}{_places(world)}"""
    return page(f"{tenant.name} · Rollcall sandbox", body, script=_SCRIPT)


def _switches(world: World) -> str:
    parts = "".join(_doer(world, who) for who in (ADMINS, SUBSCRIPTION, MICROSOFT))
    further = "; ".join(f"<code>{name}</code>: {text(said)}" for name, said in FURTHER.items())
    return f"""
<section><h2>What goes wrong</h2>
<p class="soft">What people do to it, and Microsoft. The account is the service account,
{text(world.service_account.upn)}; the numbers are Entra's codes.</p>
{parts}
<p class="soft">By <code>/_sandbox/switches</code>, {further}. By <code>/_sandbox/faults</code>, what any
service answers: throttling, errors, delays, answers that break off.</p></section>"""


def _doer(world: World, who: str) -> str:
    boxes = "".join(
        _switch(name, what, getattr(world.switches, name))
        for name, (doer, what) in WORDS.items()
        if doer == who
    )
    return f'<fieldset class="switches"><legend>{text(who)}</legend>{boxes}</fieldset>'


def _switch(name: str, what: str, on: bool) -> str:
    mark = " checked" if on else ""
    return f'<label><input type="checkbox" name="{name}"{mark}> {text(what)}</label>'


def _lists(world: World) -> str:
    groups = world.tenant.groups
    nested = {member for group in groups for member in group.members}
    top_first = sorted(groups[: 10 * _SHOWN], key=lambda group: group.id in nested)[:_SHOWN]
    tree = _Tree(world)
    items = "".join(tree.item(group, ()) for group in top_first)
    more = f"<p><small>The first {_SHOWN} of {len(groups):,}.</small></p>" if len(groups) > _SHOWN else ""
    return f'<section class="tree"><h2>Lists</h2><ul>{items}</ul>{more}</section>'


class _Tree:
    """Lists in lists, as long as the page has room."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.room = _NODES

    def item(self, entry: Entry, above: tuple[str, ...]) -> str:
        self.room -= 1
        if not isinstance(entry, Group):
            return f"<li>{_named(entry)}</li>"
        head = f"{_named(entry)}{badge(f'{len(entry.members):,} members')}"
        if entry.id in above:
            return f"<li>{head}{badge('contains itself')}</li>"
        if self.room < 0:
            return f"<li>{head}</li>"
        members = self.world.members(entry)
        inside = "".join(self.item(member, (*above, entry.id)) for member in members[:_MEMBERS])
        rest = len(members) - _MEMBERS
        more = f"<li><small>and {rest:,} more</small></li>" if rest > 0 else ""
        return f"<li><details><summary>{head}</summary><ul>{inside}{more}</ul></details></li>"


def _named(entry: Entry) -> str:
    address = "" if isinstance(entry, Device) else entry.address or ""
    badges = "".join(badge(remark) for remark in _remarks(entry))
    return f"{text(entry.name)} <small>{text(address)}</small>{badges}"


def _remarks(entry: Entry) -> list[str]:
    if isinstance(entry, Contact):
        return ["mail contact"]
    if isinstance(entry, Device):
        return ["device"]
    if isinstance(entry, Group):
        remarks = {"membership hidden": entry.hidden, "rule decides": entry.dynamic, "synced": entry.synced}
        return [_KINDS[entry.kind], *(word for word, holds in remarks.items() if holds)]
    remarks = {
        f"{entry.kind} mailbox": entry.kind != "user",
        "guest": entry.guest,
        "account disabled": not entry.enabled,
        "no mailbox": entry.address is None,
        "not shown to Graph": not entry.readable,
    }
    return [word for word, holds in remarks.items() if holds]


def _people(world: World) -> str:
    people = world.tenant.people
    rows = "".join(_person(world, person) for person in people[:_SHOWN])
    more = f"<p><small>The first {_SHOWN} of {len(people):,}.</small></p>" if len(people) > _SHOWN else ""
    return f"""
<section><h2>People</h2><table><tr><th>Name</th><th>Address</th><th>Aliases</th><th>Roles</th></tr>
{rows}</table>{more}</section>"""


def _person(world: World, person: Person) -> str:
    remarks = [*_remarks(person), *(["service account"] if person is world.service_account else [])]
    roles = ", ".join([*person.app_roles, *person.directory_roles, *person.exchange_roles])
    badges = "".join(badge(remark) for remark in remarks)
    return (
        f"<tr><td>{text(person.name)}{badges}</td><td>{text(person.address or '')}</td>"
        f"<td>{text(', '.join(person.aliases))}</td><td>{text(roles)}</td></tr>"
    )


def _requests() -> str:
    return """
<section><h2>Latest requests</h2><table><thead><tr><th>UTC</th><th>Service</th><th>Method</th><th>Path</th>
<th>Status</th><th>Took</th></tr></thead><tbody id="requests"></tbody></table></section>"""


def _places(world: World) -> str:
    places = {
        "Compose a mail": world.outlook_url,
        "Entra": f"{world.origin}/{world.tenant.tenant_id}/v2.0/.well-known/openid-configuration",
        "Graph": f"{world.origin}/v1.0",
        "Exchange Admin API": f"{world.origin}/adminapi/v2.0/{world.tenant.tenant_id}",
        "EWS": f"{world.origin}/EWS/Exchange.asmx",
        "Key Vault": f"{world.origin}/secrets",
        "Managed identity": f"{world.origin}/msi/token",
        "State of this sandbox": f"{world.origin}/_sandbox/state",
    }
    rows = "".join(
        f'<tr><td>{name}</td><td><a href="{text(url)}"><code>{text(url)}</code></a></td></tr>'
        for name, url in places.items()
    )
    return f"<section><h2>Where things are</h2><table>{rows}</table></section>"

"""The Exchange Online Admin API (preview): the two endpoints that list the members of a list."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass
from typing import Any, NoReturn, cast

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.exchange import quirks, recipients
from sandbox.graph.odata import ODataError, Query, next_link, parse_query, read_token
from sandbox.tenant.fragments import Fragments, Memory
from sandbox.tenant.tenant import Contact, Device, Group, Person
from sandbox.tenant.world import Entry, Refused, World, addresses_of

PAGE = 1000
SCOPE = "Exchange.ManageV2"
# The cmdlet behind each endpoint, and the kinds of list it knows: Microsoft 365 groups are of neither.
_ENDPOINTS = {
    "DistributionGroupMember": (
        "Get-DistributionGroupMember",
        ("distribution_list", "mail_enabled_security_group"),
    ),
    "DynamicDistributionGroupMember": (
        "Get-DynamicDistributionGroupMember",
        ("dynamic_distribution_list",),
    ),
}
_ROLES = {"Organization Management", "Recipient Management", "View-Only Recipients"}
_ANCHORS = ("AAD-UPN:", "UPN:", "AAD-SMTP:", "SMTP:", "OID:", "MBX:", "APP:")
_TASKS = "Microsoft.Exchange.Configuration.Tasks"
_MORE_RESULTS = (
    "There are more results available than are currently displayed. To view them, increase the value for "
    "the ResultSize parameter."
)


@dataclass(frozen=True, slots=True)
class _Command:
    """What a request's body asks for: a list, and at most so many of its members (None: all)."""

    group: Group
    limit: int | None
    digest: str


def routes(world: World) -> list[Route]:
    """One route: which endpoints there are, is decided behind it."""
    service = _AdminApi(world)

    async def endpoint(request: Request) -> Response:
        return service.answer(request, await request.body())

    methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]
    return [Route("/adminapi/v2.0/{tenant}/{name}", endpoint, methods=methods)]


class _AdminApi:
    def __init__(self, world: World) -> None:
        self.world = world
        self._memory = Memory(world)

    def answer(self, request: Request, body: bytes) -> Response:
        """The answer to one request. Raises Refused."""
        world, name = self.world, request.path_params["name"]
        claims = world.check_bearer(request, "exchange", lambda _: _unauthorized(world))
        is_there = name in _ENDPOINTS and request.path_params["tenant"] == world.tenant.tenant_id
        if world.switches.exchange_api_disabled or not is_there:
            raise Refused(Response(status_code=404))
        _check_rights(world, claims)
        if request.method != "POST":
            raise Refused(Response(status_code=405, headers={"Allow": "POST"}))
        if not request.headers.get("x-anchormailbox", "").startswith(_ANCHORS):
            _refuse("The X-AnchorMailbox header is missing or has no known prefix.")
        command = _parse_body(world, name, body)
        address = f"{world.origin}{request.url.path}"
        try:
            query = parse_query(request.url.query, ["$select", "$skiptoken"])
            state = read_token(address, query) if query.token else None
        except ODataError as error:
            _refuse(error.message)
        for property in query.select or ():
            if property not in _PROPERTIES:
                _refuse(f"Could not find a property named '{property}'.")
        if state and (state["until"] < time.time() or state["body"] != command.digest):
            _refuse("The continuation token has expired or belongs to another request.")
        return self._page(command, query, address, state["from"] if state else 0)

    def _page(self, command: _Command, query: Query, address: str, start: int) -> Response:
        settings, ids = quirks.of(self.world), self._members(command.group)
        if settings.admin_working_out and command.group.kind == "dynamic_distribution_list":
            ids = []
        longest = min(command.limit or len(ids), settings.admin_longest_list or len(ids), len(ids))
        end = min(start + PAGE, longest)
        head: dict[str, Any] = {
            "@odata.context": f"{address.rpartition('/')[0]}/$metadata#Collection(Exchange.GenericHashTable)",
            "adminapi.warnings@odata.type": "#Collection(String)",
            "@adminapi.warnings": [_MORE_RESULTS] if end == longest < len(ids) else [],
        }
        if end < longest:
            until = time.time() + settings.admin_link_lifetime
            state = {"from": end, "until": until, "body": command.digest}
            head["@odata.nextLink"] = next_link(address, query, state)
        fragments = self._fragments(query.select)
        value = b",".join(map(fragments.__getitem__, ids[start:end]))
        content = b'%b,"value":[%b]}' % (json.dumps(head).encode()[:-1], value)
        return Response(content, headers={"Content-Type": "application/json; charset=utf-8"})

    def _members(self, group: Group) -> list[str]:
        """What Exchange lists: everything but devices, which it does not know."""

        def make() -> list[str]:
            return [entry.id for entry in self.world.members(group) if not isinstance(entry, Device)]

        return cast(list[str], self._memory.get(group.id, make))

    def _fragments(self, select: tuple[str, ...] | None) -> Fragments:
        by_id = self.world.by_id
        kept = self._memory.get(select, lambda: Fragments(lambda id: _render(by_id[id], select)))
        return cast(Fragments, kept)


def _render(entry: Entry, select: tuple[str, ...] | None) -> bytes:
    values = _properties(entry)
    chosen = {name: values[name] for name in select or values}
    with_types: dict[str, Any] = {}
    for name, value in chosen.items():
        # The service puts such keys between the properties; a client must step over them.
        if name == "RecipientTypeDetails":
            with_types[f"{name}@data.type"] = (
                "Microsoft.Exchange.Data.Directory.Recipient.RecipientTypeDetails"
            )
        if isinstance(value, list):
            with_types[f"{name}@odata.type"] = "#Collection(String)"
        with_types[name] = value
    return json.dumps(with_types, separators=(",", ":")).encode()


def _properties(entry: Entry) -> dict[str, Any]:
    address = recipients.address_of(entry)
    kind, details = recipients.types_of(entry)
    is_outside = isinstance(entry, Contact) or (isinstance(entry, Person) and entry.guest)
    is_in_entra = not (isinstance(entry, Group) and entry.kind in recipients.EXCHANGE_ONLY)
    proxies = [f"smtp:{alias}" for alias in addresses_of(entry)[1:]]
    # A guest's primary address is the made-up one, which reaches nobody outside by itself.
    primary = entry.upn if isinstance(entry, Person) and entry.guest else address
    return {
        "Alias": recipients.alias_of(entry),
        "DisplayName": entry.name,
        "EmailAddresses": [f"SMTP:{primary}", *proxies] if address else [],
        "ExternalDirectoryObjectId": entry.id if is_in_entra else "",
        "ExternalEmailAddress": f"SMTP:{address}" if is_outside else None,
        "Guid": recipients.guid_of(entry),
        "Identity": recipients.alias_of(entry),
        "Name": entry.name,
        "PrimarySmtpAddress": primary if address else "",
        "RecipientType": kind,
        "RecipientTypeDetails": details,
    }


_PROPERTIES = frozenset(_properties(Contact("", "", "")))


def _check_rights(world: World, claims: dict[str, Any]) -> None:
    person = world.by_id.get(claims["oid"])
    is_allowed = isinstance(person, Person) and not _ROLES.isdisjoint(person.exchange_roles)
    if SCOPE not in str(claims["scp"]).split() or not is_allowed:
        # Seen in the wild: a body of the right type that is no JSON at all.
        raise Refused(Response(b"\0" * 64, 403, {"Content-Type": "application/json"}))


def _parse_body(world: World, name: str, body: bytes) -> _Command:
    """What the body asks of the endpoint `name`. Raises Refused."""
    try:
        given = json.loads(body)["CmdletInput"]
        cmdlet, parameters = given["CmdletName"], dict(given["Parameters"])
    except (ValueError, KeyError, TypeError):
        _refuse("The request body is not valid JSON with a CmdletInput.")
    if cmdlet != _ENDPOINTS[name][0]:
        _refuse(f"The cmdlet '{cmdlet}' is not allowed on this endpoint.")
    identity, size = parameters.pop("Identity", None), parameters.pop("ResultSize", "Unlimited")
    if parameters:
        _refuse(f"A parameter cannot be found that matches parameter name '{next(iter(parameters))}'.")
    if not isinstance(identity, str) or not identity.strip():
        # The cmdlet itself would return every object there is.
        _refuse("Cannot bind argument to parameter 'Identity' because it is empty.")
    if size != "Unlimited" and (not isinstance(size, int) or size < 1):
        _refuse(f"Cannot process argument transformation on parameter 'ResultSize': '{size}'.")
    found = [
        entry
        for entry in recipients.find_recipients(world, identity)
        if isinstance(entry, Group) and entry.kind in _ENDPOINTS[name][1]
    ]
    if not found:
        text = f"The operation couldn't be performed because object '{identity}' couldn't be found on 'EX'."
        _refuse(text, f"{_TASKS}.ManagementObjectNotFoundException", status=404, prefix="Ex6F9304")
    if len(found) > 1:
        text = f"The operation couldn't be performed because '{identity}' matches multiple entries."
        _refuse(text, f"{_TASKS}.ManagementObjectAmbiguousException")
    return _Command(found[0], None if size == "Unlimited" else size, hashlib.sha256(body).hexdigest())


def _refuse(
    text: str, kind: str = "System.ArgumentException", *, status: int = 400, prefix: str = ""
) -> NoReturn:
    inner = {"message": text, "type": kind, "stacktrace": ""}
    error = {
        "code": "NotFound" if status == 404 else "BadRequest",
        "message": "Invalid Operation",
        "details": [{"code": "Client", "target": "", "message": f"{prefix}|{kind}|{text}"}],
        "innererror": {
            "message": "An error occurred while running the cmdlet.",
            "type": "Microsoft.Exchange.Admin.OData.Core.ODataServiceException",
            "internalexception": inner,
        },
    }
    raise Refused(Response(json.dumps({"error": error}), status, media_type="application/json"))


def _unauthorized(world: World) -> Response:
    resource = "00000002-0000-0ff1-ce00-000000000000"
    challenge = f'Bearer client_id="{resource}", authorization_uri="{world.origin}/common/oauth2/authorize"'
    return Response(status_code=401, headers={"WWW-Authenticate": challenge})

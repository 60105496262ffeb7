"""What Microsoft Graph answers to one call, whether it came alone or in a batch.

Where Microsoft documents nothing and no recording tells, the answer here is the one that is harder
on a client.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote

from sandbox.graph.answers import Call, GraphResponse, denied, failure, ok, quoted
from sandbox.graph.entities import COLLECTIONS, TYPES, Entities, check_select
from sandbox.graph.odata import (
    OPTIONS,
    ODataError,
    Query,
    bad_request,
    next_link,
    parse_query,
    read_token,
    unsupported,
)
from sandbox.graph.sending import Deliver, Sending
from sandbox.graph.tips import Tips
from sandbox.tenant.fragments import Memory
from sandbox.tenant.tenant import Contact, Device, Group, Person
from sandbox.tenant.world import World

_GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_KINDS = {name: kind for kind, name in TYPES.items()}
_OTHER_TYPES = {"application", "directoryObject", "directoryObjectPartnerReference", "servicePrincipal"}
_MAX_IDS = 1000
_ROLE_TEMPLATES = {
    "Global Administrator": "62e90394-69f5-4237-9190-012177145e10",
    "Privileged Role Administrator": "e8611ab8-c189-46e8-94e1-60213ab1f814",
}
_ORGANIZATION = ("id", "displayName", "verifiedDomains", "city", "country", "createdDateTime", "tenantType")

# The delegated permissions of which one is enough to read the properties of each kind.
_READERS: dict[type, frozenset[str]] = {
    Person: frozenset({"Directory.Read.All", "User.Read.All"}),
    Group: frozenset({"Directory.Read.All", "Group.Read.All", "GroupMember.Read.All"}),
    Contact: frozenset({"Directory.Read.All", "OrgContact.Read.All"}),
    Device: frozenset({"Directory.Read.All"}),
}


class Graph:
    """Answers calls from the directory of `world`."""

    def __init__(self, world: World, deliver: Deliver) -> None:
        self.world = world
        self._memory = Memory(world)
        self._sending = Sending(world, deliver)
        self._tips = Tips(world)
        members = r"/groups/([^/]+)/(members|transitiveMembers)"
        cast = r"/(?:microsoft\.)?graph\.(\w+)"
        self._table: list[tuple[str, re.Pattern[str], Callable[..., GraphResponse]]] = [
            (method, re.compile(pattern), make)
            for method, pattern, make in (
                ("GET", members, self._members),
                ("GET", members + cast, self._members),
                ("GET", members + r"/\$count", self._count),
                ("GET", members + cast + r"/\$count", self._count),
                ("GET", r"/(groups|users|contacts)", self._list),
                ("GET", r"/(groups|users|contacts)/([^/]+)", self._object),
                ("GET", r"/(users)\('(.+)'\)", self._object),
                ("GET", r"/me", self._me),
                ("GET", r"/me/transitiveMemberOf", self._my_roles),
                ("GET", r"/organization", self._organization),
                ("POST", r"/me/sendMail", self._send_mail),
                ("POST", r"/me/getMailTips", self._mail_tips),
                ("POST", r"/directoryObjects/(?:microsoft\.graph\.)?getByIds", self._by_ids),
            )
        ]

    def answer(self, call: Call) -> GraphResponse:
        """The answer, an error's too."""
        try:
            return self._dispatch(call)
        except ODataError as error:
            return failure(call, error)

    def _dispatch(self, call: Call) -> GraphResponse:
        known = False
        for method, pattern, make in self._table:
            if match := pattern.fullmatch(call.path):
                if method == call.method:
                    return make(call, *match.groups())
                known = True
        if known:
            raise ODataError(
                405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target."
            )
        raise ODataError(404, "ResourceNotFound", f"Resource not found for the segment '{call.path[1:]}'.")

    # Each of these answers one row of the table.

    def _list(self, call: Call, collection: str) -> GraphResponse:
        kind = COLLECTIONS[collection]
        self._require(call, _READERS[kind])
        self._refuse_guests(call)
        query = parse_query(call.query)
        check_select(query.select, [kind])
        ids = self._entities.find(kind, query.condition)
        cost = (2 if kind is Person else 1) - ("$top=" in call.query and query.top < 20)
        return self._page(call, query, ids, collection, typed=False, cost=cost)

    def _object(self, call: Call, collection: str, name: str) -> GraphResponse:
        kind = COLLECTIONS[collection]
        self._require(call, _READERS[kind])
        query = parse_query(call.query, ["$select"])
        check_select(query.select, [kind])
        id = self._find(kind, name.replace("''", "'")).id
        fragment = self._entities.fragments(query.select, self._shown(call), typed=False)[id]
        context = self._context(collection, query.select) + "/$entity"
        return ok(call, b'{"@odata.context":' + quoted(context) + b"," + fragment[1:])

    def _members(self, call: Call, group_id: str, relation: str, cast: str | None = None) -> GraphResponse:
        query = parse_query(call.query, [name for name in OPTIONS if name != "$filter"])
        if cast and not (call.is_eventual and query.count):
            raise unsupported(
                f"A cast to '{cast}' needs the header 'ConsistencyLevel: eventual' and $count=true."
            )
        ids = self._member_ids(call, group_id, relation, cast)
        check_select(query.select, [_KINDS[cast]] if cast in _KINDS else TYPES)
        context = f"{TYPES[_KINDS[cast]]}s" if cast in _KINDS else "directoryObjects"
        cost = (5 if relation == "transitiveMembers" else 3) - (query.select is not None)
        cost -= "$top=" in call.query and query.top < 20
        return self._page(call, query, ids, context, typed=cast is None, cost=cost)

    def _count(self, call: Call, group_id: str, relation: str, cast: str | None = None) -> GraphResponse:
        parse_query(call.query, [])
        if not call.is_eventual:
            raise ODataError(400, "Request_BadRequest", "$count is not currently supported.")
        ids = self._member_ids(call, group_id, relation, cast)
        return ok(call, str(len(ids)).encode(), content_type="text/plain")

    def _by_ids(self, call: Call) -> GraphResponse:
        self._require(call, frozenset({"Directory.Read.All"}))
        parse_query(call.query, [])
        ids, types = _parse_by_ids(call.body)
        entities = self._entities
        found = [
            id
            for id in dict.fromkeys(ids)
            if id in entities.objects and TYPES[type(entities.objects[id])] in types
        ]
        fragments = entities.fragments(None, self._shown(call), typed=True)
        body = b",".join(map(fragments.__getitem__, found))
        head = b'{"@odata.context":' + quoted(self._context("directoryObjects", None)) + b',"value":['
        return ok(call, head + body + b"]}", cost=3, location=self.world.origin)

    def _me(self, call: Call) -> GraphResponse:
        return self._object(call, "users", str(call.claims["oid"]))

    def _my_roles(self, call: Call) -> GraphResponse:
        self._require(call, frozenset({"Directory.Read.All"}))
        parse_query(call.query, ["$select", "$top"])
        person = self._find(Person, str(call.claims["oid"]))
        roles = [
            {
                "@odata.type": "#microsoft.graph.directoryRole",
                "displayName": name,
                "roleTemplateId": _ROLE_TEMPLATES[name],
            }
            for name in person.directory_roles
        ]
        return ok(call, json.dumps({"value": roles}).encode())

    def _send_mail(self, call: Call) -> GraphResponse:
        self._require(call, frozenset({"Mail.Send"}))
        parse_query(call.query, [])
        return self._sending.answer(call, self._find(Person, str(call.claims["oid"])))

    def _mail_tips(self, call: Call) -> GraphResponse:
        parse_query(call.query, [])
        return self._tips.answer(call, self._find(Person, str(call.claims["oid"])))

    def _organization(self, call: Call) -> GraphResponse:
        self._require(call, frozenset({"Directory.Read.All", "Organization.Read.All", "User.Read"}))
        query = parse_query(call.query, ["$select"])
        tenant = self.world.tenant
        values: dict[str, Any] = dict.fromkeys(_ORGANIZATION) | {
            "id": tenant.tenant_id,
            "displayName": tenant.name,
            "verifiedDomains": [
                {
                    "capabilities": "Email, OfficeCommunicationsOnline",
                    "isDefault": number == 0,
                    "isInitial": number == len(tenant.domains) - 1,
                    "name": domain,
                    "type": "Managed",
                }
                for number, domain in enumerate(tenant.domains)
            ],
        }
        if unknown := [name for name in query.select or () if name not in values]:
            raise bad_request(
                f"Could not find a property named '{unknown[0]}' on type 'microsoft.graph.organization'."
            )
        values = {name: values[name] for name in query.select or values}
        context = self._context("organization", query.select)
        return ok(call, json.dumps({"@odata.context": context, "value": [values]}).encode())

    # What they share.

    @property
    def _entities(self) -> Entities:
        entities: Entities = self._memory.get("entities", lambda: Entities(self.world.by_id))
        return entities

    def _member_ids(self, call: Call, group_id: str, relation: str, cast: str | None) -> Sequence[str]:
        self._require(call, _READERS[Group])
        group = self._find(Group, group_id)
        unified = group.kind == "microsoft_365_group"
        if cast is not None:
            if cast not in _KINDS and cast not in _OTHER_TYPES:
                raise bad_request(f"Resource not found for the segment 'microsoft.graph.{cast}'.")
            if unified and cast != "user":
                raise unsupported(f"The cast to '{cast}' is not possible for this group.")
        if group.hidden and "Member.Read.Hidden" not in call.scopes:
            # Of other lists no property tells that they are hidden: an empty answer would fool any client.
            if unified and self.world.switches.hidden_membership_empty:
                return []
            raise denied()
        entities = self._entities
        ids = entities.members(group) if relation == "members" else entities.transitive_members(group)
        if cast is None:
            return ids
        return [id for id in ids if type(entities.objects[id]) is _KINDS.get(cast)]

    def _find(self, kind: type, name: str) -> Any:
        found = self._entities.get(kind, name)
        if found is None and kind is not Person and not _GUID.fullmatch(name):
            raise ODataError(400, "Request_BadRequest", f"Invalid object identifier '{name}'.")
        if found is None:
            missing = "does not exist or one of its queried reference-property objects are not present."
            raise ODataError(404, "Request_ResourceNotFound", f"Resource '{name}' {missing}")
        return found

    def _page(
        self, call: Call, query: Query, ids: Sequence[str], context: str, *, typed: bool, cost: int
    ) -> GraphResponse:
        address = f"{self.world.origin}/v1.0{quote(call.path)}"
        state = read_token(address, query) if query.token else {"from": 0, "was_empty": False}
        start, end = state["from"], state["from"] + query.top
        head = b'{"@odata.context":' + quoted(self._context(context, query.select))
        if query.count and call.is_eventual and not query.token:
            head += b',"@odata.count":%d' % len(ids)
        following = None
        if self.world.switches.empty_pages and not state["was_empty"]:
            end, following = start, {"from": start, "was_empty": True}
        elif end < len(ids):
            following = {"from": end, "was_empty": False}
        if following:
            head += b',"@odata.nextLink":' + quoted(next_link(address, query, following))
        fragments = self._entities.fragments(query.select, self._shown(call), typed=typed)
        value = b",".join(map(fragments.__getitem__, ids[start:end]))
        return ok(call, b"".join((head, b',"value":[', value, b"]}")), cost=cost)

    def _context(self, name: str, select: tuple[str, ...] | None) -> str:
        return f"{self.world.origin}/v1.0/$metadata#{name}" + (f"({','.join(select)})" if select else "")

    def _shown(self, call: Call) -> frozenset[type]:
        return frozenset(kind for kind, names in _READERS.items() if not names.isdisjoint(call.scopes))

    def _require(self, call: Call, permissions: frozenset[str]) -> None:
        if permissions.isdisjoint(call.scopes):
            raise denied()

    def _refuse_guests(self, call: Call) -> None:
        person = self.world.by_id.get(str(call.claims.get("oid")))
        if isinstance(person, Person) and person.guest:
            raise denied()


def _parse_by_ids(body: bytes) -> tuple[list[str], set[str]]:
    try:
        given = json.loads(body)
        ids, types = given.pop("ids"), given.pop("types", [*_KINDS])
    except (ValueError, KeyError, AttributeError, TypeError):
        raise bad_request("Unable to read JSON request payload.") from None
    if given:
        raise bad_request(
            f"The parameter '{next(iter(given))}' in the request payload is not a valid parameter."
        )
    if not isinstance(ids, list) or not 1 <= len(ids) <= _MAX_IDS:
        raise ODataError(400, "Request_BadRequest", f"The number of ids must be between 1 and {_MAX_IDS}.")
    if unknown := {*types} - {*_KINDS} - _OTHER_TYPES:
        raise ODataError(400, "Request_BadRequest", f"Invalid types specified: {', '.join(sorted(unknown))}.")
    return ids, {*types}

"""Stands in for `az` and the tenant behind it: Microsoft Graph as far as registrations go, replicating late.

A write is checked against, and a read answered by, what a replica knows: the tenant as it was `lag` seconds
ago. What exists only newer is answered with 400 and 404 in Graph's words. Nothing goes unless it is deleted.
Sources of the refusals: infra/entra/registration/entra.py; CannotDeleteOrUpdateEnabledEntitlement as
manicminer/hamilton knows it; "Upsert application", learn.microsoft.com/graph/api/application-upsert.
"""

from __future__ import annotations

import copy
import itertools
import json
import re
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.support.registration_refusals import bad, missing, refuse

GRAPH = "00000003-0000-0000-c000-000000000000"
EXCHANGE = "00000002-0000-0ff1-ce00-000000000000"
TENANT = "99999999-9999-9999-9999-999999999999"
OFFERED = {
    GRAPH: [
        *("Directory.Read.All", "User.Read.All", "GroupMember.Read.All", "OrgContact.Read.All"),
        *("openid", "profile", "offline_access", "Mail.Send", "MailTips.ReadBasic.Shared"),
    ],
    EXCHANGE: ["Exchange.ManageV2", "EWS.AccessAsUser.All"],
}
PEOPLE = {
    "ada": "Ada",
    "ben": "Ben",
    "mia": "Mia",
    "otto": "Otto",
    "pilot": "Rollcall pilot",
    "svc": "svc-rollcall",
    "old": "old-svc",
}
CLIENTS = ("the-azure-cli",)
PAGE = 2
COLLECTIONS = ("applications", "servicePrincipals", "assignments", "grants", "deleted")
Thing = dict[str, Any]


def identify(text: str) -> str:
    """A GUID for a text."""
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, text))


@dataclass
class Tenant:
    """A tenant. `now` are its seconds; every request takes one, and sleeping takes what it takes."""

    cloud: str = "AzureCloud"
    lag: float = 0.0
    now: float = 0.0
    state: dict[str, dict[str, Thing]] = field(default_factory=dict)
    people: dict[str, Thing] = field(default_factory=dict)
    requests: list[tuple[str, str]] = field(default_factory=list)
    commands: list[tuple[str, ...]] = field(default_factory=list)
    past: list[tuple[float, dict[str, dict[str, Thing]]]] = field(default_factory=list)
    serial: int = 0

    def __post_init__(self) -> None:
        self.state = {name: {} for name in COLLECTIONS}
        principals = self.state["servicePrincipals"]
        for app_id, scopes in OFFERED.items():
            offered = [{"id": identify(scope), "value": scope} for scope in scopes]
            made = identify("sp" + app_id)
            principals[made] = {"id": made, "appId": app_id, "oauth2PermissionScopes": offered}
        self.past = [(float("-inf"), copy.deepcopy(self.state))]

    def __call__(self, *arguments: str) -> Thing:
        """What az answers."""
        self.commands.append(arguments)
        self.now += 1
        if arguments[0] != "rest":
            return {"name": self.cloud, "tenantId": TENANT, "azure-cli": "2.91.0"}
        options = dict(itertools.pairwise(arguments))
        body = json.loads(Path(options["--body"][1:]).read_text()) if "--body" in options else {}
        split = urlsplit(options["--url"])
        path = unquote(split.path).removeprefix("/v1.0/")
        self.requests.append((options["--method"], options["--url"]))
        upserting = "Prefer=create-if-missing" in arguments
        answer = self.rest(options["--method"], path, body, upserting, split.query)
        if options["--method"] != "GET":
            self.past.append((self.now, copy.deepcopy(self.state)))
        return answer

    def sleep(self, seconds: float) -> None:
        """Wait, in the tenant's time."""
        self.now += seconds

    def clock(self) -> float:
        """The tenant's time."""
        return self.now

    def _number(self, what: str) -> str:
        self.serial += 1
        return identify(f"{what} {self.serial}")

    def replica(self) -> dict[str, dict[str, Thing]]:
        """What one who is asked now knows."""
        if not self.lag:
            return self.state
        return next(state for at, state in reversed(self.past) if at <= self.now - self.lag)

    def rest(self, method: str, path: str, body: Thing, upserting: bool, query: str) -> Thing:
        """One request to Graph."""
        if key := re.fullmatch(r"applications\(uniqueName='([^']+)'\)", path):
            return self._by_key(method, "applications", "uniqueName", key[1], body, upserting)
        if key := re.fullmatch(r"servicePrincipals\(appId='([^']+)'\)", path):
            return self._by_key(method, "servicePrincipals", "appId", key[1], body, upserting)
        if key := re.fullmatch(
            r"applications\(uniqueName='([^']+)'\)/federatedIdentityCredentials\(name='(.+?)'\)", path
        ):
            return self._trust(key[1], key[2], body)
        parts = path.split("/")
        if method == "GET":
            return self._read(parts, query)
        if method == "POST":
            return self._add(parts, body)
        return self._by_id(method, parts, body)

    def _by_key(self, method: str, table: str, key: str, value: str, body: Thing, upserting: bool) -> Thing:
        where = self.replica() if method == "GET" else self.state
        found = next((one for one in where[table].values() if one.get(key) == value), None)
        if method == "GET":
            return copy.deepcopy(found) if found else missing(value)
        made = found is None
        if found is None:
            if not upserting:
                missing(value)
            found = self._create(table, key, value, body)
        self._update(table, found, body)
        return copy.deepcopy(found) if made else {}

    def _create(self, table: str, key: str, value: str, body: Thing) -> Thing:
        made: Thing = {"id": self._number(table), key: value}
        if table == "applications":
            if "displayName" not in body:
                bad("A value is required for property 'displayName' of resource 'Application'.")
            if any(one.get(key) == value for one in self.state["deleted"].values()):
                bad("Another object with the same value for property uniqueName already exists.")
            made |= {"appId": identify("client " + made["id"]), "appRoles": [], "passwordCredentials": []}
            made |= {"keyCredentials": [], "federated": {}, "api": {"oauth2PermissionScopes": []}}
        elif not any(one["appId"] == value for one in self.replica()["applications"].values()):
            bad(
                f"The appId '{value}' of the service principal does not reference a valid application object."
            )
        self.state[table][made["id"]] = made
        return made

    def _update(self, table: str, found: Thing, body: Thing) -> None:
        if table == "applications":
            api = body.get("api", {})
            self._keep_enabled(found["appRoles"], body.get("appRoles"))
            self._keep_enabled(found["api"]["oauth2PermissionScopes"], api.get("oauth2PermissionScopes"))
            self._know_clients(found, api)
        for name, value in body.items():
            found[name] = found.get(name, {}) | value if isinstance(value, dict) else value

    def _keep_enabled(self, there: list[Thing], wanted: list[Thing] | None) -> None:
        """An enabled permission can be switched off, and only then go or change."""
        by_id = {one["id"]: one for one in wanted or []}
        for one in there if wanted is not None else []:
            new = by_id.get(one["id"])
            if one["isEnabled"] and (new is None or new | {"isEnabled": True} != one):
                rule = "Permission (scope or role) cannot be deleted or updated unless disabled first."
                bad(rule, "CannotDeleteOrUpdateEnabledEntitlement")

    def _know_clients(self, found: Thing, api: Thing) -> None:
        known = {one["appId"] for one in self.replica()["applications"].values()} | set(CLIENTS)
        scopes = {
            one["id"] for one in api.get("oauth2PermissionScopes", found["api"]["oauth2PermissionScopes"])
        }
        clients = api.get("preAuthorizedApplications", found["api"].get("preAuthorizedApplications", []))
        for client in clients:
            if client["appId"] not in known:
                bad(
                    f"Property PreAuthorizedApplication references applications '{client['appId']}' that "
                    "cannot be found.",
                    "InvalidAppId",
                )
            if not set(client["delegatedPermissionIds"]) <= scopes:
                bad("Property PermissionIds of PreAuthorizedApplication references unknown permissions.")

    def _trust(self, unique_name: str, name: str, body: Thing) -> Thing:
        if not any(one.get("uniqueName") == unique_name for one in self.replica()["applications"].values()):
            missing(unique_name)
        found = next(one for one in self.state["applications"].values() if one["uniqueName"] == unique_name)
        found["federated"][name] = {"id": identify(name), "name": name} | body
        return {}

    def _read(self, parts: list[str], query: str) -> Thing:
        where = self.replica()
        table, key, *rest = parts
        if table == "users":
            return self._person(key, rest)
        if table == "directory":
            return copy.deepcopy(where["deleted"].get(rest[0]) or missing(rest[0]))
        if key not in where[table]:
            missing(key)
        if rest == ["federatedIdentityCredentials"]:
            found = list(where[table][key]["federated"].values())
        elif rest == ["appRoleAssignedTo"]:
            found = [one for one in where["assignments"].values() if one["resourceId"] == key]
        else:
            found = [one for one in where["grants"].values() if one["clientId"] == key]
        begin = int(query.partition("=")[2] or 0)
        page: Thing = {"value": copy.deepcopy(found[begin : begin + PAGE])}
        if len(found) > begin + PAGE:
            root = self.requests[-1][1].partition("?")[0]
            page["@odata.nextLink"] = f"{root}?$skiptoken={begin + PAGE}"
        return page

    def _person(self, key: str, rest: list[str]) -> Thing:
        if key not in PEOPLE:
            missing(key)
        person: Thing = {"userType": "Member", "accountEnabled": True} | self.people.get(key, {})
        if rest == ["transitiveMemberOf"]:
            group = {"@odata.type": "#microsoft.graph.group", "displayName": "All staff"}
            role = {"@odata.type": "#microsoft.graph.directoryRole"}
            return {"value": [group, *(role | {"displayName": name} for name in person.get("roles", []))]}
        return {"userPrincipalName": f"{key}@contoso.com"} | person

    def _add(self, parts: list[str], body: Thing) -> Thing:
        where = self.replica()
        if parts[-1] == "removePassword":
            application = self.state["applications"][parts[1]]
            kept = [one for one in application["passwordCredentials"] if one["keyId"] != body["keyId"]]
            application["passwordCredentials"] = kept
            return {}
        if body["resourceId"] not in where["servicePrincipals"]:
            missing(body["resourceId"])
        made = {"id": self._number("link")} | body
        if parts[-1] == "appRoleAssignedTo":
            app_id = where["servicePrincipals"][body["resourceId"]]["appId"]
            application = next(one for one in where["applications"].values() if one["appId"] == app_id)
            if body["principalId"] not in PEOPLE:
                bad("Not a valid reference update.")
            if body["appRoleId"] not in [role["id"] for role in application["appRoles"]]:
                bad("Permission being assigned was not found on application")
            if any(body.items() <= one.items() for one in self.state["assignments"].values()):
                bad("Permission being assigned already exists on the object")
            self.state["assignments"][made["id"]] = made | {
                "principalDisplayName": PEOPLE[body["principalId"]]
            }
            return made
        if body["clientId"] not in where["servicePrincipals"]:
            missing(body["clientId"])
        key = {name: body.get(name) for name in ("clientId", "resourceId", "principalId")}
        if any(key.items() <= one.items() for one in self.state["grants"].values()):
            refuse("Conflict", "Request_MultipleObjectsWithSameKeyValue", "Permission entry already exists.")
        self.state["grants"][made["id"]] = made
        return made

    def _by_id(self, method: str, parts: list[str], body: Thing) -> Thing:
        tables = {
            "oauth2PermissionGrants": "grants",
            "appRoleAssignedTo": "assignments",
            "deletedItems": "deleted",
        }
        if parts[-2] == "federatedIdentityCredentials":
            there = self.state["applications"][parts[1]]["federated"]
            key = next((name for name, one in there.items() if one["id"] == parts[-1]), "")
            return {} if there.pop(key, None) else missing(parts[-1])
        table = tables.get(parts[-2], parts[-2])
        if parts[-1] not in self.state[table]:
            missing(parts[-1])
        if method == "PATCH":
            self._update(table, self.state[table][parts[-1]], body)
            return {}
        gone = self.state[table].pop(parts[-1])
        if table == "applications":
            self.state["deleted"][gone["id"]] = gone
            self._forget(gone["appId"])
        return {}

    def _forget(self, app_id: str) -> None:
        """What goes with an application."""
        principals = self.state["servicePrincipals"]
        ids = [one["id"] for one in principals.values() if one["appId"] == app_id]
        for one in ids:
            del principals[one]
        for table, names in (("assignments", ("resourceId",)), ("grants", ("clientId", "resourceId"))):
            there = self.state[table]
            self.state[table] = {
                key: one for key, one in there.items() if not any(one[name] in ids for name in names)
            }

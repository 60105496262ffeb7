"""Stands in for the Azure CLI: remembers what `az rest` writes to Microsoft Graph."""

from __future__ import annotations

import itertools
import json
import re
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

GRAPH = "00000003-0000-0000-c000-000000000000"
EXCHANGE = "00000002-0000-0ff1-ce00-000000000000"
OFFERED = {
    GRAPH: ["Directory.Read.All", "User.Read.All", "openid", "profile", "offline_access", "Mail.Send"],
    EXCHANGE: ["Exchange.ManageV2", "EWS.AccessAsUser.All"],
}


def identify(text: str) -> str:
    """A GUID for a text."""
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, text))


def new(path: str) -> dict[str, Any]:
    """What Graph adds to an object of its own."""
    app_id = re.search(r"appId='([^']+)'", path)
    made: dict[str, Any] = {"id": identify(path), "appId": app_id[1] if app_id else identify("app" + path)}
    if made["appId"] in OFFERED:
        scopes = OFFERED[made["appId"]]
        made["oauth2PermissionScopes"] = [{"id": identify(scope), "value": scope} for scope in scopes]
    return made


@dataclass
class FakeAz:
    """A tenant, as far as registrations go. `objects` are Graph's, by their paths."""

    cloud: str = "AzureCloud"
    tenant_id: str = "99999999-9999-9999-9999-999999999999"
    objects: dict[str, Any] = field(default_factory=dict)
    urls: list[str] = field(default_factory=list)

    def __call__(self, *arguments: str) -> dict[str, Any]:
        if arguments == ("cloud", "show"):
            return {"name": self.cloud}
        if arguments == ("account", "show"):
            return {"tenantId": self.tenant_id}
        options = dict(itertools.pairwise(arguments))
        body = json.loads(Path(options["--body"][1:]).read_text()) if "--body" in options else {}
        self.urls.append(options["--url"])
        path = unquote(urlsplit(options["--url"]).path).removeprefix("/v1.0/")
        return self.rest(options["--method"], path, body)

    def rest(self, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """One request to Graph."""
        if path.startswith("users/"):
            collection = path.rpartition("/")[2].replace("appRoleAssignments", "appRoleAssignedTo")
            return {"value": [one for key, one in self.objects.items() if f"{collection}/" in key]}
        if method == "POST":
            path, body = f"{path}/{identify(str(body))}", body | {"id": identify(str(body))}
        if path.startswith("oauth2PermissionGrants/") and method == "PATCH":
            path = next(key for key in self.objects if key.endswith(path.rpartition("/")[2]))
        found = self.objects.setdefault(path, {} if method == "POST" else new(path))
        for name, value in body.items():
            found[name] = found.get(name, {}) | value if isinstance(value, dict) else value
        return found if method == "GET" else {}

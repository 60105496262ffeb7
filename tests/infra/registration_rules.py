"""What Rollcall demands of its registrations in Entra, as apps.bicep makes them."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from shared.api.declaration import Program
from shared.settings import Settings
from shared.web.callers import ADMIN, SCOPE, SENDER
from tests.infra.azure_rules import World
from tests.support import code_facts


def registrations_fit(world: World) -> list[str]:
    """The backend's registration has what the code asks for: delegated, version 2, assigned people only."""
    text = json.dumps(world.template["resources"]["apps"])
    parameters = world.template["parameters"]
    applications = _of(world, "Microsoft.Graph/applications@v1.0")
    backend = next(one for one in applications if "appRoles" in one)
    again = next(one for one in applications if "identifierUris" in one)
    addin = next(one for one in applications if one["uniqueName"].endswith("-addin"))
    [federation] = _of(world, "Microsoft.Graph/applications/federatedIdentityCredentials@v1.0")
    principals = _of(world, "Microsoft.Graph/servicePrincipals@v1.0")
    grants = _of(world, "Microsoft.Graph/oauth2PermissionGrants@v1.0")
    default = {one.metadata["name"]: one.metadata["default"] for one in fields(Settings)}[
        "ROLLCALL_GRAPH_SCOPES"
    ]
    scopes = parameters["graphScopes"]
    asked = set(default.split()) | {"openid", "profile", "offline_access"}
    pages = str(addin["spa"]["redirectUris"])
    checks = {
        "access tokens are of version 2": backend["api"].get("requestedAccessTokenVersion") == 2,
        f"the scope is {SCOPE}": [one["value"] for one in backend["api"]["oauth2PermissionScopes"]]
        == [SCOPE],
        f"the roles are {SENDER} and {ADMIN}": {SENDER, ADMIN}
        <= {one["value"] for one in backend["appRoles"]},
        "a role is for people, or for programs, and the code's are the latter": {
            one["value"]: one["allowedMemberTypes"] for one in backend["appRoles"]
        }
        == {one["value"]: ["User"] for one in backend["appRoles"]}
        | {key: ["Application"] for key in Program},
        "a program's token says that it is one": [
            one["name"] for one in backend["optionalClaims"]["accessToken"]
        ]
        == ["idtyp"],
        "everybody may sign in, for the page about themselves": not any(
            one.get("appRoleAssignmentRequired") for one in principals
        ),
        "the callback is the code's": code_facts.callback() in str(backend["web"]["redirectUris"]),
        "no implicit grant": "implicitGrantSettings" not in backend["web"],
        "the add-in's sign-in ends on its own pages": all(
            one in pages for one in ("brk-multihub://", "/addin/dialog.html", "/addin/pages.html")
        ),
        "mail is sent only where copies are": "'Mail.Send'" in text and "parameters('sendsCopies')" in text,
        "tips are read only where they are asked for": "'MailTips.ReadBasic.Shared'" in text
        and "parameters('readsTips')" in text,
        "tips are nobody's default": parameters["otherSettings"]["defaultValue"] == {},
        "no other permission for mail": text.count("Mail.") == text.count("Mail.Send"),
        "copies are nobody's default": parameters["modes"]["defaultValue"] == ["counting"],
        "permissions are delegated": "'Scope'" in text and "'Role'" not in text,
        "what is not offered is refused": "This tenant does not offer" in text,
        "the default permissions are the code's": scopes["defaultValue"] == default,
        "the other permissions are the code's": all(
            one == default or one in code_facts.settings_text() for one in scopes["allowedValues"]
        ),
        "consent is for what the sign-in asks": any(set(one["scope"].split()) == asked for one in grants),
        "consent is for one account": all(one["consentType"] == "Principal" for one in grants),
        "no password": "passwordCredentials" not in text and "keyCredentials" not in text,
        "the identity is trusted": "outputs.principalId" in federation["subject"],
        "the name bears the token": backend["uniqueName"] == f"{_app(world)}-api" == again["uniqueName"],
    }
    return [f"not so: {check}" for check, holds in checks.items() if not holds]


def one_writer_at_a_time(world: World) -> list[str]:
    """The registration's second writing waits for its first and for its credential."""
    resources = world.template["resources"]["apps"]["properties"]["template"]["resources"]
    waits = set(resources["backendAgain"].get("dependsOn", []))
    needed = {"backend", "backend::federation"}
    return [f"the second writing does not wait for {one}" for one in sorted(needed - waits)]


def _of(world: World, kind: str) -> list[dict[str, Any]]:
    return [one["properties"] for where, one in world.of(kind) if where == "pilot"]


def _app(world: World) -> str:
    [site] = (one["name"] for where, one in world.of("Microsoft.Web/sites") if where == "pilot")
    return str(site)

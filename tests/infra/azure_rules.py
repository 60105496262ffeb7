"""What Rollcall demands of its own templates: complete, no wider than needed, and without a secret.

Each rule takes the files of infra/ and returns its complaints, one sentence each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from shared import telemetry
from shared.settings import Settings
from shared.web.callers import ADMIN, SCOPE, SENDER
from tests.infra.bicep import Code
from tests.infra.bicep_rules import Files
from tests.support import code_facts

# Settings that the platform and its libraries read, and why each is there.
PLATFORM_SETTINGS = {
    "AzureWebJobsStorage__credential": "the host's own storage, by identity",
    "AzureWebJobsStorage__clientId": "by which identity",
    "AzureWebJobsStorage__blobServiceUri": "where it is",
    "AZURE_CLIENT_ID": "the identity for azure-identity, and for the federated credential",
    "APPLICATIONINSIGHTS_CONNECTION_STRING": "where logs go",
    "APPLICATIONINSIGHTS_AUTHENTICATION_STRING": "with the identity, as local authentication is off",
    "AzureWebJobsDisableHomepage": "the bare host name answers nothing",
    "PYTHON_THREADPOOL_THREAD_COUNT": "a thread for each request at once, and no more",
    "FUNCTIONS_REQUEST_BODY_SIZE_LIMIT": "nobody fills the memory",
}
# Each makes a deployment fail, or is ignored. Source: "Flex Consumption plan deprecations".
NOT_ON_FLEX = {
    *("ENABLE_ORYX_BUILD", "FUNCTIONS_EXTENSION_VERSION", "FUNCTIONS_WORKER_PROCESS_COUNT"),
    *("FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_WORKER_RUNTIME_VERSION", "FUNCTIONS_MAX_HTTP_CONCURRENCY"),
    *(
        "SCM_DO_BUILD_DURING_DEPLOYMENT",
        "WEBSITE_CONTENTAZUREFILECONNECTIONSTRING",
        "WEBSITE_CONTENTOVERVNET",
    ),
    *("WEBSITE_CONTENTSHARE", "WEBSITE_RUN_FROM_PACKAGE", "WEBSITE_TIME_ZONE", "WEBSITE_VNET_ROUTE_ALL"),
    *("alwaysOn", "containerSize", "ftpsState", "functionAppScaleLimit", "linuxFxVersion"),
    *("minimumElasticInstanceCount", "preWarmedInstanceCount", "vnetRouteAllEnabled"),
}
# What the code does, and the least role that allows it; ids from "Azure built-in roles".
ROLES = {
    (
        "storage",
        "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
    ): "the host writes leases and timers, and reads the package",
    (
        "storage",
        "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
    ): "shared/adapters/tables reads, writes and makes tables",
    (
        "storage",
        "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
    ): "shared/adapters/storage/queues.py reads, writes and makes queues",
    ("vault", "b86a8fe4-44ce-4948-aee5-eccb2c155cd7"): "shared/adapters/keyvault.py writes secrets",
    ("insights", "3913510d-42f4-4e42-8a64-420c390055eb"): "the host and the code send without a key",
}
# What the add-in's own registration may, as the person who uses it, and what turns that on.
ADDIN_PERMISSIONS = {
    "Mail.Send": ("sendsCopies", "each recipient gets a copy, which the sender's Outlook sends")
}
# Property by property: what each resource of a type must say.
SAFE: dict[str, dict[str, bool | str]] = {
    "microsoft.storage/storageaccounts": {
        "allowSharedKeyAccess": False,
        "allowBlobPublicAccess": False,
        "allowCrossTenantReplication": False,
        "defaultToOAuthAuthentication": True,
        "minimumTlsVersion": "TLS1_2",
        "supportsHttpsTrafficOnly": True,
    },
    "microsoft.storage/storageaccounts/blobservices/containers": {"publicAccess": "None"},
    "microsoft.keyvault/vaults": {
        "enableRbacAuthorization": True,
        "enableSoftDelete": True,
        "enablePurgeProtection": True,
    },
    "microsoft.web/sites": {
        "httpsOnly": True,
        "siteConfig.minTlsVersion": "1.2",
        "siteConfig.scmMinTlsVersion": "1.2",
    },
    "microsoft.web/sites/basicpublishingcredentialspolicies": {"allow": False},
    "microsoft.insights/components": {"DisableLocalAuth": True},
    "microsoft.operationalinsights/workspaces": {"features.disableLocalAuth": True},
}
_SECRET_WORD = re.compile(
    r"password|secret|accountkey|sharedkey|accesskey|connectionstring|sastoken", re.IGNORECASE
)
_SECRET_CALL = re.compile(r"\blist[A-Z]\w*\(|\.getSecret\(|\blistKeys\b")
_KEY_LIKE = re.compile(r"(?=[^']*[A-Z])(?=[^']*\d)[A-Za-z0-9+/=_~.-]{40,}")


def settings_are_complete(files: Files) -> list[str]:
    """What the code cannot do without is set, and nothing that it does not read."""
    module = files["modules/settings.bicep"]
    ours, platform = module.get("var", "rollcall").value, module.get("var", "platform").value
    known = {one.metadata["name"]: one.metadata for one in fields(Settings)}
    # A URL without a default can be left out only where Azurite is, which a connection string leads to.
    required = {
        name
        for name, one in known.items()
        if one["required"] or (name.endswith("_URL") and not one["default"])
    }
    complaints = [f"{name} is required, but not set" for name in sorted(required - set(ours))]
    complaints += [f"{name} is no setting of the code" for name in sorted(set(ours) - set(known))]
    complaints += [
        f"{name} is no setting of the platform" for name in sorted(set(platform) - set(PLATFORM_SETTINGS))
    ]
    complaints += [f"{name} is not set" for name in sorted(set(PLATFORM_SETTINGS) - set(platform))]
    for path, file in files.items():
        if (other := file.find("param", "otherSettings")) and file.using:
            complaints += [
                f"{path}: {name} is no setting of the code" for name in sorted(set(other.value) - set(known))
            ]
    return complaints


def flex_rules_are_kept(files: Files) -> list[str]:
    """Nothing is said that Flex Consumption has no place for."""
    complaints = []
    for path, file in files.items():
        for one in file.declarations:
            for place, _ in _leaves(one.value):
                word = place.rpartition(".")[2]
                if word in NOT_ON_FLEX:
                    complaints.append(f"{path}:{one.line}: {word} is not for Flex Consumption")
    return complaints


def roles_are_granted(files: Files) -> list[str]:
    """The identity may do what the code does, and nothing else."""
    module = files["modules/grants.bicep"]
    granted = {}
    for one in module.all("resource"):
        if one.resource_type == "microsoft.authorization/roleassignments":
            for grant in module.get("var", str(one.loop)).value:
                granted[str(one.value["scope"]), grant["role"]] = grant.get("why", "")
    elsewhere = [
        f"{path}:{one.line}: a role is granted outside of grants.bicep"
        for path, file in files.items()
        for one in file.all("resource")
        if one.resource_type.endswith("/roleassignments") and path != "modules/grants.bicep"
    ]
    return [
        *elsewhere,
        *(f"{' '.join(grant)} is needed: {why}" for grant, why in ROLES.items() if grant not in granted),
        *(f"{' '.join(grant)} is granted, but nothing needs it" for grant in granted if grant not in ROLES),
        *(f"{' '.join(grant)} has no reason" for grant, why in granted.items() if not why),
    ]


def nothing_is_secret(files: Files) -> list[str]:
    """No secret goes into a deployment or comes out of one, where its history would keep it."""
    complaints = []
    for path, file in files.items():
        for line, text in enumerate(file.text.splitlines(), 1):
            if _SECRET_CALL.search(text):
                complaints.append(f"{path}:{line}: a key is read")
        for one in file.declarations:
            where = f"{path}:{one.line}: {one.kind} {one.name}"
            is_public = one.kind in ("param", "output")
            if is_public and (_SECRET_WORD.search(one.name) or "secure" in one.decorators):
                complaints.append(f"{where} sounds like a secret")
            if one.kind == "output" and isinstance(one.value, Code) and _SECRET_WORD.search(one.value.text):
                complaints.append(f"{where} gives a secret away")
            for place, value in _leaves(one.value):
                if isinstance(value, str) and _KEY_LIKE.fullmatch(value):
                    complaints.append(f"{path}:{one.line}: {place} looks like a key")
            if one.resource_type == "microsoft.keyvault/vaults/secrets":
                complaints.append(f"{path}:{one.line}: a secret's value would be in the template")
    return complaints


def resources_are_safe(files: Files) -> list[str]:
    """TLS 1.2 or later, no public blobs, no shared keys, no passwords."""
    complaints = []
    found = set()
    for path, file in files.items():
        for one in file.all("resource"):
            if one.existing or one.resource_type not in SAFE:
                continue
            found.add(one.resource_type)
            properties = dict(_leaves(one.value.get("properties", {})))
            for place, wanted in SAFE[one.resource_type].items():
                if properties.get(place) != wanted:
                    complaints.append(f"{path}:{one.line}: {place} is {properties.get(place)}, not {wanted}")
    return complaints + [f"no {kind} is made" for kind in sorted(set(SAFE) - found)]


def stored_things_exist(files: Files) -> list[str]:
    """Every table, queue and secret of the code has its place, and no other has."""
    storage, vault = files["modules/storage.bicep"], files["modules/key-vault.bicep"]
    queues = storage.find("var", "queues")
    there = {
        "table": set(storage.get("var", "tables").value),
        "queue": set(queues.value) if queues else set(),
        "secret": set(vault.get("output", "writers").value),
    }
    used = {"table": code_facts.tables(), "queue": code_facts.queues(), "secret": code_facts.secrets()}
    return [
        *(f"{kind} {name} is not there" for kind in used for name in sorted(used[kind] - there[kind])),
        *(f"{kind} {name} is of no use" for kind in used for name in sorted(there[kind] - used[kind])),
    ]


def alerts_hear_the_log(files: Files) -> list[str]:
    """What an alert listens for is said in the code."""
    lines = files["modules/alerts.bicep"].get("var", "saidInLogs").value
    return [
        f"nothing logs {line['says']!r}"
        for line in lines
        if not any(line["says"] in template for template in code_facts.log_lines())
    ]


def alerts_read_figures(files: Files) -> list[str]:
    """What an alert reads of figures is measured, and by the words that it asks for."""
    return [
        complaint
        for figure in files["modules/alerts.bicep"].get("var", "shownByFigures").value
        for complaint in unknown_figures(figure["query"])
    ]


def unknown_figures(query: str) -> list[str]:
    """What a query asks of figures that are not there."""
    known = {
        one.name: set(one.labels) for one in (*telemetry.COUNTERS, *telemetry.STATES, *telemetry.TIMINGS)
    }
    asked = re.findall(r'"(rollcall\.[a-z.]+)"', query)
    labels = set(re.findall(r"(?:Properties|customDimensions)\.(\w+)", query))
    there = set[str]().union(*(known.get(name, set()) for name in asked))
    return [
        *(f"nothing measures {name}" for name in asked if name not in known),
        *(f"{', '.join(asked)} are not told apart by {label}" for label in sorted(labels - there)),
    ]


def registrations_fit(files: Files) -> list[str]:
    """The backend's registration has what the code asks for: delegated, version 2, assigned people only."""
    module = files["entra/apps.bicep"]
    backend, addin = module.get("resource", "backend").value, module.get("resource", "addin").value
    principal = module.get("resource", "backendPrincipal").value
    api = backend["api"]
    sends = " ".join(str(addin.get("requiredResourceAccess")).split())
    defaults = {one.metadata["name"]: one.metadata["default"] for one in fields(Settings)}
    sets = files["main.bicep"].get("param", "graphScopes")
    federation = module.get("resource", "federation").value
    checks = {
        "access tokens are of version 2": api.get("requestedAccessTokenVersion") == 2,
        f"the scope is {SCOPE}": [one["value"] for one in api["oauth2PermissionScopes"]] == [SCOPE],
        f"the roles are {SENDER} and {ADMIN}": {SENDER, ADMIN}
        <= {one["value"] for one in backend["appRoles"]},
        "roles are for people": all(one["allowedMemberTypes"] == ["User"] for one in backend["appRoles"]),
        "only assigned people get tokens": principal.get("appRoleAssignmentRequired") is True,
        "the callback is the code's": code_facts.callback() in str(backend["web"]["redirectUris"][0]),
        "no implicit grant": "implicitGrantSettings" not in backend["web"],
        "the add-in is a single-page app in Outlook": "brk-multihub://"
        in str(addin["spa"]["redirectUris"][0]),
        "a sign-in ends on the add-in's own pages": [str(uri) for uri in addin["spa"]["redirectUris"][1:]]
        == ["'${publicUrl}/addin/dialog.html'", "'${publicUrl}/addin/pages.html'"],
        "the backend has no permission on mail": "Mail." not in str(backend)
        and "Mail." not in str(module.get("var", "graphPermissions").value),
        "the add-in has the permissions that have a reason": set(re.findall(r"'([A-Z]\w+\.\w+)'", sends))
        == set(ADDIN_PERMISSIONS),
        "and only where that is switched on": all(
            sends.startswith(f"{switch} ?") and sends.endswith(": []")
            for switch, _ in ADDIN_PERMISSIONS.values()
        ),
        "no mail is sent by default": files["main.bicep"].get("param", "modes").value == ["overall"],
        "permissions are delegated": "'Role'" not in module.text and "type: 'Scope'" in str(backend),
        "the default permissions are the code's": sets.value == defaults["ROLLCALL_GRAPH_SCOPES"],
        "the other permissions are the code's": all(
            scopes == defaults["ROLLCALL_GRAPH_SCOPES"] or scopes in code_facts.settings_text()
            for scopes in sets.decorators["allowed"][0]
        ),
        "consent is for one account": "consentType: 'AllPrincipals'" not in module.text,
        "no password": "passwordCredentials" not in module.text and "keyCredentials" not in module.text,
        "the identity is trusted": str(federation["subject"]) == "identityPrincipalId",
    }
    return [f"not so: {check}" for check, holds in checks.items() if not holds]


def _leaves(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Every value that holds no other, with the path to it."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, f"{place}.{name}".lstrip("."))
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner, place)
    else:
        yield place, value.text if isinstance(value, Code) and place else value

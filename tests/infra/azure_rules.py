"""What Rollcall demands of its own templates: complete, no wider than needed, and without a secret.

Each rule takes what the compiler made of infra/ and returns its complaints, one sentence each.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from shared.settings import Settings
from tests.support import code_facts

Resource = dict[str, Any]


@dataclass(frozen=True)
class World:
    """The compiled template, and the resources that each environment would make."""

    template: dict[str, Any]
    made: dict[str, list[Resource]]

    def of(self, kind: str) -> Iterator[tuple[str, Resource]]:
        """Every resource of a type, with its environment."""
        for name, resources in self.made.items():
            yield from ((name, one) for one in resources if one["type"].lower() == kind.lower())

    def one(self, environment: str, kind: str) -> dict[str, Any]:
        """The properties of an environment's only resource of a type."""
        [found] = (one for name, one in self.of(kind) if name == environment)
        properties: dict[str, Any] = found["properties"]
        return properties


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
        "storageAccounts",
        "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
    ): "the host writes leases and reads the package",
    ("storageAccounts", "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"): "shared/adapters/storage/tables",
    ("storageAccounts", "974c5e8b-45b9-4653-ba55-5f855dd0fb88"): "shared/adapters/storage/queues.py",
    ("vaults", "b86a8fe4-44ce-4948-aee5-eccb2c155cd7"): "shared/adapters/keyvault.py writes secrets",
    ("components", "3913510d-42f4-4e42-8a64-420c390055eb"): "the host and the code send without a key",
}
# The same for the app that answers readers: part by part, and nothing of the service account's.
READERS_ROLES = {
    ("tables", "Journal", "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"): "events are stored",
    ("tables", "OptOuts", "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"): "objections are known and taken",
    ("tables", "Audit", "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"): "an objection is recorded",
    ("tables", "Amendments", "76199698-9eea-4c19-bc75-cec21354c6b6"): "links that were withdrawn",
    ("tables", "Consents", "76199698-9eea-4c19-bc75-cec21354c6b6"): "who said yes",
    ("tables", "Messages", "76199698-9eea-4c19-bc75-cec21354c6b6"): "whether a mail was sent",
    ("tables", "MessageParts", "76199698-9eea-4c19-bc75-cec21354c6b6"): "whose a mail is",
    ("queues", "rollcall-overflow", "c6a89b2d-59bc-44d0-9896-0f6e12d7b80a"): "events that must wait",
    (
        "storageAccounts",
        "rolltrack",
        "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
    ): "its host's own, and its package",
    ("secrets", "rollcall-signing-keys", "4633458b-17de-408a-b874-0445c86b69e6"): "tokens are read",
    ("components", "rollcall-", "3913510d-42f4-4e42-8a64-420c390055eb"): "logs are sent without a key",
}
# What the runbooks need of people; only of those who are named.
OPERATORS = {
    ("storageAccounts", "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"),
    ("storageAccounts", "c6a89b2d-59bc-44d0-9896-0f6e12d7b80a"),
    ("vaults", "b86a8fe4-44ce-4948-aee5-eccb2c155cd7"),
    ("containers", "2a2b9908-6ea1-4ae1-8e65-a410df84e7d1"),
}
# Property by property: what each resource of a type must say.
SAFE: dict[str, dict[str, object]] = {
    "Microsoft.Storage/storageAccounts": {
        "allowSharedKeyAccess": False,
        "allowBlobPublicAccess": False,
        "allowCrossTenantReplication": False,
        "defaultToOAuthAuthentication": True,
        "encryption.requireInfrastructureEncryption": True,
        "isLocalUserEnabled": False,
        "minimumTlsVersion": "TLS1_2",
        "networkAcls.bypass": "None",
        "supportsHttpsTrafficOnly": True,
    },
    "Microsoft.Storage/storageAccounts/blobServices/containers": {"publicAccess": "None"},
    "Microsoft.KeyVault/vaults": {
        "enableRbacAuthorization": True,
        "enableSoftDelete": True,
        "enablePurgeProtection": True,
        "networkAcls.bypass": "None",
    },
    "Microsoft.Web/sites": {
        "httpsOnly": True,
        "siteConfig.minTlsVersion": "1.2",
        "siteConfig.scmMinTlsVersion": "1.2",
    },
    "Microsoft.Web/sites/basicPublishingCredentialsPolicies": {"allow": False},
    "Microsoft.Insights/components": {"DisableLocalAuth": True},
    "Microsoft.OperationalInsights/workspaces": {"features.disableLocalAuth": True},
}
_SECRET_WORD = re.compile(
    r"password|secret|accountkey|sharedkey|accesskey|connectionstring|sastoken", re.IGNORECASE
)
_SECRET_CALL = re.compile(r"\blist(Keys|Secrets|AccountSas|ServiceSas|\w*Credentials)\b|getSecret\(")
_KEY_LIKE = re.compile(r"(?=.*[A-Z])(?=.*\d)[A-Za-z0-9+=_~.-][A-Za-z0-9+/=_~.-]{39,}")


def settings_are_complete(world: World) -> list[str]:
    """What the code cannot do without is set, and nothing that it does not read."""
    known = {one.metadata["name"]: one.metadata for one in fields(Settings)}
    # A URL without a default can be left out only where Azurite is, which a connection string leads to.
    required = {
        name
        for name, one in known.items()
        if one["required"]
        or (name.endswith("_URL") and not one["default"] and "Off when empty" not in one["meaning"])
    }
    complaints = []
    for where, config in world.of("Microsoft.Web/sites/config"):
        there = set(config["properties"])
        ours = {name for name in there if name.startswith("ROLLCALL_")}
        complaints += [f"{where}: {name} is required, but not set" for name in sorted(required - ours)]
        complaints += [f"{where}: {name} is no setting of the code" for name in sorted(ours - set(known))]
        platform = set(PLATFORM_SETTINGS)
        complaints += [f"{where}: nothing reads {name}" for name in sorted(there - ours - platform)]
        complaints += [f"{where}: {name} is not set" for name in sorted(platform - there)]
    return complaints


def flex_rules_are_kept(world: World) -> list[str]:
    """Nothing is said that Flex Consumption has no place for."""
    kinds = ("Microsoft.Web/sites", "Microsoft.Web/sites/config", "Microsoft.Web/serverfarms")
    return [
        f"{where}: {word} is not for Flex Consumption"
        for kind in kinds
        for where, one in world.of(kind)
        for place, _ in leaves(one["properties"])
        if (word := place.rpartition(".")[2]) in NOT_ON_FLEX
    ]


def roles_are_granted(world: World) -> list[str]:
    """The identity may do what the code does, operators what the runbooks do, and nobody else anything."""
    complaints = []
    for where in world.made:
        identity, readers = set(), set()
        for place, one in world.of("Microsoft.Authorization/roleAssignments"):
            if place != where:
                continue
            scope, name = one["id"].split("/providers/Microsoft.Authorization/")[0].split("/")[-2:]
            grant = (scope, one["properties"]["roleDefinitionId"].rpartition("/")[2])
            if not one["properties"].get("description"):
                complaints.append(f"{where}: {grant} has no reason")
            if "/id-tracking-" in one["properties"]["principalId"]:
                beginning = next((known for _, known, _ in READERS_ROLES if name.startswith(known)), name)
                readers.add((scope, beginning, grant[1]))
            elif one["properties"].get("principalType") == "ServicePrincipal":
                identity.add(grant)
            elif grant not in OPERATORS:
                complaints.append(f"{where}: {grant} is granted to people, but no runbook needs it")
        complaints += [f"{where}: {one} is needed: {ROLES[one]}" for one in sorted(set(ROLES) - identity)]
        complaints += [f"{where}: nothing needs {one}" for one in sorted(identity - set(ROLES))]
        if any(place == where for place, _ in readers_apps(world)):
            complaints += [
                f"{where}: readers need {one}: {READERS_ROLES[one]}"
                for one in sorted(set(READERS_ROLES) - readers)
            ]
        complaints += [f"{where}: no reader needs {one}" for one in sorted(readers - set(READERS_ROLES))]
    return complaints


def readers_apps(world: World) -> Iterator[tuple[str, Resource]]:
    """The apps that answer readers and nobody else, by environment."""
    for where, site in world.of("Microsoft.Web/sites"):
        if site["tags"]["azd-service-name"] == "tracking":
            yield where, site


def readers_are_led_right(world: World) -> list[str]:
    """Every app knows its role; where readers have an app of their own, mails lead them to it."""
    complaints = []
    for where, config in world.of("Microsoft.Web/sites/config"):
        settings = config["properties"]
        role = "tracking" if config["name"].startswith("tracking-") else "everything"
        if settings["ROLLCALL_ROLE"] != role:
            complaints.append(f"{where}: {config['name']} answers {settings['ROLLCALL_ROLE']}")
        named = [one["name"].rpartition("/")[2] for one in _bound(world, where)]
        leads = settings["ROLLCALL_TRACKING_URL"]
        if any(place == where for place, _ in readers_apps(world)) and leads not in {
            f"https://{name}" for name in named
        }:
            complaints.append(f"{where}: links lead to {leads}")
    if not any(True for _ in readers_apps(world)):
        complaints.append("no environment has an app for readers")
    return complaints


def _bound(world: World, where: str) -> list[Resource]:
    found = world.of("Microsoft.Web/sites/hostNameBindings")
    return [one for place, one in found if place == where and one["name"].startswith("tracking-")]


def nothing_is_secret(world: World) -> list[str]:
    """No secret goes into a deployment or comes out of one, where its history would keep it."""
    complaints = [f"a key is read: {found[0]}" for found in _SECRET_CALL.finditer(json.dumps(world.template))]
    for name, one in [*world.template["parameters"].items(), *world.template["outputs"].items()]:
        if _SECRET_WORD.search(name) or str(one.get("type", "")).lower().startswith("secure"):
            complaints.append(f"{name} sounds like a secret")
    complaints += [f"{where}: a secret's value" for where, _ in world.of("Microsoft.KeyVault/vaults/secrets")]
    for where, resources in world.made.items():
        for place, value in (leaf for one in resources for leaf in leaves(one)):
            if place != "name" and isinstance(value, str) and _KEY_LIKE.fullmatch(value):
                complaints.append(f"{where}: {place} looks like a key")
    return complaints


def resources_are_safe(world: World) -> list[str]:
    """TLS 1.2 or later, no public blobs, no shared keys, no passwords; closed where it is said to be."""
    complaints = []
    for kind, wanted in SAFE.items():
        found = list(world.of(kind))
        if len({where for where, _ in found}) < len(world.made):
            complaints.append(f"not every environment makes a {kind}")
        for where, one in found:
            there = dict(leaves(one["properties"]))
            complaints += [
                f"{where}: {kind}: {place} is {there.get(place)}, not {value}"
                for place, value in wanted.items()
                if there.get(place) != value
            ]
    for kind in ("Microsoft.Storage/storageAccounts", "Microsoft.KeyVault/vaults"):
        one = world.one("private-network", kind)
        if (one["publicNetworkAccess"], one["networkAcls"]["defaultAction"]) != ("Disabled", "Deny"):
            complaints.append(f"private-network: {kind} can be reached from outside")
    return complaints


def stored_things_exist(world: World) -> list[str]:
    """Every table, queue and secret of the code has its place, and no other has."""
    data = world.template["resources"]["data"]["properties"]["template"]["resources"]
    vault = data["vault"]["properties"]["template"]["outputs"]
    used = {"table": code_facts.tables(), "queue": code_facts.queues(), "secret": code_facts.secrets()}
    kinds = {"table": "tableServices/tables", "queue": "queueServices/queues"}
    complaints = []
    for where in world.made:
        there = {"secret": set(vault["writers"]["value"])}
        for kind, part in kinds.items():
            found = world.of(f"Microsoft.Storage/storageAccounts/{part}")
            there[kind] = {one["name"].rpartition("/")[2] for place, one in found if place == where}
        for kind in used:
            complaints += [f"{where}: {kind} {one} is not there" for one in sorted(used[kind] - there[kind])]
            complaints += [f"{where}: {kind} {one} is of no use" for one in sorted(there[kind] - used[kind])]
    return complaints


def leaves(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Every value that holds no other, with the path to it."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, f"{place}.{name}".lstrip("."))
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, place)
    else:
        yield place, value

"""How long a resource's name can become, and how long it may be.

Source: "Naming rules and restrictions for Azure resources",
learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules.
"""

from __future__ import annotations

import re

from tests.infra.azure_rules import World

# The longest name of each type that is made, and the letters it may have.
LIMITS = {
    "microsoft.authorization/locks": (90, r"[\w.()-]+"),
    "microsoft.insights/actiongroups": (260, r"[^:<>+/&%?]+"),
    "microsoft.insights/components": (260, r"[^%&?/]+"),
    "microsoft.insights/metricalerts": (260, r"[^*#&+:<>?@%{}\\/|]+"),
    "microsoft.insights/datacollectionrules": (64, r"[A-Za-z0-9_-]+"),
    "microsoft.insights/scheduledqueryrules": (260, r"[^*<>%{}&:\\?/#|]+"),
    "microsoft.insights/webtests": (260, r"[^%&?/]+"),
    "microsoft.keyvault/vaults": (24, r"[a-zA-Z][a-zA-Z0-9-]+"),
    "microsoft.managedidentity/userassignedidentities": (128, r"[a-zA-Z0-9][\w-]+"),
    "microsoft.network/networksecuritygroups": (80, r"[a-zA-Z0-9][\w.-]+"),
    "microsoft.network/privateendpoints": (80, r"[a-zA-Z0-9][\w.-]+"),
    "microsoft.network/virtualnetworks": (64, r"[a-zA-Z0-9][\w.-]+"),
    "microsoft.operationalinsights/workspaces": (63, r"[a-zA-Z0-9][a-zA-Z0-9-]+"),
    "microsoft.resources/resourcegroups": (90, r"[\w.()-]+"),
    "microsoft.storage/storageaccounts": (24, r"[a-z0-9]+"),
    "microsoft.storage/storageaccounts/blobservices/containers": (63, r"[a-z0-9-]+"),
    "microsoft.storage/storageaccounts/queueservices/queues": (63, r"[a-z0-9-]+"),
    "microsoft.storage/storageaccounts/tableservices/tables": (63, r"[A-Za-z][A-Za-z0-9]+"),
    "microsoft.web/serverfarms": (60, r"[\w-]+"),
    "microsoft.web/sites": (60, r"[a-zA-Z0-9-]+"),
}
# Named by the platform's own fixed words, by a GUID, or by a host name.
FIXED = {
    "microsoft.authorization/roleassignments",
    "microsoft.insights/diagnosticsettings",
    "microsoft.insights/workbooks",
    "microsoft.network/privatednszones",
    "microsoft.network/privatednszones/virtualnetworklinks",
    "microsoft.network/privateendpoints/privatednszonegroups",
    "microsoft.storage/storageaccounts/blobservices",
    "microsoft.storage/storageaccounts/blobservices/containers/immutabilitypolicies",
    "microsoft.storage/storageaccounts/managementpolicies",
    "microsoft.storage/storageaccounts/queueservices",
    "microsoft.storage/storageaccounts/tableservices",
    "microsoft.web/sites/basicpublishingcredentialspolicies",
    "microsoft.web/sites/certificates",
    "microsoft.web/sites/config",
    "microsoft.web/sites/hostnamebindings",
}


def names_fit(world: World) -> list[str]:
    """No name is longer than Azure allows, has letters that it does not, or is known only at run time."""
    complaints = []
    for where, resources in world.made.items():
        for one in resources:
            kind = one["type"].lower()
            if kind.startswith("microsoft.graph/") or kind in FIXED:
                continue
            if kind not in LIMITS:
                complaints.append(f"{where}: how long may a name of {kind} be?")
                continue
            longest, letters = LIMITS[kind]
            name = one["name"].rpartition("/")[2] if not one["name"].startswith("[") else one["name"]
            if len(name) > longest:
                complaints.append(f"{where}: {name} has {len(name)} letters, {longest} may be")
            if not re.fullmatch(letters, name):
                complaints.append(f"{where}: {name} has letters that may not be")
    return complaints

"""How long a resource's name can become, and how long it may be.

Source: "Naming rules and restrictions for Azure resources",
learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tests.infra.bicep import BicepFile, Code
from tests.infra.bicep_rules import Files

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
    "microsoft.storage/storageaccounts/managementpolicies",
    "microsoft.storage/storageaccounts/queueservices",
    "microsoft.storage/storageaccounts/tableservices",
    "microsoft.web/sites/basicpublishingcredentialspolicies",
    "microsoft.web/sites/certificates",
    "microsoft.web/sites/config",
    "microsoft.web/sites/hostnamebindings",
}
_INTERPOLATION = re.compile(r"\$\{([^}]*)\}")
_UNIQUE_STRING = "x" * 13


class UnknownLength(Exception):
    """Nothing says how long this can become."""


def names_fit(files: Files) -> list[str]:
    """No name can become longer than Azure allows, or has letters that it does not."""
    complaints = []
    for path, file in files.items():
        for one in file.all("resource"):
            if one.existing or one.resource_type in FIXED or one.resource_type.startswith("microsoft.graph/"):
                continue
            if one.resource_type not in LIMITS:
                complaints.append(f"{path}:{one.line}: how long may a name of {one.resource_type} be?")
                continue
            longest, letters = LIMITS[one.resource_type]
            for name in _longest(one.value["name"], file, files, complaints):
                if len(name) > longest:
                    complaints.append(f"{path}:{one.line}: {name} has {len(name)} letters, {longest} may be")
                if not re.fullmatch(letters, name):
                    complaints.append(f"{path}:{one.line}: {name} has letters that may not be")
    return complaints


def arguments_fit(files: Files) -> list[str]:
    """What a module is given is never longer than it accepts."""
    complaints: list[str] = []
    for path, file in files.items():
        for module in file.all("module"):
            target = files.get(module.type)
            for name, value in module.value.get("params", {}).items():
                declared = target.find("param", name) if target else None
                if declared is None or "maxLength" not in declared.decorators or name != "name":
                    continue
                for text in _longest(value, file, files, complaints):
                    if len(text) > declared.decorators["maxLength"][0]:
                        complaints.append(f"{path}:{module.line}: {text} is too long for {module.type}")
    return complaints


def _longest(value: Any, file: BicepFile, files: Files, complaints: list[str]) -> list[str]:
    try:
        return _samples(value, file, _loops(file))
    except UnknownLength as unknown:
        complaints.append(f"{file.path}: how long can {unknown} become?")
        return []


def _samples(value: Any, file: BicepFile, loops: Mapping[str, list[Any]]) -> list[str]:
    """The longest texts that `value` can stand for."""
    if isinstance(value, str):
        return [value]
    text = value.text if isinstance(value, Code) else str(value)
    if text.startswith("'"):
        samples = [text[1:-1]]
        while any(_INTERPOLATION.search(sample) for sample in samples):
            sample = samples.pop(0)
            match = _INTERPOLATION.search(sample)
            assert match is not None
            inner = _samples(Code(match[1]), file, loops)
            samples += [sample[: match.start()] + one + sample[match.end() :] for one in inner]
        return samples
    if text.startswith("uniqueString("):
        return [_UNIQUE_STRING]
    if wrapped := re.fullmatch(r"(?:toLower|replace)\((.*?)(?:, '.', '.')?\)", text):
        return _samples(Code(wrapped[1]), file, loops)
    name, _, member = text.partition(".")
    if name in loops:
        return [one[member] if member else one for one in loops[name]]
    if found := file.find("param", name):
        if "maxLength" not in found.decorators:
            raise UnknownLength(text)
        return ["x" * found.decorators["maxLength"][0]]
    if found := file.find("var", name):
        return _samples(found.value, file, loops)
    raise UnknownLength(text)


def _loops(file: BicepFile) -> dict[str, list[Any]]:
    """What the loops' variables stand for, where that is a list in the same file."""
    loops = {}
    for variable, over in re.findall(r"\[for \(?(\w+)(?:, \w+\))? in (\w+):", file.text):
        found = file.find("var", over)
        if found and isinstance(found.value, list):
            loops[variable] = found.value
    return loops

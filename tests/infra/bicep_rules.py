"""What a compiler would say of Bicep files, as far as it can be known without one.

Each rule takes the files of one folder and returns its complaints, one sentence each.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.infra.bicep import BicepFile, Code, Declaration

Files = Mapping[str, BicepFile]

# The functions and namespaces that may be used; a name that is in neither list is a slip.
FUNCTIONS = {
    *("bool", "cidrSubnet", "concat", "contains", "empty", "environment", "filter", "guid", "join", "length"),
    *(
        "loadJsonContent",
        "loadTextContent",
        "map",
        "min",
        "readEnvironmentVariable",
        "replace",
        "resourceGroup",
        "split",
    ),
    *("string", "subscription", "subscriptionResourceId", "tenant", "toLower", "union", "uniqueString"),
}
# Types whose every published version is a preview.
PREVIEW_ONLY = {"microsoft.insights/diagnosticsettings"}
_VERSION = re.compile(r"\d{4}-\d{2}-\d{2}|v1\.0")
_OUTPUT = re.compile(r"\b(\w+)!?\.outputs\.(\w+)")


def names_are_defined(files: Files) -> list[str]:
    """Every name is a declaration's, a loop's or a known function's."""
    complaints = []
    for path, file in files.items():
        known = {one.name for one in file.declarations} | file.local_names
        for mention in file.mentions:
            if mention.name not in (FUNCTIONS if mention.called else known):
                complaints.append(f"{path}:{mention.line}: nothing is called {mention.name}")
    return complaints


def names_are_used(files: Files) -> list[str]:
    """Every parameter, variable and referenced resource has a use."""
    complaints = []
    for path, file in files.items():
        used = {mention.name for mention in file.mentions}
        for one in file.declarations:
            idle = one.kind in ("param", "var") or one.existing
            if idle and one.name not in used and file.using is None:
                complaints.append(f"{path}:{one.line}: {one.kind} {one.name} is not used")
    return complaints


def modules_fit(files: Files) -> list[str]:
    """Modules exist, are given the parameters they have, and give the outputs that are asked of them."""
    complaints = []
    for path, file in files.items():
        targets = {}
        for module in file.all("module"):
            target = _relative(path, module.type)
            if target not in files:
                complaints.append(f"{path}:{module.line}: there is no {module.type}")
                continue
            targets[module.name] = files[target]
            given = set(module.value.get("params", {}))
            complaints += _parameter_faults(f"{path}:{module.line}", given, files[target])
        for name, output in _OUTPUT.findall(file.text):
            if name in targets and targets[name].find("output", output) is None:
                complaints.append(f"{path}: {name} has no output {output}")
    return complaints


def values_fit(files: Files) -> list[str]:
    """A file of values sets what its template has and needs, to what it allows."""
    complaints = []
    for path, file in files.items():
        if file.using is None:
            continue
        template = files.get(_relative(path, file.using))
        if template is None:
            complaints.append(f"{path}: there is no {file.using}")
            continue
        complaints += _parameter_faults(path, {one.name for one in file.all("param")}, template)
        for one in file.all("param"):
            if declared := template.find("param", one.name):
                complaints += [
                    f"{path}:{one.line}: {one.name} {fault}" for fault in _faults(one.value, declared)
                ]
    return complaints


def parameters_are_described(files: Files) -> list[str]:
    """Every parameter says what it means."""
    return [
        f"{path}:{one.line}: {one.name} has no @description"
        for path, file in files.items()
        for one in file.all("param")
        if file.using is None and not one.decorators.get("description", [""])[0]
    ]


def versions_are_pinned(files: Files) -> list[str]:
    """Every resource names a released API version, and one type the same everywhere."""
    complaints = []
    seen: dict[str, str] = {}
    for path, file in files.items():
        for one in file.all("resource"):
            version = one.version
            if one.resource_type in PREVIEW_ONLY:
                version = version.removesuffix("-preview")
            if not _VERSION.fullmatch(version):
                complaints.append(f"{path}:{one.line}: {one.type} is not a released version")
            elif seen.setdefault(one.resource_type, one.version) != one.version:
                complaints.append(f"{path}:{one.line}: {one.type} is {seen[one.resource_type]} elsewhere")
    return complaints


def _parameter_faults(where: str, given: set[str], template: BicepFile) -> Iterator[str]:
    declared = {one.name: one for one in template.all("param")}
    for name in sorted(given - set(declared)):
        yield f"{where}: {template.path.name} has no parameter {name}"
    for name, one in declared.items():
        if name not in given and not one.has_value and not one.type.endswith("?"):
            yield f"{where}: parameter {name} of {template.path.name} is missing"


def _faults(value: Any, declared: Declaration) -> Iterator[str]:
    limits = declared.decorators
    if isinstance(value, Code):
        return
    expected: type = {"string": str, "int": int, "bool": bool, "object": dict}.get(declared.type, list)
    if type(value) is not expected:
        yield f"is no {declared.type}"
        return
    if "allowed" in limits and value not in limits["allowed"][0]:
        yield f"is none of {limits['allowed'][0]}"
    if isinstance(value, list) and "'" in declared.type:
        yield from (f"may not hold {one}" for one in value if f"'{one}'" not in declared.type)
    size = value if isinstance(value, int) else len(value)
    low = limits.get("minLength") or limits.get("minValue")
    high = limits.get("maxLength") or limits.get("maxValue")
    if low and size < low[0]:
        yield f"is under {low[0]}"
    if high and size > high[0]:
        yield f"is over {high[0]}"


def _relative(path: str, other: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), other))

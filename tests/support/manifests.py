"""What is wrong with an add-in's manifest, found without Microsoft's validation service, which is online.

Sources: Microsoft's "How to find the proper order of manifest elements" (2025-06-02) and the reference pages
of the elements it names.
"""

from __future__ import annotations

import re
import struct
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

XSI = "{http://www.w3.org/2001/XMLSchema-instance}type"
GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
VERSION = re.compile(r"\d{1,5}(\.\d{1,5}){1,3}")
LONGEST_ID = 32
ORIGIN = "https://rollcall.contoso.example"
"""Where the manifests of the tests have their deployment."""

# The order of children, by element; for one that has several forms, by its xsi:type too.
ORDER = {
    "OfficeApp": "Id AlternateId Version ProviderName DefaultLocale DisplayName Description IconUrl "
    "HighResolutionIconUrl SupportUrl AppDomains Hosts Requirements FormSettings Permissions Rule "
    "DisableEntityHighlighting VersionOverrides",
    "VersionOverrides": "Description Requirements Hosts Resources WebApplicationInfo EquivalentAddins "
    "ConnectedServiceControls ExtendedPermissions VersionOverrides",
    "AppDomains": "AppDomain",
    "Requirements": "Sets",
    "Sets": "Set",
    "FormSettings": "Form",
    "Form": "DesktopSettings TabletSettings PhoneSettings",
    "DesktopSettings": "SourceLocation RequestedHeight",
    "Hosts": "Host",
    "Host": "Runtimes DesktopFormFactor MobileFormFactor",
    "Runtimes": "Runtime",
    "Runtime": "Override",
    "DesktopFormFactor": "FunctionFile SupportsSharedFolders ExtensionPoint",
    "ExtensionPoint MessageComposeCommandSurface": "OfficeTab CustomTab",
    "ExtensionPoint MessageReadCommandSurface": "OfficeTab CustomTab",
    "ExtensionPoint LaunchEvent": "LaunchEvents SourceLocation",
    "LaunchEvents": "LaunchEvent",
    "OfficeTab": "Group",
    "Group": "Label Tooltip Control",
    "Control": "Label Supertip Icon Action",
    "Supertip": "Title Description",
    "Icon": "Image",
    "Action": "SourceLocation FunctionName",
    "Resources": "Images Urls ShortStrings LongStrings",
    "Images": "Image",
    "Urls": "Url",
    "Description": "Override",
    "String": "Override",
    "ShortStrings": "String",
    "LongStrings": "String",
}
ONCE = {"OfficeApp", "Control", "Supertip", "Resources", "Host", "VersionOverrides"}
NEEDED = {
    "OfficeApp": "Id Version ProviderName DefaultLocale DisplayName Description IconUrl "
    "HighResolutionIconUrl SupportUrl Hosts Requirements FormSettings Permissions Rule VersionOverrides",
    "VersionOverrides": "Hosts Resources",
    "DesktopFormFactor": "FunctionFile ExtensionPoint",
    "Control": "Label Supertip Icon Action",
    "Supertip": "Title Description",
}
LENGTHS = {"DisplayName": 125, "Description": 250, "ProviderName": 125}
STRINGS = {"ShortStrings": 125, "LongStrings": 250}
# Which list a reference must be in.
KINDS = {
    "Image": "Images",
    "Runtime": "Urls",
    "Override": "Urls",
    "FunctionFile": "Urls",
    "SourceLocation": "Urls",
    "Label": "ShortStrings",
    "Title": "ShortStrings",
    "Description": "LongStrings",
}
ICON_SIZES = {16, 32, 80}
OFFICIAL_ICONS = {"IconUrl": 64, "HighResolutionIconUrl": 128}


def find_mistakes(
    manifest: str, permission: str, functions: set[str], size_of: Callable[[str], tuple[int, int] | None]
) -> list[str]:
    """What is wrong with the filled-in XML `manifest`, in words. `functions` are those that the event script
    knows, `size_of` tells an icon's size by its URL."""
    try:
        root = ET.fromstring(manifest)
    except ET.ParseError as error:
        return [f"no XML: {error}"]
    return [
        *_order(root),
        *_texts(root, permission),
        *_overrides(root, functions),
        *_icons(root, size_of),
    ]


def png_size(path: Path) -> tuple[int, int]:
    """Width and height that a PNG states."""
    head = path.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n", f"{path.name} is no PNG"
    width, height = struct.unpack(">II", head[16:])
    return width, height


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _order(root: ET.Element) -> Iterator[str]:
    for parent in root.iter():
        name = _name(parent)
        order = ORDER.get(f"{name} {parent.get(XSI, '')}", ORDER.get(name, "")).split()
        children = [_name(child) for child in parent]
        if name == "Rule":
            continue
        for child in children:
            if child not in order:
                yield f"{child} does not belong in {name}"
        places = [order.index(child) for child in children if child in order]
        if places != sorted(places):
            yield f"children of {name} are out of order: {' '.join(children)}"
        if name in ONCE and len(set(children)) < len(children):
            yield f"{name} holds a child twice"
        for needed in NEEDED.get(name, "").split():
            if needed not in children:
                yield f"{name} lacks {needed}"


def _texts(root: ET.Element, permission: str) -> Iterator[str]:
    found = {_name(child): child for child in root}

    def text(name: str) -> str:
        return (found[name].text or "").strip() if name in found else ""

    if not GUID.fullmatch(text("Id")):
        yield "Id is no GUID"
    if not VERSION.fullmatch(text("Version")):
        yield "Version is not like 1.2.3.4"
    if text("Permissions") != permission:
        yield f"Permissions is {text('Permissions')}, not {permission}"
    for name, longest in LENGTHS.items():
        value = text(name) or (found[name].get("DefaultValue", "") if name in found else "")
        if not 0 < len(value) <= longest:
            yield f"{name} has {len(value)} characters"
    for element in root.iter():
        urls = [element.get("DefaultValue", "")] if _name(element).endswith(("Url", "SourceLocation")) else []
        if _name(element) == "AppDomain":
            urls = [element.text or ""]
        for url in urls:
            if not element.get("resid") and not _is_https(url):
                yield f"{_name(element)} is not https: {url}"
    if "{{" in ET.tostring(root, encoding="unicode"):
        yield "a field is not filled in"


def _is_https(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" and bool(parts.netloc)


def _overrides(root: ET.Element, functions: set[str]) -> Iterator[str]:
    parent = root
    floor = 0.0
    while (
        override := next((child for child in parent if _name(child) == "VersionOverrides"), None)
    ) is not None:
        own = [child for child in override if _name(child) != "VersionOverrides"]
        yield from _references(own)
        yield from _behaviour(own, functions)
        sets = [
            child.get("DefaultMinVersion", "0")
            for part in own
            for child in part.iter()
            if _name(child) == "Sets"
        ]
        version = float(sets[0].replace("1.", "", 1)) if sets else 0.0
        if version < floor:
            yield "an inner VersionOverrides asks for less than the outer one"
        floor, parent = version, override
    if override is None and parent is root:
        yield "no VersionOverrides"


def _references(parts: list[ET.Element]) -> Iterator[str]:
    known: dict[str, str] = {}
    used: set[str] = set()
    for part in parts:
        for group in part.iter():
            if _name(part) != "Resources" or _name(group) not in ORDER["Resources"].split():
                continue
            for entry in group:
                identifier, value = entry.get("id", ""), entry.get("DefaultValue", "")
                if not 0 < len(identifier) <= LONGEST_ID:
                    yield f"the id {identifier} has {len(identifier)} characters"
                if identifier in known:
                    yield f"the id {identifier} is there twice"
                known[identifier] = _name(group)
                if not 0 < len(value) <= STRINGS.get(_name(group), 2048):
                    yield f"{identifier} has {len(value)} characters"
                if _name(group) in ("Urls", "Images") and not _is_https(value):
                    yield f"{identifier} is not https: {value}"
    for part in parts:
        for element in part.iter():
            resid = element.get("resid")
            if resid is None:
                continue
            used.add(resid)
            if known.get(resid) != KINDS.get(_name(element)):
                yield f"{_name(element)} refers to {resid}, which is not in {KINDS.get(_name(element))}"
    for unused in sorted(set(known) - used):
        yield f"nothing refers to {unused}"


def _behaviour(parts: list[ET.Element], functions: set[str]) -> Iterator[str]:
    everything = [element for part in parts for element in part.iter()]
    runtimes = [element for element in everything if _name(element) == "Runtime"]
    if len(runtimes) > 1:
        yield "more than one Runtime"
    events = [element for element in everything if _name(element) == "LaunchEvent"]
    for event in events:
        if event.get("FunctionName") not in functions:
            yield f"the event script knows no {event.get('FunctionName')}"
        if event.get("Type") == "OnMessageSend" and event.get("SendMode") != "PromptUser":
            yield "the Smart Alert does not let people send anyway"
    if events and not [
        child for runtime in runtimes for child in runtime if child.get("type") == "javascript"
    ]:
        yield "classic Outlook gets no script for its events"
    for point in everything:
        if _name(point) == "ExtensionPoint" and point.get(XSI) == "LaunchEvent":
            page = next((child.get("resid") for child in point if _name(child) == "SourceLocation"), None)
            if [runtime.get("resid") for runtime in runtimes] != [page]:
                yield "the events' page is not the Runtime's"
    identifiers = [element.get("id") for element in everything if _name(element) in ("Control", "Group")]
    if len(set(identifiers)) < len(identifiers):
        yield "two controls have one id"
    for icon in everything:
        if _name(icon) == "Icon":
            sizes = {int(image.get("size", "0")) for image in icon}
            if not sizes >= ICON_SIZES:
                yield f"an icon lacks sizes: {sorted(ICON_SIZES - sizes)}"


def _icons(root: ET.Element, size_of: Callable[[str], tuple[int, int] | None]) -> Iterator[str]:
    wanted: list[tuple[str, int]] = [
        (child.get("DefaultValue", ""), OFFICIAL_ICONS[_name(child)])
        for child in root
        if _name(child) in OFFICIAL_ICONS
    ]
    urls = {
        image.get("id"): image.get("DefaultValue", "")
        for image in root.iter()
        if _name(image) == "Image" and image.get("id")
    }
    for image in root.iter():
        if _name(image) == "Image" and image.get("size"):
            wanted.append((urls.get(image.get("resid"), ""), int(image.get("size", "0"))))
    for url, size in dict.fromkeys(wanted):
        if size_of(url) != (size, size):
            yield f"{url} should be {size} pixels and is {size_of(url)}"

"""What the app's own manifest says about the add-in: its pages, its button, its Smart Alert."""

from __future__ import annotations

import contextlib
import http.client
import xml.etree.ElementTree as ElementTree
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

_TIMEOUT = 30.0  # seconds; a cold app takes its time
_SCHEMA = "{http://www.w3.org/2001/XMLSchema-instance}type"


@dataclass(slots=True)
class Addin:
    """The add-in, as Outlook learns of it. Addresses are the app's; where there is no manifest they are the
    usual ones. `on_send` is the function that OnMessageSend calls, `buttons` are labels by command's id."""

    pane: str
    events: str
    script: str
    has_events: bool = False
    on_send: str = ""
    send_mode: str = "PromptUser"
    label: str = "Count recipients"
    icon: str = ""
    buttons: dict[str, str] | None = None

    def describe(self) -> dict[str, Any]:
        """As the compose window takes it."""
        return asdict(self)


def read(app_url: str) -> Addin:
    """The add-in of the app at `app_url`, as its manifest is at this moment."""
    addin = Addin(f"{app_url}/addin/pane.html", f"{app_url}/addin/events.html", f"{app_url}/addin/events.js")
    if not app_url:
        return addin
    status, _ = _get(app_url, "/addin/events.html")
    addin.has_events = status == 200
    status, manifest = _get(app_url, "/addin/manifest.xml")
    if status == 200:
        with contextlib.suppress(ElementTree.ParseError):
            _apply(addin, ElementTree.fromstring(manifest))
    return addin


def _apply(addin: Addin, manifest: ElementTree.Element) -> None:
    # The namespaces differ by version of the overrides; the last override is the one that counts.
    by_id: dict[str, str] = {}
    addin.buttons = {}
    for element in manifest.iter():
        name = _local(element)
        if name in ("Url", "String", "Image") and element.get("id"):
            by_id[element.get("id", "")] = element.get("DefaultValue", "")
    # The compose window has one ribbon: what stands in the reading ribbon is no button of it.
    elsewhere = {
        control
        for point in manifest.iter()
        if _local(point) == "ExtensionPoint" and point.get(_SCHEMA) == "MessageReadCommandSurface"
        for control in point.iter()
    }
    for element in manifest.iter():
        name = _local(element)
        if element in elsewhere:
            continue
        if name == "LaunchEvent" and element.get("Type") == "OnMessageSend":
            addin.on_send = element.get("FunctionName", "")
            addin.send_mode = element.get("SendMode", "SoftBlock")
        elif name == "Control" and element.get(_SCHEMA, element.get("type", "")) == "Button":
            _button(addin, element, by_id)
        elif name == "Runtime":
            addin.events = by_id.get(element.get("resid", ""), addin.events)
            for override in element:
                if override.get("type") == "javascript":
                    addin.script = by_id.get(override.get("resid", ""), addin.script)


def _button(addin: Addin, control: ElementTree.Element, by_id: dict[str, str]) -> None:
    assert addin.buttons is not None
    found = {_local(child): child for child in control.iter()}
    if "SourceLocation" not in found:
        return
    addin.pane = by_id.get(found["SourceLocation"].get("resid", ""), addin.pane)
    labels = [child for child in control if _local(child) == "Label"]
    if labels:
        addin.label = by_id.get(labels[0].get("resid", ""), addin.label)
    for child in control.iter():
        if _local(child) == "Image" and child.get("size") == "32":
            addin.icon = by_id.get(child.get("resid", ""), "")
    addin.buttons[control.get("id", "")] = addin.label


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _get(app_url: str, path: str) -> tuple[int, bytes]:
    parts = urlsplit(app_url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=_TIMEOUT)
    with contextlib.closing(connection):
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read(2_000_000)
        except (OSError, http.client.HTTPException):
            return 0, b""

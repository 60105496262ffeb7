"""The manifests, by which Outlook knows the add-in, are right, and a mistake in one would be found."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import Any

import pytest

from shared.addin.fields import fill
from shared.settings import Settings
from tests.support.manifests import ORIGIN, XSI, find_mistakes, png_size
from tests.support.node import Node, bundle
from tools.addin import ADDIN

ITEM = "ReadWriteItem"
MAILBOX = "ReadWriteMailbox"


@pytest.fixture(scope="module")
def script() -> str:
    return bundle(
        (ADDIN / "src" / "events.ts").read_text(encoding="utf-8"), "--format=iife", "--target=es2017"
    )


@pytest.fixture(scope="module")
def functions(script: str) -> set[str]:
    return set(re.findall(r'Office\.actions\.associate\("(\w+)"', script))


def size_of(url: str) -> tuple[int, int] | None:
    name = url.removeprefix(f"{ORIGIN}/addin/icons/")
    path = ADDIN / "icons" / name
    return png_size(path) if path.is_file() else None


def mistakes(manifest: str, functions: set[str], permission: str = ITEM) -> list[str]:
    return find_mistakes(manifest, permission, functions, size_of)


def test_the_manifest_has_no_mistake(manifest: str, functions: set[str]) -> None:
    assert mistakes(manifest, functions) == []


def test_the_whole_mailbox_is_asked_for_only_where_the_pane_may_send(
    made: dict[str, str], deployment: Settings, functions: set[str]
) -> None:
    sending = replace(deployment, send_from_pane=True)
    text = fill(made["manifest.xml"], "manifest.xml", sending)
    assert mistakes(text, functions, MAILBOX) == []
    assert mistakes(text, functions, ITEM) == [f"Permissions is {MAILBOX}, not {ITEM}"]
    names = {
        json.loads(fill(made["manifest.json"], "manifest.json", each))["authorization"]["permissions"][
            "resourceSpecific"
        ][0]["name"]
        for each in (deployment, sending)
    }
    assert names == {"MailboxItem.ReadWrite.User", "Mailbox.ReadWrite.User"}


@pytest.mark.parametrize(
    ("old", "new", "mistake"),
    [
        (
            "<Hosts>\n    <Host Name",
            "<Permissions>ReadItem</Permissions><Hosts>\n    <Host Name",
            "out of order",
        ),
        ("<ProviderName>Rollcall</ProviderName>", "", "lacks ProviderName"),
        ('<Title resid="Count.Label"/>', "", "lacks Title"),
        (">ReadWriteItem<", ">ReadWriteMailbox<", "Permissions is ReadWriteMailbox"),
        (">ReadWriteItem<", ">Restricted<", "Permissions is Restricted"),
        ('id="Pane.Url" DefaultValue="https:', 'id="Pane.Url" DefaultValue="http:', "Pane.Url is not https"),
        ("<AppDomain>https", "<AppDomain>http", "AppDomain is not https"),
        ('String id="Count.Tip"', 'String id="Count.Tipp"', "refers to Count.Tip"),
        ('String id="Group.Label"', 'String id="Group.Label.That.Is.Much.Too.Long"', "has 33 characters"),
        ('<Description resid="Count.Tip"/>', '<Description resid="Count.Label"/>', "not in LongStrings"),
        ('<bt:Image size="16" resid="Icon.16"/>', "", "lacks sizes: [16]"),
        ('resid="Icon.20"', 'resid="Icon.24"', "should be 20 pixels and is (24, 24)"),
        ("icon-64.png", "icon-63.png", "icon-63.png should be 64 pixels and is None"),
        ('FunctionName="onMessageSend"', 'FunctionName="onMessageSent"', "knows no onMessageSent"),
        ('SendMode="PromptUser"', 'SendMode="Block"', "does not let people send anyway"),
        ('<Override type="javascript" resid="Script.Url"/>', "", "gets no script"),
        ('<Runtime resid="Events.Url">', '<Runtime resid="Pane.Url">', "page is not the Runtime's"),
        ("</Runtimes>", '<Runtime resid="Pane.Url"/></Runtimes>', "more than one Runtime"),
        ('DefaultMinVersion="1.12"', 'DefaultMinVersion="1.3"', "asks for less"),
        ("<Id>", "<Id>x", "Id is no GUID"),
        ("<Version>", "<Version>v", "Version is not like"),
        ("<SupportUrl", "<HelpUrl", "HelpUrl does not belong in OfficeApp"),
        (
            'DisplayName DefaultValue="Rollcall"',
            f'DisplayName DefaultValue="{"R" * 126}"',
            "has 126 characters",
        ),
        ("</Group>", '<Control id="rollcallCount"/></Group>', "two controls have one id"),
        (ORIGIN, "{{origin}}", "a field is not filled in"),
        ("</OfficeApp>", "", "no XML"),
    ],
)
def test_a_mistake_in_the_manifest_is_found(
    manifest: str, functions: set[str], old: str, new: str, mistake: str
) -> None:
    assert old in manifest
    found = mistakes(manifest.replace(old, new), functions)
    assert any(mistake in each for each in found), found


def test_microsofts_own_package_finds_nothing_wrong_with_the_unified_manifest(
    microsoft: Node, unified: dict[str, Any]
) -> None:
    assert microsoft.call("validate", unified) == []


@pytest.mark.parametrize("part", ["developer", "icons", "accentColor", "id", "version", "description"])
def test_microsofts_package_misses_what_is_left_out(
    microsoft: Node, unified: dict[str, Any], part: str
) -> None:
    broken = {name: value for name, value in unified.items() if name != part}
    assert any(part in each for each in microsoft.call("validate", broken))


def buttons_of(manifest: str) -> set[tuple[str, ...]]:
    """Surface, id, label and explanation of each button that the inner overrides show."""
    root = ET.fromstring(manifest)
    (inner,) = root.iter("{http://schemas.microsoft.com/office/mailappversionoverrides/1.1}VersionOverrides")
    local = "{http://schemas.microsoft.com/office/mailappversionoverrides/1.1}"
    texts = {each.get("id"): each.get("DefaultValue", "") for each in inner.iter() if each.get("id")}
    found = set()
    for point in inner.iter(f"{local}ExtensionPoint"):
        for control in point.iter(f"{local}Control"):
            told = [control.find(f"{local}Label"), control.find(f"{local}Supertip/{local}Description")]
            words = [texts[each.get("resid")] for each in told if each is not None]
            found.add((point.get(XSI, ""), control.get("id", ""), *words))
    return found


SURFACES = {"mailCompose": "MessageComposeCommandSurface", "mailRead": "MessageReadCommandSurface"}


def test_both_manifests_show_the_same_buttons_in_the_same_ribbons(
    manifest: str, unified: dict[str, Any]
) -> None:
    (extension,) = unified["extensions"]
    actions = {action["id"]: action for runtime in extension["runtimes"] for action in runtime["actions"]}
    found = set()
    for ribbon in extension["ribbons"]:
        (context,) = ribbon["contexts"]
        (control,) = ribbon["tabs"][0]["groups"][0]["controls"]
        found.add((SURFACES[context], control["id"], control["label"], control["supertip"]["description"]))
        assert actions[control["actionId"]] == {
            "id": control["actionId"],
            "type": "openPage",
            "displayName": control["label"],
            "view": "pane",
        }
        for icon in control["icons"]:
            assert size_of(icon["url"]) == (icon["size"], icon["size"])
    assert found == buttons_of(manifest)
    assert {surface for surface, *_ in found} == set(SURFACES.values())


def test_the_unified_manifest_says_the_same(
    manifest: str, unified: dict[str, Any], functions: set[str]
) -> None:
    assert f"<Version>{unified['version']}.0</Version>" in manifest
    (extension,) = unified["extensions"]
    pages = {runtime["id"]: runtime["code"] for runtime in extension["runtimes"]}
    assert pages["pane"]["page"] == f"{ORIGIN}/addin/pane.html"
    assert pages["events"] == {"page": f"{ORIGIN}/addin/events.html", "script": f"{ORIGIN}/addin/events.js"}
    (event,) = (event for run in extension["autoRunEvents"] for event in run["events"])
    assert event == {
        "type": "messageSending",
        "actionId": "onMessageSend",
        "options": {"sendMode": "promptUser"},
    }
    assert {event["actionId"]} == functions


def test_where_both_are_deployed_the_unified_one_hides_the_other_and_is_told_from_it(
    manifest: str, unified: dict[str, Any]
) -> None:
    (alternate,) = unified["extensions"][0]["alternates"]
    hidden = alternate["hide"]["customOfficeAddin"]["officeAddinId"]
    assert f"<Id>{hidden}</Id>" in manifest
    assert hidden != unified["id"]
    assert f'<DisplayName DefaultValue="{unified["name"]["short"]}"/>' not in manifest


def test_the_privacy_link_shows_the_policy_itself(unified: dict[str, Any]) -> None:
    assert unified["developer"]["privacyUrl"] == f"{ORIGIN}/addin/privacy.html"


def test_the_smart_alerts_button_is_the_manifests(script: str, manifest: str) -> None:
    (button,) = re.findall(r'BUTTON = "(\w+)"', script)
    assert manifest.count(f'<Control xsi:type="Button" id="{button}">') == 2


def test_the_icons_of_the_unified_manifest_are_what_teams_wants(unified: dict[str, Any]) -> None:
    assert png_size(ADDIN / unified["icons"]["color"]) == (192, 192)
    assert png_size(ADDIN / unified["icons"]["outline"]) == (32, 32)

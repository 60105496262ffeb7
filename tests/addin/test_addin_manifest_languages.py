"""The manifests say the same in every language of the pane."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest

from tests.support.node import Node
from tools.addin import ADDIN

# The languages of the pane beside English: each has a folder of words.
SPOKEN = {path.name for path in (ADDIN / "src" / "words").iterdir() if path.is_dir()} - {"pane", "pages"}


@pytest.fixture(scope="module")
def languages(made: dict[str, str]) -> dict[str, dict[str, str]]:
    """The unified manifest's files of other languages, by the name that the manifest gives them."""
    with Node('export { translations } from "../manifest-unified.mjs";') as node:
        return {name: json.loads(text) for name, text in node.call("translations").items()}


def test_microsofts_schema_takes_each_language_of_the_unified_manifest(
    microsoft: Node, unified: dict[str, Any], languages: dict[str, dict[str, str]]
) -> None:
    named = {each["file"]: each["languageTag"] for each in unified["localizationInfo"]["additionalLanguages"]}
    assert named.keys() == languages.keys()
    assert set(named.values()) == SPOKEN
    for said in languages.values():
        assert microsoft.call("validateLanguage", said) == []
        assert len(said["description.short"]) <= 80
    [said, *_] = languages.values()
    wrong = {**said, "extensions[0].ribbons[0].tabs[0].groups[0].controls[0].text": "x"}
    assert microsoft.call("validateLanguage", wrong)
    assert microsoft.call("validateLanguage", {k: v for k, v in said.items() if k != "name.short"})


def test_both_manifests_say_the_same_in_every_language(
    manifest: str, unified: dict[str, Any], languages: dict[str, dict[str, str]]
) -> None:
    root = ET.fromstring(manifest)
    by_tag = {
        each["languageTag"]: each["file"] for each in unified["localizationInfo"]["additionalLanguages"]
    }
    for tag, file in by_tag.items():
        said = languages[file]
        overrides = {
            str(parent.get("DefaultValue")): str(each.get("Value"))
            for parent in root.iter()
            for each in parent
            if str(each.get("Locale"))[:2] == tag
        }
        assert said["description.full"] == overrides.pop(unified["description"]["full"])
        told = {english_at(unified, place): text for place, text in said.items() if place.startswith("ext")}
        assert told.pop("Before sending")
        assert told == overrides


def english_at(manifest: dict[str, Any], place: str) -> str:
    """What stands at a place such as `extensions[0].ribbons[1].tabs[0]`."""
    found: Any = manifest
    for name, number in re.findall(r"(\w+)|\[(\d+)\]", place):
        found = found[name] if name else found[int(number)]
    assert isinstance(found, str)
    return found


def test_outlooks_buttons_speak_every_language_of_the_pane(manifest: str) -> None:
    root = ET.fromstring(manifest)
    texts = [
        each
        for each in root.iter()
        if each.tag.rpartition("}")[2] in ("String", "Description")
        and each.get("DefaultValue") not in (None, "Rollcall")
    ]
    assert len(texts) == 9  # the add-in's own, and two buttons' labels and tips for either kind of Outlook
    for text in texts:
        longest = 125 if str(text.get("id")).endswith("Label") else 250
        said = {str(each.get("Locale"))[:2]: str(each.get("Value")) for each in text}
        assert said.keys() == SPOKEN
        assert len({text.get("DefaultValue"), *said.values()}) == len(SPOKEN) + 1
        assert all(0 < len(each) <= longest for each in said.values())

"""Where readers have an app of their own, both apps are bound alike.

One that did not know of the agreement, or of a lower ceiling, would go on to record what the other may not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.infra.azure_rules import World, readers_apps
from tools.bicep import INFRA

APART = {"ROLLCALL_ROLE", "ROLLCALL_AUDIT_ANCHORS_URL"}
"""What one is and the other is not, and what only one of them writes."""
BINDING = {
    *("ROLLCALL_AGREEMENT", "ROLLCALL_AGREEMENT_KEY", "ROLLCALL_TRACKING", "ROLLCALL_INDIVIDUAL_BASIS"),
    *("ROLLCALL_EVENTS_KEPT", "ROLLCALL_MESSAGES_KEPT", "ROLLCALL_SMALLEST_GROUP", "ROLLCALL_NOTICE"),
    *("ROLLCALL_ALLOW_HOSTS", "ROLLCALL_DENY_HOSTS"),
}


def differing(world: World) -> Iterator[str]:
    """The settings of Rollcall that are not the same in both apps."""
    for where, _ in readers_apps(world):
        one, other = (
            config["properties"] for place, config in world.of("Microsoft.Web/sites/config") if place == where
        )
        names = {name for name in one | other if name.startswith("ROLLCALL_")}
        yield from sorted(name for name in names - APART if one.get(name) != other.get(name))


def test_both_apps_have_the_same_settings(world: World) -> None:
    assert any(True for _ in readers_apps(world))
    assert [*differing(world)] == []


def test_whatever_binds_is_given_to_both_apps_by_one_parameter() -> None:
    given = (INFRA / "main.bicepparam").read_text(encoding="utf-8")
    assert [name for name in sorted(BINDING) if f"{name}: readEnvironmentVariable" not in given] == []
    template = json.loads((INFRA / "azuredeploy.json").read_text(encoding="utf-8"))
    [settings] = [one for one in _resources(template) if one.get("copy", {}).get("name") == "settings"]
    assert settings["copy"]["count"] == "[length(variables('sites'))]"
    assert settings["properties"]["parameters"]["otherSettings"]["value"] == "[parameters('otherSettings')]"


def _resources(template: dict[str, Any]) -> list[dict[str, Any]]:
    found = template["resources"]
    return [*found.values()] if isinstance(found, dict) else found

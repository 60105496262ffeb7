"""What the platform logs: of the app what somebody named, and never a category that tells of readers."""

from __future__ import annotations

import pytest

from tests.infra.azure_rules import World
from tests.support.transformations import TABLES
from tools.bicep import Bicep, CompilerFailed, environments

SETTING, RULE = "Microsoft.Insights/diagnosticSettings", "Microsoft.Insights/dataCollectionRules"


def made(compiled: Bicep, name: str, variables: dict[str, str]) -> World:
    return World({}, {name: compiled.snapshot(name, variables)["predictedResources"]})


def logged(world: World) -> dict[str, set[str]]:
    """The categories that each app's setting names, by the app."""
    return {
        one["id"].partition("/Microsoft.Web/sites/")[2].partition("/")[0]: {
            log["category"] for log in one["properties"]["logs"] if log["enabled"]
        }
        for _, one in world.of(SETTING)
        if "/Microsoft.Web/sites/" in one["id"]
    }


def streams(world: World, name: str) -> set[str]:
    """The tables whose rows the workspace's rule looks at."""
    flows = world.one(name, RULE)["dataFlows"]
    return {stream.removeprefix("Microsoft-Table-") for flow in flows for stream in flow["streams"]}


def test_no_category_is_asked_of_an_app_unless_somebody_names_it(world: World) -> None:
    assert logged(world) == {}
    for name in world.made:
        assert streams(world, name) == set(TABLES) - {"FunctionAppLogs"}


def test_the_categories_that_are_named_are_sent_for_every_app_and_cleaned_before_they_are_stored(
    compiled: Bicep,
) -> None:
    named = environments()["tracking-app"] | {"ROLLCALL_APP_LOGS": "FunctionAppLogs,AppServiceAuditLogs"}
    world = made(compiled, "logged", named)
    found = logged(world)
    assert len(found) == 2
    assert all(one == {"FunctionAppLogs", "AppServiceAuditLogs"} for one in found.values())
    assert streams(world, "logged") == set(TABLES)


def test_the_vault_is_always_looked_after_and_storage_where_somebody_asks(world: World) -> None:
    for name, variables in environments().items():
        found = [one["id"] for place, one in world.of(SETTING) if place == name]
        assert sum("/Microsoft.KeyVault/vaults/" in one for one in found) == 1
        kept = {
            one.partition("/default/")[0].rpartition("/")[2] for one in found if "/storageAccounts/" in one
        }
        asked = variables.get("ROLLCALL_STORAGE_AUDIT") == "true"
        assert kept == ({"blobServices", "queueServices", "tableServices"} if asked else set())


@pytest.mark.parametrize("category", ["AppServiceHTTPLogs", "AppServiceIPSecAuditLogs", "allLogs"])
def test_a_category_that_holds_addresses_of_readers_is_refused(compiled: Bicep, category: str) -> None:
    with pytest.raises(CompilerFailed, match=category):
        compiled.snapshot("refused", {"ROLLCALL_APP_LOGS": category})

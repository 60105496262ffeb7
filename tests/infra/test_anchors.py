"""The container that keeps the audit trail's newest hashes, as the compiler makes it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.infra import azure_rules, name_rules
from tests.infra.azure_rules import World
from tools.bicep import Bicep, CompilerFailed, environments

POLICY = "Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies"
CONTAINER = "Microsoft.Storage/storageAccounts/blobServices/containers"
DAYS = {"ROLLCALL_AUDIT_ANCHOR_DAYS": "365"}
READER = "2a2b9908-6ea1-4ae1-8e65-a410df84e7d1"


def made(compiled: Bicep, name: str, variables: dict[str, str]) -> World:
    return World({}, {name: compiled.snapshot(name, variables)["predictedResources"]})


def address_of(world: World, environment: str) -> list[str]:
    """Where each of the environment's apps sends the hashes."""
    found = world.of("Microsoft.Web/sites/config")
    return [one["properties"]["ROLLCALL_AUDIT_ANCHORS_URL"] for name, one in found if name == environment]


def anchored(world: World, environment: str) -> list[dict[str, Any]]:
    found = world.of(CONTAINER)
    return [one for name, one in found if name == environment and "/audit-anchors" in one["name"]]


def test_nobody_who_did_not_ask_has_a_container_that_cannot_be_emptied(compiled: Bicep) -> None:
    world = made(compiled, "plain", {})
    assert address_of(world, "plain") == [""]
    assert anchored(world, "plain") == []
    assert list(world.of(POLICY)) == []


def test_the_app_sends_the_hashes_to_the_container_whose_policy_takes_no_change(compiled: Bicep) -> None:
    world = made(compiled, "asked", environments()["production"])
    [container] = anchored(world, "asked")
    [address] = address_of(world, "asked")
    # The storage's suffix is known when it is deployed.
    assert "{0}audit-anchors'" in address
    assert f"'https://{{0}}.blob.{{1}}/', '{container['name'].partition('/')[0]}'" in address
    assert world.one("asked", POLICY) == {
        "immutabilityPeriodSinceCreationInDays": 365,
        "allowProtectedAppendWrites": False,
    }


def test_a_container_elsewhere_goes_before_the_accounts_own(compiled: Bicep) -> None:
    elsewhere = "https://kept.blob.core.windows.net/hashes"
    world = made(compiled, "elsewhere", DAYS | {"ROLLCALL_AUDIT_ANCHORS_URL": elsewhere})
    assert address_of(world, "elsewhere") == [elsewhere]


def test_a_locked_policy_is_left_alone_and_used_all_the_same(compiled: Bicep) -> None:
    world = made(compiled, "locked", DAYS | {"ROLLCALL_AUDIT_ANCHORS_LOCKED": "true"})
    assert list(world.of(POLICY)) == []
    assert anchored(world, "locked")
    assert address_of(world, "locked")[0]


def test_operators_read_that_container_and_no_other_and_readers_app_is_not_told_of_it(
    compiled: Bicep,
) -> None:
    operator = "00000000-0000-0000-0000-00000000000a"
    more = {"ROLLCALL_OPERATOR_IDS": operator, "ROLLCALL_TRACKING_APP": "used"}
    world = made(compiled, "operated", DAYS | more)
    grants = world.of("Microsoft.Authorization/roleAssignments")
    places = [one["id"] for _, one in grants if READER in one["properties"]["roleDefinitionId"]]
    assert [
        place.partition("/providers/Microsoft.Authorization")[0].rpartition("/")[2] for place in places
    ] == ["audit-anchors"]
    assert sorted(map(bool, address_of(world, "operated"))) == [False, True]
    assert [one for one in azure_rules.roles_are_granted(world) if "to people" in one] == []
    assert name_rules.names_fit(world) == []


@pytest.mark.parametrize("days", ["-1", "146001"])
def test_days_that_no_policy_can_have_are_refused(days: str, compiled: Bicep) -> None:
    with pytest.raises(CompilerFailed, match="anchors"):
        compiled.snapshot("refused-days", {"ROLLCALL_AUDIT_ANCHOR_DAYS": days})

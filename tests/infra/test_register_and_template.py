"""infra/entra/apps.bicep and register.py make the same, and either goes on where the other began."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from infra.entra.registration.entra import Entra
from infra.entra.registration.reconciling import find_excess
from infra.entra.registration.wanted import Wanted
from tests.support.apps_template import VALUES, deploy, evaluate
from tests.support.entra_tenant import Tenant
from tests.support.registrations import run
from tools.bicep import Bicep

Thing = dict[str, Any]


@pytest.fixture(scope="module")
def resources(ready: Bicep, tmp_path_factory: pytest.TempPathFactory) -> list[Thing]:
    return evaluate(ready.copy(tmp_path_factory.mktemp("apps") / "infra"))


def known(state: Thing) -> Thing:
    """What both say: without what the template leaves to Graph's answers, and without ids of links."""
    kept = copy.deepcopy(state)
    for one in kept["applications"].values():
        one.pop("requiredResourceAccess", None)
    for table in ("assignments", "grants"):
        links = [{name: value for name, value in one.items() if name != "id"} for one in kept[table].values()]
        kept[table] = sorted(links, key=str)
    return kept


def test_both_make_the_same(resources: list[Thing]) -> None:
    by_template, by_script = Tenant(), Tenant()
    deploy(by_template, resources)
    run(by_script, VALUES)
    names = {one["uniqueName"]: one for one in by_script.state["applications"].values()}
    for one in by_template.state["applications"].values():
        other = names[one["uniqueName"]]
        same = ("displayName", "signInAudience", "appRoles", "optionalClaims", "spa", "web", "federated")
        assert {name: one.get(name) for name in same} == {name: other.get(name) for name in same}
        assert one["api"].get("oauth2PermissionScopes") == other["api"].get("oauth2PermissionScopes")
    roles = [
        {(one["principalId"], one["appRoleId"]) for one in tenant.state["assignments"].values()}
        for tenant in (by_template, by_script)
    ]
    assert roles[0] == roles[1]
    consents = [
        {(one["principalId"], one["scope"]) for one in tenant.state["grants"].values()}
        for tenant in (by_template, by_script)
    ]
    assert consents[0] == consents[1]


def test_the_script_goes_on_where_the_template_began(resources: list[Thing]) -> None:
    tenant, said = Tenant(), list[str]()
    deploy(tenant, resources)
    before = known(tenant.state)
    run(tenant, VALUES, said)
    assert known(tenant.state) == before
    assert said == []
    assert find_excess(Entra(tenant, tenant.sleep, tenant.clock), Wanted.of(VALUES)) == []


def test_the_template_goes_on_where_the_script_began(resources: list[Thing]) -> None:
    tenant = Tenant()
    run(tenant, VALUES)
    before = known(tenant.state)
    deploy(tenant, resources)
    deploy(tenant, resources)
    assert known(tenant.state) == before

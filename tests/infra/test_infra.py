"""The templates in infra/, as far as they can be judged without Azure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from shared.settings import Settings
from tests.infra import azure_names, azure_rules, bicep_rules
from tests.infra.bicep import BicepSyntaxError, read, read_folder
from tests.infra.bicep_rules import Files
from tests.support.code_facts import log_lines

ROOT = Path(__file__).parents[2]
INFRA = ROOT / "infra"

Rule = Callable[[Files], list[str]]
RULES: list[Rule] = [
    bicep_rules.names_are_defined,
    bicep_rules.names_are_used,
    bicep_rules.modules_fit,
    bicep_rules.values_fit,
    bicep_rules.parameters_are_described,
    bicep_rules.versions_are_pinned,
    azure_names.names_fit,
    azure_names.arguments_fit,
    azure_rules.settings_are_complete,
    azure_rules.flex_rules_are_kept,
    azure_rules.roles_are_granted,
    azure_rules.nothing_is_secret,
    azure_rules.resources_are_safe,
    azure_rules.stored_things_exist,
    azure_rules.alerts_hear_the_log,
    azure_rules.alerts_read_figures,
    azure_rules.registrations_fit,
]


@pytest.fixture(scope="module")
def files() -> Files:
    return read_folder(INFRA)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_templates_keep_the_rule(rule: Rule, files: Files) -> None:
    assert rule(files) == []


def test_every_bicep_file_of_the_repository_is_read(files: Files) -> None:
    ours = [path for path in ROOT.rglob("*.bicep*") if path.suffix != ".json" and ".dev" not in path.parts]
    assert len(files) == len(ours)
    assert {"main.bicep", "main.bicepparam", "entra/apps.bicep", "modules/settings.bicep"} <= set(files)


def test_a_folder_without_templates_is_no_success(tmp_path: Path) -> None:
    with pytest.raises(BicepSyntaxError, match="no Bicep files"):
        read_folder(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "param a",
        "param = 'a'",
        "var a = {\n  b: 1",
        "var a = [1, 2",
        "var a = 'b",
        "resource a 'b@2024-01-01' {\n}",
        "module a 'b.bicep' = {\n  params: { c: }\n}",
        "output a string",
        "extension",
    ],
)
def test_a_file_that_is_not_bicep_is_refused(text: str) -> None:
    with pytest.raises(BicepSyntaxError, match=r"x\.bicep:\d"):
        read(Path("x.bicep"), text + "\n")


PLANTED = [
    (bicep_rules.names_are_defined, "modules/identity.bicep", "identity.id", "identiy.id"),
    (bicep_rules.names_are_defined, "modules/settings.bicep", "join(directories", "joyn(directories"),
    (bicep_rules.names_are_defined, "modules/network.bicep", "of: storageId,", "of: storageID,"),
    (
        bicep_rules.names_are_used,
        "modules/storage.bicep",
        "sku: { name: redundancy }",
        "sku: { name: 'LRS' }",
    ),
    (bicep_rules.names_are_used, "main.bicep", "tags: allTags", "tags: tags"),
    (bicep_rules.modules_fit, "main.bicep", "vaultName: vault.outputs.name", "vault: vault.outputs.name"),
    (
        bicep_rules.modules_fit,
        "main.bicep",
        "principalId: identity.outputs.principalId\n    storage",
        "storage",
    ),
    (bicep_rules.modules_fit, "main.bicep", "'modules/grants.bicep'", "'modules/grant.bicep'"),
    (bicep_rules.modules_fit, "modules/storage.bicep", "output tablesUrl", "output tableUrl"),
    (bicep_rules.values_fit, "examples/pilot.bicepparam", "param location", "param region"),
    (bicep_rules.values_fit, "examples/pilot.bicepparam", "'pilot'", "'a-pilot-with-too-long-a-name'"),
    (bicep_rules.values_fit, "examples/production.bicepparam", "'Standard_ZRS'", "'Standard_XRS'"),
    (bicep_rules.values_fit, "examples/production.bicepparam", "'exchange'", "'notes'"),
    (bicep_rules.values_fit, "examples/production.bicepparam", "logRetention = 90", "logRetention = 7"),
    (bicep_rules.values_fit, "examples/production.bicepparam", "alwaysReady = 1", "alwaysReady = '1'"),
    (bicep_rules.parameters_are_described, "main.bicep", "@description('Tags for every resource.')\n", ""),
    (
        bicep_rules.versions_are_pinned,
        "modules/key-vault.bicep",
        "vaults@2024-11-01",
        "vaults@2026-03-01-preview",
    ),
    (bicep_rules.versions_are_pinned, "modules/grants.bicep", "vaults@2024-11-01", "vaults@2023-07-01"),
    (bicep_rules.versions_are_pinned, "modules/identity.bicep", "@2024-11-30", ""),
    (azure_names.names_fit, "modules/key-vault.bicep", "@maxLength(24)", "@maxLength(30)"),
    (azure_names.names_fit, "modules/key-vault.bicep", "@maxLength(24)\n", ""),
    (azure_names.names_fit, "modules/function-app.bicep", "'plan-${name}'", "'service-plan-${name}'"),
    (azure_names.names_fit, "modules/storage.bicep", "'packages'", "'Packages'"),
    (azure_names.arguments_fit, "main.bicep", "'rollcall${token}'", "'rollcall${label}${token}'"),
    (azure_names.arguments_fit, "main.bicep", "@maxLength(20)\nparam env", "@maxLength(40)\nparam env"),
    (azure_rules.settings_are_complete, "modules/settings.bicep", "  ROLLCALL_PUBLIC_URL: publicUrl\n", ""),
    (azure_rules.settings_are_complete, "modules/settings.bicep", "  ROLLCALL_TABLES_URL: tablesUrl\n", ""),
    (
        azure_rules.settings_are_complete,
        "modules/settings.bicep",
        "ROLLCALL_DIRECTORIES:",
        "ROLLCALL_SOURCES:",
    ),
    (
        azure_rules.settings_are_complete,
        "modules/settings.bicep",
        "AzureWebJobsDisableHomepage",
        "NO_HOMEPAGE",
    ),
    (azure_rules.settings_are_complete, "examples/production.bicepparam", "MAX_RECIPIENTS", "MAX_PEOPLE"),
    (
        azure_rules.flex_rules_are_kept,
        "modules/settings.bicep",
        "AZURE_CLIENT_ID:",
        "WEBSITE_RUN_FROM_PACKAGE:",
    ),
    (azure_rules.flex_rules_are_kept, "modules/function-app.bicep", "http20Enabled:", "alwaysOn:"),
    (
        azure_rules.roles_are_granted,
        "modules/grants.bicep",
        "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
        "0a9a7e1f",
    ),
    (
        azure_rules.roles_are_granted,
        "modules/grants.bicep",
        "var onVault = [\n",
        "var onVault = [\n  { role: '00482a5a-887f-4fb3-b363-3b7fe8e74483', why: 'Administrator' }\n",
    ),
    (azure_rules.roles_are_granted, "modules/grants.bicep", "scope: storage\n", "scope: resourceGroup()\n"),
    (
        azure_rules.nothing_is_secret,
        "modules/storage.bicep",
        "= account.id",
        "= account.listKeys().keys[0].value",
    ),
    (azure_rules.nothing_is_secret, "main.bicep", "param alertEmail", "param clientSecret"),
    (
        azure_rules.nothing_is_secret,
        "main.bicep",
        "output ROLLCALL_PUBLIC_URL",
        "output STORAGE_CONNECTIONSTRING",
    ),
    (
        azure_rules.nothing_is_secret,
        "examples/pilot.bicepparam",
        "it-operations@contoso.com",
        "Aa1~" * 10,
    ),
    (azure_rules.resources_are_safe, "modules/storage.bicep", "'TLS1_2'", "'TLS1_0'"),
    (
        azure_rules.resources_are_safe,
        "modules/storage.bicep",
        "SharedKeyAccess: false",
        "SharedKeyAccess: true",
    ),
    (
        azure_rules.resources_are_safe,
        "modules/storage.bicep",
        "BlobPublicAccess: false",
        "BlobPublicAccess: true",
    ),
    (azure_rules.resources_are_safe, "modules/storage.bicep", "publicAccess: 'None'", "publicAccess: 'Blob'"),
    (azure_rules.resources_are_safe, "modules/key-vault.bicep", "    enablePurgeProtection: true\n", ""),
    (azure_rules.resources_are_safe, "modules/function-app.bicep", "      minTlsVersion: '1.2'\n", ""),
    (azure_rules.resources_are_safe, "modules/function-app.bicep", "httpsOnly: true", "httpsOnly: false"),
    (
        azure_rules.resources_are_safe,
        "modules/monitoring.bicep",
        "DisableLocalAuth: true",
        "DisableLocalAuth: false",
    ),
    (azure_rules.stored_things_exist, "modules/storage.bicep", "'SignIns'", "'SignIn'"),
    (
        azure_rules.stored_things_exist,
        "modules/key-vault.bicep",
        "'rollcall-token-cache'",
        "'rollcall-cache'",
    ),
    (
        azure_rules.alerts_hear_the_log,
        "modules/alerts.bicep",
        "says: 'graph: waiting'",
        "says: 'graph: waits'",
    ),
    (azure_rules.alerts_read_figures, "modules/alerts.bicep", '"rollcall.events"', '"rollcall.opens"'),
    (azure_rules.alerts_read_figures, "modules/alerts.bicep", "Properties.fate", "Properties.recipient"),
    (azure_rules.registrations_fit, "entra/apps.bicep", "requestedAccessTokenVersion: 2", "x: 2"),
    (
        azure_rules.registrations_fit,
        "entra/apps.bicep",
        "value: 'access_as_user'",
        "value: 'user_impersonation'",
    ),
    (azure_rules.registrations_fit, "entra/apps.bicep", "type: 'Scope' }", "type: 'Role' }"),
    (
        azure_rules.registrations_fit,
        "entra/apps.bicep",
        "AssignmentRequired: true",
        "AssignmentRequired: false",
    ),
    (azure_rules.registrations_fit, "entra/apps.bicep", "/api/connection/callback", "/api/callback"),
    (azure_rules.registrations_fit, "entra/apps.bicep", "/addin/dialog.html", "/addin/"),
    (azure_rules.registrations_fit, "entra/apps.bicep", "'Mail.Send'", "'Mail.ReadWrite'"),
    (azure_rules.registrations_fit, "entra/apps.bicep", "sendsCopies\n    ?", "true\n    ?"),
    (azure_rules.registrations_fit, "entra/apps.bicep", "'openid'", "'openid', 'Mail.Read'"),
    (azure_rules.registrations_fit, "main.bicep", "[] = ['overall']", "[] = ['overall', 'individual']"),
    (
        azure_rules.registrations_fit,
        "entra/apps.bicep",
        "consentType: 'Principal'",
        "consentType: 'AllPrincipals'",
    ),
    (
        azure_rules.registrations_fit,
        "main.bicep",
        "string = 'Directory.Read.All U",
        "string = 'Directory.ReadWrite.All U",
    ),
]


@pytest.mark.parametrize(
    ("rule", "path", "right", "wrong"),
    PLANTED,
    ids=[f"{rule.__name__}: {wrong.strip()[:30] or 'nothing'}" for rule, _, _, wrong in PLANTED],
)
def test_a_planted_mistake_is_found(rule: Rule, path: str, right: str, wrong: str, files: Files) -> None:
    assert right in files[path].text, "the template was changed: plant another mistake"
    mutated = dict(files)
    mutated[path] = read(files[path].path, files[path].text.replace(right, wrong))
    assert rule(mutated)


def test_every_rule_has_a_mistake_planted_against_it() -> None:
    assert {rule.__name__ for rule in RULES} == {rule.__name__ for rule, *_ in PLANTED}


def test_every_output_that_the_handbooks_use_is_there(files: Files) -> None:
    outputs = {one.name for one in files["main.bicep"].all("output")}
    texts = [path.read_text() for path in (ROOT / "docs").glob("*.md")]
    asked = {name for text in texts for name in re.findall(r"azd env get-value (\w+)", text)}
    inputs = {one for one in re.findall(r"readEnvironmentVariable\('(\w+)'", files["main.bicepparam"].text)}
    assert asked
    assert asked <= outputs | inputs
    told = {name for text in texts for name in re.findall(r"azd env set (\w+)", text)}
    assert told
    assert told <= inputs


def test_azd_finds_the_template_and_the_app(files: Files) -> None:
    azure = yaml.safe_load((ROOT / "azure.yaml").read_text())
    assert (ROOT / azure["infra"]["path"] / f"{azure['infra']['module']}.bicep").exists()
    site = files["modules/function-app.bicep"].get("resource", "site").value
    assert f"'azd-service-name': '{next(iter(azure['services']))}'" in str(site["tags"])
    [service] = azure["services"].values()
    assert all(hook["run"].endswith(" dev.py build") for hook in service["hooks"]["prepackage"].values())


def test_the_workbook_hears_what_the_code_says() -> None:
    workbook = json.loads((INFRA / "modules" / "workbook.json").read_text())
    queries = [item["content"]["query"] for item in workbook["items"] if "query" in item["content"]]
    heard = {phrase for query in queries for phrase in re.findall(r'contains "([^"]+)"', query)}
    assert all(any(phrase in line for line in log_lines()) for phrase in heard)
    assert sum("rollcall." in query for query in queries) > 5
    assert [complaint for query in queries for complaint in azure_rules.unknown_figures(query)] == []


def test_every_cloud_has_every_endpoint() -> None:
    clouds = json.loads((INFRA / "clouds.json").read_text())
    assert set(clouds) == {"AzureCloud", "AzureUSGovernment", "AzureChinaCloud"}
    assert len({frozenset(endpoints) for endpoints in clouds.values()}) == 1
    named = [one for endpoints in clouds.values() for one in endpoints.items() if one[0] != "federation"]
    urls = [url for _, text in named for url in text.split()]
    assert all(re.fullmatch(r"https://[a-z0-9.]+(/[a-z0-9./]+\.js)?", url) for url in urls)
    ours = {setting.metadata["name"]: setting.metadata["default"] for setting in fields(Settings)}
    assert clouds["AzureCloud"]["officeJs"] == ours["ROLLCALL_OFFICE_JS_URL"]
    assert clouds["AzureCloud"]["outlook"] == ours["ROLLCALL_OUTLOOK_ORIGINS"]


def test_every_alert_has_its_page_in_the_handbook(files: Files) -> None:
    alerts = files["modules/alerts.bicep"]
    keys = re.findall(r"key: '([\w-]+)'", alerts.text) + re.findall(
        r"docs/operations\.md, ([\w-]+)\.", alerts.text
    )
    handbook = (ROOT / "docs" / "operations.md").read_text()
    assert len(keys) > 8
    assert [key for key in keys if f"### {key}\n" not in handbook] == []

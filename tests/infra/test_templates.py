"""The templates in infra/, as the real compiler makes them, and the rules that Rollcall has for them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from infra.entra.registration.names import name_registrations
from shared.settings import Settings
from tests.infra import alert_rules, azure_rules, name_rules, registration_rules
from tests.infra.azure_rules import World
from tools.bicep import (
    COMPILED,
    INFRA,
    SUBSCRIPTION,
    Bicep,
    CompilerFailed,
    complaints,
    environments,
    find_compiler,
    portal_template,
    settled,
)

ROOT = Path(__file__).parents[2]
Rule = Callable[[World], list[str]]
RULES: list[Rule] = [
    name_rules.names_fit,
    azure_rules.settings_are_complete,
    azure_rules.flex_rules_are_kept,
    azure_rules.roles_are_granted,
    azure_rules.readers_are_led_right,
    azure_rules.nothing_is_secret,
    azure_rules.resources_are_safe,
    azure_rules.stored_things_exist,
    alert_rules.alerts_hear_the_log,
    alert_rules.alerts_read_figures,
    alert_rules.rows_are_weighed,
    alert_rules.alerts_have_a_page,
    registration_rules.registrations_fit,
    registration_rules.one_writer_at_a_time,
]
# The settings that the template makes of its own resources; azd sets all others.
OWN = {
    *("ROLLCALL_TENANT_ID", "ROLLCALL_CLIENT_ID", "ROLLCALL_ADDIN_CLIENT_IDS", "ROLLCALL_KEY_VAULT_URL"),
    *("ROLLCALL_ROLE", "ROLLCALL_TRACKING_URL"),
    *("ROLLCALL_TABLES_URL", "ROLLCALL_QUEUES_URL", "ROLLCALL_STORAGE_CONNECTION", "ROLLCALL_PUBLIC_URL"),
}


def test_the_compiled_template_is_what_bicep_makes(ready: Bicep) -> None:
    assert COMPILED.read_text(encoding="utf-8") == portal_template(ready)


def test_a_template_that_waits_in_another_order_is_the_same() -> None:
    first = {"resources": [{"dependsOn": ["b", "a"], "_generator": {"version": "1"}}]}
    assert settled(first) == settled({"resources": [{"dependsOn": ["a", "b"]}]})
    assert settled(first) != settled({"resources": [{"dependsOn": ["a"]}]})


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_templates_keep_the_rule(rule: Rule, world: World) -> None:
    assert rule(world) == []


# What the compiler's JSON says, and what it would say after somebody's mistake.
PLANTED: list[tuple[Rule, str, str]] = [
    (name_rules.names_fit, '"name": "plan-rollcall-', '"name": "the-only-service-plan-for-rollcall-'),
    (name_rules.names_fit, '"name": "id-rollcall-', '"name": "[reference(rollcall-'),
    (azure_rules.settings_are_complete, '"ROLLCALL_PUBLIC_URL": "', '"ROLLCALL_URL": "'),
    (azure_rules.settings_are_complete, '"ROLLCALL_TABLES_URL": "', '"TABLES_URL": "'),
    (azure_rules.settings_are_complete, "AzureWebJobsDisableHomepage", "NO_HOMEPAGE"),
    (azure_rules.flex_rules_are_kept, '"AZURE_CLIENT_ID": "', '"WEBSITE_RUN_FROM_PACKAGE": "'),
    (azure_rules.flex_rules_are_kept, '"http20Enabled"', '"alwaysOn"'),
    (azure_rules.roles_are_granted, "0a9a7e1f-b9d0-4cc4", "0a9a7e1f-b9d0-4cc5"),
    (azure_rules.roles_are_granted, '"principalType": "ServicePrincipal", ', ""),
    (
        azure_rules.roles_are_granted,
        "/secrets/rollcall-signing-keys/prov",
        "/secrets/rollcall-token-cache/prov",
    ),
    (azure_rules.roles_are_granted, "tables/Consents/providers", "tables/ExpansionParts/providers"),
    (azure_rules.readers_are_led_right, '"ROLLCALL_ROLE": "tracking"', '"ROLLCALL_ROLE": "everything"'),
    (azure_rules.readers_are_led_right, "https://links.contoso.com", "https://mail.contoso.com"),
    (azure_rules.roles_are_granted, '"description": "Key Vault Secrets Officer', '"about": "Key Vault'),
    (azure_rules.nothing_is_secret, '"value": "[reference(', '"value": "[listKeys('),
    (azure_rules.nothing_is_secret, '"registrationName": {', '"clientSecret": {'),
    (azure_rules.nothing_is_secret, "it-operations@contoso.com", "Aa1~" * 10),
    (azure_rules.resources_are_safe, '"TLS1_2"', '"TLS1_0"'),
    (azure_rules.resources_are_safe, '"allowSharedKeyAccess": false', '"allowSharedKeyAccess": true'),
    (azure_rules.resources_are_safe, '"enablePurgeProtection": true, ', ""),
    (azure_rules.resources_are_safe, '"publicAccess": "None"', '"publicAccess": "Blob"'),
    (azure_rules.resources_are_safe, '"publicNetworkAccess": "Disabled"', '"publicNetworkAccess": "Enabled"'),
    (azure_rules.stored_things_exist, "/default/SignIns", "/default/SignIn"),
    (azure_rules.stored_things_exist, '"rollcall-token-cache"', '"rollcall-cache"'),
    (alert_rules.alerts_hear_the_log, "graph: waiting", "graph: waits"),
    (alert_rules.alerts_read_figures, '\\"rollcall.events\\"', '\\"rollcall.opens\\"'),
    (alert_rules.alerts_read_figures, "Properties.fate", "Properties.recipient"),
    (alert_rules.rows_are_weighed, "AppTraces | where", "AppRequests | summarize count() | where"),
    (alert_rules.rows_are_weighed, "number = sum(ItemCount)", "number = count()"),
    (alert_rules.alerts_have_a_page, "operations.md, canary.", "operations.md, canaries."),
    (registration_rules.registrations_fit, '"requestedAccessTokenVersion": 2', '"x": 2'),
    (registration_rules.registrations_fit, "'Scope'", "'Role'"),
    (registration_rules.registrations_fit, 'AssignmentRequired": false', 'AssignmentRequired": true'),
    (registration_rules.registrations_fit, "/api/connection/callback", "/api/callback"),
    (registration_rules.registrations_fit, "/addin/dialog.html", "/addin/"),
    (registration_rules.registrations_fit, "'Mail.Send'", "'Mail.ReadWrite'"),
    (registration_rules.registrations_fit, "'MailTips.ReadBasic.Shared'", "'Mail.Read'"),
    (registration_rules.registrations_fit, '"consentType": "Principal"', '"consentType": "AllPrincipals"'),
    (registration_rules.registrations_fit, "Directory.Read.All", "Directory.ReadWrite.All"),
    (registration_rules.one_writer_at_a_time, '"backend::federation"', '"addin"'),
]


@pytest.mark.parametrize(
    ("rule", "right", "wrong"),
    PLANTED,
    ids=[f"{rule.__name__}: {wrong[:30] or 'nothing'}" for rule, _, wrong in PLANTED],
)
def test_a_mistake_planted_against_a_rule_is_found(rule: Rule, right: str, wrong: str, world: World) -> None:
    text = json.dumps([world.template, world.made])
    assert right in text, "the template was changed: plant another mistake"
    assert rule(World(*json.loads(text.replace(right, wrong))))


def test_every_rule_has_a_mistake_planted_against_it() -> None:
    assert {rule.__name__ for rule in RULES} == {rule.__name__ for rule, *_ in PLANTED}


# One file each, so that one run of the compiler finds all: path, what is right, what is wrong, what is said.
MISTAKES = [
    ("entra/apps.bicep", "resource federation ", "resource cloud ", "BCP079"),
    ("modules/identity.bicep", "  location: location\n", "  location: location\n  place: 'x'\n", "BCP037"),
    ("modules/workbook.bicep", "name: guid(insights.id,", "name: guid(insights.properties.AppId,", "BCP120"),
    ("modules/network.bicep", "var doors", "var dors", "BCP057"),
    (
        "modules/key-vault.bicep",
        "param lock bool",
        "param lock bool\nparam other string = ''",
        "no-unused-params",
    ),
]


def test_a_mistake_in_a_template_is_refused_with_its_file_and_line(fresh: Bicep) -> None:
    lines = {}
    for path, right, wrong, code in MISTAKES:
        text = (fresh.folder / path).read_text()
        assert right in text, f"{path} was changed: plant another mistake"
        (fresh.folder / path).write_text(text.replace(right, wrong))
        lines[path] = code
    with pytest.raises(CompilerFailed) as failure:
        fresh.build()
    for path, code in lines.items():
        assert re.search(rf"^{re.escape(path)}\(\d+,\d+\) : .*{code}", str(failure.value), re.MULTILINE), path


def test_a_parameter_that_a_module_needs_may_not_be_forgotten(fresh: Bicep) -> None:
    main = fresh.folder / "main.bicep"
    main.write_text(main.read_text().replace("    watch: watch\n", ""))
    parameters = fresh.folder / "main.bicepparam"
    parameters.write_text(parameters.read_text().replace("param location =", "var location ="))
    with pytest.raises(CompilerFailed, match=r"main\.bicep\(\d+,\d+\) : Error BCP035"):
        fresh.build()
    with pytest.raises(CompilerFailed, match=r"bare\.bicepparam\(\d+,\d+\) : Error BCP258"):
        fresh.snapshot("bare", {})


def test_the_app_runs_on_the_python_that_is_set_and_on_311_else(compiled: Bicep) -> None:
    for variables, version in (({}, "3.11"), ({"ROLLCALL_PYTHON_VERSION": "3.13"}, "3.13")):
        text = json.dumps(compiled.snapshot(f"python-{version}", variables))
        assert f'"runtime": {{"name": "python", "version": "{version}"}}' in text


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"ROLLCALL_ZONE_REDUNDANT": "true"}, "needs storage that is: ROLLCALL_STORAGE_REDUNDANCY"),
        ({"ROLLCALL_PEOPLE_REQUIRED": "true"}, "set ROLLCALL_ADMIN_IDS, ROLLCALL_SENDER_IDS and"),
        ({"ROLLCALL_REGISTER_APPS": "false"}, "it needs ROLLCALL_BACKEND_CLIENT_ID and"),
    ],
)
def test_what_does_not_go_together_is_refused_with_a_sentence(
    variables: dict[str, str], sentence: str, compiled: Bicep
) -> None:
    with pytest.raises(CompilerFailed, match=sentence):
        compiled.snapshot("refused", variables)


def test_a_template_that_is_not_in_the_compilers_format_is_named(fresh: Bicep) -> None:
    path = fresh.folder / "modules" / "identity.bicep"
    path.write_text(path.read_text().replace("  name: name", "      name:   name"))
    assert fresh.misformatted() == [path]


def test_the_check_reads_every_template_of_the_repository_once(
    monkeypatch: pytest.MonkeyPatch, compiled: Bicep
) -> None:
    built: list[str] = []
    monkeypatch.setattr(Bicep, "build", lambda self, template="main.bicep": built.append(template))
    monkeypatch.setattr(Bicep, "snapshot", lambda self, name, variables: built.append(name))
    monkeypatch.setattr(Bicep, "misformatted", lambda self: [])
    assert list(complaints(compiled)) == []
    # The environments lead to main.bicep, and it to all others but the one that stays when they go.
    assert sorted(built) == sorted([*environments(), "tombstone.bicep"])


def test_every_parameter_has_its_variable_and_every_setting_its_effect(world: World) -> None:
    text = (INFRA / "main.bicepparam").read_text()
    given = set(re.findall(r"^param (\w+) =", text, re.MULTILINE))
    assert given == set(world.template["parameters"])
    read = set(re.findall(r"readEnvironmentVariable\('(\w+)'", text))
    settings = {one.metadata["name"] for one in fields(Settings)}
    assert settings - read == OWN
    documented = {
        name
        for path in (ROOT / "docs").glob("*.md")
        for name in re.findall(r"azd env set (\w+)", path.read_text(encoding="utf-8"))
    }
    assert documented
    assert documented <= read | {"AZURE_SUBSCRIPTION_ID"}
    examples = {name for variables in environments().values() for name in variables}
    assert examples - {"AZURE_ENV_NAME"} <= read


def test_a_setting_reaches_the_app_and_an_empty_one_keeps_its_default(compiled: Bicep) -> None:
    variables = {
        "ROLLCALL_DYNAMIC_LISTS": "absent",
        "ROLLCALL_MAX_DEPTH": "",
        "ROLLCALL_GRAPH_URL": "https://g",
    }
    made = compiled.snapshot("set", variables)["predictedResources"]
    [config] = (one["properties"] for one in made if one["type"] == "Microsoft.Web/sites/config")
    assert (config["ROLLCALL_DYNAMIC_LISTS"], config["ROLLCALL_GRAPH_URL"]) == ("absent", "https://g")
    assert "ROLLCALL_MAX_DEPTH" not in config


def test_register_py_names_the_registrations_as_the_template_does(world: World) -> None:
    found = {
        where: one["properties"]["uniqueName"]
        for where, one in world.of("Microsoft.Graph/applications@v1.0")
        if where != "bare"
    }
    assert found
    for where, name in found.items():
        assert name.startswith(name_registrations(SUBSCRIPTION, where, "westeurope"))


def test_every_output_that_the_handbooks_use_is_there(world: World) -> None:
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")]
    asked = {name for text in texts for name in re.findall(r"azd env get-value (\w+)", text)}
    read = set(re.findall(r"readEnvironmentVariable\('(\w+)'", (INFRA / "main.bicepparam").read_text()))
    assert asked
    assert asked <= set(world.template["outputs"]) | read


def test_azd_finds_the_template_and_the_app(world: World) -> None:
    azure = yaml.safe_load((ROOT / "azure.yaml").read_text())
    assert (ROOT / azure["infra"]["path"] / f"{azure['infra']['module']}.bicep").exists()
    services = azure["services"]
    assert {one["tags"]["azd-service-name"] for _, one in world.of("Microsoft.Web/sites")} == set(services)
    for service in services.values():
        assert all(" dev.py build" in hook["run"] for hook in service["hooks"]["prepackage"].values())
    # azd takes "true" for yes; an app that was not made is not deployed to.
    assert services["tracking"]["condition"] == "${ROLLCALL_TRACKING_APP_MADE}"
    assert "ROLLCALL_TRACKING_APP_MADE" in world.template["outputs"]


def test_every_cloud_has_every_endpoint() -> None:
    clouds = json.loads((INFRA / "clouds.json").read_text())
    assert set(clouds) == {"AzureCloud", "AzureUSGovernment", "AzureChinaCloud"}
    named = [one for endpoints in clouds.values() for one in endpoints.items() if one[0] != "federation"]
    urls = [url for _, text in named for url in text.split()]
    assert all(re.fullmatch(r"https://[a-z0-9.]+(/[a-z0-9./]+\.js)?", url) for url in urls)
    ours = {setting.metadata["name"]: setting.metadata["default"] for setting in fields(Settings)}
    assert clouds["AzureCloud"]["officeJs"] == ours["ROLLCALL_OFFICE_JS_URL"]
    assert clouds["AzureCloud"]["outlook"] == ours["ROLLCALL_OUTLOOK_ORIGINS"]


def test_a_compiler_that_is_named_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BICEP", str(tmp_path / "bicep"))
    assert find_compiler() == tmp_path / "bicep"


def test_without_a_compiler_it_is_said_how_to_get_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from tools import bicep

    for name in ("BICEP", "HOME", "USERPROFILE", "PATH"):
        monkeypatch.setenv(name, "" if name == "BICEP" else str(tmp_path))
    monkeypatch.setattr(bicep, "HANDED", tmp_path)
    assert (bicep.main(), "az bicep install" in capsys.readouterr().out) == (0, True)

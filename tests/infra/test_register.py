"""infra/entra/register.py, with a stand-in for the Azure CLI."""

from __future__ import annotations

import copy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from infra.entra.register import AzureFailed, Entra, parser, register
from tests.infra.bicep import read
from tests.infra.fake_az import GRAPH, OFFERED, FakeAz, identify

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "infra" / "entra" / "apps.bicep"
API = "applications(uniqueName='rollcall-pilot-api')"
ADDIN = "applications(uniqueName='rollcall-pilot-addin')"
AFTER = ("--public-url", "https://rollcall.example.org", "--identity", "the-identity")
ACCOUNT = ("--service-account", "the-account", "--exchange-scope", "Exchange.ManageV2")


def run(az: FakeAz, *arguments: str) -> tuple[str, str]:
    """The client ids of the backend and the add-in."""
    return register(Entra(az), parser().parse_args(["rollcall-pilot", *arguments]))


def unnumbered(things: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without their ids, which the template and the script make in different ways."""
    return [{name: value for name, value in thing.items() if name != "id"} for thing in things]


def test_it_registers_what_the_template_registers() -> None:
    az = FakeAz()
    run(az, *AFTER)
    template = read(TEMPLATE, TEMPLATE.read_text())
    made, wanted = az.objects[API], template.get("resource", "backend").value
    assert (made["displayName"], made["signInAudience"]) == (wanted["displayName"], wanted["signInAudience"])
    assert unnumbered(made["appRoles"]) == unnumbered(wanted["appRoles"])
    assert unnumbered(made["api"]["oauth2PermissionScopes"]) == unnumbered(
        wanted["api"]["oauth2PermissionScopes"]
    )
    assert made["api"]["requestedAccessTokenVersion"] == wanted["api"]["requestedAccessTokenVersion"]
    assert made["web"]["redirectUris"] == ["https://rollcall.example.org/api/connection/callback"]
    assert str(wanted["web"]["redirectUris"][0]) == "'${publicUrl}/api/connection/callback'"
    assert made["identifierUris"] == [f"api://{made['appId']}"]
    addin = az.objects[ADDIN]
    uris = template.get("resource", "addin").value["spa"]["redirectUris"]
    ends = [str(uri).strip("'").replace("${publicUrl}", "https://rollcall.example.org") for uri in uris[1:]]
    assert addin["spa"]["redirectUris"] == ["brk-multihub://rollcall.example.org", *ends]
    assert addin["requiredResourceAccess"] == []
    assert addin["displayName"] == template.get("resource", "addin").value["displayName"]


def test_it_asks_for_delegated_permissions_only() -> None:
    az = FakeAz()
    run(az)
    (access,) = az.objects[API]["requiredResourceAccess"]
    assert access["resourceAppId"] == GRAPH
    assert {one["type"] for one in access["resourceAccess"]} == {"Scope"}
    asked = {one["id"] for one in access["resourceAccess"]}
    assert asked == {identify(name) for name in OFFERED[GRAPH] if name != "Mail.Send"}


def test_the_add_in_alone_may_send_mail_and_only_where_each_recipient_gets_a_copy() -> None:
    az = FakeAz()
    run(az, "--send-copies")
    [access] = az.objects[ADDIN]["requiredResourceAccess"]
    assert access["resourceAccess"] == [{"id": identify("Mail.Send"), "type": "Scope"}]
    assert identify("Mail.Send") not in str(az.objects[API])
    run(az)
    assert az.objects[ADDIN]["requiredResourceAccess"] == []


def test_only_assigned_people_get_tokens() -> None:
    az = FakeAz()
    backend, _ = run(az)
    assert az.objects[f"servicePrincipals(appId='{backend}')"]["appRoleAssignmentRequired"] is True


def test_the_add_in_and_the_named_clients_may_call() -> None:
    az = FakeAz()
    _, addin = run(az, "--setup-client", "the-azure-cli")
    api = az.objects[API]["api"]
    assert [one["appId"] for one in api["preAuthorizedApplications"]] == [addin, "the-azure-cli"]
    scopes = {one["delegatedPermissionIds"][0] for one in api["preAuthorizedApplications"]}
    assert scopes == {api["oauth2PermissionScopes"][0]["id"]}


def test_before_the_deployment_nothing_is_trusted_yet() -> None:
    az = FakeAz()
    assert run(az) == (az.objects[API]["appId"], az.objects[ADDIN]["appId"])
    assert not any("federated" in path for path in az.objects)
    assert "web" not in az.objects[API]


@pytest.mark.parametrize(
    ("cloud", "login", "audience", "graph"),
    [
        ("AzureCloud", "login.microsoftonline.com", "AzureADTokenExchange", "graph.microsoft.com"),
        ("AzureUSGovernment", "login.microsoftonline.us", "AzureADTokenExchangeUSGov", "graph.microsoft.us"),
        (
            "AzureChinaCloud",
            "login.partner.microsoftonline.cn",
            "AzureADTokenExchangeChina",
            "microsoftgraph.chinacloudapi.cn",
        ),
    ],
)
def test_the_identity_is_trusted_in_its_own_cloud(cloud: str, login: str, audience: str, graph: str) -> None:
    az = FakeAz(cloud)
    run(az, *AFTER)
    trust = az.objects[f"{API}/federatedIdentityCredentials(name='function-app')"]
    assert trust["issuer"] == f"https://{login}/{az.tenant_id}/v2.0"
    assert trust["audiences"] == [f"api://{audience}"]
    assert trust["subject"] == "the-identity"
    assert all(url.startswith(f"https://{graph}/v1.0/") for url in az.urls)


def test_consent_is_given_for_the_service_account_alone() -> None:
    az = FakeAz()
    run(az, *AFTER, *ACCOUNT)
    grants = [one for path, one in az.objects.items() if path.startswith("oauth2PermissionGrants/")]
    assert {(one["consentType"], one["principalId"]) for one in grants} == {("Principal", "the-account")}
    assert [one["scope"] for one in grants] == [
        "Directory.Read.All User.Read.All openid profile offline_access",
        "Exchange.ManageV2",
    ]


def test_running_it_again_changes_nothing() -> None:
    az = FakeAz()
    first = run(az, *AFTER, *ACCOUNT)
    objects = copy.deepcopy(az.objects)
    assert run(az, *AFTER, *ACCOUNT) == first
    assert az.objects == objects


def test_a_permission_that_the_tenant_does_not_offer_is_named() -> None:
    with pytest.raises(AzureFailed, match=r"does not offer Lists\.Guess"):
        run(FakeAz(), "--graph-scopes", "Directory.Read.All Lists.Guess")


def test_without_the_azure_cli_it_says_so(tmp_path: Path) -> None:
    script = ROOT / "infra" / "entra" / "register.py"
    done = subprocess.run(
        [sys.executable, script, "rollcall-pilot"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (1, "The Azure CLI (az) is not installed.\n")


def test_what_the_azure_cli_says_is_passed_on(tmp_path: Path) -> None:
    program = tmp_path / "az"
    program.write_text("#!/bin/sh\necho Please run az login >&2\nexit 1\n")
    program.chmod(0o755)
    done = subprocess.run(
        [sys.executable, ROOT / "infra" / "entra" / "register.py", "rollcall-pilot"],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (1, "Please run az login\n")

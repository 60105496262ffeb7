"""The registrations that infra/entra/register.py makes, in a tenant that replicates late."""

from __future__ import annotations

import copy

import pytest

from infra.entra.registration.azure import AzureFailed
from infra.entra.registration.making import PERMISSIONS, ROLES, SCOPE
from infra.entra.registration.names import name_registrations
from infra.entra.registration.wanted import Incomplete, Wanted, read_values
from tests.support.entra_tenant import EXCHANGE, GRAPH, TENANT, Tenant, identify
from tests.support.registrations import AFTER, BEFORE, NAMED, application, assignments, principal, run


@pytest.mark.parametrize("lag", [0, 5, 40])
def test_in_one_run_all_is_there_however_late_entra_replicates(lag: float) -> None:
    tenant = Tenant(lag=lag)
    backend, addin = run(tenant, AFTER)
    api = application(tenant, "api")
    assert (api["appId"], application(tenant, "addin")["appId"]) == (backend, addin)
    assert api["identifierUris"] == [f"api://{backend}"]
    assert api["web"] == {"redirectUris": ["https://rollcall.example.org/api/connection/callback"]}
    assert api["appRoles"] == list(ROLES.values())
    assert api["api"]["oauth2PermissionScopes"] == [SCOPE]
    assert api["api"]["requestedAccessTokenVersion"] == 2
    assert api["federated"]["function-app"]["subject"] == "the-identity"
    assert application(tenant, "addin")["spa"]["redirectUris"] == [
        "brk-multihub://rollcall.example.org",
        "https://rollcall.example.org/addin/dialog.html",
        "https://rollcall.example.org/addin/pages.html",
    ]
    assert principal(tenant, backend)["appRoleAssignmentRequired"] is False
    assert principal(tenant, addin)
    assert assignments(tenant) == {
        *(("ada", "Rollcall.Admin"), ("mia", "Rollcall.Sender"), ("pilot", "Rollcall.Sender")),
        *(("otto", "Rollcall.Auditor"), ("svc", "Rollcall.ServiceAccount")),
    }


@pytest.mark.parametrize("lag", [0, 40])
def test_running_it_again_at_once_changes_nothing(lag: float) -> None:
    tenant = Tenant(lag=lag)
    values = AFTER | {"ROLLCALL_DIRECTORIES": "graph,exchange"}
    first = run(tenant, values)
    state = copy.deepcopy(tenant.state)
    assert run(tenant, values) == first
    assert tenant.state == state


def test_a_tenant_later_than_a_minute_is_told_and_can_be_gone_on_with() -> None:
    tenant = Tenant(lag=300)
    with pytest.raises(AzureFailed, match=r"said so for 60 seconds.+\n?.*run this again in some minutes"):
        run(tenant, AFTER)
    for _ in range(6):
        tenant.now += 300
        try:
            run(tenant, AFTER)
        except AzureFailed:
            continue
        break
    assert len(assignments(tenant)) == 5


def test_what_cannot_be_late_is_not_repeated() -> None:
    tenant = Tenant()
    with pytest.raises(AzureFailed, match=r"does not offer Lists\.Guess"):
        run(tenant, AFTER | {"ROLLCALL_GRAPH_SCOPES": "Directory.Read.All Lists.Guess"})
    assert tenant.now < 20


def test_a_wrong_id_is_named_after_a_minute() -> None:
    with pytest.raises(AzureFailed, match=r"nobody could not be assigned.+\n.+Is each id right"):
        run(Tenant(), AFTER | {"ROLLCALL_SENDER_IDS": "mia,nobody"})


def test_before_the_deployment_nothing_is_trusted_yet() -> None:
    tenant = Tenant()
    run(tenant, BEFORE)
    assert application(tenant, "api")["federated"] == {}
    assert "web" not in application(tenant, "api")
    run(tenant, AFTER)
    assert list(application(tenant, "api")["federated"]) == ["function-app"]


def test_it_asks_for_delegated_permissions_only() -> None:
    tenant = Tenant()
    run(tenant, AFTER | {"ROLLCALL_DIRECTORIES": "graph,exchange,ews"})
    graph, exchange = application(tenant, "api")["requiredResourceAccess"]
    assert (graph["resourceAppId"], exchange["resourceAppId"]) == (GRAPH, EXCHANGE)
    assert {one["type"] for one in graph["resourceAccess"] + exchange["resourceAccess"]} == {"Scope"}
    assert [one["id"] for one in exchange["resourceAccess"]] == [
        identify("Exchange.ManageV2"),
        identify("EWS.AccessAsUser.All"),
    ]
    asked = ("Directory.Read.All", "User.Read.All", "openid", "profile", "offline_access")
    assert [one["id"] for one in graph["resourceAccess"]] == [identify(name) for name in asked]


BASIS = {"ROLLCALL_INDIVIDUAL_BASIS": "consent"}


def test_the_add_in_alone_may_send_mail_and_only_where_each_recipient_gets_a_copy() -> None:
    tenant = Tenant()
    run(tenant, AFTER | {"ROLLCALL_MODES": "counting,individual"} | BASIS)
    [access] = application(tenant, "addin")["requiredResourceAccess"]
    assert access["resourceAccess"] == [{"id": identify("Mail.Send"), "type": "Scope"}]
    assert identify("Mail.Send") not in str(application(tenant, "api"))
    run(tenant, AFTER | {"ROLLCALL_MODES": "overall,anonymous"})  # by what they were called once
    assert application(tenant, "addin")["requiredResourceAccess"] == [access]
    for ceiling in (
        {"ROLLCALL_MODES": "counting,pseudonymous", "ROLLCALL_TRACKING": "counting"},
        {"ROLLCALL_MODES": "counting,pseudonymous", "ROLLCALL_TRACKING": "off"},
        {"ROLLCALL_MODES": "counting,individual"},  # nobody stated what it rests on
        {"ROLLCALL_MODES": "counting,individual", "ROLLCALL_TRACKING": "pseudonymous"} | BASIS,
    ):
        run(tenant, AFTER | ceiling)
        assert application(tenant, "addin")["requiredResourceAccess"] == []
    run(tenant, AFTER | {"ROLLCALL_MODES": "overall"})
    assert application(tenant, "addin")["requiredResourceAccess"] == []


def test_the_add_in_alone_may_read_mail_tips_and_only_where_they_are_asked_for() -> None:
    tenant = Tenant()
    run(tenant, AFTER | {"ROLLCALL_MODES": "counting,individual", "ROLLCALL_MAIL_TIPS": "yes"} | BASIS)
    [access] = application(tenant, "addin")["requiredResourceAccess"]
    tips = identify("MailTips.ReadBasic.Shared")
    assert [one["id"] for one in access["resourceAccess"]] == [identify("Mail.Send"), tips]
    assert tips not in str(application(tenant, "api"))
    run(tenant, AFTER | {"ROLLCALL_MAIL_TIPS": "no"})
    assert application(tenant, "addin")["requiredResourceAccess"] == []


def test_the_add_in_and_the_named_clients_may_call() -> None:
    tenant = Tenant()
    _, addin = run(tenant, AFTER | {"ROLLCALL_SETUP_CLIENT_IDS": "the-azure-cli"})
    admitted = application(tenant, "api")["api"]["preAuthorizedApplications"]
    assert [one["appId"] for one in admitted] == [addin, "the-azure-cli"]
    assert {one["delegatedPermissionIds"][0] for one in admitted} == {SCOPE["id"]}


def test_consent_is_given_for_the_service_account_alone() -> None:
    tenant = Tenant()
    run(tenant, AFTER | {"ROLLCALL_DIRECTORIES": "graph,exchange"})
    grants = list(tenant.state["grants"].values())
    assert {(one["consentType"], one["principalId"]) for one in grants} == {("Principal", "svc")}
    assert [one["scope"] for one in grants] == [
        "Directory.Read.All User.Read.All openid profile offline_access",
        "Exchange.ManageV2",
    ]


def test_a_consent_that_was_given_is_brought_up_to_date() -> None:
    tenant = Tenant(lag=40)
    run(tenant, AFTER)
    run(tenant, AFTER | {"ROLLCALL_GRAPH_SCOPES": "GroupMember.Read.All User.Read.All OrgContact.Read.All"})
    [grant] = tenant.state["grants"].values()
    assert grant["scope"].split()[:3] == ["GroupMember.Read.All", "User.Read.All", "OrgContact.Read.All"]


@pytest.mark.parametrize("lag", [0, 40])
def test_permissions_by_the_ids_of_an_earlier_version_are_replaced_and_nobody_loses_a_role(
    lag: float,
) -> None:
    tenant, said = Tenant(lag=lag), list[str]()
    backend, _ = run(tenant, AFTER)
    old = application(tenant, "api")
    old["appRoles"] = [one | {"id": "old-admin"} if one == ROLES["admin"] else one for one in old["appRoles"]]
    old["api"]["oauth2PermissionScopes"][0] = SCOPE | {"id": "old-scope"}
    old["api"]["preAuthorizedApplications"][0]["delegatedPermissionIds"] = ["old-scope"]
    for one in tenant.state["assignments"].values():
        if one["appRoleId"] == ROLES["admin"]["id"]:
            one |= {"appRoleId": "old-admin", "principalId": "ben"}
    tenant.past = [(float("-inf"), copy.deepcopy(tenant.state))]
    assert run(tenant, AFTER, said)[0] == backend
    assert application(tenant, "api")["appRoles"] == list(ROLES.values())
    assert {("ada", "Rollcall.Admin"), ("ben", "Rollcall.Admin")} <= assignments(tenant)
    assert len(said) == 1


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
    tenant = Tenant(cloud)
    run(tenant, AFTER)
    trust = application(tenant, "api")["federated"]["function-app"]
    assert trust["issuer"] == f"https://{login}/{TENANT}/v2.0"
    assert trust["audiences"] == [f"api://{audience}"]
    assert all(url.startswith(f"https://{graph}/v1.0/") for _, url in tenant.requests)


def test_the_name_of_an_earlier_version_can_be_kept() -> None:
    assert Wanted.of(AFTER | {"ROLLCALL_REGISTRATION_NAME": "rollcall-pilot"}).name == "rollcall-pilot"


def test_two_subscriptions_environments_of_one_name_are_two_registrations() -> None:
    other = NAMED | {"AZURE_SUBSCRIPTION_ID": "00000000-1234-1234-1234-123456789012"}
    assert Wanted.of(NAMED).name != Wanted.of(other).name


@pytest.mark.parametrize("missing", list(NAMED))
def test_what_the_name_is_made_of_is_asked_for(missing: str) -> None:
    with pytest.raises(Incomplete, match=f"azd env set {missing}"):
        Wanted.of({name: value for name, value in AFTER.items() if name != missing})


def test_an_unknown_directory_is_refused() -> None:
    with pytest.raises(Incomplete, match="ROLLCALL_DIRECTORIES: there is no directory notes"):
        Wanted.of(AFTER | {"ROLLCALL_DIRECTORIES": "graph,notes"})


def test_a_file_of_values_is_read_as_azd_writes_it() -> None:
    text = 'A="one,two"\n\n# no value\nB="with \\"quotes\\" and \\$"\nC=7\nexport D="x"\nE=""\n'
    assert read_values(text) == {"A": "one,two", "B": 'with "quotes" and $', "C": "7", "D": "x", "E": ""}
    with pytest.raises(Incomplete, match="Line 2"):
        read_values('A="1"\nERROR: no project exists\n')


@pytest.mark.parametrize(
    ("environment", "location", "token"),
    [
        ("pilot", "westeurope", "ba2v6g34stp2e"),
        ("Pilot_2.x", "northeurope", "qe73qxbqff666"),
        ("ab", "uk", "4z35svhkbvn3s"),
        ("produktion-1", "germanywestcentral", "w443obgn35g7a"),
    ],
)
def test_the_token_is_the_one_that_bicep_makes(environment: str, location: str, token: str) -> None:
    # By `bicep snapshot` of Bicep 0.49.2.
    assert name_registrations(NAMED["AZURE_SUBSCRIPTION_ID"], environment, location).endswith(f"-{token}")


def test_names_are_of_letters_that_a_unique_name_may_have() -> None:
    name = name_registrations(NAMED["AZURE_SUBSCRIPTION_ID"], "Pilot_2.x", "westeurope")
    assert name.startswith("rollcall-pilot-2-x-")


def test_every_permission_has_an_id_of_its_own() -> None:
    ids = [PERMISSIONS["scope"]["id"], *(role["id"] for role in ROLES.values())]
    assert len(set(ids)) == 1 + len(ROLES)

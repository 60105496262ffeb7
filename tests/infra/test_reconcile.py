"""What infra/entra/register.py finds that Entra grants beyond the settings, and takes away when told."""

from __future__ import annotations

import copy

import pytest

from infra.entra.registration.azure import AzureFailed
from infra.entra.registration.entra import Entra
from infra.entra.registration.reconciling import Excess, find_excess, withdraw
from infra.entra.registration.removing import find_registrations, remove
from infra.entra.registration.wanted import GRAPH, Wanted
from tests.support.entra_tenant import Tenant, identify
from tests.support.registrations import AFTER, application, assignments, principal, run

FULL = AFTER | {"ROLLCALL_DIRECTORIES": "graph,exchange", "ROLLCALL_SETUP_CLIENT_IDS": "the-azure-cli"}


@pytest.fixture
def tenant() -> Tenant:
    made = Tenant()
    run(made, FULL)
    return made


def find(tenant: Tenant, values: dict[str, str]) -> list[Excess]:
    """What is granted beyond these settings."""
    return find_excess(Entra(tenant, tenant.sleep, tenant.clock), Wanted.of(values))


def settle(tenant: Tenant, values: dict[str, str]) -> None:
    """Withdraw it."""
    entra = Entra(tenant, tenant.sleep, tenant.clock)
    withdraw(entra, find_excess(entra, Wanted.of(values)))


def test_what_was_just_made_is_what_the_settings_say(tenant: Tenant) -> None:
    assert find(tenant, FULL) == []


def test_without_a_registration_nothing_is_granted() -> None:
    assert find(Tenant(), FULL) == []


def test_looking_changes_nothing(tenant: Tenant) -> None:
    state = copy.deepcopy(tenant.state)
    assert find(tenant, NAMED_OTHERWISE)
    assert tenant.state == state


NAMED_OTHERWISE = FULL | {"ROLLCALL_ADMIN_IDS": "ben", "ROLLCALL_SENDER_IDS": "mia"}


def test_people_who_were_taken_off_the_lists_are_shown_and_lose_their_roles(tenant: Tenant) -> None:
    says = [one.says for one in find(tenant, NAMED_OTHERWISE)]
    assert says == ["Ada (ada) is assigned: Admin.", "Rollcall pilot (pilot) is assigned: Sender."]
    run(tenant, NAMED_OTHERWISE)
    settle(tenant, NAMED_OTHERWISE)
    assert assignments(tenant) == {
        *(("ben", "Rollcall.Admin"), ("mia", "Rollcall.Sender")),
        *(("otto", "Rollcall.Auditor"), ("svc", "Rollcall.ServiceAccount")),
    }
    assert find(tenant, NAMED_OTHERWISE) == []


def test_an_empty_list_is_no_decision_that_nobody_shall(tenant: Tenant) -> None:
    values = FULL | {"ROLLCALL_ADMIN_IDS": ""}
    [found] = find(tenant, values)
    assert (found.method, "ROLLCALL_ADMIN_IDS is empty" in found.remedy) == ("", True)
    settle(tenant, values)
    assert ("ada", "Rollcall.Admin") in assignments(tenant)


def test_exchange_taken_out_of_the_directories_is_not_consented_to_any_more(tenant: Tenant) -> None:
    values = FULL | {"ROLLCALL_DIRECTORIES": "graph"}
    [found] = find(tenant, values)
    assert found.says == "The backend may Exchange.ManageV2 as svc@contoso.com, which nothing needs."
    settle(tenant, values)
    assert ["Directory.Read.All" in one["scope"] for one in tenant.state["grants"].values()] == [True]


def test_a_permission_too_many_goes_and_the_others_stay(tenant: Tenant) -> None:
    next(iter(tenant.state["grants"].values()))["scope"] += " Mail.Read"
    settle(tenant, FULL)
    scopes = [one["scope"] for one in tenant.state["grants"].values()]
    assert scopes[0] == "Directory.Read.All User.Read.All openid profile offline_access"
    assert len(scopes) == 2


def test_another_service_account_leaves_no_consent_and_no_role_behind(tenant: Tenant) -> None:
    values = FULL | {"ROLLCALL_SERVICE_ACCOUNT_ID": "old"}
    run(tenant, values)
    assert len(find(tenant, values)) == 3
    settle(tenant, values)
    assert {one["principalId"] for one in tenant.state["grants"].values()} == {"old"}
    assert ("svc", "Rollcall.ServiceAccount") not in assignments(tenant)


def consent_for_everybody(tenant: Tenant) -> None:
    """What *Grant admin consent* does."""
    backend = principal(tenant, application(tenant, "api")["appId"])["id"]
    grant = {"clientId": backend, "resourceId": principal(tenant, GRAPH)["id"], "principalId": None}
    tenant.state["grants"]["all"] = grant | {
        "id": "all",
        "consentType": "AllPrincipals",
        "scope": "Directory.Read.All User.Read.All openid profile offline_access",
    }


def test_a_consent_for_everybody_is_too_much_where_one_account_is_named(tenant: Tenant) -> None:
    consent_for_everybody(tenant)
    [found] = find(tenant, FULL)
    assert "as everybody: the settings name one service account" in found.says
    settle(tenant, FULL)
    assert "all" not in tenant.state["grants"]


def test_a_consent_for_everybody_stays_where_no_account_is_named(tenant: Tenant) -> None:
    consent_for_everybody(tenant)
    assert [one.method for one in find(tenant, FULL | {"ROLLCALL_SERVICE_ACCOUNT_ID": ""})] == [""]


def test_whoever_could_sign_in_as_rollcall_is_shown_first_and_cannot_any_more(tenant: Tenant) -> None:
    api = application(tenant, "api")
    api["federated"]["github"] = {"id": "gh", "name": "github", "subject": "repo:someone/else"}
    api["passwordCredentials"] = [
        {"keyId": "k1", "displayName": "test", "endDateTime": "2027-05-01T00:00:00Z"}
    ]
    api["keyCredentials"] = [{"keyId": "k2", "displayName": None, "endDateTime": "2028-01-01T00:00:00Z"}]
    says = [one.says for one in find(tenant, FULL | {"ROLLCALL_SENDER_IDS": "mia"})]
    assert says[:3] == [
        "The backend trusts the federated credential github (repo:someone/else).",
        "The backend has a client secret, test until 2027-05-01: the setting is managed_identity.",
        "The backend has a certificate, k2 until 2028-01-01: the setting is managed_identity.",
    ]
    settle(tenant, FULL)
    api = application(tenant, "api")
    assert (list(api["federated"]), api["passwordCredentials"], api["keyCredentials"]) == (
        ["function-app"],
        [],
        [],
    )


@pytest.mark.parametrize("credential", ["secret", "certificate"])
def test_the_credential_that_the_setting_names_stays(tenant: Tenant, credential: str) -> None:
    kind = "passwordCredentials" if credential == "secret" else "keyCredentials"
    application(tenant, "api")[kind] = [{"keyId": "k1", "endDateTime": "2027-05-01T00:00:00Z"}]
    assert find(tenant, FULL | {"ROLLCALL_CREDENTIAL": credential}) == []


def test_a_client_and_an_identity_of_before_are_shown_and_making_mends_them(tenant: Tenant) -> None:
    values = FULL | {"ROLLCALL_SETUP_CLIENT_IDS": "", "ROLLCALL_IDENTITY_PRINCIPAL_ID": "another"}
    assert [one.says for one in find(tenant, values)] == [
        "The backend trusts the identity the-identity; the app's is another.",
        "The client the-azure-cli may call Rollcall without being asked.",
    ]
    run(tenant, values)
    assert find(tenant, values) == []


def test_senders_consents_to_mail_end_with_the_last_mode_that_needs_them(tenant: Tenant) -> None:
    copies = FULL | {"ROLLCALL_MODES": "counting,pseudonymous"}
    run(tenant, copies)
    addin = principal(tenant, application(tenant, "addin")["appId"])["id"]
    for person, scope in (("mia", "Mail.Send"), ("ben", "openid Mail.Send")):
        grant = {"clientId": addin, "resourceId": principal(tenant, GRAPH)["id"], "principalId": person}
        tenant.state["grants"][person] = grant | {"id": person, "consentType": "Principal", "scope": scope}
    assert find(tenant, copies) == []
    settle(tenant, FULL)
    assert "mia" not in tenant.state["grants"]
    assert tenant.state["grants"]["ben"]["scope"] == "openid"


def test_senders_consents_to_mail_tips_end_with_the_setting(tenant: Tenant) -> None:
    asking = FULL | {"ROLLCALL_MAIL_TIPS": "yes"}
    run(tenant, asking)
    addin = principal(tenant, application(tenant, "addin")["appId"])["id"]
    grant = {"id": "mia", "clientId": addin, "resourceId": principal(tenant, GRAPH)["id"]}
    grant |= {"principalId": "mia", "consentType": "Principal", "scope": "MailTips.ReadBasic.Shared"}
    tenant.state["grants"]["mia"] = grant
    assert find(tenant, asking) == []
    settle(tenant, FULL)
    assert "mia" not in tenant.state["grants"]


def test_a_role_that_is_no_more_is_withdrawn(tenant: Tenant) -> None:
    one = next(one for one in tenant.state["assignments"].values() if one["principalId"] == "ada")
    one["appRoleId"] = identify("gone")
    assert [found.says for found in find(tenant, FULL)] == ["Ada (ada) is assigned: a role that is no more."]


@pytest.mark.parametrize("lag", [0, 40])
def test_an_environment_that_is_removed_leaves_nothing_and_its_name_is_free(lag: float) -> None:
    tenant = Tenant(lag=lag)
    run(tenant, FULL)
    tenant.sleep(lag)
    entra = Entra(tenant, tenant.sleep, tenant.clock)
    found = find_registrations(entra, Wanted.of(FULL))
    assert [one.says.partition(":")[0] for one in found] == ["Rollcall", "Rollcall for Outlook"]
    remove(entra, found)
    for table in ("applications", "assignments", "grants", "deleted"):
        assert tenant.state[table] == {}, table
    tenant.sleep(lag)
    assert find_registrations(entra, Wanted.of(FULL)) == []
    run(tenant, FULL)
    assert len(assignments(tenant)) == 5


def test_a_name_that_a_deleted_registration_keeps_is_explained(tenant: Tenant) -> None:
    entra = Entra(tenant, tenant.sleep, tenant.clock)
    for one in find_registrations(entra, Wanted.of(FULL)):
        entra.delete(f"applications/{one.id}")
    with pytest.raises(AzureFailed, match="A deleted registration keeps its name for 30 days"):
        run(tenant, FULL)

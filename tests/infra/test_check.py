"""The table of `register.py check`: what a set-up needs of Entra, and whether it is there."""

from __future__ import annotations

import copy

import pytest

from infra.entra.register import run_check
from infra.entra.registration.checking import LOOK, MISSING, WELL, Finding, check
from infra.entra.registration.entra import Entra
from infra.entra.registration.wanted import Wanted
from tests.support.entra_tenant import Tenant
from tests.support.registrations import AFTER, BEFORE, application, principal, run

FULL = AFTER | {"ROLLCALL_DIRECTORIES": "graph,exchange,ews"}


@pytest.fixture
def tenant() -> Tenant:
    made = Tenant()
    run(made, FULL)
    return made


def look(tenant: Tenant, values: dict[str, str]) -> list[Finding]:
    """The table's lines."""
    return check(Entra(tenant, tenant.sleep, tenant.clock), Wanted.of(values))


def missing(tenant: Tenant, values: dict[str, str]) -> dict[str, str]:
    """What is missing, and what helps."""
    return {one.what: one.helps for one in look(tenant, values) if one.state == MISSING}


def unseen(tenant: Tenant, values: dict[str, str]) -> dict[str, str]:
    """What is to be looked at elsewhere, and where."""
    return {one.what: one.helps for one in look(tenant, values) if one.state == LOOK}


def test_after_register_py_nothing_is_missing_and_nothing_was_changed(
    tenant: Tenant, capsys: pytest.CaptureFixture[str]
) -> None:
    state = copy.deepcopy(tenant.state)
    assert run_check(Entra(tenant, tenant.sleep, tenant.clock), Wanted.of(FULL)) == 0
    assert tenant.state == state
    said = capsys.readouterr().out
    assert "well     consent to Exchange.ManageV2\n" in said
    assert said.endswith("Missing: 0. To look at yourself: 4.\n")


def test_what_the_azure_cli_may_not_read_is_neither_well_nor_missing(tenant: Tenant) -> None:
    assert list(unseen(tenant, FULL)) == [
        "Conditional Access, security defaults",
        "Exchange role of the service account",
        "mailbox, and allow-list of EWS",
        "the add-in in Outlook",
    ]


def test_before_anything_is_made_both_registrations_are_missing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tenant = Tenant()
    assert list(missing(tenant, FULL)) == ["registration of the backend", "registration of the add-in"]
    assert run_check(Entra(tenant, tenant.sleep, tenant.clock), Wanted.of(FULL)) == 1
    assert "Missing: 2." in capsys.readouterr().out


def test_before_the_deployment_its_address_and_identity_are_not_known() -> None:
    tenant = Tenant()
    run(tenant, BEFORE)
    assert missing(tenant, BEFORE) == {}
    told = unseen(tenant, BEFORE)
    names = ("trust in the function app's identity", "sign-in's address", "the add-in's addresses")
    assert {told[name] for name in names} == {"Not known before azd up."}
    assert set(missing(tenant, AFTER)) == set(names)


@pytest.mark.parametrize(
    ("is_so", "what"),
    [
        ({"userType": "Guest"}, "service account is a member"),
        ({"accountEnabled": False}, "service account is enabled"),
        ({"roles": ["Global Administrator"]}, "service account has no Entra role"),
    ],
)
def test_a_service_account_that_is_not_as_it_should_be_is_named(
    tenant: Tenant, is_so: dict[str, object], what: str
) -> None:
    tenant.people["svc"] = is_so
    assert list(missing(tenant, FULL)) == [what]


def test_an_account_that_is_nobody_is_missing(tenant: Tenant) -> None:
    assert "service account" in missing(tenant, FULL | {"ROLLCALL_SERVICE_ACCOUNT_ID": "who"})


def test_consent_that_was_taken_away_is_named_by_its_permission(tenant: Tenant) -> None:
    for grant in tenant.state["grants"].values():
        grant["scope"] = grant["scope"].replace("Exchange.ManageV2 ", "")
    assert missing(tenant, FULL) == {"consent to Exchange.ManageV2": "setup.md, step 3."}


def test_another_accounts_consent_is_not_the_service_accounts(tenant: Tenant) -> None:
    for grant in tenant.state["grants"].values():
        grant["principalId"] = "old"
    assert "consent to Directory.Read.All" in missing(tenant, FULL)


def test_who_lacks_a_role_is_named_and_an_auditor_need_not_be(tenant: Tenant) -> None:
    told = missing(tenant, FULL | {"ROLLCALL_ADMIN_IDS": "ada,ben"})
    assert told["role Admin"].startswith("Not assigned to ben.")
    alone = Tenant()
    nobody = FULL | {"ROLLCALL_ADMIN_IDS": "", "ROLLCALL_AUDITOR_IDS": ""}
    run(alone, nobody)
    assert missing(alone, nobody) == {"role Admin": "Nobody has it; ROLLCALL_ADMIN_IDS is empty."}
    assert "role Auditor" in unseen(alone, nobody)


def test_more_than_the_settings_say_is_counted(tenant: Tenant) -> None:
    told = missing(tenant, FULL | {"ROLLCALL_SENDER_IDS": "mia"})
    assert told == {"nothing granted beyond the settings": "1 too many. See: register.py reconcile"}


def test_a_secret_that_the_setting_names_must_be_there(tenant: Tenant) -> None:
    values = FULL | {"ROLLCALL_CREDENTIAL": "secret"}
    assert "a secret for the backend" in missing(tenant, values)
    application(tenant, "api")["passwordCredentials"] = [{"keyId": "k", "endDateTime": "2027-05-01"}]
    assert missing(tenant, values) == {}


def test_the_addins_permission_is_asked_of_each_sender_until_it_is_granted_for_all(tenant: Tenant) -> None:
    values = FULL | {"ROLLCALL_MAIL_TIPS": "yes"}
    what = "the add-in's consent to MailTips.ReadBasic.Shared"
    assert unseen(tenant, values)[what] == "Not for everybody: each sender is asked once."
    addin = principal(tenant, application(tenant, "addin")["appId"])["id"]
    graph = principal(tenant, "00000003-0000-0000-c000-000000000000")["id"]
    tenant.state["grants"]["all"] = {
        "id": "all",
        "clientId": addin,
        "resourceId": graph,
        "principalId": None,
        "consentType": "AllPrincipals",
        "scope": "MailTips.ReadBasic.Shared",
    }
    assert WELL in [one.state for one in look(tenant, values) if one.what == what]

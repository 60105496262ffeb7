"""What a set-up needs, line by line, as the page Connection has it: through the public door."""

from __future__ import annotations

from typing import Any

import pytest

from infra.entra.registration.checking import check
from infra.entra.registration.entra import Entra
from infra.entra.registration.wanted import Wanted
from shared.account.needs import ROLES, SIGN_IN, needs
from shared.account.setup import _REFUSED_FOR
from shared.adapters.entra.refusals import _BY_ERROR, NO_ACCOUNT, REFUSALS, WRONG_TENANT
from shared.services.process import services
from tests.support.api import ADA, SALES, Api
from tests.support.entra_tenant import Tenant
from tests.support.registrations import AFTER, run

KIOSK = "warehouse-kiosk@company.com"  # has no mailbox


def look(api: Api) -> dict[tuple[str, str], dict[str, Any]]:
    """The lines by what they are about."""
    answer = api.as_person(ADA).call("GET", "/api/connection")
    assert answer.status_code == 200, answer.text
    return {(one["name"], one["of"]): one for one in answer.json()["setup"]}


def states(api: Api) -> dict[str, str]:
    return {":".join(filter(None, need)): one["state"] for need, one in look(api).items()}


def those(api: Api, state: str) -> set[str]:
    return {need for need, found in states(api).items() if found == state}


def set_anew(monkeypatch: pytest.MonkeyPatch, **settings: str) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(f"ROLLCALL_{name}", value)
    services.cache_clear()


def test_connected_what_the_sign_in_shows_is_well_and_nothing_else_is_said_to_be(api: Api) -> None:
    found = states(api)
    assert those(api, "missing") == set()
    assert those(api, "well") == {
        *("account", "account_enabled", "account_member", "account_roles", "backend", "backend_principal"),
        *("role:admin", "addin", "addin_principal", "policies"),
        *(f"consent:{name}" for name in ("Directory.Read.All", "User.Read.All", *SIGN_IN)),
        *(need for need in found if need.startswith("proof")),
    }


@pytest.mark.parametrize(
    "settings",
    [
        {"DIRECTORIES": "graph"},
        {"DIRECTORIES": "graph,exchange,ews", "MODES": "counting,pseudonymous", "MAIL_TIPS": "yes"},
        {"DIRECTORIES": "graph,exchange", "MODES": "counting,individual", "INDIVIDUAL_BASIS": "consent"},
        {"GRAPH_SCOPES": "GroupMember.Read.All User.Read.All OrgContact.Read.All", "CREDENTIAL": "secret"},
    ],
)
def test_the_page_asks_for_the_same_lines_as_register_py_check_in_the_same_order(
    api: Api, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str]
) -> None:
    set_anew(monkeypatch, **({"CREDENTIAL": "managed_identity", "MODES": "counting"} | settings))
    asked = list(services().connection.asked)
    tenant = Tenant()
    values = AFTER | {f"ROLLCALL_{name}": value for name, value in settings.items()}
    run(tenant, values)
    table = check(Entra(tenant, tenant.sleep, tenant.clock), Wanted.of(values))
    assert [one.need for one in table] == asked
    assert [need for need in asked if need.name == "role"] == [("role", role) for role in ROLES]


def test_without_an_account_only_that_is_missing_and_all_else_is_to_be_looked_at(unconnected: Api) -> None:
    found = look(unconnected)
    assert those(unconnected, "missing") == {"account"}
    assert found["account", ""]["text"] == "No service account is connected."
    # The person who looks is an admin, and has come by the add-in.
    assert those(unconnected, "well") == {"role:admin", "addin", "addin_principal"}


def test_a_disabled_account_is_named_with_what_entra_said_and_nothing_that_went_unasked_is_well(
    api: Api,
) -> None:
    api.sandbox.world.switches.set(account_disabled=True)
    found = look(api)
    assert those(api, "missing") == {"account_enabled"}
    assert found["account_enabled", ""]["text"] == "The service account is disabled."
    assert those(api, "well") == {"role:admin", "addin", "addin_principal"}


@pytest.mark.parametrize(
    ("switch", "line"),
    [
        ("conditional_access", "policies"),
        ("sessions_revoked", "account"),
        ("mfa_required", "policies"),
        ("account_locked", "account_enabled"),
        ("user_not_assigned", "role:serviceAccount"),
        ("app_disabled", "backend"),
        ("client_secret_expired", "proof:secret"),
    ],
)
def test_what_entra_refuses_the_sign_in_for_is_the_line_that_is_missing(
    api: Api, switch: str, line: str
) -> None:
    api.sandbox.world.switches.set(**{switch: True})
    assert those(api, "missing") == {line}
    assert those(api, "well") == {"role:admin", "addin", "addin_principal"}


def test_each_refusal_that_names_a_line_is_one_that_there_is() -> None:
    given = {one.reason for one in [*REFUSALS.values(), *_BY_ERROR.values(), NO_ACCOUNT, WRONG_TENANT]}
    assert set(_REFUSED_FOR) <= given
    assert set(_REFUSED_FOR.values()) <= {need.name for need in needs([], [], "secret")}


def test_consent_that_nobody_gave_is_missing_by_its_permission(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_anew(monkeypatch, DIRECTORIES="graph,exchange")
    api.sandbox.world.switches.set(consent_missing=["Exchange.ManageV2"])
    assert those(api, "missing") == {"consent:Exchange.ManageV2"}
    assert "consent:Directory.Read.All" in those(api, "well")


def test_an_account_with_a_role_in_entra_is_told_from_one_without(api: Api) -> None:
    assert states(api)["account_roles"] == "well"
    api.sandbox.world.service_account.directory_roles.append("Privileged Role Administrator")
    assert states(api)["account_roles"] == "missing"


def test_roles_that_the_narrower_permissions_do_not_show_are_not_taken_for_none(
    unconnected: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_anew(monkeypatch, GRAPH_SCOPES="GroupMember.Read.All User.Read.All OrgContact.Read.All")
    unconnected.connect()
    assert states(unconnected)["account_roles"] == "look"


def test_more_than_is_needed_is_a_finding_and_nothing_more_is_none(unconnected: Api) -> None:
    unconnected.connect()
    assert states(unconnected)["beyond"] == "look"
    unconnected.sandbox.world.switches.set(consent_beyond=["Mail.Send"])
    unconnected.connect()
    assert states(unconnected)["beyond"] == "missing"


def test_an_account_without_a_mailbox_cannot_ask_exchange_web_services(
    unconnected: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_anew(monkeypatch, DIRECTORIES="graph,ews")
    unconnected.connect()
    assert states(unconnected)["ews_mailbox"] == "look"
    unconnected.connect(KIOSK)
    assert states(unconnected)["ews_mailbox"] == "missing"


def test_a_directory_that_refused_names_its_role(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    set_anew(monkeypatch, DIRECTORIES="graph,exchange")
    api.connect()
    assert states(api)["exchange_role"] == "look"
    api.sandbox.world.service_account.exchange_roles.clear()
    api.expand(SALES)
    assert states(api)["exchange_role"] == "missing"


def test_graph_that_does_not_answer_leaves_the_account_unseen(api: Api) -> None:
    api.sandbox.world.faults.set([{"service": "graph", "status": 503}])
    found = states(api)
    assert (found["account"], found["account_member"], found["account_roles"]) == ("well", "look", "look")

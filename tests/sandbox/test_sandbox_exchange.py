"""The simulated Exchange Online Admin API behaves as the preview is documented, or was seen to."""

from __future__ import annotations

import time
from typing import Any

import pytest
import requests

from sandbox.exchange import quirks, recipients
from sandbox.server.server import Running
from sandbox.tenant.tenant import Group, Person
from tests.support import directories as those

STATIC, DYNAMIC = "DistributionGroupMember", "DynamicDistributionGroupMember"
SELECT = "DisplayName,PrimarySmtpAddress,RecipientType,RecipientTypeDetails,ExternalEmailAddress"
NOT_FOUND = "Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException"


class AdminApi:
    """A caller of the Admin API with the permission it needs, unless told otherwise."""

    def __init__(
        self, running: Running, scope: str = "Exchange.ManageV2", person: Person = those.SERVICE
    ) -> None:
        self.world = running.world
        self.root = f"{running.origin}/adminapi/v2.0/{running.world.tenant.tenant_id}"
        self.session = those.session(running, scope, person=person)
        self.session.headers["X-AnchorMailbox"] = f"AAD-UPN:{person.upn}"

    def post(self, endpoint: str, body: Any) -> requests.Response:
        url = endpoint if endpoint.startswith("https:") else f"{self.root}/{endpoint}"
        return self.session.post(url, json=body, timeout=10)

    def ask(self, identity: Any, endpoint: str = STATIC, query: str = "", **more: Any) -> requests.Response:
        return self.post(endpoint + query, command(identity, endpoint, **more))


def command(identity: Any, endpoint: str = STATIC, **more: Any) -> dict[str, Any]:
    parameters = {"Identity": identity} | more
    return {"CmdletInput": {"CmdletName": f"Get-{endpoint}", "Parameters": parameters}}


def names(answer: requests.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [item["DisplayName"] for item in answer.json()["value"]]


def reason(answer: requests.Response) -> str:
    """The type of the exception in an error, once its form is right."""
    error = answer.json()["error"]
    inner = error["innererror"]["internalexception"]
    assert error["details"][0]["message"].endswith(f"|{inner['type']}|{inner['message']}")
    return str(inner["type"])


@pytest.fixture
def running(tenant_company: Running) -> Running:
    tenant_company.world.load(those.tenant())
    return tenant_company


@pytest.fixture
def api(running: Running) -> AdminApi:
    return AdminApi(running)


def test_direct_members_of_every_kind_are_listed_with_their_type(api: AdminApi) -> None:
    page = api.ask(those.TEAM.address, query=f"?$select={SELECT}").json()
    types = {item["DisplayName"]: item["RecipientTypeDetails"] for item in page["value"]}
    assert types == {
        "Alice Arden": "UserMailbox",
        "Bob": "UserMailbox",
        "Carol": "UserMailbox",
        "Guest": "GuestMailUser",
        "Kiosk": "User",
        "Reception": "SharedMailbox",
        "Partner": "MailContact",
        "Nested": "MailUniversalSecurityGroup",
        "Access": "UniversalSecurityGroup",
        "Dynamic": "DynamicDistributionGroup",
        "Folder": "PublicFolder",
        "Unified": "GroupMailbox",
    }


def test_a_dynamic_list_is_listed_with_the_lists_in_it(api: AdminApi) -> None:
    assert names(api.ask(those.DYNAMIC.address, DYNAMIC)) == ["Alice Arden", "Nested"]


@pytest.mark.parametrize(
    "identity",
    ["team@company.example", "TEAM@company.example", "crew@company.example", those.TEAM.id, "Team"],
    ids=["address", "capitals", "alias", "id", "name"],
)
def test_a_list_is_named_by_address_alias_id_or_name(api: AdminApi, identity: str) -> None:
    assert "Alice Arden" in names(api.ask(identity))


def test_a_list_is_named_by_the_id_that_exchange_gave_it(api: AdminApi) -> None:
    (nested,) = [item for item in api.ask(those.TEAM.id).json()["value"] if item["DisplayName"] == "Nested"]
    assert nested["Guid"] == recipients.guid_of(those.NESTED) != nested["ExternalDirectoryObjectId"]
    assert "Una O'Brien" in names(api.ask(nested["Guid"]))


def test_hidden_lists_and_lists_hidden_from_address_lists_are_listed(api: AdminApi) -> None:
    for group in (those.SECRET, those.QUIET):
        assert names(api.ask(group.address)) == ["Alice Arden", "Bob"]


def test_members_from_outside_have_an_external_address_with_its_protocol(api: AdminApi) -> None:
    items = {item["DisplayName"]: item for item in api.ask(those.TEAM.id).json()["value"]}
    assert items["Partner"]["ExternalEmailAddress"] == "SMTP:partner@x.example"
    assert items["Guest"]["ExternalEmailAddress"] == "SMTP:guest@x.example"
    assert items["Alice Arden"]["ExternalEmailAddress"] is None


def test_a_guest_goes_by_the_address_that_entra_made_up(api: AdminApi) -> None:
    (guest,) = [item for item in api.ask(those.TEAM.id).json()["value"] if item["DisplayName"] == "Guest"]
    assert guest["PrimarySmtpAddress"] == those.GUEST.upn
    assert guest["EmailAddresses"] == [f"SMTP:{those.GUEST.upn}"]


def test_a_dynamic_list_that_is_being_worked_out_shows_nobody(api: AdminApi) -> None:
    quirks.of(api.world).admin_working_out = True
    assert names(api.ask(those.DYNAMIC.address, DYNAMIC)) == []
    assert names(api.ask(those.SECRET.address)) == ["Alice Arden", "Bob"]


def test_what_entra_does_not_know_has_no_id_there(api: AdminApi) -> None:
    items = {item["DisplayName"]: item for item in api.ask(those.TEAM.id).json()["value"]}
    assert items["Dynamic"]["ExternalDirectoryObjectId"] == ""
    assert items["Alice Arden"]["ExternalDirectoryObjectId"] == those.ALICE.id


def test_a_select_leaves_what_was_asked_for_and_keys_about_types(api: AdminApi) -> None:
    page = api.ask(those.SECRET.id, query="?$select=DisplayName,RecipientTypeDetails").json()
    assert set(page["value"][0]) == {"DisplayName", "RecipientTypeDetails", "RecipientTypeDetails@data.type"}
    assert page["@adminapi.warnings"] == []


def test_pages_of_a_thousand_follow_by_posting_the_same_body(api: AdminApi) -> None:
    body = command(those.CROWD.address)
    answer = api.post(f"{STATIC}?$select=DisplayName", body)
    pages = [names(answer)]
    while link := answer.json().get("@odata.nextLink"):
        assert link.startswith(f"{api.root}/{STATIC}?$select=DisplayName&$skiptoken=")
        answer = api.post(link, body)
        pages.append(names(answer))
    assert [len(page) for page in pages] == [1000, 1000, 500]
    assert len({name for page in pages for name in page}) == those.LONG


def test_a_next_link_takes_neither_get_nor_another_body_nor_another_select(api: AdminApi) -> None:
    body = command(those.CROWD.address)
    link = api.post(f"{STATIC}?$select=DisplayName", body).json()["@odata.nextLink"]
    assert api.session.get(link, timeout=10).status_code == 405
    assert api.post(link, command(those.TEAM.address)).status_code == 400
    assert api.post(link.replace("=DisplayName", "=Alias"), body).status_code == 400
    assert api.post(link, body).status_code == 200


def test_a_next_link_expires(api: AdminApi) -> None:
    quirks.of(api.world).admin_link_lifetime = 0.05
    body = command(those.CROWD.address)
    link = api.post(STATIC, body).json()["@odata.nextLink"]
    time.sleep(0.1)
    assert api.post(link, body).status_code == 400


def test_a_result_size_cuts_the_list_with_a_warning(api: AdminApi) -> None:
    page = api.ask(those.TEAM.address, ResultSize=5).json()
    assert len(page["value"]) == 5
    assert page["@adminapi.warnings"]
    assert "@odata.nextLink" not in page


def test_a_result_size_that_suffices_warns_of_nothing(api: AdminApi) -> None:
    for size in (100, "Unlimited"):
        page = api.ask(those.TEAM.address, ResultSize=size).json()
        assert (len(page["value"]), page["@adminapi.warnings"]) == (12, [])


def test_a_list_may_come_cut_with_nothing_but_a_warning(api: AdminApi) -> None:
    quirks.of(api.world).admin_longest_list = 3
    page = api.ask(those.TEAM.address).json()
    assert len(page["value"]) == 3
    assert page["@adminapi.warnings"]
    assert api.ask(those.EMPTY.address).json()["@adminapi.warnings"] == []


@pytest.mark.parametrize(
    ("group", "endpoint"),
    [
        (those.DYNAMIC, STATIC),
        (those.TEAM, DYNAMIC),
        (those.UNIFIED, STATIC),
        (those.FOLDER, STATIC),
        (Group("", "", "", "nobody@company.example"), STATIC),
    ],
    ids=["dynamic at static", "static at dynamic", "microsoft 365 group", "public folder", "nobody"],
)
def test_what_the_endpoint_does_not_know_is_not_found(api: AdminApi, group: Group, endpoint: str) -> None:
    answer = api.ask(group.address, endpoint)
    assert (answer.status_code, reason(answer)) == (404, NOT_FOUND)
    assert answer.json()["error"]["details"][0]["message"].startswith("Ex6F9304|")


def test_an_address_of_two_lists_is_refused(api: AdminApi) -> None:
    answer = api.ask(those.TWINS[0].address)
    assert answer.status_code == 400
    assert reason(answer).endswith("ManagementObjectAmbiguousException")


@pytest.mark.parametrize("identity", ["", "  ", None])
def test_an_empty_identity_is_refused_and_stands_in_the_journal(api: AdminApi, identity: str | None) -> None:
    api.world.journal.clear()
    assert api.ask(identity).status_code == 400
    until = time.monotonic() + 5
    while not api.world.journal and time.monotonic() < until:  # written once the answer is on its way
        time.sleep(0.01)
    assert [(arrival.service, arrival.status) for arrival in api.world.journal] == [("exchange", 400)]


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"CmdletInput": {"CmdletName": "Get-Mailbox", "Parameters": {"Identity": "team@company.example"}}},
        {"CmdletInput": {"CmdletName": f"Get-{STATIC}", "Parameters": {}}},
        command("team@company.example", Identiy="x"),
        command("team@company.example", ResultSize="All"),
        command("team@company.example", ResultSize=0),
    ],
    ids=["nothing", "array", "other cmdlet", "no identity", "misspelt", "size in words", "size nought"],
)
def test_a_body_that_is_not_as_documented_is_refused(api: AdminApi, body: Any) -> None:
    answer = api.post(STATIC, body)
    assert answer.status_code == 400
    assert reason(answer)


@pytest.mark.parametrize("query", ["?$select=Mail", "?$top=5", "?select=Alias"])
def test_a_query_option_that_is_not_documented_is_refused(api: AdminApi, query: str) -> None:
    assert api.ask(those.TEAM.address, query=query).status_code == 400


@pytest.mark.parametrize("anchor", ["", "rollcall@company.example"])
def test_the_anchor_mailbox_is_required(api: AdminApi, anchor: str) -> None:
    api.session.headers["X-AnchorMailbox"] = anchor
    assert api.ask(those.TEAM.address).status_code == 400


def test_anything_but_post_is_refused(api: AdminApi) -> None:
    answer = api.session.get(f"{api.root}/{STATIC}", timeout=10)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


@pytest.mark.parametrize(
    ("scope", "person"),
    [("Exchange.ManageV2", those.ALICE), ("EWS.AccessAsUser.All", those.SERVICE)],
    ids=["role missing", "permission missing"],
)
def test_without_a_role_or_a_permission_the_refusal_is_no_json(
    running: Running, scope: str, person: Person
) -> None:
    answer = AdminApi(running, scope, person).ask(those.TEAM.address)
    assert answer.status_code == 403
    assert set(answer.content) == {0}


@pytest.mark.parametrize(
    "flaw", [{"exp": 1_700_000_000}, {"aud": "https://graph.microsoft.com"}], ids=["expired", "for graph"]
)
def test_an_access_token_with_a_flaw_is_refused(running: Running, flaw: dict[str, Any]) -> None:
    api = AdminApi(running)
    token = those.access_token(running, "Exchange.ManageV2", **flaw)
    api.session.headers["Authorization"] = f"Bearer {token}"
    answer = api.ask(those.TEAM.address)
    assert (answer.status_code, answer.content) == (401, b"")


def test_where_the_preview_is_off_there_is_nothing(api: AdminApi) -> None:
    api.world.switches.exchange_api_disabled = True
    answer = api.ask(those.TEAM.address)
    assert (answer.status_code, answer.content) == (404, b"")


@pytest.mark.parametrize("path", ["Mailbox", "../99999999-9999-4999-8999-999999999999/" + STATIC])
def test_other_endpoints_and_other_tenants_are_not_there(api: AdminApi, path: str) -> None:
    root, _, last = path.rpartition("/")
    url = api.root.rpartition("/")[0] + root.removeprefix("..") + f"/{last}" if root else f"{api.root}/{last}"
    assert api.post(url, command(those.TEAM.address)).status_code == 404

"""The simulated Exchange Web Services speak Microsoft's schemas, and exchangelib understands them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from exchangelib import Build, Configuration, Credentials, OAuth2AuthorizationCodeCredentials, Version
from exchangelib.errors import (
    ErrorAccessDenied,
    ErrorMailRecipientNotFound,
    ErrorNameResolutionMultipleResults,
    ErrorNameResolutionNoMailbox,
    ErrorNameResolutionNoResults,
    ErrorServerBusy,
    TransportError,
    UnauthorizedError,
)
from exchangelib.properties import DLMailbox
from exchangelib.protocol import FailFast, Protocol
from exchangelib.services import ExpandDL

from sandbox.exchange import quirks
from sandbox.server.server import Running
from sandbox.tenant.tenant import Group, Person
from tests.support import directories as those

SCHEMAS = Path(__file__).parents[3] / "shared" / "data" / "ews-schemas"
SCOPE = "EWS.AccessAsUser.All"
MESSAGES = "http://schemas.microsoft.com/exchange/services/2006/messages"
TYPES = "http://schemas.microsoft.com/exchange/services/2006/types"


class Ews:
    """A caller of EWS, through exchangelib and by hand."""

    def __init__(self, running: Running, person: Person = those.SERVICE, scope: str = SCOPE) -> None:
        self.world = running.world
        self.url = f"{running.origin}/EWS/Exchange.asmx"
        self.session = those.session(running, scope, person=person)
        token = {"access_token": those.access_token(running, scope, person=person), "token_type": "Bearer"}
        self.protocol = self.connect(OAuth2AuthorizationCodeCredentials(access_token=token))

    def connect(self, credentials: Any) -> Any:
        return Protocol(
            config=Configuration(
                service_endpoint=self.url,
                credentials=credentials,
                version=Version(build=Build(15, 20)),
                retry_policy=FailFast(),
            )
        )

    def expand(self, address: str | None) -> list[Any]:
        mailbox = DLMailbox(email_address=address, mailbox_type="PublicDL")
        return list(ExpandDL(protocol=self.protocol).call(distribution_list=mailbox))

    def post(self, operation: str, version: str = "Exchange2016") -> requests.Response:
        body = (
            '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" '
            f'xmlns:m="{MESSAGES}" xmlns:t="{TYPES}"><s:Header><t:RequestServerVersion Version="{version}"/>'
            f"</s:Header><s:Body>{operation}</s:Body></s:Envelope>"
        )
        return self.post_raw(body.encode())

    def post_raw(self, body: bytes) -> requests.Response:
        headers = {"Content-Type": "text/xml; charset=utf-8"}
        return self.session.post(self.url, data=body, headers=headers, timeout=10)


def expand_dl(address: str | None) -> str:
    mailbox = f"<t:EmailAddress>{address}</t:EmailAddress>" if address else ""
    return f"<m:ExpandDL><m:Mailbox>{mailbox}</m:Mailbox></m:ExpandDL>"


def resolve_names(entry: str) -> str:
    return (
        '<m:ResolveNames ReturnFullContactData="false" SearchScope="ActiveDirectory">'
        f"<m:UnresolvedEntry>{entry}</m:UnresolvedEntry></m:ResolveNames>"
    )


@pytest.fixture
def running(tenant_company: Running) -> Iterator[Running]:
    tenant_company.world.load(those.tenant())
    # It logs what it was refused, and the list's address with it.
    logging.getLogger("exchangelib").setLevel(logging.CRITICAL)
    yield tenant_company
    logging.getLogger("exchangelib").setLevel(logging.NOTSET)


@pytest.fixture
def ews(running: Running) -> Ews:
    return Ews(running)


# ExpandDL.


def test_direct_members_are_listed_with_their_kind(ews: Ews) -> None:
    kinds = {member.email_address: member.mailbox_type for member in ews.expand(those.TEAM.address)}
    assert kinds == {
        "Alice@company.example": "Mailbox",
        "bob@company.example": "Mailbox",
        "carol@company.example": "Mailbox",
        "guest@x.example": "Mailbox",
        "reception@company.example": "Mailbox",
        "partner@x.example": "Contact",
        "nested@company.example": "PublicDL",
        "dynamic@company.example": "PublicDL",
        "folder@company.example": "PublicFolder",
        "unified@company.example": "GroupMailbox",
    }


@pytest.mark.parametrize(
    "address", ["team@company.example", "CREW@company.example", "smtp:team@company.example"]
)
def test_a_list_is_expanded_by_any_of_its_addresses(ews: Ews, address: str) -> None:
    assert len(ews.expand(address)) == 10


def test_a_dynamic_list_is_expanded(ews: Ews) -> None:
    members = [member.email_address for member in ews.expand(those.DYNAMIC.address)]
    assert members == ["Alice@company.example", "nested@company.example"]


def test_a_long_list_comes_whole_in_one_answer(ews: Ews) -> None:
    assert len(ews.expand(those.CROWD.address)) == those.LONG


def test_an_empty_list_has_no_members(ews: Ews) -> None:
    assert ews.expand(those.EMPTY.address) == []


@pytest.mark.parametrize(
    "group",
    [those.QUIET, those.UNIFIED, those.FOLDER, Group("", "Nobody", "", "nobody@company.example")],
    ids=lambda group: group.name,
)
def test_what_is_no_list_of_the_address_book_is_not_found(ews: Ews, group: Group) -> None:
    with pytest.raises(ErrorNameResolutionNoResults):
        ews.expand(group.address)


def test_a_list_that_is_not_there_may_be_an_empty_success(ews: Ews) -> None:
    quirks.of(ews.world).ews_missing_is_empty = True
    assert ews.expand("nobody@company.example") == []


def test_hidden_members_are_refused(ews: Ews) -> None:
    with pytest.raises(ErrorAccessDenied):
        ews.expand(those.SECRET.address)


def test_an_address_of_two_lists_is_refused(ews: Ews) -> None:
    with pytest.raises(ErrorNameResolutionMultipleResults):
        ews.expand(those.TWINS[0].address)


def test_a_cut_list_says_so_where_exchangelib_does_not_look(ews: Ews) -> None:
    quirks.of(ews.world).ews_longest_list = 3
    assert len(ews.expand(those.TEAM.address)) == 3
    text = ews.post(expand_dl(those.TEAM.address)).text
    assert 'TotalItemsInView="10" IncludesLastItemInRange="false"' in text


def test_a_member_may_come_by_its_x500_name_that_can_be_resolved(ews: Ews) -> None:
    quirks.of(ews.world).ews_x500_member = True
    first = ews.expand(those.TEAM.address)[0]
    assert first.routing_type == "EX"
    assert first.email_address.startswith("/o=ExchangeLabs/")
    for name in (first.email_address, f"EX:{first.email_address}"):
        (resolved,) = ews.protocol.resolve_names([name])
        assert (resolved.email_address, resolved.routing_type) == ("Alice@company.example", "SMTP")


def test_an_error_may_stand_among_the_members(ews: Ews) -> None:
    quirks.of(ews.world).ews_broken_member = True
    *members, last = ews.expand(those.TEAM.address)
    assert len(members) == 10
    assert isinstance(last, ErrorMailRecipientNotFound)


def test_an_account_without_mailbox_gets_nothing(running: Running) -> None:
    with pytest.raises(ErrorNameResolutionNoMailbox):
        Ews(running, those.KIOSK).expand(those.TEAM.address)


# ResolveNames and ConvertId.


@pytest.mark.parametrize(
    ("entry", "address", "kind"),
    [
        ("smtp:team@company.example", "team@company.example", "PublicDL"),
        ("smtp:ali@company.example", "Alice@company.example", "Mailbox"),
        ("Alice", "Alice@company.example", "Mailbox"),
        ("partner@x.example", "partner@x.example", "Contact"),
        ("unified", "unified@company.example", "GroupMailbox"),
    ],
)
def test_a_name_is_resolved(ews: Ews, entry: str, address: str, kind: str) -> None:
    (found,) = ews.protocol.resolve_names([entry])
    assert (found.email_address, found.mailbox_type) == (address, kind)


@pytest.mark.parametrize("entry", ["smtp:nobody@company.example", "smtp:quiet@company.example", "Kiosk"])
def test_a_name_that_nothing_visible_has_is_told_as_an_error_in_its_place(ews: Ews, entry: str) -> None:
    (found,) = ews.protocol.resolve_names([entry])
    assert isinstance(found, ErrorNameResolutionNoResults)


def test_no_more_than_a_hundred_names_are_resolved(ews: Ews) -> None:
    text = ews.post(resolve_names("Person")).text
    assert "ErrorNameResolutionMultipleResults" in text
    assert 'TotalItemsInView="100" IncludesLastItemInRange="false"' in text


def test_a_client_that_asks_for_the_version_gets_it_with_a_refusal(ews: Ews) -> None:
    answer = ews.post(
        '<m:ConvertId DestinationFormat="EntryId"><m:SourceIds>'
        '<t:AlternateId Id="DUMMY" Format="EwsId" Mailbox="DUMMY"/></m:SourceIds></m:ConvertId>'
    )
    assert answer.status_code == 200
    assert "ErrorInvalidIdMalformed" in answer.text
    assert 'ServerVersionInfo MajorVersion="15" MinorVersion="20"' in answer.text


# Refusals.


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"nonsense", "ErrorSchemaValidation"),
        (b"<a/>", "ErrorSchemaValidation"),
        (b"\xff\xfe<\x00a\x00/\x00>\x00", "ErrorSchemaValidation"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>', "ErrorInvalidRequest"),
        (b'<!DOCTYPE a [<!ENTITY x "xxxxxxxx"><!ENTITY y "&x;&x;">]><a>&y;</a>', "ErrorInvalidRequest"),
    ],
    ids=["no xml", "no envelope", "other encoding", "external entity", "entities in entities"],
)
def test_xml_that_is_wrong_or_dangerous_is_a_fault(ews: Ews, body: bytes, code: str) -> None:
    answer = ews.post_raw(body)
    assert answer.status_code == 500
    assert f">{code}</e:ResponseCode>" in answer.text


@pytest.mark.parametrize(
    ("operation", "version", "code"),
    [
        ("<m:GetFolder/>", "Exchange2016", "ErrorInvalidRequest"),
        ("", "Exchange2016", "ErrorSchemaValidation"),
        (resolve_names(""), "Exchange2016", "ErrorSchemaValidation"),
        (expand_dl("team@company.example"), "Exchange2099", "ErrorInvalidServerVersion"),
    ],
    ids=["other operation", "no operation", "no name", "other version"],
)
def test_a_request_that_is_not_understood_is_a_fault(
    ews: Ews, operation: str, version: str, code: str
) -> None:
    answer = ews.post(operation, version)
    assert answer.status_code == 500
    assert f">{code}</e:ResponseCode>" in answer.text


def test_a_list_without_address_is_an_error(ews: Ews) -> None:
    assert "ErrorMissingInformationEmailAddress" in ews.post(expand_dl(None)).text


@pytest.mark.parametrize(
    "flaw", [{"exp": 1_700_000_000}, {"aud": "https://graph.microsoft.com"}], ids=["expired", "for graph"]
)
def test_an_access_token_with_a_flaw_is_refused(running: Running, flaw: dict[str, Any]) -> None:
    ews = Ews(running)
    ews.session.headers["Authorization"] = f"Bearer {those.access_token(running, SCOPE, **flaw)}"
    answer = ews.post(expand_dl(those.TEAM.address))
    assert (answer.status_code, answer.content) == (401, b"")


def test_exchangelib_sees_that_its_access_token_was_refused(ews: Ews) -> None:
    # It would say "busy" if the server closed the connection behind the 401.
    ews.world.switches.access_tokens_revoked = True
    with pytest.raises(UnauthorizedError):
        ews.expand(those.TEAM.address)


def test_a_tenant_without_ews_forbids_it(ews: Ews) -> None:
    ews.world.switches.ews_disabled = True
    with pytest.raises(TransportError, match="403"):
        ews.expand(those.TEAM.address)


def test_an_access_token_without_the_permission_is_forbidden(running: Running) -> None:
    answer = Ews(running, scope="Exchange.ManageV2").post(expand_dl(those.TEAM.address))
    assert answer.status_code == 403
    assert answer.headers["x-ms-diagnostics"].startswith("2000008;")


def test_a_busy_server_says_how_long_to_wait(ews: Ews) -> None:
    errors = "http://schemas.microsoft.com/exchange/services/2006/errors"
    ews.world.faults.add(
        service="ews",
        status=500,
        headers={"Content-Type": "text/xml; charset=utf-8"},
        body=(
            '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault>'
            f'<faultcode xmlns:a="{TYPES}">a:ErrorServerBusy</faultcode><faultstring>Busy.</faultstring>'
            f'<detail><e:ResponseCode xmlns:e="{errors}">ErrorServerBusy</e:ResponseCode>'
            f'<t:MessageXml xmlns:t="{TYPES}"><t:Value Name="BackOffMilliseconds">1500</t:Value>'
            "</t:MessageXml></detail></s:Fault></s:Body></s:Envelope>"
        ),
    )
    with pytest.raises(ErrorServerBusy) as caught:
        ews.expand(those.TEAM.address)
    assert caught.value.back_off == 1.5


def test_an_exchange_server_on_premises_takes_a_password_and_no_access_token(ews: Ews) -> None:
    quirks.of(ews.world).ews_basic = "company\\rollcall:secret"
    assert ews.post(expand_dl(those.TEAM.address)).status_code == 401
    ews.protocol = ews.connect(Credentials("company\\rollcall", "secret"))
    assert len(ews.expand(those.TEAM.address)) == 10


# Microsoft's schemas.


@pytest.fixture(scope="module")
def validate() -> Any:
    """Checks a SOAP body's content against the schemas; raises when it does not fit."""
    if not SCHEMAS.exists():
        pytest.skip("Microsoft's EWS schemas are not beside this checkout, in ../shared/data")
    etree = pytest.importorskip("lxml.etree")
    schemas = {}
    for name in ("MS-OXWSDLIST", "MS-OXWSRSLNM", "MS-OXWSCVTID"):
        driver = (SCHEMAS / "driver.xsd").read_text().replace("MS-OXWSDLIST-messages", f"{name}-messages")
        schemas[name] = etree.XMLSchema(etree.fromstring(driver, base_url=f"{SCHEMAS}/driver.xsd"))

    def check(name: str, answer: requests.Response) -> None:
        envelope = etree.fromstring(answer.content)
        (content,) = envelope.find("{http://schemas.xmlsoap.org/soap/envelope/}Body")
        schemas[name].assertValid(content)
        (version,) = envelope.find("{http://schemas.xmlsoap.org/soap/envelope/}Header")
        schemas[name].assertValid(version)

    return check


@pytest.mark.parametrize(
    "address", [those.TEAM.address, those.EMPTY.address, those.SECRET.address, "nobody@company.example", None]
)
@pytest.mark.parametrize("is_quirky", [False, True], ids=["plain", "with every quirk"])
def test_expansions_are_valid_by_microsofts_schema(
    ews: Ews, validate: Any, address: str | None, is_quirky: bool
) -> None:
    if is_quirky:
        settings = quirks.of(ews.world)
        settings.ews_broken_member = settings.ews_x500_member = settings.ews_missing_is_empty = True
        settings.ews_longest_list = 3
    validate("MS-OXWSDLIST", ews.post(expand_dl(address)))


@pytest.mark.parametrize("entry", ["smtp:team@company.example", "Person", "smtp:nobody@company.example"])
def test_resolutions_are_valid_by_microsofts_schema(ews: Ews, validate: Any, entry: str) -> None:
    validate("MS-OXWSRSLNM", ews.post(resolve_names(entry)))


def test_a_refused_id_is_valid_by_microsofts_schema(ews: Ews, validate: Any) -> None:
    answer = ews.post(
        '<m:ConvertId DestinationFormat="EntryId"><m:SourceIds>'
        '<t:AlternateId Id="DUMMY" Format="EwsId" Mailbox="DUMMY"/></m:SourceIds></m:ConvertId>'
    )
    validate("MS-OXWSCVTID", answer)

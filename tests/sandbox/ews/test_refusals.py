"""What the simulated Exchange Web Services refuse, and Microsoft's schemas."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import requests
from exchangelib import Credentials
from exchangelib.errors import (
    ErrorServerBusy,
    TransportError,
    UnauthorizedError,
)

from sandbox.exchange import quirks
from sandbox.server.server import Running
from tests.support import directories as those
from tests.support.sandbox_ews import SCOPE, TYPES, Ews, expand_dl, resolve_names

SCHEMAS = Path(__file__).parents[4] / "shared" / "data" / "ews-schemas"


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

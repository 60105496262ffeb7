"""What is an e-mail address, and when two are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.audience.addresses import domain_of, normalise, parse_address
from shared.errors import InvalidRequest


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("Sales-Team@Company.com", "sales-team@company.com"),
        ("  o'brien+news@company.com ", "o'brien+news@company.com"),
        ("a@localhost", "a@localhost"),
        ("jörg@bücher.example", "jörg@xn--bcher-kva.example"),
        ("a..b@docomo.example", "a..b@docomo.example"),
        ("info@xn--mller-kva.example", "info@xn--mller-kva.example"),
        ("info@mu\u0308ller.example.", "info@xn--mller-kva.example"),
        ("Sales-Team\u200b@company.com", "sales-team@company.com"),
        ("'sales-team@company.com'", "sales-team@company.com"),
        ("Sales <Sales-Team@company.com>;", "sales-team@company.com"),
        ("SMTP:sales-team@company.com", "sales-team@company.com"),
        ("x_f.example#EXT#@t.onmicrosoft.com", "x@f.example"),
        ("first.last@sub.company.co.uk", "first.last@sub.company.co.uk"),
    ],
)
def test_an_address_is_read_in_one_form(typed: str, address: str) -> None:
    assert parse_address(typed, "$.addresses[0]") == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "sales team",
        "@company.com",
        "sales@",
        "a@b@c",
        "a@-company.com",
        "a@company..com",
        "a@company.com\r\nBcc: b@company.com",
        "a\x00@company.com",
        'a"b@company.com',
        "x" * 65 + "@company.com",
        "a@" + "b" * 253,
    ],
)
def test_what_is_no_address_is_refused_by_field(typed: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        parse_address(typed, "$.addresses[7]")
    assert refused.value.field == "$.addresses[7]"


@given(st.text(max_size=300))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        address = parse_address(text, "field")
    except InvalidRequest:
        return
    assert address == normalise(address)
    assert parse_address(address, "field") == address
    assert address.endswith("@" + domain_of(address))
    assert not any(character.isspace() for character in address)

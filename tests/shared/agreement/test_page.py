"""The documentation's page about agreements, and its schema, are what the code says."""

from __future__ import annotations

import json

import jsonschema_rs

from docs.agreements import PAGE, agreement_page, schema_page
from tests.support.agreements import TERMS, WIDE


def test_the_page_and_the_schema_are_what_the_code_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == agreement_page(), "run dev.py docs"
    schema = PAGE.with_name("agreement.schema.json").read_text(encoding="utf-8")
    assert schema == schema_page(), "run dev.py docs"


def test_what_is_an_agreement_fits_the_schema_and_what_is_none_does_not() -> None:
    validator = jsonschema_rs.validator_for(json.loads(schema_page()))
    assert validator.is_valid(TERMS)
    assert validator.is_valid(WIDE)
    assert not validator.is_valid(TERMS | {"smallest_group": 0})
    assert not validator.is_valid(TERMS | {"and": 1})

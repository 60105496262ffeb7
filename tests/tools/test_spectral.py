"""The API's description is checked, and the check can fail."""

from __future__ import annotations

from copy import deepcopy

import pytest

from routes.chapter import declared
from shared.api.openapi import document
from tools.spectral import PROGRAM, complaints

pytestmark = pytest.mark.skipif(
    not PROGRAM.exists(), reason="Spectral is not installed: dev.py check does that"
)


def test_spectral_has_nothing_to_say_of_the_description() -> None:
    assert complaints(document(declared())) == ""


def test_spectral_names_what_is_wrong() -> None:
    described = deepcopy(document(declared()))
    described["paths"]["/api/me"]["get"].pop("description")
    described["paths"]["/api/me"]["get"]["responses"]["200"]["content"]["application/json"].pop("example")
    described["paths"]["/api/health"]["get"]["operationId"] = "me"
    said = complaints(described)
    assert "operation-description" in said
    assert "operation-operationId-unique" in said
    assert "every-answer-in-json-shows-an-example" in said

"""Whatever is sent, nothing breaks: made from the API's own description, and random bytes as tokens."""

from __future__ import annotations

import http.client
from typing import Any
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.openapi import from_dict

from routes.chapter import declared
from sandbox.host.host import Host
from shared.api.openapi import document
from shared.services.process import services
from shared.tracking.mail.tokens import Click, Opening
from tests.support.api import ADA, Api

TARGET = "https://intranet.company.example/news?id=5"
MESSAGE = "0123456789abcdef0123456789abcdef"
# Both lead out of the app: to Entra's pages, and back from them.
SIGN_IN = ("/api/connection/start", "/api/connection/callback")
DOCUMENT = document(declared())
described = from_dict(DOCUMENT)
OPERATIONS = [(method, path) for path, item in DOCUMENT["paths"].items() for method in item]
relaxed = settings(
    max_examples=25,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
    ],
)


def takes_something(method: str, path: str) -> bool:
    """Whether a request for it can be wrong at all."""
    operation = DOCUMENT["paths"][path][method]
    return bool(operation["parameters"] or "requestBody" in operation)


@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [(*operation, GenerationMode.POSITIVE) for operation in OPERATIONS]
    + [(*operation, GenerationMode.NEGATIVE) for operation in OPERATIONS if takes_something(*operation)],
    ids=str,
)
def test_nothing_that_the_description_allows_or_forbids_breaks_the_app(
    method: str, path: str, kind: GenerationMode, api: Api
) -> None:
    authorization = {"Authorization": f"Bearer {api.sandbox.caller_token(ADA)}"}

    @relaxed
    @given(described[path][method].as_strategy(generation_mode=kind))
    def ask(case: Any) -> None:
        answer = case.call(
            base_url=api.origin, headers=authorization, allow_redirects=False, timeout=60, verify=False
        )
        assert answer.status_code < 500, answer.text
        if path not in SIGN_IN:
            # Nowhere, or to a page of our own.
            assert answer.headers.get("location", ["/addin/"])[0].startswith("/addin/")

    ask()


def get(host: Host, path: str) -> http.client.HTTPResponse:
    """The answer to a path sent as it is."""
    connection = http.client.HTTPConnection("127.0.0.1", int(host.origin.rpartition(":")[2]), timeout=10)
    try:
        connection.putrequest("GET", path, skip_accept_encoding=True)
        connection.endheaders()
        answer = connection.getresponse()
        answer.read()
        return answer
    finally:
        connection.close()


@pytest.mark.parametrize("route", ["/o/", "/c/"])
def test_random_bytes_as_a_token_lead_nowhere_and_break_nothing(host: Host, route: str) -> None:
    @relaxed
    @given(st.binary(min_size=1, max_size=400))
    def ask(token: bytes) -> None:
        answer = get(host, route + quote_from_bytes(token, safe=""))
        assert answer.status < 500
        assert answer.getheader("location") is None
        if route == "/o/" and answer.status == 200:
            assert answer.getheader("content-type") == "image/gif"

    ask()


def test_a_genuine_token_that_was_changed_anywhere_leads_nowhere(host: Host) -> None:
    signer = services().tracking.signing_keys.get()
    click = signer.sign_click(Click(MESSAGE, 1, 0, TARGET))
    opening = signer.sign_open(Opening(MESSAGE, 1))

    @relaxed
    @given(st.integers(0, len(click) - 1), st.characters(codec="ascii", categories=["L", "N", "Pd", "Pc"]))
    def ask(place: int, character: str) -> None:
        spoilt = click[:place] + character + click[place + 1 :]
        answer = get(host, f"/c/{spoilt}")
        assert (answer.getheader("location") == TARGET) is (spoilt == click)
        assert answer.status in (302, 404)

    ask()
    assert get(host, f"/c/{opening}").status == 404
    assert get(host, f"/o/{click}").status == 200

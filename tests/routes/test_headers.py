"""What every answer says to a browser: OWASP ASVS 5.0, V3.4.1, V3.4.3 to V3.4.6."""

from __future__ import annotations

from typing import Any

import azure.functions as func
import pytest
import requests

from routes.chapter import declared
from shared.services.process import services
from shared.web.headers import complete
from tests.support.api import ADA, Api, functions
from tests.support.declared import WHO, ask

OVER_TLS = {"X-Forwarded-Proto": "https"}  # what a server says that ends TLS before us
YEAR = 31536000


def directives(answer: requests.Response) -> dict[str, list[str]]:
    said = answer.headers["content-security-policy"].split(";")
    return {words[0]: words[1:] for words in map(str.split, said) if words}


def assert_guarded(answer: requests.Response) -> None:
    policy = directives(answer)
    assert policy["default-src"] == ["'none'"]
    assert policy["object-src"] == ["'none'"]
    assert policy["base-uri"] == ["'none'"]
    assert policy["frame-ancestors"]
    assert not {"*", "'unsafe-eval'"} & {word for words in policy.values() for word in words}
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert not [name for name in answer.headers if name.lower().startswith("access-control-")]


def assert_strict(answer: requests.Response) -> None:
    name, _, rest = answer.headers["strict-transport-security"].partition(";")
    assert int(name.removeprefix("max-age=")) >= YEAR
    assert rest.strip() == "includeSubDomains"


@pytest.mark.parametrize("operation", WHO)
@pytest.mark.parametrize("person", [None, ADA], ids=["a stranger", "an admin"])
def test_every_answer_of_every_route_says_what_a_browser_may_do(
    operation: str, person: str | None, unconnected: Api
) -> None:
    answer = ask(unconnected, operation, person, headers=OVER_TLS)
    assert_guarded(answer)
    assert_strict(answer)
    if operation.partition(" ")[2].startswith(("/api/", "/p", "/o/", "/c/")):
        assert "no-store" in answer.headers["cache-control"]


def test_over_plain_http_nothing_is_said_of_https(unconnected: Api) -> None:
    for operation in ("GET /api/health", "GET /o/{token}", "GET /p", "GET /addin/{path}"):
        assert "strict-transport-security" not in ask(unconnected, operation, None).headers


@pytest.mark.parametrize(
    ("method", "path", "options"),
    [
        ("POST", "/api/expansions", {"data": b"{"}),
        ("POST", "/api/expansions", {"data": b"x" * (1024 * 1024 + 1)}),
        ("GET", "/api/messages?limit=x", {}),
        ("GET", "/api/audit.csv", {}),
        ("GET", "/api/people/nobody", {}),
        ("GET", "/api/connection/callback?state=x", {}),
    ],
)
def test_a_refusal_and_a_file_say_it_too(
    method: str, path: str, options: dict[str, Any], unconnected: Api
) -> None:
    answer = unconnected.as_person(ADA).call(method, path, headers=OVER_TLS, **options)
    assert_guarded(answer)
    assert_strict(answer)


def test_what_fails_before_there_are_settings_says_it_too(
    unconnected: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ROLLCALL_TENANT_ID")
    services.cache_clear()
    for operation in ("GET /api/health", "GET /o/{token}", "GET /c/{token}", "GET /p/{token}", "GET /api/me"):
        answer = ask(unconnected, operation, None, headers=OVER_TLS)
        assert_guarded(answer)
        assert_strict(answer)


def test_a_file_of_the_addin_may_be_kept_and_is_guarded_all_the_same(unconnected: Api) -> None:
    for name in ("events.js", "pages.html", "manifest.xml", "icons/icon-64.png"):
        answer = requests.get(f"{unconnected.origin}/addin/{name}", headers=OVER_TLS, timeout=30)
        if answer.status_code == 503:
            pytest.skip("the add-in is not built")
        assert_guarded(answer)
        assert_strict(answer)
        assert answer.headers["cache-control"] != "no-store"


def test_every_function_that_answers_completes_its_answer() -> None:
    names = {declaration.handler.__name__ for declaration in declared()}
    served = {one.get_function_name(): one.get_user_function() for one in functions()}
    for name in names:
        assert "complete" in served[name].__code__.co_names + served[name].__code__.co_freevars


@pytest.mark.parametrize(
    ("url", "headers", "strict"),
    [
        ("https://app.company.com/o/x", {}, True),
        ("http://app.company.com/o/x", {"X-Forwarded-Proto": "https"}, True),
        ("http://app.company.com/o/x", {"X-Forwarded-Proto": "https, http"}, True),
        ("http://app.company.com/o/x", {"X-Forwarded-Proto": "http"}, False),
        ("http://https.company.com/o/x", {}, False),
    ],
)
def test_https_is_what_the_reader_used(url: str, headers: dict[str, str], strict: bool) -> None:
    req = func.HttpRequest("GET", url, headers=headers, body=b"")
    answer = complete(req, func.HttpResponse(headers={"content-security-policy": "its own"}))
    assert ("Strict-Transport-Security" in answer.headers) is strict
    assert answer.headers.get_all("Content-Security-Policy") == ["its own"]

"""What goes wrong where a person looks is told on a page; where a program asks, as problem details."""

from __future__ import annotations

import sys
from typing import Any

import pytest
import requests

from routes.chapter import declared
from shared.services.process import services
from tests.support.api import ADA, Api, assert_problem, functions
from tests.support.declared import UNKNOWN, ask

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
SAMPLES = {"id": UNKNOWN, "token": "forged", "address": "mia@company.com", "*path": "no.css", "number": "0"}
PAGES = [
    f"{method} /{one.path.replace('{*', '{')}"
    for one in declared()
    if one.is_page
    for method in one.methods
    if not one.path.startswith("o/")  # an image whatever happens
]
NO_STORAGE = (
    "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=c2VjcmV0;"
    "TableEndpoint=http://127.0.0.1:9/devstoreaccount1;QueueEndpoint=http://127.0.0.1:9/devstoreaccount1;"
)


def filled(template: str) -> str:
    for name, value in SAMPLES.items():
        template = template.replace(f"{{{name}}}", value)
    return f"/{template}"


def assert_page(answer: requests.Response) -> None:
    if answer.status_code == 302:
        return
    assert answer.headers["content-type"].startswith("text/html")
    if answer.request.method != "HEAD":
        assert answer.text.startswith("<!doctype html>")
        assert "<h1>" in answer.text
        assert "Traceback" not in answer.text


def call(origin: str, method: str, path: str, **headers: str) -> requests.Response:
    return requests.request(method, origin + path, headers=headers, timeout=30, allow_redirects=False)


def test_the_pages_are_those_that_people_open() -> None:
    paths = {operation.partition(" ")[2] for operation in PAGES}
    assert paths >= {"/p", "/p/{token}", "/c/{token}", "/me", "/addin/{path}", "/api/connection/callback"}
    assert not {path for path in paths if path.startswith("/api")} - {"/api/connection/callback", "/api"}


def break_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ROLLCALL_TENANT_ID")


def break_storage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLLCALL_STORAGE_CONNECTION", NO_STORAGE)


def break_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> Any:
        raise KeyError("anna@company.com")

    for one in declared():
        if hasattr(sys.modules[one.handler.__module__], "services"):
            monkeypatch.setattr(f"{one.handler.__module__}.services", refuse)


@pytest.mark.parametrize("operation", PAGES)
@pytest.mark.parametrize("trouble", [break_settings, break_storage, break_code])
def test_a_page_is_answered_with_a_page_whatever_is_wrong(
    operation: str, trouble: Any, unconnected: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    trouble(monkeypatch)
    services.cache_clear()
    answer = ask(unconnected, operation, ADA, data={"choice": "object"}, json=None)
    assert_page(answer)
    assert "anna@" not in answer.text


@pytest.mark.parametrize("path", sorted({one.path for one in declared()}))
def test_a_method_that_nobody_serves_is_refused_by_name(path: str, unconnected: Api) -> None:
    routes = [one for one in declared() if one.path == path]
    served = {method for one in routes for method in one.methods}
    for method in {*METHODS, "HEAD"} - served:
        answer = call(unconnected.origin, method, filled(path))
        assert answer.status_code == 405, (method, answer.text)
        assert answer.headers["allow"] == ", ".join(sorted(served))
        if routes[0].is_page:
            assert_page(answer)
        elif method != "HEAD":
            assert_problem(answer, 405, "method_not_allowed")


@pytest.mark.parametrize(
    "path", ["/api/nothing", "/API/Expansions/x/y/z", "/api/messages/a/b/c", "/api/%C3%BC"]
)
@pytest.mark.parametrize("method", METHODS)
def test_below_the_api_what_is_not_there_is_a_problem(path: str, method: str, unconnected: Api) -> None:
    assert_problem(call(unconnected.origin, method, path), 404, "not_found")


@pytest.mark.parametrize(
    "path", ["/p/a/b", "/c", "/o", "/nothing", "/apis", "/addin/no.css", "/favicon.ico", "/c/a/b/c"]
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_elsewhere_what_is_not_there_is_a_page(path: str, method: str, unconnected: Api) -> None:
    answer = call(unconnected.origin, method, path)
    assert answer.status_code == (405 if (path, method) == ("/addin/no.css", "POST") else 404)
    assert_page(answer)


@pytest.mark.parametrize(("spelt", "status"), [("/ME", 302), ("/me/", 302), ("/Api/Health/", 200)])
def test_a_path_is_served_by_its_own_route_however_it_is_spelt(
    spelt: str, status: int, unconnected: Api
) -> None:
    assert call(unconnected.origin, "GET", spelt).status_code == status
    assert call(unconnected.origin, "DELETE", spelt).status_code == 405


def test_it_is_told_in_the_readers_language(unconnected: Api) -> None:
    german = {"Accept-Language": "de"}
    assert (
        "Unter dieser Adresse gibt es nichts." in call(unconnected.origin, "GET", "/nothing", **german).text
    )
    told = call(unconnected.origin, "GET", "/api/nothing", **german).json()
    assert told["detail"] == "Unter dieser Adresse gibt es nichts."


def test_the_bare_host_name_answers_nothing(unconnected: Api) -> None:
    answer = call(unconnected.origin, "GET", "/")
    assert (answer.status_code, answer.content) == (204, b"")


def test_what_takes_the_rest_is_the_last_that_the_host_asks() -> None:
    """Which goes by the names of the functions, in whichever case."""
    assert max((one.get_function_name() for one in functions()), key=str.upper) == "zz_rest"


def test_nothing_that_is_declared_is_left_to_the_rest(unconnected: Api) -> None:
    for one in declared():
        for method in one.methods:
            answer = call(unconnected.origin, method, filled(one.path))
            assert answer.status_code != 405, (method, one.path)
            assert "There is nothing at this address." not in answer.text or one.path == "addin/{*path}"

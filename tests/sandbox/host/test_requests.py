"""What a function sees of a request, and what a caller sees of its answer."""

from __future__ import annotations

import http.client
import time
from urllib.parse import urlsplit

import pytest

from tests.support.host_calls import Reply, ask


@pytest.mark.parametrize(
    ("query", "params"),
    [
        ("", {}),
        ("?a=1", {"a": "1"}),
        ("?a=1&a=2", {"a": "1,2"}),
        ("?a=1&A=2", {"a": "1,2"}),
        ("?a=&b", {}),
        ("?a=x+y%26z", {"a": "x y&z"}),
    ],
)
def test_query_drops_empty_values_and_joins_repeats(origin: str, query: str, params: dict[str, str]) -> None:
    assert ask(origin, f"/query{query}").text == f"{params} {query}"


def test_header_names_are_lower_case_and_repeats_joined(origin: str) -> None:
    reply = ask(origin, "/headers", headers=[("X-A", "1"), ("x-a", "2"), ("X-Up", "3")])
    assert reply.text == "['x-a', 'x-up'] 1,2"


@pytest.mark.parametrize(("sent", "seen"), [("a%20b%2Fc", "a%20b%2Fc"), ("100%", "100%25"), ("%41", "A")])
def test_url_is_escaped_again_and_ignores_the_forwarded_host(origin: str, sent: str, seen: str) -> None:
    reply = ask(origin, f"/url/{sent}", headers=[("X-Forwarded-Host", "elsewhere.example")])
    assert reply.text == f"{origin}/url/{seen}"


def test_body_arrives_as_bytes(origin: str) -> None:
    sent = b'{"a": 1}'
    assert ask(origin, "/body", "POST", sent, [("Content-Type", "application/json")]).text == "8 bytes"


def test_chunked_body_arrives_empty(origin: str) -> None:
    assert ask(origin, "/body", "POST", iter([b"some", b"thing"])).text == "0 bytes"


@pytest.mark.parametrize("path", ["/fails", "/nothing", "/foreign/header", "/control/header"])
def test_failure_is_a_500_that_says_nothing(origin: str, path: str) -> None:
    reply = ask(origin, path)
    assert (reply.status, reply.body) == (500, b"")


def test_a_function_past_its_timeout_is_a_500(origin: str) -> None:
    began = time.monotonic()
    assert ask(origin, "/slow/async").status == 500
    assert time.monotonic() - began < 4


def test_of_repeated_headers_the_last_survives_but_for_cookies(origin: str) -> None:
    headers = ask(origin, "/repeated").headers
    assert headers.get_all("X-Twice") == ["2"]
    cookies = headers.get_all("Set-Cookie") or []
    assert [cookie.lower().replace(" ", "").split(";")[0] for cookie in cookies] == ["a=1", "b=x%3dy"]
    assert "httponly" in cookies[0].lower()
    assert {"secure", "samesite=lax"} <= set(cookies[1].lower().replace(" ", "").split(";"))


def test_redirect_passes_unchanged(origin: str) -> None:
    reply = ask(origin, "/redirect")
    assert (reply.status, reply.headers["Location"]) == (302, "https://example.org/?q=1")


def test_bytes_are_chunked_unless_their_length_is_given(origin: str) -> None:
    chunked, counted = ask(origin, "/bytes"), ask(origin, "/bytes/counted")
    assert chunked.body == counted.body == b"\x00\xff"
    assert (chunked.headers["Transfer-Encoding"], chunked.headers["Content-Length"]) == ("chunked", None)
    assert (counted.headers["Transfer-Encoding"], counted.headers["Content-Length"]) == (None, "2")
    assert chunked.headers["Content-Type"] == "image/gif"


def test_head_tells_the_length_that_get_would_have(origin: str) -> None:
    assert ask(origin, "/bytes/counted", "HEAD").headers["Content-Length"] == "2"


@pytest.mark.parametrize("code", [204, 304])
def test_no_content_has_no_body(origin: str, code: int) -> None:
    connection = http.client.HTTPConnection(urlsplit(origin).netloc, timeout=10)
    for path, status in ((f"/status/{code}", code), ("/only/get", 200)):  # a stray body would come next
        connection.request("GET", path)
        reply = Reply(connection.getresponse())
        assert reply.status == status
    connection.close()


def test_context_is_passed_to_who_asks_for_it(origin: str) -> None:
    assert ask(origin, "/context").text == "with_context 36"


def test_root_is_the_home_page(origin: str) -> None:
    reply = ask(origin, "/")
    assert (reply.status, reply.headers["Content-Type"]) == (200, "text/html")

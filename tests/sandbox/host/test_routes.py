"""Which function the local host calls for a request."""

from __future__ import annotations

import pytest

from tests.support.host_calls import ask


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/order/first/12", "a 12"),
        ("/order/first/word", "b word"),
        ("/order/first/literal", "b literal"),  # the literal's function comes later by name: shadowed
        ("/order/first/99999999999", "b 99999999999"),  # no 32-bit integer
    ],
)
def test_functions_are_tried_in_the_order_of_their_names(origin: str, path: str, text: str) -> None:
    assert ask(origin, path).text == text


@pytest.mark.parametrize("path", ["/mixed/case", "/MIXED/CASE", "/Mixed/Case/"])
def test_literals_match_in_any_case_and_with_a_trailing_slash(origin: str, path: str) -> None:
    assert ask(origin, path).status == 200


@pytest.mark.parametrize(
    "path", ["/nowhere", "/mixed", "/mixed/case/more", "//mixed/case", "/api/mixed/case"]
)
def test_unknown_path_is_404_without_a_body(origin: str, path: str) -> None:
    reply = ask(origin, path)
    assert (reply.status, reply.body) == (404, b"")


@pytest.mark.parametrize("method", ["POST", "DELETE", "HEAD", "OPTIONS"])
def test_wrong_method_is_404_and_head_is_not_implied_by_get(origin: str, method: str) -> None:
    assert ask(origin, "/only/get", method).status == 404


def test_declared_head_is_answered_without_a_body(origin: str) -> None:
    reply = ask(origin, "/mixed/case", "HEAD")
    assert (reply.status, reply.body) == (200, b"")


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_a_route_without_methods_takes_every_method(origin: str, method: str) -> None:
    assert ask(origin, "/any/method", method).text == method


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("/rest", {}),
        ("/rest/", {}),
        ("/rest/a", {"rest": "a"}),
        ("/rest/a/b%20c/", {"rest": "a/b c/"}),
        ("/optional", {}),
        ("/optional/7", {"id": "7"}),
    ],
)
def test_absent_route_parameters_have_no_key(origin: str, path: str, params: dict[str, str]) -> None:
    assert ask(origin, path).text == repr(params)


@pytest.mark.parametrize(
    ("sent", "seen"),
    [
        ("a%20b", "a b"),
        ("%C3%A9", "é"),
        ("a%2Fb", "a%2Fb"),
        ("a%2fb", "a%2fb"),
        ("a%252Fb", "a%2Fb"),
        ("100%", "100%"),
        ("%FF", "%FF"),
        ("a+b", "a+b"),
        ("x/../y", "y"),
    ],
)
def test_route_parameters_are_decoded_but_for_the_slash(origin: str, sent: str, seen: str) -> None:
    assert ask(origin, f"/one/{sent}").text == repr(seen)


def test_a_parameter_may_be_part_of_a_segment(origin: str) -> None:
    assert ask(origin, "/image/a.b.gif").text == "a.b"
    assert ask(origin, "/image/a.png").status == 404

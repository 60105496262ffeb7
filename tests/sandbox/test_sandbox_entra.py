"""The simulated Entra, asked by the client that the service account uses, and by hand."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
import msal
import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from sandbox.server.server import Running, find_tenant, serve

CALLBACK = "http://localhost:7071/api/connection/callback"
VERIFIER = "a-verifier-of-at-least-forty-three-characters-as-rfc-7636-asks"
CHALLENGE = "nnKRlee_lv0qPCepIO74-HrICquTe_bjoQo-qtV_Vk4"


@pytest.fixture(scope="module")
def served() -> Iterator[Running]:
    with serve("company") as running, pytest.MonkeyPatch.context() as environment:
        for name, value in running.settings_env().items():
            environment.setenv(name, value)
        yield running


@pytest.fixture
def running(served: Running) -> Running:
    served.world.load(find_tenant("company"))
    return served


@pytest.fixture
def http() -> Iterator[requests.Session]:
    with requests.Session() as session:
        yield session


@pytest.fixture
def make_app(running: Running, http: requests.Session) -> Callable[..., Any]:
    """Makes MSAL's client anew: one keeps refusals in its memory for a minute."""

    def make(
        credential: Any = None, client_id: str = "", cache: msal.TokenCache | None = None
    ) -> msal.ConfidentialClientApplication:
        return msal.ConfidentialClientApplication(
            client_id or running.world.tenant.client_id,
            client_credential=credential or running.world.client_secret,
            authority=f"{running.origin}/{running.world.tenant.tenant_id}",
            instance_discovery=False,
            token_cache=cache,
            http_client=http,
        )

    return make


@pytest.fixture
def cache() -> msal.TokenCache:
    return msal.TokenCache()


def graph_scopes(running: Running) -> list[str]:
    return [f"{running.origin}/Directory.Read.All", f"{running.origin}/User.Read.All"]


def exchange_scopes(running: Running) -> list[str]:
    return [f"{running.origin}/EWS.AccessAsUser.All"]


def start(running: Running, app: Any) -> dict[str, Any]:
    scopes = graph_scopes(running) + exchange_scopes(running)
    return dict(app.initiate_auth_code_flow(scopes, redirect_uri=CALLBACK, response_mode="form_post"))


def sign_in(running: Running, app: Any) -> dict[str, Any]:
    flow = start(running, app)
    answer = dict(parse_qsl(urlsplit(running.sign_in_service_account(flow["auth_uri"])).query))
    return dict(app.acquire_token_by_auth_code_flow(flow, answer, scopes=graph_scopes(running)))


def refresh(app: Any, scopes: list[str]) -> dict[str, Any]:
    account = app.get_accounts()[0]
    return dict(app.acquire_token_silent_with_error(scopes, account=account, force_refresh=True))


def authorize_url(running: Running, **changes: str | None) -> str:
    query = {
        "client_id": running.world.tenant.client_id,
        "response_type": "code",
        "redirect_uri": CALLBACK,
        "scope": " ".join(["openid", "profile", "offline_access", *graph_scopes(running)]),
        "state": "st&te",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        **changes,
    }
    known = {name: value for name, value in query.items() if value is not None}
    return f"{running.origin}/{running.world.tenant.tenant_id}/oauth2/v2.0/authorize?{urlencode(known)}"


def get_code(running: Running) -> str:
    callback = running.sign_in_service_account(authorize_url(running))
    return dict(parse_qsl(urlsplit(callback).query))["code"]


def redeem(
    running: Running, http: requests.Session, code: str, /, **changes: str | None
) -> requests.Response:
    form = {
        "client_id": running.world.tenant.client_id,
        "client_secret": running.world.client_secret,
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": CALLBACK,
        "code_verifier": VERIFIER,
        "scope": " ".join(["openid", "offline_access", *graph_scopes(running)]),
        **changes,
    }
    known = {name: value for name, value in form.items() if value is not None}
    return http.post(token_url(running), data=known, timeout=10)


def token_url(running: Running) -> str:
    return f"{running.origin}/{running.world.tenant.tenant_id}/oauth2/v2.0/token"


def test_msal_signs_the_service_account_in(running: Running, make_app: Any) -> None:
    app = make_app()
    answer = sign_in(running, app)
    claims = answer["id_token_claims"]
    assert claims["preferred_username"] == "rollcall-service@company.com"
    assert (claims["tid"], claims["oid"]) == (
        running.world.tenant.tenant_id,
        running.world.tenant.service_account,
    )
    assert [a["username"] for a in app.get_accounts()] == ["rollcall-service@company.com"]
    access = running.world.keys.read(answer["access_token"])
    assert access["aud"] == running.origin
    assert access["scp"] == "Directory.Read.All User.Read.All"


def test_one_refresh_token_serves_both_resources(running: Running, make_app: Any) -> None:
    app = make_app()
    sign_in(running, app)
    for scopes, names in (
        (graph_scopes(running), "Directory.Read.All User.Read.All"),
        (exchange_scopes(running), "EWS.AccessAsUser.All"),
    ):
        answer = refresh(app, scopes)
        assert running.world.keys.read(answer["access_token"])["scp"] == names


def test_the_answered_scopes_let_msal_find_its_cached_access_token(running: Running, make_app: Any) -> None:
    app = make_app()
    sign_in(running, app)
    account = app.get_accounts()[0]
    assert (
        app.acquire_token_silent_with_error(graph_scopes(running), account=account)["token_source"] == "cache"
    )


def test_a_refresh_gives_a_new_refresh_token_and_leaves_the_old_one_good(
    running: Running, http: requests.Session
) -> None:
    first = redeem(running, http, get_code(running)).json()["refresh_token"]
    form = {"grant_type": "refresh_token", "code": None, "redirect_uri": None, "code_verifier": None}
    second = redeem(running, http, "", **form, refresh_token=first)
    again = redeem(running, http, "", **form, refresh_token=first)
    newest = {answer.json()["refresh_token"] for answer in (second, again)}
    assert len(newest | {first}) == 3


def test_revoking_access_tokens_shuts_out_the_old_ones_and_lets_a_new_one_in(
    running: Running, make_app: Any, http: requests.Session
) -> None:
    def read_groups(answer: dict[str, Any]) -> int:
        headers = {"Authorization": f"Bearer {answer['access_token']}"}
        return http.get(f"{running.origin}/v1.0/groups", headers=headers, timeout=10).status_code

    app = make_app()
    before = sign_in(running, app)
    assert read_groups(before) == 200
    running.world.switches.access_tokens_revoked = True
    assert read_groups(before) == 401
    assert read_groups(refresh(app, graph_scopes(running))) == 200


def test_an_access_token_opens_only_what_it_is_for(
    running: Running, make_app: Any, http: requests.Session
) -> None:
    app = make_app()
    sign_in(running, app)
    token = refresh(app, exchange_scopes(running))["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    assert http.get(f"{running.origin}/v1.0/groups", headers=headers, timeout=10).status_code == 401


def test_the_lifetime_of_access_tokens_can_be_set(
    running: Running, http: requests.Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running.world, "access_token_lifetime", 90)
    answer = redeem(running, http, get_code(running)).json()
    claims = running.world.keys.read(answer["access_token"])
    assert (answer["expires_in"], claims["exp"] - claims["iat"]) == (90, 90)


def test_default_scope_means_everything_that_is_consented_to(
    running: Running, http: requests.Session
) -> None:
    running.world.switches.consent_beyond = ["Exchange.ManageV2", "EWS.AccessAsUser.All", "Mail.Send"]
    running.world.switches.consent_missing = ["Exchange.ManageV2"]
    scope = "https://outlook.office365.com/.default"
    answer = redeem(running, http, get_code(running), scope=scope).json()
    claims = running.world.keys.read(answer["access_token"])
    assert (claims["aud"], claims["scp"]) == ("https://outlook.office365.com", "EWS.AccessAsUser.All")
    assert answer["scope"].split() == ["https://outlook.office365.com/EWS.AccessAsUser.All", scope]


def test_default_scope_of_an_api_that_nobody_consented_to_is_refused(
    running: Running, http: requests.Session
) -> None:
    answer = redeem(running, http, get_code(running), scope="https://outlook.office365.com/.default").json()
    assert (answer["error_codes"], answer["suberror"]) == ([65001], "consent_required")


def test_every_token_names_all_that_is_granted_whatever_it_was_asked_for(
    running: Running, http: requests.Session
) -> None:
    running.world.switches.consent_beyond = ["Group.Read.All"]
    scope = f"openid {running.origin}/User.Read.All"
    answer = redeem(running, http, get_code(running), scope=scope).json()
    granted = running.world.keys.read(answer["access_token"])["scp"].split()
    assert granted == ["Directory.Read.All", "Group.Read.All", "User.Read.All"]
    assert f"{running.origin}/Group.Read.All" in answer["scope"].split()


MENDED = {
    "mfa_required": 50076,
    "password_expired": 50055,
    "sign_in_frequency": 70043,
    "sessions_revoked": 50173,
    "refresh_token_unused": 700082,
}
BLOCKING = {
    "account_disabled": 50057,
    "account_locked": 50053,
    "conditional_access": 53003,
    "user_not_assigned": 50105,
}
ENDING = ["sign_in_frequency", "sessions_revoked", "refresh_token_unused"]


@pytest.mark.parametrize(("switch", "number"), [*MENDED.items(), *BLOCKING.items()])
def test_a_switch_about_the_account_refuses_its_refresh_token(
    running: Running, make_app: Any, cache: Any, switch: str, number: int
) -> None:
    sign_in(running, make_app(cache=cache))
    running.world.switches.set(**{switch: True})
    answer = refresh(make_app(cache=cache), graph_scopes(running))
    assert answer["error"] == "invalid_grant"
    assert answer["error_codes"] == [number]


@pytest.mark.parametrize("switch", MENDED)
def test_signing_in_again_mends_it_while_the_switch_is_still_on(
    running: Running, make_app: Any, cache: Any, switch: str
) -> None:
    running.world.switches.set(**{switch: True})
    sign_in(running, make_app(cache=cache))
    assert "access_token" in refresh(make_app(cache=cache), graph_scopes(running))


@pytest.mark.parametrize("switch", BLOCKING)
def test_a_blocked_account_cannot_sign_in(running: Running, make_app: Any, switch: str) -> None:
    running.world.switches.set(**{switch: True})
    with pytest.raises(PermissionError, match=f"AADSTS{BLOCKING[switch]}"):
        sign_in(running, make_app())


@pytest.mark.parametrize("switch", [*MENDED, *BLOCKING])
def test_only_a_refused_refresh_token_that_is_gone_for_good_stays_refused(
    running: Running, make_app: Any, cache: Any, switch: str
) -> None:
    sign_in(running, make_app(cache=cache))
    running.world.switches.set(**{switch: True})
    refresh(make_app(cache=cache), graph_scopes(running))
    running.world.switches.set(**{switch: False})
    answer = refresh(make_app(cache=cache), graph_scopes(running))
    assert ("error" in answer) == (switch in ENDING)


def test_a_switch_may_be_about_another_account(running: Running, make_app: Any, cache: Any) -> None:
    sign_in(running, make_app(cache=cache))
    running.world.switches.set(account="ada.admin@company.com", account_disabled=True)
    assert "access_token" in refresh(make_app(cache=cache), graph_scopes(running))


def test_a_person_disabled_in_the_tenant_is_refused(running: Running, make_app: Any, cache: Any) -> None:
    sign_in(running, make_app(cache=cache))
    running.world.service_account.enabled = False
    assert refresh(make_app(cache=cache), graph_scopes(running))["error_codes"] == [50057]


def test_a_missing_consent_refuses_only_what_needs_it(running: Running, make_app: Any, cache: Any) -> None:
    sign_in(running, make_app(cache=cache))
    running.world.switches.consent_missing = ["EWS.AccessAsUser.All"]
    refused = refresh(make_app(cache=cache), exchange_scopes(running))
    assert (refused["error_codes"], refused["suberror"]) == ([65001], "consent_required")
    assert "access_token" in refresh(make_app(cache=cache), graph_scopes(running))


def test_only_an_administrator_can_consent_to_reading_the_directory(
    running: Running, http: requests.Session
) -> None:
    running.world.switches.consent_missing = ["Directory.Read.All", "Member.Read.Hidden"]
    url = authorize_url(running)
    basic = http.post(url, {"account": "mia.sender@company.com", "action": "accept"}, timeout=10)
    assert "AADSTS90094" in basic.text
    admin = {"account": "ada.admin@company.com", "action": "accept"}
    assert http.post(url, admin, timeout=10, allow_redirects=False).is_redirect
    assert running.world.switches.consent_missing == ["Member.Read.Hidden"]


@pytest.mark.parametrize(
    ("switch", "error", "number"),
    [
        ("client_secret_expired", "invalid_client", 7000222),
        ("client_secret_wrong", "invalid_client", 7000215),
        ("app_disabled", "unauthorized_client", 700016),
    ],
)
def test_a_switch_about_the_app_refuses_it(
    running: Running, make_app: Any, cache: Any, switch: str, error: str, number: int
) -> None:
    sign_in(running, make_app(cache=cache))
    running.world.switches.set(**{switch: True})
    answer = refresh(make_app(cache=cache), graph_scopes(running))
    assert (answer["error"], answer["error_codes"]) == (error, [number])


def test_a_busy_entra_is_no_answer_about_the_account(running: Running, make_app: Any, cache: Any) -> None:
    sign_in(running, make_app(cache=cache))
    running.world.switches.busy = True
    with pytest.raises(msal.exceptions.MsalServiceError, match="503"):
        refresh(make_app(cache=cache), graph_scopes(running))


def test_a_wrong_secret_is_refused(running: Running, make_app: Any) -> None:
    answer = sign_in(running, make_app("not the secret"))
    assert answer["error_codes"] == [7000215]


def make_certificate() -> tuple[str, str]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "rollcall")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
    certificate = builder.sign(key, hashes.SHA256())
    form = (
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return key.private_bytes(*form).decode(), certificate.public_bytes(form[0]).decode()


def test_a_certificate_is_as_good_as_a_secret_once_it_is_registered(running: Running, make_app: Any) -> None:
    key, certificate = make_certificate()
    credential = {"private_key": key, "public_certificate": certificate}
    assert sign_in(running, make_app(credential))["error_codes"] == [700027]
    running.world.apps[running.world.tenant.client_id].certificates = [certificate]
    assert "access_token" in sign_in(running, make_app(credential))


def test_a_managed_identity_can_stand_for_the_app(
    running: Running, make_app: Any, http: requests.Session
) -> None:
    identity = msal.UserAssignedManagedIdentity(client_id=running.world.managed_identity.client_id)
    client = msal.ManagedIdentityClient(identity, http_client=http)

    def assertion() -> str:
        answer = client.acquire_token_for_client(resource="api://AzureADTokenExchange")
        return str(answer["access_token"])

    assert "access_token" in sign_in(running, make_app({"client_assertion": assertion}))
    running.world.apps[running.world.tenant.client_id].federated = ["another identity"]
    assert sign_in(running, make_app({"client_assertion": assertion}))["error_codes"] == [700213]


@pytest.mark.parametrize(
    ("changes", "status", "error", "number"),
    [
        ({"code_verifier": "another"}, 400, "invalid_grant", 501481),
        ({"code_verifier": None}, 400, "invalid_grant", 501481),
        ({"redirect_uri": f"{CALLBACK}/"}, 401, "invalid_client", 500112),
        ({"code": "invented"}, 400, "invalid_grant", 70000),
        ({"client_secret": None}, 401, "invalid_client", 7000218),
        ({"client_id": "00000000-0000-0000-0000-000000000000"}, 400, "unauthorized_client", 700016),
        ({"scope": "Nonsense.Read.All"}, 400, "invalid_scope", 70011),
        ({"grant_type": "password"}, 400, "unsupported_grant_type", 70003),
        ({"grant_type": "refresh_token", "refresh_token": "invented"}, 400, "invalid_grant", 70000),
    ],
    ids=lambda value: (
        ",".join(f"{k}={v}" for k, v in value.items()) if isinstance(value, dict) else str(value)
    ),
)
def test_a_token_request_that_does_not_fit_is_refused_in_entras_form(
    running: Running, http: requests.Session, changes: dict[str, str], status: int, error: str, number: int
) -> None:
    answer = redeem(running, http, get_code(running), **changes)
    body = answer.json()
    assert (answer.status_code, body["error"], body["error_codes"]) == (status, error, [number])
    assert body["error_description"].startswith(f"AADSTS{number}: ")
    assert {"timestamp", "trace_id", "correlation_id", "error_uri"} <= set(body)


def test_two_resources_at_once_are_refused(running: Running, http: requests.Session) -> None:
    scope = " ".join([*graph_scopes(running), "https://outlook.office365.com/EWS.AccessAsUser.All"])
    assert redeem(running, http, get_code(running), scope=scope).json()["error_codes"] == [28000]


def test_a_code_is_good_once_and_for_ten_minutes(running: Running, http: requests.Session) -> None:
    code = get_code(running)
    assert redeem(running, http, code).status_code == 200
    assert redeem(running, http, code).json()["error_codes"] == [54005]
    late = get_code(running)
    assert running.world.codes[late].expires_at == pytest.approx(time.time() + 600, abs=30)
    running.world.codes[late].expires_at = time.time()
    assert redeem(running, http, late).json()["error_codes"] == [70008]


def test_the_demand_for_mfa_carries_the_claims_to_hand_back(running: Running, http: requests.Session) -> None:
    code = get_code(running)
    running.world.switches.mfa_required = True
    body = redeem(running, http, code).json()
    assert body["suberror"] == "basic_action"
    assert "capolids" in json.loads(body["claims"])["access_token"]


@pytest.mark.parametrize(
    ("changes", "number"),
    [
        ({"redirect_uri": "https://evil.example/api/connection/callback"}, 50011),
        ({"redirect_uri": f"{CALLBACK}/../elsewhere"}, 50011),
        ({"redirect_uri": None}, 50011),
        ({"client_id": "00000000-0000-0000-0000-000000000000"}, 700016),
    ],
)
def test_where_the_app_is_in_doubt_the_person_sees_a_page_and_goes_nowhere(
    running: Running, http: requests.Session, changes: dict[str, str], number: int
) -> None:
    for method in ("GET", "POST"):
        answer = http.request(method, authorize_url(running, **changes), timeout=10, allow_redirects=False)
        assert answer.status_code == 400
        assert f"AADSTS{number}" in answer.text


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code_challenge": None}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "Nonsense.Read.All"}, "invalid_scope"),
        ({"scope": None}, "invalid_request"),
        ({"prompt": "none"}, "login_required"),
    ],
)
def test_an_authorize_request_that_is_no_good_goes_back_to_the_app(
    running: Running, http: requests.Session, changes: dict[str, str], error: str
) -> None:
    answer = http.get(authorize_url(running, **changes), timeout=10, allow_redirects=False)
    location = urlsplit(answer.headers["Location"])
    fields = dict(parse_qsl(location.query))
    assert answer.headers["Location"].startswith(f"{CALLBACK}?")
    assert (fields["error"], fields["state"]) == (error, "st&te")


def test_cancelling_goes_back_to_the_app(running: Running, http: requests.Session) -> None:
    answer = http.post(authorize_url(running), {"action": "cancel"}, timeout=10, allow_redirects=False)
    fields = dict(parse_qsl(urlsplit(answer.headers["Location"]).query))
    assert fields["error"] == "access_denied"
    assert "AADSTS65004" in fields["error_description"]


def test_the_page_shows_accounts_and_what_the_app_wants(running: Running, http: requests.Session) -> None:
    page = http.get(authorize_url(running, login_hint="NOAH.sender@company.com"), timeout=10).text
    assert "rollcall-service@company.com" in page
    assert "Read directory data" in page
    assert 'value="a65d3749-f432-58d3-9cba-cdfba439f781" checked' in page


def test_nothing_a_tenant_or_a_request_says_becomes_markup(running: Running, http: requests.Session) -> None:
    running.world.service_account.name = "<script>alert(1)</script>"
    for url in (authorize_url(running, state="<script>x"), authorize_url(running, client_id="<script>x")):
        assert "<script>" not in http.get(url, timeout=10).text
    form = http.post(
        authorize_url(running, state='"><script>', response_mode="form_post"), {"action": "no"}, timeout=10
    )
    assert '"><script>' not in form.text


def test_the_answer_may_come_as_a_form_or_behind_a_hash(running: Running, http: requests.Session) -> None:
    accept = {"account": "rollcall-service@company.com", "action": "accept"}
    form = http.post(authorize_url(running, response_mode="form_post"), accept, timeout=10)
    assert f'<form method="post" action="{CALLBACK}">' in form.text
    assert 'name="code"' in form.text
    url = authorize_url(running, response_mode="fragment")
    behind = http.post(url, accept, timeout=10, allow_redirects=False).headers["Location"]
    assert "code" in dict(parse_qsl(urlsplit(behind).fragment))


def test_the_addin_gets_a_token_for_the_backend_without_a_secret(
    running: Running, http: requests.Session
) -> None:
    addin = running.world.addin
    scope = f"api://{running.world.tenant.client_id}/access_as_user"
    redirect_uri = "https://localhost:7071/addin/dialog.html"
    url = authorize_url(running, client_id=addin.client_id, scope=scope, redirect_uri=redirect_uri)
    accept = {"account": "mia.sender@company.com", "action": "accept"}
    location = http.post(url, accept, timeout=10, allow_redirects=False).headers["Location"]
    code = dict(parse_qsl(urlsplit(location).query))["code"]
    changes = {"client_id": addin.client_id, "client_secret": None, "scope": scope}
    http.headers["Origin"] = "https://localhost:7071"
    answer = redeem(running, http, code, redirect_uri=redirect_uri, **changes)
    claims = running.world.keys.read(answer.json()["access_token"])
    assert claims["aud"] == running.world.tenant.client_id
    assert (claims["azp"], claims["azpacr"], claims["scp"]) == (addin.client_id, "0", "access_as_user")
    assert claims["roles"] == ["Rollcall.Sender"]


def test_a_page_of_another_origin_may_ask_for_tokens(running: Running, http: requests.Session) -> None:
    origin = {"Origin": "https://localhost:7071"}
    answer = http.options(token_url(running), headers=origin, timeout=10)
    assert answer.headers["Access-Control-Allow-Origin"] == "https://localhost:7071"


def verify(running: Running, keys: jwt.PyJWKClient, token: str) -> dict[str, Any]:
    key = keys.get_signing_key_from_jwt(token)
    tenant = running.world.tenant
    issuer = f"{running.origin}/{tenant.tenant_id}/v2.0"
    return dict(jwt.decode(token, key, algorithms=["RS256"], audience=tenant.client_id, issuer=issuer))


def test_a_callers_token_verifies_against_the_published_keys(
    running: Running, http: requests.Session
) -> None:
    base = f"{running.origin}/{running.world.tenant.tenant_id}"
    metadata = http.get(f"{base}/v2.0/.well-known/openid-configuration", timeout=10).json()
    keys = jwt.PyJWKClient(metadata["jwks_uri"])
    claims = verify(running, keys, running.caller_token())
    assert metadata["issuer"] == claims["iss"]
    assert (claims["ver"], claims["scp"], claims["tid"]) == (
        "2.0",
        "access_as_user",
        running.world.tenant.tenant_id,
    )
    assert claims["preferred_username"] == "mia.sender@company.com"
    assert verify(running, keys, running.caller_token("ada.admin@company.com"))["roles"] == ["Rollcall.Admin"]
    assert "roles" not in verify(running, keys, running.caller_token("lena.fischer@company.com"))


def test_claims_of_a_callers_token_can_be_replaced_and_left_out(running: Running) -> None:
    claims = running.world.keys.read(running.caller_token(ver="1.0", scp=None))
    assert claims["ver"] == "1.0"
    assert "scp" not in claims
    with pytest.raises(LookupError, match="stranger"):
        running.caller_token("stranger@company.com")


@pytest.mark.parametrize("forget_old", [False, True])
def test_a_rotated_key_signs_at_once_and_the_old_one_verifies_while_published(
    running: Running, http: requests.Session, forget_old: bool
) -> None:
    before = running.caller_token()
    running.world.keys.rotate(forget_old=forget_old)
    after = running.caller_token()
    keys = jwt.PyJWKClient(f"{running.origin}/{running.world.tenant.tenant_id}/discovery/v2.0/keys")
    assert jwt.get_unverified_header(before)["kid"] != jwt.get_unverified_header(after)["kid"]
    assert verify(running, keys, after)
    if forget_old:
        with pytest.raises(jwt.PyJWKClientError):
            verify(running, keys, before)
    else:
        assert verify(running, keys, before)


def test_another_tenants_metadata_is_not_there(running: Running, http: requests.Session) -> None:
    url = f"{running.origin}/00000000-0000-0000-0000-000000000000/v2.0/.well-known/openid-configuration"
    answer = http.get(url, timeout=10)
    assert (answer.status_code, answer.json()["error_codes"]) == (400, [90002])


def test_instance_discovery_names_this_tenant(running: Running, http: requests.Session) -> None:
    authority = f"{running.origin}/{running.world.tenant.tenant_id}"
    query = {"api-version": "1.1", "authorization_endpoint": f"{authority}/oauth2/v2.0/authorize"}
    answer = http.get(f"{running.origin}/common/discovery/instance", params=query, timeout=10).json()
    assert http.get(answer["tenant_discovery_endpoint"], timeout=10).status_code == 200

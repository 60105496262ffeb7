"""Access tokens of callers: good ones, and every other."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
import time
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from hypothesis import given
from hypothesis import strategies as st
from jwt.algorithms import RSAAlgorithm

from shared.errors import NotAllowed, NotAuthenticated
from shared.settings import Settings
from shared.web.callers import ADMIN, LEEWAY, MAX_HEADER, SENDER, Caller, Callers, EntraKeys
from tests.support.callers import (
    ADDIN,
    KEYS,
    PERSON,
    FromNow,
    Jwks,
    access_token,
    bearer,
    served,
)
from tests.support.fake_entra import CLIENT, TENANT, settings

STRANGER = "99999999-0000-0000-0000-000000000000"


@pytest.fixture(scope="module")
def patient() -> Iterator[Callers]:
    """One that many inputs are tried on."""
    with served() as server:
        callers = Callers(settings())
        callers._keys = EntraKeys(server.url)
        yield callers


def encode(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


class TestGoodTokens:
    def test_a_sender_is_recognised(self, callers: Callers) -> None:
        caller = callers.identify(bearer(access_token()))
        assert caller == Caller(
            PERSON,
            TENANT,
            "Anna Sender",
            frozenset({SENDER}),
            frozenset({"anna@company.com"}),
            client=ADDIN,
        )
        assert caller.is_sender
        assert not caller.is_admin

    def test_an_admin_may_do_what_a_sender_may(self, callers: Callers) -> None:
        caller = callers.identify(bearer(access_token(roles=[ADMIN])))
        assert caller.is_admin
        assert caller.is_sender

    @pytest.mark.parametrize(
        "changed",
        [
            {"name": None},
            {"scp": "openid access_as_user profile"},
            {"roles": ["Another.Role", SENDER]},
            {"exp": FromNow(30 - LEEWAY)},
            {"nbf": FromNow(LEEWAY - 30), "iat": FromNow(LEEWAY - 30)},
        ],
        ids=["no name", "more scopes", "more roles", "clock ahead", "clock behind"],
    )
    def test_what_may_differ_may_differ(self, callers: Callers, changed: dict[str, Any]) -> None:
        assert callers.identify(bearer(access_token(**changed))).id == PERSON

    @pytest.mark.parametrize("scheme", ["Bearer ", "bearer ", "BEARER   "])
    def test_the_scheme_is_written_in_any_case(self, callers: Callers, scheme: str) -> None:
        assert callers.identify(scheme + access_token()).id == PERSON

    def test_without_a_setting_the_backends_own_client_may_call(self, jwks: Jwks) -> None:
        callers = Callers(settings())
        callers._keys = EntraKeys(jwks.url)
        assert callers.identify(bearer(access_token(azp=CLIENT))).id == PERSON
        with pytest.raises(NotAllowed):
            callers.identify(bearer(access_token()))

    def test_the_keys_are_asked_of_the_tenants_own_address(self, config: Settings) -> None:
        assert Callers(config)._keys._url == f"{config.authority}/{TENANT}/discovery/v2.0/keys"


def v1_claims() -> dict[str, Any]:
    return {"ver": "1.0", "aud": f"api://{CLIENT}", "iss": f"https://sts.windows.net/{TENANT}/", "azp": None}


class TestBadTokens:
    @pytest.mark.parametrize(
        "changed",
        [
            {"aud": STRANGER},
            {"aud": [CLIENT, STRANGER]},
            {"aud": f"api://{CLIENT}"},
            {"aud": None},
            {"iss": f"https://login.microsoftonline.com/{STRANGER}/v2.0"},
            {"iss": f"https://evil.example/{TENANT}/v2.0"},
            {"iss": None},
            {"exp": FromNow(-LEEWAY - 5)},
            {"exp": None},
            {"exp": "soon"},
            {"nbf": FromNow(LEEWAY + 60)},
            {"nbf": None},
            {"iat": FromNow(LEEWAY + 60)},
            {"iat": None},
            {"tid": None},
            {"oid": None},
            {"sub": None},
            {"ver": "1.0"},
            {"ver": None},
            v1_claims(),
        ],
        ids=lambda changed: ",".join(f"{name}={value}"[:40] for name, value in changed.items()),
    )
    def test_a_token_that_is_not_for_us_or_not_for_now_is_refused(
        self, callers: Callers, changed: dict[str, Any]
    ) -> None:
        with pytest.raises(NotAuthenticated):
            callers.identify(bearer(access_token(**changed)))

    def test_an_expired_sign_in_is_told_as_such(self, callers: Callers) -> None:
        with pytest.raises(NotAuthenticated, match="expired"):
            callers.identify(bearer(access_token(exp=FromNow(-3600))))

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"tid": STRANGER}, "another organisation"),
            ({"azp": STRANGER}, "program"),
            ({"azp": None}, "program"),
            ({"scp": None}, "does not cover"),
            ({"scp": "access_as_user_too"}, "does not cover"),
            ({"scp": ""}, "does not cover"),
            ({"roles": None}, "no role"),
            ({"roles": []}, "no role"),
            ({"roles": ["rollcall.sender", "Rollcall.Sender.Not"]}, "no role"),
        ],
        ids=lambda value: str(value)[:40],
    )
    def test_a_good_token_without_the_right_is_not_enough(
        self, callers: Callers, changed: dict[str, Any], sentence: str
    ) -> None:
        with pytest.raises(NotAllowed, match=sentence):
            callers.identify(bearer(access_token(**changed)))

    def test_the_service_accounts_id_token_is_no_access_token(self, callers: Callers) -> None:
        with pytest.raises(NotAllowed):
            callers.identify(bearer(access_token(scp=None, azp=None, roles=None)))

    def test_a_token_without_signature_is_refused_and_makes_us_fetch_nothing(
        self, callers: Callers, jwks: Jwks
    ) -> None:
        claims = access_token().split(".")[1]
        for algorithm in ("none", "None", "NONE", ""):
            head = encode({"alg": algorithm, "typ": "JWT", "kid": "first"})
            for signature in ("", "e30"):
                with pytest.raises(NotAuthenticated):
                    callers.identify(bearer(f"{head}.{claims}.{signature}"))
        assert jwks.fetches == 0

    @pytest.mark.parametrize("form", ["pem", "der", "jwk"])
    def test_a_token_signed_with_the_public_key_as_a_password_is_refused(
        self, callers: Callers, form: str
    ) -> None:
        public = KEYS["first"].public_key()
        encoding = serialization.Encoding.DER if form == "der" else serialization.Encoding.PEM
        password = public.public_bytes(encoding, serialization.PublicFormat.SubjectPublicKeyInfo)
        if form == "jwk":
            password = json.dumps(RSAAlgorithm.to_jwk(public, as_dict=True)).encode()
        head = encode({"alg": "HS256", "typ": "JWT", "kid": "first"})
        signed = f"{head}.{access_token().split('.')[1]}"
        digest = hmac.new(password, signed.encode(), hashlib.sha256).digest()
        signature = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        with pytest.raises(NotAuthenticated):
            callers.identify(bearer(f"{signed}.{signature}"))

    @pytest.mark.parametrize("part", [0, 1, 2])
    def test_a_changed_token_is_refused(self, callers: Callers, part: int) -> None:
        ours, theirs = access_token().split("."), access_token(oid=STRANGER, roles=[ADMIN]).split(".")
        changed = [*ours]
        changed[part] = theirs[part] if part else encode({"alg": "RS256", "kid": "first", "x": 1})
        with pytest.raises(NotAuthenticated):
            callers.identify(bearer(".".join(changed)))

    @pytest.mark.parametrize(
        "headers",
        [
            {"jku": "https://evil.example/keys", "kid": "theirs"},
            {"jwk": RSAAlgorithm.to_jwk(KEYS["second"].public_key(), as_dict=True), "kid": "theirs"},
            {"x5u": "https://evil.example/cert", "kid": "theirs"},
            {"kid": "../../keys"},
            {"kid": "first' OR '1'='1"},
            {"crit": ["exp"], "exp": 1},
        ],
        ids=["jku", "jwk", "x5u", "path", "sql", "crit"],
    )
    def test_a_token_does_not_choose_its_own_key(self, callers: Callers, headers: dict[str, Any]) -> None:
        with pytest.raises(NotAuthenticated):
            callers.identify(bearer(access_token("second", headers)))

    @pytest.mark.parametrize("kid", [None, 5, ["first"], {"a": 1}, ""])
    def test_a_key_is_named_by_a_word(self, callers: Callers, kid: Any) -> None:
        head = encode({"alg": "RS256", "kid": kid})
        _, claims, signature = access_token().split(".")
        with pytest.raises(NotAuthenticated):
            callers.identify(bearer(f"{head}.{claims}.{signature}"))

    def test_a_huge_header_is_refused_unread(self, callers: Callers, jwks: Jwks) -> None:
        token = access_token(padding="x" * MAX_HEADER)
        started_at = time.perf_counter()
        with pytest.raises(NotAuthenticated):
            callers.identify(bearer(token))
        assert time.perf_counter() - started_at < 0.01
        assert jwks.fetches == 0

    @pytest.mark.parametrize("depth", [10, 1000, 5000])
    def test_deeply_nested_json_is_refused(self, callers: Callers, depth: int) -> None:
        head = base64.urlsafe_b64encode(b"[" * depth + b"]" * depth).rstrip(b"=").decode()
        assert len(head) < MAX_HEADER
        with pytest.raises(NotAuthenticated):
            callers.identify(bearer(f"{head}.e30.e30"))

    @pytest.mark.parametrize(
        "authorization",
        [
            None,
            "",
            "Bearer",
            "Bearer ",
            "Basic YW5uYTpzZWNyZXQ=",
            "Bearer a.b",
            "Bearer a.b.c.d",
            "Bearer ..",
            "Bearer a.b.c d.e.f",
            "Bearer\ta.b.c",
            "Bearer \u0661.b.c",
            "Bearer a.b.c\n",
            " Bearer a.b.c",
        ],
    )
    def test_what_is_no_bearer_token_is_refused(self, callers: Callers, authorization: str | None) -> None:
        with pytest.raises(NotAuthenticated):
            callers.identify(authorization)

    def test_two_tokens_are_none(self, callers: Callers) -> None:
        with pytest.raises(NotAuthenticated):
            callers.identify(f"{bearer(access_token())}, {bearer(access_token())}")

    @given(st.text() | st.text(alphabet='abcXYZ019-_.={}" ', max_size=200))
    def test_garbage_is_never_more_than_not_authenticated(self, patient: Callers, text: str) -> None:
        head = encode({"alg": "RS256", "kid": "first"})
        for authorization in (
            text,
            bearer(text),
            bearer(f"{head}.{text}.{text}"),
            bearer(f"{head}.e30.{text}"),
        ):
            with pytest.raises(NotAuthenticated):
                patient.identify(authorization)

    def test_no_token_and_no_name_is_logged(self, callers: Callers, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        token = access_token(aud=STRANGER)
        with pytest.raises(NotAuthenticated) as caught:
            callers.identify(bearer(token))
        assert "InvalidAudienceError" in caplog.text
        for text in (caplog.text, str(caught.value), caught.value.remedy):
            assert token not in text
            assert "anna" not in text.lower()

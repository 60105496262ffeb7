"""Entra's token endpoint at the wire, for `msal`, and a Key Vault in memory for what is kept there."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests

from shared.adapters.entra import AccountIdentity, ServiceAccount
from shared.errors import VaultDenied, VaultUnavailable
from shared.settings import Settings

TENANT = "11111111-2222-3333-4444-555555555555"
CLIENT = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"
AUTHORITY = "https://login.example.com"
CALLBACK = "https://rollcall.example.com/api/connection/callback"
GRAPH = "https://graph.example.com"
OUTLOOK = "https://outlook.example.com"

TOKEN_CACHE = "rollcall-token-cache"
CLIENT_SECRET = "rollcall-client-secret"
CLIENT_CERTIFICATE = "rollcall-client-certificate"
# In an organisation that reads every directory.
ALL_DIRECTORIES = {"DIRECTORIES": "graph,exchange,ews"}


def settings(**changed: str) -> Settings:
    """Settings for the fake; `changed` by environment variable, without `ROLLCALL_`."""
    return Settings.from_env(
        {
            "ROLLCALL_TENANT_ID": TENANT,
            "ROLLCALL_CLIENT_ID": CLIENT,
            "ROLLCALL_AUTHORITY": AUTHORITY,
            "ROLLCALL_GRAPH_URL": f"{GRAPH}/v1.0",
            "ROLLCALL_EXCHANGE_URL": f"{OUTLOOK}/adminapi/v2.0",
            "ROLLCALL_EWS_URL": f"{OUTLOOK}/EWS/Exchange.asmx",
            "ROLLCALL_KEY_VAULT_URL": "https://rollcall.vault.example.com",
            "ROLLCALL_STORAGE_CONNECTION": "UseDevelopmentStorage=true",
            "ROLLCALL_PUBLIC_URL": "https://rollcall.example.com",
            "ROLLCALL_RECHECK_AFTER": "7200",
            **{f"ROLLCALL_{name}": value for name, value in changed.items()},
        }
    )


def account_of(entra: FakeEntra, vault: FakeVault, clock: Clock, **changed: str) -> ServiceAccount:
    """The service account as a new process has it."""
    return ServiceAccount(settings(**changed), vault, http_client=entra, clock=clock)


def connect(account: ServiceAccount, entra: FakeEntra) -> AccountIdentity:
    """Sign in, as an admin does in the browser."""
    flow = account.start(CALLBACK)
    return account.finish(flow, entra.sign_in(flow["auth_uri"]))


class Clock:
    """Time that a test turns forward. Seconds."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


class FakeVault:
    """Secrets in memory. `writes` are the names written to, in order; `reads` those read, `retired`
    those whose older versions were disabled."""

    def __init__(self, **secrets: str) -> None:
        self.secrets = {CLIENT_SECRET: "the-client-secret"} | secrets
        self.down = False
        self.denied = False
        self.retired: list[str] = []
        self.reads: list[str] = []
        self.writes: list[str] = []

    def get(self, name: str, *, fresh: bool = False) -> str | None:
        self.answer()
        self.reads.append(name)
        return self.secrets.get(name)

    def set(self, name: str, value: str) -> None:
        self.answer()
        self.writes.append(name)
        self.secrets[name] = value

    def retire(self, name: str) -> None:
        self.answer()
        self.retired.append(name)

    def answer(self) -> None:
        if self.down:
            raise VaultUnavailable
        if self.denied:
            raise VaultDenied

    @property
    def kept(self) -> dict[str, Any]:
        """The sign-in that is kept."""
        kept: dict[str, Any] = json.loads(self.secrets[TOKEN_CACHE])
        return kept


@dataclass
class Reply:
    """An HTTP answer, as far as `msal` looks at one."""

    status_code: int = 200
    text: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def raise_for_status(self) -> None:
        raise requests.HTTPError(str(self.status_code))


def reply(body: Any, status: int = 200, **headers: str) -> Reply:
    return Reply(status, json.dumps(body), headers)


def refused(code: int, error: str = "invalid_grant", status: int = 400) -> Reply:
    """A refusal as Entra words it, with a text that nobody should ever see."""
    description = f"AADSTS{code}: the user anna@example.com did something. Trace ID: 1234567"
    return reply({"error": error, "error_codes": [code], "error_description": description}, status)


class FakeEntra:
    """An `http_client` for `msal`. Knows what was asked, and answers from `planned` first.

    What is in `planned` is given out, or raised, once each, before anything is looked at.
    """

    def __init__(self) -> None:
        self.person: dict[str, str] = {
            "tid": TENANT,
            "oid": "0a0a0a0a-0000-0000-0000-000000000001",
            "sub": "pairwise-subject",
            "preferred_username": "rollcall@example.com",
        }
        self.secret = "the-client-secret"
        self.lifetime = 4500
        self.lost: list[str] = []  # left out of the answers and their ID tokens
        self.id_token: dict[str, Any] = {}  # claims that differ from what they should be
        self.planned: list[Reply | Exception] = []
        self.planned_gets: list[Reply | Exception] = []
        self.asked: list[dict[str, str]] = []  # each POST's form
        self.gets: list[tuple[str, dict[str, str], dict[str, str]]] = []  # URL, query, headers
        self.options: list[dict[str, Any]] = []  # each request's, beside what is sent
        self.codes: dict[str, dict[str, str]] = {}
        self.refresh_tokens: set[str] = set()
        self.issued = 0

    def sign_in(self, auth_uri: str) -> dict[str, str]:
        """What the browser brings back after somebody signed in there."""
        query = dict(parse_qsl(urlsplit(auth_uri).query))
        code = f"code-{len(self.codes)}"
        self.codes[code] = query
        return {"code": code, "state": query["state"]}

    def get(self, url: str, params: Any = None, headers: Any = None, **options: Any) -> Reply:
        self.options.append(options)
        self.gets.append((url, params or {}, headers or {}))
        if self.planned_gets:
            return self.play(self.planned_gets)
        if url.endswith("/.well-known/openid-configuration"):
            endpoints = url.removesuffix("/v2.0/.well-known/openid-configuration") + "/oauth2/v2.0"
            return reply(
                {"authorization_endpoint": f"{endpoints}/authorize", "token_endpoint": f"{endpoints}/token"}
            )
        return reply({"access_token": "assertion-of-the-identity", "expires_on": "9999999999"})

    def post(
        self, url: str, params: Any = None, data: Any = None, headers: Any = None, **options: Any
    ) -> Reply:
        self.options.append(options)
        self.asked.append(dict(data))
        if self.planned:
            return self.play(self.planned)
        assert url == f"{AUTHORITY}/{TENANT}/oauth2/v2.0/token"
        if "client_assertion" not in data and data.get("client_secret") != self.secret:
            return refused(7000215, "invalid_client", 401)
        scopes = [scope for scope in data["scope"].split() if "://" in scope]
        if len({urlsplit(scope).netloc for scope in scopes}) != 1:
            return refused(28000, "invalid_scope")
        if data["grant_type"] == "authorization_code":
            return self.redeem(data, scopes)
        if data["refresh_token"] not in self.refresh_tokens:
            return refused(50173)
        return self.tokens(scopes, {})

    def close(self) -> None:
        pass

    def redeem(self, data: Mapping[str, str], scopes: list[str]) -> Reply:
        query = self.codes.pop(data["code"], None)
        if query is None:
            return refused(54005)
        digest = hashlib.sha256(data["code_verifier"].encode()).digest()
        assert query["code_challenge_method"] == "S256"
        if query["code_challenge"] != encode(digest) or query["redirect_uri"] != data["redirect_uri"]:
            return refused(501481)
        assert set(scopes) <= set(query["scope"].split())
        return self.tokens(scopes, {"nonce": query["nonce"]})

    def tokens(self, scopes: list[str], claims: dict[str, str]) -> Reply:
        self.issued += 1
        refresh_token = f"refresh-token-{self.issued}"
        self.refresh_tokens.add(refresh_token)  # the older ones stay good, as Entra's do
        id_token = {
            "aud": CLIENT,
            "iss": f"{AUTHORITY}/{TENANT}/v2.0",
            **self.person,
            **claims,
            **self.id_token,
        }
        for name in self.lost:
            id_token.pop(name, None)
        client_info = {"uid": self.person["oid"], "utid": self.person["tid"]}
        answer = {
            "token_type": "Bearer",
            "scope": " ".join(scopes),
            "expires_in": self.lifetime,
            "access_token": f"access-token-{self.issued} for {urlsplit(scopes[0]).netloc}",
            "refresh_token": refresh_token,
            "id_token": f"e30.{encode(json.dumps(id_token).encode())}.c2ln",
            "client_info": encode(json.dumps(client_info).encode()),
        }
        return reply({name: value for name, value in answer.items() if name not in self.lost})

    def play(self, planned: list[Reply | Exception]) -> Reply:
        step = planned.pop(0)
        if isinstance(step, Exception):
            raise step
        return step


def encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

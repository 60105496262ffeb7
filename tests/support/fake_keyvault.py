"""Key Vault at the wire."""

from __future__ import annotations

import io
import itertools
import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import requests
import urllib3
from azure.core.credentials import AccessToken
from azure.core.exceptions import ClientAuthenticationError
from requests.adapters import HTTPAdapter

from shared.adapters.keyvault import Vault

CHALLENGE = (
    'Bearer authorization="https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555", '
    'resource="https://vault.azure.net"'
)


# The library remembers each host's challenge for as long as the process lives.
_numbers = itertools.count()


Answer = tuple[int, Any, dict[str, str]]


def error(status: int, code: str, inner: str = "", **headers: str) -> Answer:
    """An error as Key Vault words it, with a text that nobody should ever see."""
    body: dict[str, Any] = {"code": code, "message": "Caller: appid=anna;oid=canary-message"}
    return status, {"error": body | ({"innererror": {"code": inner}} if inner else {})}, headers


class FakeKeyVault(HTTPAdapter):
    """A vault with its challenge. `planned` is answered, or raised, before anything is looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.host = f"rollcall{next(_numbers)}.vault.azure.net"
        self.challenge = CHALLENGE
        self.secrets: dict[str, str] = {}
        self.planned: list[Answer | Exception] = []
        self.seen: list[requests.PreparedRequest] = []
        self.timeouts: list[Any] = []

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        self.seen.append(request)
        self.timeouts.append(kwargs["timeout"])
        if request.headers.get("Authorization") != "Bearer the-access-token":
            return self.response(request, error(401, "Unauthorized", **{"WWW-Authenticate": self.challenge}))
        if self.planned:
            step = self.planned.pop(0)
            if isinstance(step, Exception):
                raise step
            return self.response(request, step)
        return self.response(request, self.answer(request))

    def answer(self, request: requests.PreparedRequest) -> Answer:
        name = urlsplit(str(request.url)).path.split("/")[2]
        if request.method == "PUT":
            self.secrets[name] = json.loads(request.body or b"")["value"]
        if name not in self.secrets:
            return error(404, "SecretNotFound")
        return 200, {"value": self.secrets[name], "id": f"https://{self.host}/secrets/{name}/1"}, {}

    def response(self, request: requests.PreparedRequest, answer: Answer) -> requests.Response:
        status, body, headers = answer
        text = body if isinstance(body, str) else json.dumps(body)
        raw = urllib3.HTTPResponse(
            io.BytesIO(text.encode()),
            {"content-type": "application/json"} | {name.lower(): value for name, value in headers.items()},
            status,
            preload_content=False,
        )
        return self.build_response(request, raw)


class Identity:
    """A credential: gives its access token to whatever Key Vault's challenge asks for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.refuses = False

    def get_token(self, *scopes: str, **options: Any) -> AccessToken:
        self.asked += scopes
        if self.refuses:
            raise ClientAuthenticationError("no identity for canary-message")
        return AccessToken("the-access-token", int(time.time()) + 3600)


def vault_on(
    wire: FakeKeyVault, identity: Identity, url: str = "", clock: Callable[[], float] = time.monotonic
) -> Vault:
    session = requests.Session()
    session.mount("https://", wire)
    return Vault(url or f"https://{wire.host}", identity, session=session, clock=clock)

"""Access tokens of callers, and where their keys are."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from shared.web.callers import SENDER
from tests.support.fake_entra import CLIENT, TENANT, settings

ADDIN = "dddddddd-0000-0000-0000-000000000001"


PERSON = "0a0a0a0a-0000-0000-0000-000000000001"


KEYS = {kid: rsa.generate_private_key(public_exponent=65537, key_size=2048) for kid in ("first", "second")}


class Jwks(ThreadingHTTPServer):
    """Entra's JWKS endpoint. `body` is what it answers, `fetches` how often it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), JwksHandler)
        self.fetches = 0
        self.status = 200
        self.delay = 0.0
        self.body = self.publish("first")

    def publish(self, *kids: str) -> str:
        """Publish these keys, and say so as JSON."""
        keys = [RSAAlgorithm.to_jwk(KEYS[kid].public_key(), as_dict=True) for kid in kids]
        named = [key | {"kid": kid, "use": "sig"} for key, kid in zip(keys, kids, strict=True)]
        self.body = json.dumps({"keys": named})
        return self.body

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/keys"


class JwksHandler(BaseHTTPRequestHandler):
    server: Jwks

    def do_GET(self) -> None:
        self.server.fetches += 1
        time.sleep(self.server.delay)
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(self.server.body.encode())

    def log_message(self, *args: Any) -> None:
        pass


@contextmanager
def served() -> Iterator[Jwks]:
    with Jwks() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@dataclass(frozen=True)
class FromNow:
    """A time, told when the token is made rather than when the tests are collected."""

    seconds: int


def access_token(kid: str = "first", headers: dict[str, Any] | None = None, **changed: Any) -> str:
    """An access token as Entra's v2.0 endpoint gives the add-in; a claim that is None is left out."""
    now = int(time.time())
    claims = {
        "aud": CLIENT,
        "iss": f"{settings().authority}/{TENANT}/v2.0",
        "tid": TENANT,
        "oid": PERSON,
        "sub": "pairwise",
        "azp": ADDIN,
        "azpacr": "0",
        "scp": "access_as_user",
        "roles": [SENDER],
        "name": "Anna Sender",
        "preferred_username": "anna@company.com",
        "ver": "2.0",
        "iat": now,
        "nbf": now,
        "exp": now + 3600,
        **changed,
    }
    told = {
        name: now + value.seconds if isinstance(value, FromNow) else value for name, value in claims.items()
    }
    return jwt.encode(
        {name: value for name, value in told.items() if value is not None},
        KEYS[kid],
        algorithm="RS256",
        headers={"kid": kid} | (headers or {}),
    )


def bearer(token: str) -> str:
    return f"Bearer {token}"

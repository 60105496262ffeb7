"""The keys with which the simulated Entra signs, and the reading of what it signed."""

from __future__ import annotations

import base64
import threading
import uuid
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.types import Options

_SIGNATURE_ONLY: Options = {
    "verify_aud": False,
    "verify_exp": False,
    "verify_iat": False,
    "verify_nbf": False,
}
_REMEMBERED = 1000  # verified tokens: a bench sends the same one thousands of times


class SigningKeys:
    """RS256 keys; the newest signs, all published ones verify. Thread-safe."""

    def __init__(self) -> None:
        self._keys: dict[str, rsa.RSAPrivateKey] = {}
        self._read: dict[str, dict[str, Any]] = {}
        self._lock = threading.Lock()
        self.rotate()

    def rotate(self, *, forget_old: bool = False) -> str:
        """Sign with a new key from now on, and return its id. `forget_old` stops publishing the others."""
        key_id, key = uuid.uuid4().hex, rsa.generate_private_key(public_exponent=65537, key_size=2048)
        with self._lock:
            self._keys = {**({} if forget_old else self._keys), key_id: key}
            self._read.clear()
        return key_id

    def sign(self, claims: dict[str, Any]) -> str:
        """A JWT with `claims`."""
        key_id, key = list(self._keys.items())[-1]
        return jwt.encode(claims, key, algorithm="RS256", headers={"kid": key_id})

    def read(self, token: str) -> dict[str, Any]:
        """The claims of a token signed here, whoever it is for and however old.

        Raises jwt.InvalidTokenError for any other string.
        """
        if token in self._read:
            return self._read[token]
        key = self._keys.get(str(jwt.get_unverified_header(token).get("kid")))
        if key is None:
            raise jwt.InvalidSignatureError("not a key of this sandbox")
        claims: dict[str, Any] = jwt.decode(
            token, key.public_key(), algorithms=["RS256"], options=_SIGNATURE_ONLY
        )
        with self._lock:
            if len(self._read) >= _REMEMBERED:
                self._read.clear()
            self._read[token] = claims
        return claims

    def published(self, issuer: str) -> dict[str, Any]:
        """The JWKS document."""
        return {"keys": [_public(key_id, key, issuer) for key_id, key in self._keys.items()]}


def _public(key_id: str, key: rsa.RSAPrivateKey, issuer: str) -> dict[str, str]:
    numbers = key.public_key().public_numbers()
    head = {"kty": "RSA", "use": "sig", "kid": key_id, "x5t": key_id, "issuer": issuer}
    return head | {"n": _base64url(numbers.n), "e": _base64url(numbers.e)}


def _base64url(number: int) -> str:
    content = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()

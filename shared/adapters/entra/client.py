"""How `msal` is set up: the app's own credential, and the HTTP it speaks.

Importing `msal` takes a tenth of a second, so it is imported where it is first used.
"""

from __future__ import annotations

import json
import logging
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from shared import trace
from shared.adapters.entra import refusals
from shared.errors import RollcallError, ServiceAccountError
from shared.settings import Settings

if TYPE_CHECKING:
    import msal

log = logging.getLogger(__name__)

_TIMEOUT = 10.0
_RETRY_PAUSE = 0.3
_PEM_BLOCK = re.compile(
    r"-----BEGIN (?:[A-Z]+ )?(PRIVATE KEY|CERTIFICATE)-----.*?-----END [A-Z ]+-----", re.DOTALL
)
_FEDERATION = "api://AzureADTokenExchange"
# The secret of Key Vault that each kind of credential is read from.
CREDENTIAL_SECRETS = {"secret": "rollcall-client-secret", "certificate": "rollcall-client-certificate"}


class Client(NamedTuple):
    """The app as Entra's client, and the tokens it holds."""

    app: msal.ConfidentialClientApplication
    cache: msal.SerializableTokenCache


def build(settings: Settings, credential: str, kept: Mapping[str, Any], http_client: Any) -> Client:
    """A client that goes on from the tokens in `kept`. Asks Entra once, for its endpoints.

    `credential` is what stands in Key Vault, empty for a managed identity. Raises ServiceAccountError.
    """
    import msal

    from shared.sessions import bounded_session

    # At DEBUG it tells codes and verifiers, and what Entra says about the account.
    logging.getLogger("msal").setLevel(logging.WARNING)
    cache = msal.SerializableTokenCache()
    cache.deserialize(json.dumps(kept))
    wire = _Wire(http_client or bounded_session(), min(_TIMEOUT, settings.request_timeout))
    proof = _proof(settings.credential, credential, wire)
    with conversation():
        try:
            app = msal.ConfidentialClientApplication(
                settings.client_id,
                client_credential=proof,
                authority=f"{settings.authority}/{settings.tenant_id}",
                # The authority is the administrator's setting, so nobody else need vouch for it. Otherwise
                # msal asks login.microsoftonline.com, which knows not every cloud and is not always in reach.
                instance_discovery=False,
                token_cache=cache,
                http_client=wire,
            )
        # ValueError: msal's word for a 4xx where the tenant's endpoints should be described.
        except (ValueError, KeyError) as error:
            raise refusals.TENANT_UNKNOWN.error() from error
    return Client(app, cache)


class Holder(Protocol):
    """What keeps a client."""

    client: Client | None


@contextmanager
def unpoisoned(holder: Holder) -> Iterator[None]:
    """Let go of a client that raised what no answer should make it: what it holds by now, nobody knows.

    Raises ServiceAccountError for that. One that was refused in plain words stays, and remembers it.
    """
    try:
        yield
    except RollcallError as error:
        if error.reason in (refusals.UNREADABLE.reason, refusals.TOKEN_REFUSED.reason):
            holder.client = None
        raise
    except Exception as error:
        holder.client = None
        raise refusals.UNREADABLE.error() from error


@contextmanager
def conversation() -> Iterator[None]:
    """Raise ServiceAccountError for what `msal` raises when a conversation with Entra breaks off."""
    import requests
    from msal.exceptions import MsalServiceError

    try:
        yield
    except requests.RequestException as error:
        raise refusals.NETWORK.error() from error
    # A 5xx, or one that msal remembers: it does not ask again before Retry-After is over.
    except MsalServiceError as error:
        raise refusals.BUSY.error() from error
    except RollcallError:
        raise
    except (ValueError, RuntimeError):  # what a callback is told by: `finish` says what they mean
        raise
    except Exception as error:  # msal takes what it reads for well-formed: what it raises then is no answer
        log.warning("msal could not read an answer: %s", type(error).__name__)
        raise refusals.UNREADABLE.error() from error


def _proof(kind: str, credential: str, wire: _Wire) -> Any:
    """What `msal` calls the client credential."""
    if kind == "managed_identity":
        return {"client_assertion": _managed_identity(wire)}
    if not credential:
        raise ServiceAccountError(
            "no_client_credential",
            "Rollcall's own credential is not in Key Vault.",
            f"Store it there as the secret {CREDENTIAL_SECRETS[kind]}.",
        )
    return _certificate(credential) if kind == "certificate" else credential


def _certificate(pem: str) -> dict[str, str]:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    parts = {"PRIVATE KEY": "", "CERTIFICATE": ""}
    for block in _PEM_BLOCK.finditer(pem):
        parts[block.group(1)] += block.group(0) + "\n"
    try:
        load_pem_private_key(parts["PRIVATE KEY"].encode(), password=None)
        x509.load_pem_x509_certificate(parts["CERTIFICATE"].encode())
    # TypeError: the key is encrypted.
    except (ValueError, TypeError):
        raise ServiceAccountError(
            "client_certificate",
            "The certificate in Key Vault cannot be read.",
            f"Store both private key and certificate, in PEM, as {CREDENTIAL_SECRETS['certificate']}.",
        ) from None
    return {"private_key": parts["PRIVATE KEY"], "public_certificate": parts["CERTIFICATE"]}


def _managed_identity(wire: _Wire) -> Callable[[], str]:
    """Gives the token of the function app's own identity, which Entra takes for a client credential."""
    import msal

    # The variable that Azure's own libraries read when an app has several identities.
    client_id = os.environ.get("AZURE_CLIENT_ID")
    client = msal.ManagedIdentityClient(
        msal.UserAssignedManagedIdentity(client_id=client_id)
        if client_id
        else msal.SystemAssignedManagedIdentity(),
        http_client=wire,
    )

    def assertion() -> str:
        answer = client.acquire_token_for_client(resource=_FEDERATION)
        if "access_token" not in answer:
            raise ServiceAccountError(
                "managed_identity",
                "The function app's managed identity gives no token.",
                "Switch the identity on, and set AZURE_CLIENT_ID to its client id when it is user-assigned.",
            )
        return str(answer["access_token"])

    return assertion


class _Wire:
    """The HTTP that `msal` speaks: bounded in time, tried twice, with an id, and JSON or nothing."""

    def __init__(self, http_client: Any, timeout: float) -> None:
        self._http_client = http_client
        self._timeout = timeout

    def get(self, url: str, **kwargs: Any) -> Any:
        answer = self._send(self._http_client.get, url, kwargs)
        # msal takes a 429 for a tenant that does not exist, and expects JSON from an identity at all times.
        if answer.status_code == 429 or (answer.status_code >= 500 and not _is_object(answer.text)):
            raise refusals.BUSY.error()
        return answer

    def post(self, url: str, **kwargs: Any) -> Any:
        return self._send(self._http_client.post, url, kwargs)

    def close(self) -> None:
        self._http_client.close()

    def _send(self, send: Callable[..., Any], url: str, kwargs: dict[str, Any]) -> Any:
        import requests

        # What is sent are secrets: a redirect must not take them elsewhere.
        kwargs |= {"timeout": self._timeout, "allow_redirects": False}
        try:
            answer = send(url, **kwargs | {"headers": _marked(kwargs)})
            again = answer.status_code >= 500 and "Retry-After" not in answer.headers
        except requests.RequestException:
            again = True
        if again:
            time.sleep(_RETRY_PAUSE)
            answer = send(url, **kwargs | {"headers": _marked(kwargs)})
        # Otherwise msal logs the whole text, which may be a truncated answer with tokens in it.
        if answer.status_code < 500 and not _is_object(answer.text):
            raise refusals.UNREADABLE.error()
        # msal looks such an error up, and fails in a way of its own.
        if 400 <= answer.status_code < 500 and not isinstance(json.loads(answer.text).get("error", ""), str):
            raise refusals.TOKEN_REFUSED.error()
        return answer


def _marked(kwargs: Mapping[str, Any]) -> dict[str, str]:
    """The headers that `msal` wants, with a new id in place of its own, which nobody would ever learn."""
    kept = {k: v for k, v in (kwargs.get("headers") or {}).items() if k.lower() != "client-request-id"}
    trace.mark(kept)
    return kept


def _is_object(text: str) -> bool:
    """Whether it is a JSON object with something in it."""
    try:
        value = json.loads(text)
    except ValueError:
        return False
    return bool(value) and isinstance(value, dict)

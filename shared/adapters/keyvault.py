"""Key Vault: the client secret, the service account's sign-in, the signing keys.

Source: "Key Vault REST API error codes", learn.microsoft.com/azure/key-vault/general/rest-error-codes.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from shared import trace
from shared.answers.meaning import Meaning
from shared.answers.vault import NO_IDENTITY, NO_SUCH_HOST, NOT_A_VAULT, TABLE
from shared.errors import VaultDenied, VaultUnavailable

if TYPE_CHECKING:
    import requests
    from azure.core.credentials import TokenCredential
    from azure.core.exceptions import HttpResponseError
    from azure.keyvault.secrets import SecretClient

# Seconds for which a value that was read is taken for the vault's.
LIFESPAN = 300.0
# Seconds. Somebody waits behind these: with one retry, a vault that is down is known for down within ten.
_TIMEOUTS = {"connection_timeout": 3, "read_timeout": 4}
_LONGEST_PAUSE = 2.0

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Vault:
    """The secrets of one Key Vault. Thread-safe. Values are never logged.

    Every method raises VaultUnavailable, whose remedy fits what is wrong, within some ten seconds.
    """

    def __init__(
        self,
        url: str,
        credential: TokenCredential,
        *,
        session: requests.Session | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url = url
        self._credential = credential
        self._session = session
        self._clock = clock
        self._client: SecretClient | None = None
        self._building = threading.Lock()
        self._known: dict[str, tuple[str, float]] = {}

    def get(self, name: str, *, fresh: bool = False) -> str | None:
        """The secret's value, None when there is no such secret.

        Up to five minutes old, unless `fresh`.
        """
        value, read_at = self._known.get(name, ("", float("-inf")))
        if not fresh and self._clock() - read_at < LIFESPAN:
            return value
        from azure.core.exceptions import ResourceNotFoundError

        with _our_errors(name):
            try:
                found = self._open().get_secret(name).value
            except ResourceNotFoundError as error:
                if _code(error) != "SecretNotFound":
                    raise
                self._known.pop(name, None)
                return None
            if found is None:
                raise ValueError("no value")
        self._known[name] = (found, self._clock())
        return found

    def set(self, name: str, value: str) -> None:
        """Write a new version of the secret. The old versions stay in the vault."""
        with _our_errors(name):
            self._open().set_secret(name, value)
        self._known[name] = (value, self._clock())

    def retire(self, name: str) -> None:
        """Disable every version of the secret but the latest, so that what they hold cannot be read."""
        with _our_errors(name):
            client = self._open()
            latest = client.get_secret(name).properties.version
            for version in client.list_properties_of_secret_versions(name):
                if version.enabled and version.version and version.version != latest:
                    client.update_secret_properties(name, version.version, enabled=False)

    def _open(self) -> SecretClient:
        with self._building:
            if not self._client:
                self._client = self._build()
            return self._client

    def _build(self) -> SecretClient:
        from azure.core.pipeline.policies import RetryPolicy
        from azure.core.pipeline.transport import RequestsTransport
        from azure.keyvault.secrets import SecretClient

        from shared.sessions import bounded_session

        class BoundedRetries(RetryPolicy[Any, Any]):
            """Takes no more of a Retry-After than somebody who waits can bear."""

            def get_retry_after(self, response: Any) -> float | None:
                asked = super().get_retry_after(response)
                return asked and min(asked, _LONGEST_PAUSE)

        return SecretClient(
            self._url,
            self._credential,
            transport=RequestsTransport(
                session=self._session or bounded_session(), session_owner=False, **_TIMEOUTS
            ),
            retry_policy=BoundedRetries(retry_total=1),
            raw_request_hook=lambda request: trace.mark(request.http_request.headers),
            # A vault's challenge names the domain that it belongs to, and ours must lie under it: that keeps
            # access tokens from strangers. Nothing on this machine can lie under such a domain.
            verify_challenge_resource=urlsplit(self._url).hostname not in _LOOPBACK,
        )


@contextmanager
def _our_errors(name: str) -> Iterator[None]:
    """Raise VaultUnavailable for what Azure's library raises about the secret of that name."""
    from azure.core.exceptions import AzureError, ClientAuthenticationError, HttpResponseError
    from urllib3.exceptions import NameResolutionError

    try:
        yield
    # The identity gave no access token, or the vault did not take it.
    except ClientAuthenticationError as error:
        raise _error(NO_IDENTITY, name) from error
    except HttpResponseError as error:
        row = TABLE.find(error.status_code, _code(error))
        raise _error(row, name, VaultDenied if error.status_code == 403 else VaultUnavailable) from error
    except AzureError as error:
        inner = error.inner_exception
        unknown = any(isinstance(one, NameResolutionError) for one in (inner, *getattr(inner, "args", ())))
        raise (_error(NO_SUCH_HOST, name) if unknown else VaultUnavailable()) from error
    # The challenge asks for an access token to something else, or the answer has another shape.
    except ValueError as error:
        raise _error(NOT_A_VAULT, name) from error


def _error(row: Meaning, name: str, kind: type[VaultUnavailable] = VaultUnavailable) -> VaultUnavailable:
    remedy = row.remedy.format(name=name)
    return kind(row.sentence.format(name=name), remedy, helper=row.helper, reason=row.reason)


def _code(error: HttpResponseError) -> str:
    """The most precise of the vault's words for what is wrong; empty when it said none."""
    said = error.error
    inner = getattr(said, "innererror", None) or {}
    return str(inner.get("code") or getattr(said, "code", None) or "")

"""The storage account over plain HTTP, for what is called often or in a hurry.

An insert costs the client library 1.75 ms of CPU and a cold start 0.2 s of import; here it costs a tenth,
and a cold start's first event need not wait. What is rare is left to the library.

Sources: "Authorize with Shared Key", "Insert Entity", "Query Entities", "Put Message" and "Get Messages",
learn.microsoft.com/rest/api/storageservices.
"""

from __future__ import annotations

import base64
import hmac
import re
import threading
import time
from collections.abc import Mapping
from email.utils import formatdate
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from shared.adapters.storage.wire import StorageConnections, StorageResponse
from shared.answers import storage
from shared.answers.meaning import store_error
from shared.errors import SettingsError, StoreUnavailable

if TYPE_CHECKING:
    from azure.core.credentials import TokenCredential

# The oldest version that takes an app's identity for tables.
API_VERSION = "2020-12-06"
_SCOPE = "https://storage.azure.com/.default"
_RENEW_BEFORE = 300  # seconds before an access token ends
_AZURITE = {
    "AccountName": "devstoreaccount1",
    # Public, and the same everywhere.
    "AccountKey": "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==",
    "TableEndpoint": "http://127.0.0.1:10002/devstoreaccount1",
    "QueueEndpoint": "http://127.0.0.1:10001/devstoreaccount1",
}


# Queues have their word for what is wrong in a header, tables in the body, as JSON or XML.
_CODE = re.compile(rb'(?:"code"\s*:\s*"|<(?:m:)?[Cc]ode>)(\w+)')


class Signature(Protocol):
    """Proves to the account who we are."""

    def headers(self, method: str, path: str, sent: Mapping[str, str]) -> Mapping[str, str]:
        """The headers to add to a request whose path (with the query, if any) and headers are these."""


class Service:
    """One service (tables, queues, a container of blobs) of the account, at `endpoint`. Thread-safe."""

    def __init__(self, endpoint: str, signature: Signature) -> None:
        self._prefix = urlsplit(endpoint).path.rstrip("/")
        self._signature = signature
        self._connections = StorageConnections(endpoint)

    def send(
        self,
        method: str,
        path: str,
        query: str = "",
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> StorageResponse:
        """The answer to one request, whatever it says; `path` and `query` are percent-encoded. It may be
        sent twice.

        Raises StoreUnavailable when there is no answer in time, or one that says to come back later.
        """
        full = self._prefix + path
        sent = {"x-ms-version": API_VERSION, "x-ms-date": formatdate(usegmt=True), **(headers or {})}
        target = f"{full}?{query}" if query else full
        sent.update(self._signature.headers(method, target, sent))
        try:
            answer = self._connections.send(method, target, sent, body)
        except (OSError, ValueError) as error:
            raise StoreUnavailable from error
        if answer.status >= 500 or answer.status in (401, 403, 408, 429):
            raise refused(answer)
        return answer


def refused(answer: StorageResponse) -> StoreUnavailable:
    """What an answer that is no success means."""
    return store_error(storage.TABLE.find(answer.status, error_code(answer)))


def error_code(answer: StorageResponse) -> str:
    """The account's own word for what is wrong; empty where nothing is."""
    if answer.status < 400:
        return ""
    found = answer.headers.get("x-ms-error-code", "").encode() or next(iter(_CODE.findall(answer.body)), b"")
    return found.decode("ascii", "replace")


class StorageAccount:
    """The storage account's services."""

    def __init__(self, tables_url: str, tables: Signature, queues_url: str, queues: Signature) -> None:
        self.tables = Service(tables_url, tables)
        self.queues = Service(queues_url, queues)

    @classmethod
    def by_connection(cls, connection: str) -> StorageAccount:
        """The account a connection string leads to; for Azurite. Raises SettingsError."""
        parts = _parts(connection)
        name, key = key_of(connection)
        suffix = parts.get("EndpointSuffix", "core.windows.net")
        return cls(
            parts.get("TableEndpoint", f"https://{name}.table.{suffix}"),
            TableKey(name, key),
            parts.get("QueueEndpoint", f"https://{name}.queue.{suffix}"),
            QueueKey(name, key),
        )

    @classmethod
    def by_identity(cls, tables_url: str, queues_url: str, credential: TokenCredential) -> StorageAccount:
        """The account at these URLs, with the app's own identity; an empty one for queues follows from the
        other."""
        identity = Identity(credential)
        return cls(tables_url, identity, queues_url or tables_url.replace(".table.", ".queue.", 1), identity)


def key_of(connection: str) -> tuple[str, bytes]:
    """The account's name and key. Raises SettingsError."""
    parts = _parts(connection)
    try:
        return parts["AccountName"], base64.b64decode(parts["AccountKey"])
    except (KeyError, ValueError):
        raise SettingsError(["ROLLCALL_STORAGE_CONNECTION is no connection string"]) from None


def _parts(connection: str) -> Mapping[str, str]:
    pairs = (part.partition("=") for part in connection.split(";"))
    return _AZURITE if "UseDevelopmentStorage=true" in connection else {n: v for n, _, v in pairs if n}


class TableKey:
    """The account key, as tables want it ("Shared Key Lite")."""

    def __init__(self, account: str, key: bytes) -> None:
        self._account = account
        self._key = key

    def headers(self, method: str, path: str, sent: Mapping[str, str]) -> Mapping[str, str]:
        return _authorization(self._account, self._key, f"{sent['x-ms-date']}\n/{self._account}{_lite(path)}")


class QueueKey:
    """The account key, as queues want it ("Shared Key Lite")."""

    def __init__(self, account: str, key: bytes) -> None:
        self._account = account
        self._key = key

    def headers(self, method: str, path: str, sent: Mapping[str, str]) -> Mapping[str, str]:
        ours = "".join(f"{name}:{sent[name]}\n" for name in sorted(sent) if name.startswith("x-ms-"))
        content_type = sent.get("Content-Type", "")
        return _authorization(
            self._account, self._key, f"{method}\n\n{content_type}\n\n{ours}/{self._account}{_lite(path)}"
        )


def _lite(path: str) -> str:
    """The path without what is not signed: of a query, the parameter `comp` alone is."""
    path, _, query = path.partition("?")
    return f"{path}?{query}" if query.startswith("comp=") else path


def _authorization(account: str, key: bytes, text: str) -> Mapping[str, str]:
    signature = base64.b64encode(hmac.digest(key, text.encode(), "sha256")).decode()
    return {"Authorization": f"SharedKeyLite {account}:{signature}"}


class Identity:
    """The app's own identity in Azure. Thread-safe."""

    def __init__(self, credential: TokenCredential) -> None:
        self._credential = credential
        self._lock = threading.Lock()
        self._access_token = ""
        self._ends_at = 0.0

    def headers(self, method: str, path: str, sent: Mapping[str, str]) -> Mapping[str, str]:
        from azure.core.exceptions import AzureError

        with self._lock:
            if time.time() > self._ends_at - _RENEW_BEFORE:
                try:
                    found = self._credential.get_token(_SCOPE)
                except AzureError as error:
                    raise store_error(storage.NO_IDENTITY) from error
                self._access_token, self._ends_at = found.token, found.expires_on
        return {"Authorization": f"Bearer {self._access_token}"}
